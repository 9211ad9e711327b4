"""The command line: options in, exit code out, nothing else.

Only Typer is imported here at the top, so that help, version and completion answer at once.
"""

import shlex
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coach import __version__
from coach.cli_parts import INTERRUPTED, Debug, Lang, RuleFolders, console_of, finish
from coach.cli_rules import rules_app
from coach.errors import ExitCode
from coach.output import complain, refuse_overwriting, write, write_whole

if TYPE_CHECKING:
    from rich.console import Console

    from coach.config import Config
    from coach.model import Review
    from coach.run import Unreviewed

app = typer.Typer(
    name="coach",
    help="A conversation coach: reads the transcript of a call and says what a good trainer would say.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(rules_app, name="rules")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that the arguments name (those of the process by default); gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(args=None if arguments is None else list(arguments), prog_name="coach")
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return ExitCode.OK


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"coach {__version__}")
        raise typer.Exit


@app.callback()
def _coach(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            help="Print the version.",
            is_eager=True,
            callback=lambda value: _print_version(wanted=value),
        ),
    ] = False,
) -> None:
    pass


@app.command()
def review(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Transcripts; “-” is standard input.")],
    *,
    format_: Annotated[
        Literal["terminal", "json"], typer.Option("--format", "-f", help="How the report is written.")
    ] = "terminal",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file, whole or not at all."),
    ] = None,
    agent: Annotated[
        list[str] | None, typer.Option("--agent", metavar="LABEL", help="This speaker serves; may be repeated.")
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="LABEL", help="This speaker is served; may be repeated.")
    ] = None,
    swap: Annotated[bool, typer.Option("--swap", help="Agent and customer are the other way round.")] = False,
    lang: Annotated[Lang | None, typer.Option("--lang", help="The call's language; detected by default.")] = None,
    report_lang: Annotated[
        Lang | None, typer.Option("--report-lang", help="The report's language; the call's by default.")
    ] = None,
    address: Annotated[
        Literal["sie", "du"] | None, typer.Option("--address", help="How a German report addresses its reader.")
    ] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME", help="The kind of call.")] = None,
    rules: RuleFolders = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic of the score.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show every finding, uncertain ones too.")] = False,
    dialogue: Annotated[
        bool, typer.Option("--dialogue", help="Show the call with findings and strengths at their turns.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", min=0, max=100, metavar="N", help="Exit with 1 if a call scores below N."),
    ] = None,
    fail_under_mean: Annotated[
        float | None,
        typer.Option(
            "--fail-under-mean", min=0, max=100, metavar="N", help="Exit with 1 if the mean score is below N."
        ),
    ] = None,
    fail_on: Annotated[
        Literal["note", "warning", "error"] | None,
        typer.Option("--fail-on", help="Exit with 1 on a finding of this severity or worse."),
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Understand by phrases and structure alone.")] = False,
    width: Annotated[
        int | None, typer.Option("--width", min=40, max=400, metavar="N", help="Columns of the terminal report.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Review calls: a score, what went well, what to work on, and a better sentence for it."""
    options: dict[str, object] = {
        "language": lang,
        "report_lang": report_lang,
        "agent": tuple(agent or ()),
        "customer": tuple(customer or ()),
        "swap": swap or None,
        "profile": profile,
        "rules": tuple(rules or ()),
        "address": address,
        "fail_under": fail_under,
        "fail_under_mean": fail_under_mean,
        "fail_on": fail_on,
        "model": False if no_model else None,
    }

    def work() -> int:
        from coach.config import configured
        from coach.run import bars_missed, review_all

        refuse_overwriting(output, files)
        reviews, errors = review_all(files, config_of=lambda path: configured(path, options=options))
        for error in errors:
            complain(error.message, place=error.place, hint=error.hint)
            if debug:
                traceback.print_exception(error.error)
        if format_ == "json":
            for transcript in (done.conversation.transcript for done in reviews):
                for note in transcript.notes:
                    complain(note, place=transcript.path)
            text = _json(reviews, errors, everything=everything)
        else:
            console = console_of(width, plain=output is not None)
            text = _terminal(reviews, console, explain=explain, everything=everything, dialogue=dialogue)
        configs: list[Config] = [configured(item.conversation.transcript.path, options=options) for item in reviews]
        missed = bars_missed(reviews, configs)
        if output is None:
            write(text, utf8=format_ == "json")
        else:
            write_whole(output, text)
        for sentence in missed:
            complain(sentence)
        if errors:
            return ExitCode.UNUSABLE
        return ExitCode.BAR_MISSED if missed else ExitCode.OK

    finish(work, debug=debug)


@app.command("calibrate")
def calibrate_with(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A folder with NAME.gold.yaml files, or a CSV file: call,turn,rule.")
    ],
    *,
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", "-f", help="How the figures are written.")
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the figures to this file, whole or not at all."),
    ] = None,
    rules: RuleFolders = None,
    everything: Annotated[bool, typer.Option("--all", help="List every disagreement.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Understand by phrases and structure alone.")] = False,
    width: Annotated[
        int | None, typer.Option("--width", min=40, max=400, metavar="N", help="Columns of the tables.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Compare the coach with people's labels: precision, recall, F1, kappa, scores, and where they disagree."""
    options: dict[str, object] = {"rules": tuple(rules or ()), "model": False if no_model else None}

    def work() -> int:
        from coach.calibrate import calibrate
        from coach.config import configured
        from coach.report.agreement import as_json, render

        refuse_overwriting(output, [str(path)])
        found = calibrate(path, config_of=lambda name: configured(name, options=options))
        if format_ == "json":
            text = as_json(found, __version__)
        else:
            console = console_of(width, plain=output is not None)
            with console.capture() as capture:
                render(found, console=console, everything=everything)
            text = capture.get()
        if output is None:
            write(text, utf8=format_ == "json")
        else:
            write_whole(output, text)
        return ExitCode.OK

    finish(work, debug=debug)


@app.command("init")
def begin(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to write; the current folder by default.")
    ] = Path(),
    *,
    debug: Debug = False,
) -> None:
    """Write commented settings and a folder of own rules with an example; nothing is ever overwritten."""

    def work() -> int:
        from coach.start import RULES, start

        for path in start(folder):
            write(f"{path}\n")
        write(f"Next: coach rules test {shlex.quote(str(folder / RULES))} --laws\n")
        return ExitCode.OK

    finish(work, debug=debug)


def _terminal(
    reviews: Sequence["Review"], console: "Console", *, explain: bool, everything: bool, dialogue: bool
) -> str:
    from coach.report.terminal import render

    with console.capture() as capture:
        render(reviews, console=console, explain=explain, everything=everything, dialogue=dialogue)
    return capture.get()


def _json(reviews: Sequence["Review"], errors: Iterable["Unreviewed"], *, everything: bool) -> str:
    from coach.report.json_v1 import render
    from coach.report.shown import FileError

    told = [FileError(path=error.path, message=error.message, hint=error.hint) for error in errors]
    return render(reviews, told, __version__, everything=everything)
