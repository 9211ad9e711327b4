"""The command line: options in, exit code out, nothing else.

Only Typer is imported here at the top, so that help, version and completion answer at once.
"""

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coach import __version__
from coach.errors import CoachError, ExitCode, UsageError
from coach.output import complain, refuse_overwriting, trimmed, write, write_whole

if TYPE_CHECKING:
    from rich.console import Console

    from coach.config import Config
    from coach.model import Review
    from coach.run import Unreviewed

Lang = Literal["de", "en"]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Add acts and rules from this folder, or override shipped ones."),
]
INTERRUPTED = 130

app = typer.Typer(
    name="coach",
    help="A conversation coach: reads the transcript of a call and says what a good trainer would say.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(help="List, explain, test and check the rules.", no_args_is_help=True)
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
            console = _console(width, plain=output is not None)
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

    _finish(work, debug=debug)


@rules_app.command("list")
def list_rules(
    *,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the titles.")] = "en",
    rules: RuleFolders = None,
    debug: Debug = False,
) -> None:
    """List all rules in a table."""

    def work() -> int:
        from rich.table import Table

        from coach.handbook import word
        from coach.model import DIMENSIONS
        from coach.rules import load_rules

        book = load_rules(rules or ())
        table = Table(box=None, pad_edge=False)
        for heading in {
            "de": ("Regel", "Titel", "Dimension", "Schwere"),
            "en": ("Rule", "Title", "Dimension", "Severity"),
        }[lang]:
            table.add_column(heading, no_wrap=heading in ("Rule", "Regel"))
        for rule in sorted(
            book.rules.values(), key=lambda rule: (rule.kind, DIMENSIONS.index(rule.dimension), rule.id)
        ):
            severity = rule.severity if rule.kind == "finding" else rule.kind
            table.add_row(rule.id, rule.title[lang], word(rule.dimension, lang), word(severity, lang))
        console = _console(None)
        with console.capture() as capture:
            console.print(table)
        write(trimmed(capture.get()))
        return ExitCode.OK

    _finish(work, debug=debug)


@rules_app.command("show")
def show_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id, such as monologue.")],
    *,
    lang: Annotated[Lang, typer.Option("--lang", help="The language of the page.")] = "en",
    address: Annotated[
        Literal["sie", "du"], typer.Option("--address", help="How a German page addresses its reader.")
    ] = "sie",
    rules: RuleFolders = None,
    debug: Debug = False,
) -> None:
    """Explain one rule like a page of a handbook."""

    def work() -> int:
        from rich.padding import Padding
        from rich.text import Text

        from coach.handbook import page
        from coach.rules import load_rules
        from coach.yamlfile import did_you_mean

        book = load_rules(rules or (), examples=True)
        rule = book.rules.get(rule_id)
        if rule is None:
            raise UsageError(f"There is no rule “{rule_id}”.", hint=did_you_mean(rule_id, book.rules))
        styles = {"title": "bold", "heading": "bold", "marked": "bold red", "better": "green"}
        console = _console(None)
        with console.capture() as capture:
            for block in page(rule, language=lang, address=address):
                if block.kind == "heading":
                    console.print()
                console.print(Padding(Text(block.text, style=styles.get(block.kind, "")), (0, 0, 0, block.indent)))
        write(trimmed(capture.get()))
        return ExitCode.OK

    _finish(work, debug=debug)


@rules_app.command("test")
def run_examples(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A rule file or a folder of rules; the shipped rules by default."),
    ] = None,
    *,
    laws: Annotated[bool, typer.Option("--laws", help="Run all five laws, not only the marked turns.")] = False,
    debug: Debug = False,
) -> None:
    """Run the examples of rules, one's own together with the shipped ones."""

    def work() -> int:
        from coach.examples import LAWS, Bench, act_breaches, breaches, without_examples
        from coach.rulefolder import rule_folder
        from coach.rules import LANGUAGES, load_rules

        folder = rule_folder(path)
        book = load_rules(folder.extra, examples=True)
        wanted = [name for name in folder.rules if name in book.rules]
        bench = Bench(book=book)
        found = [*act_breaches(bench, folder.acts), *breaches(bench, wanted, laws=LAWS if laws else (1,))]
        for breach in found:
            where = f" [{breach.language}]" if breach.language else ""
            law = f" (law {breach.law})" if laws and breach.law else ""
            write(f"{breach.place}: {breach.rule}{where}{law}: {breach.message}\n")
            write("".join(f"    {line}\n" for line in breach.dialogue))
        for language in LANGUAGES:
            lacking = [name for name in wanted if language in without_examples(book.rules[name])]
            if lacking:
                complain(f"No example that fires, or none that stays silent ({language}): {', '.join(lacking)}.")
        examples = sum(len(items) for name in wanted for items in book.rules[name].examples.values())
        result = f"{len(found)} broken" if found else "all hold"
        counted = (_count(len(wanted), "rule"), _count(examples, "example"), _count(len(folder.acts), "act"))
        write(f"{', '.join(counted)}: {result}.\n")
        return ExitCode.BAR_MISSED if found else ExitCode.OK

    _finish(work, debug=debug)


@rules_app.command("lint")
def lint_rules(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="PATH", help="A rule file or a folder of rules; the shipped rules by default."),
    ] = None,
    *,
    debug: Debug = False,
) -> None:
    """Load rule files and name the first mistake of each with its place."""

    def work() -> int:
        from coach.rulefolder import mistakes_in, rule_folder

        folder = rule_folder(path)
        found = mistakes_in(folder)
        for error in found:
            complain(error.message, place=error.place, hint=error.hint)
        files = len(folder.rules) + len(folder.acts)
        if found:
            return ExitCode.UNUSABLE
        write(f"{_count(files, 'file')}, no mistakes.\n")
        return ExitCode.OK

    _finish(work, debug=debug)


@rules_app.command("schema")
def print_schema(
    of: Annotated[
        Literal["act", "rule", "report"], typer.Argument(help="The file that the schema describes.")
    ] = "rule",
    *,
    debug: Debug = False,
) -> None:
    """Print the JSON Schema of act files, rule files or the JSON report."""

    def work() -> int:
        from coach.rulefolder import schema_text

        write(schema_text(of), utf8=True)
        return ExitCode.OK

    _finish(work, debug=debug)


def _finish(work: Callable[[], int], *, debug: bool) -> None:
    """Does the work and ends with its exit code; what goes wrong is said in a sentence, never with a traceback."""
    try:
        code = work()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except CoachError as error:
        complain(error.message, place=error.place, hint=error.hint)
        code = ExitCode.UNUSABLE
        if debug:
            traceback.print_exc()
    except Exception as error:  # noqa: BLE001  # the last place where anything can be caught; --debug shows it
        hint = None if debug else "--debug shows the traceback."
        complain(f"Something went wrong that should not ({type(error).__name__}: {error}).", hint=hint)
        code = ExitCode.UNUSABLE
        if debug:
            traceback.print_exc()
    raise typer.Exit(code)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _console(width: int | None, *, plain: bool = False) -> "Console":
    """Standard output as Rich sees it; plain: a file that holds no colours."""
    from io import StringIO

    from rich.console import Console

    if plain:
        return Console(file=StringIO(), width=width or 80, color_system=None, highlight=False)
    return Console(width=width, highlight=False)


def _terminal(
    reviews: Sequence["Review"], console: "Console", *, explain: bool, everything: bool, dialogue: bool
) -> str:
    from coach.report.terminal import render

    with console.capture() as capture:
        render(reviews, console=console, explain=explain, everything=everything, dialogue=dialogue)
    return capture.get()


def _json(reviews: Sequence["Review"], errors: Iterable["Unreviewed"], *, everything: bool) -> str:
    from coach.report.json_v1 import FileError, render

    told = [FileError(path=error.path, message=error.message, hint=error.hint) for error in errors]
    return render(reviews, told, __version__, everything=everything)
