"""`coach review`: calls in; a score, what went well, what to work on, and better sentences out."""

import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coach import __version__
from coach.cli_parts import Debug, Lang, RuleFolders, console_of, finish
from coach.delivery import FORMATS, Delivery, deliveries, is_redacted
from coach.errors import CoachError, ExitCode
from coach.output import complain, refuse_overwriting, write, write_whole

if TYPE_CHECKING:
    from rich.console import Console

    from coach.model import Review
    from coach.report.shown import FileError


def review(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Transcripts; “-” is standard input.")],
    *,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            autocompletion=lambda: list(FORMATS),
            help=f"How the report is written; may be repeated: {', '.join(FORMATS)}.",
        ),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to this file, whole or not at all; the n-th belongs to the n-th format.",
        ),
    ] = None,
    redact: Annotated[
        bool | None,
        typer.Option(
            "--redact/--no-redact",
            help="Put placeholders in place of personal data; by default in formats that are meant to be sent around.",
            show_default=False,
        ),
    ] = None,
    agent: Annotated[
        list[str] | None, typer.Option("--agent", metavar="LABEL", help="This speaker serves; may be repeated.")
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="LABEL", help="This speaker is served; may be repeated.")
    ] = None,
    swap: Annotated[bool, typer.Option("--swap", help="Agent and customer are the other way round.")] = False,
    alternate: Annotated[
        bool, typer.Option("--alternate", help="Lines of a file that names nobody are two speakers by turns.")
    ] = False,
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
        "alternate": alternate or None,
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
        from coach.report.shown import FileError
        from coach.run import bars_missed, review_all

        wanted = deliveries(formats or (), outputs or ())
        for item in wanted:
            refuse_overwriting(item.file, files)
        reviews, unread = review_all(files, config_of=lambda path: configured(path, options=options))
        for error in unread:
            complain(error.message, place=error.place, hint=error.hint)
            if debug:
                traceback.print_exception(error.error)
        if not any(item.format == "terminal" for item in wanted):
            for transcript in (done.conversation.transcript for done in reviews):
                for note in transcript.notes:
                    complain(note, place=transcript.path)
        missed = bars_missed(
            reviews, [configured(item.conversation.transcript.path, options=options) for item in reviews]
        )

        def text_of(item: Delivery) -> str:
            if item.format == "terminal":
                console = console_of(width, plain=item.file is not None)
                return _terminal(reviews, console, explain=explain, everything=everything, dialogue=dialogue)
            errors = [FileError(path=error.path, message=error.message, hint=error.hint) for error in unread]
            return _text(item, reviews, errors, everything=everything, redact=redact)

        unwritten = [item for item in wanted if not _delivered(item, text_of)]
        for sentence in missed:
            complain(sentence)
        if unread or unwritten:
            return ExitCode.UNUSABLE
        return ExitCode.BAR_MISSED if missed else ExitCode.OK

    finish(work, debug=debug)


def _delivered(item: Delivery, text_of: Callable[[Delivery], str]) -> bool:
    """Writes one report; says why where it cannot, so that the others are still written."""
    try:
        if item.file is None:
            write(text_of(item), utf8=item.format != "terminal")
        else:
            write_whole(item.file, text_of(item))
    except CoachError as error:
        complain(error.message, place=error.place, hint=error.hint)
        return False
    return True


def _terminal(
    reviews: Sequence["Review"], console: "Console", *, explain: bool, everything: bool, dialogue: bool
) -> str:
    from coach.report.terminal import render

    with console.capture() as capture:
        render(reviews, console=console, explain=explain, everything=everything, dialogue=dialogue)
    return capture.get()


def _text(
    item: Delivery, reviews: Sequence["Review"], errors: Sequence["FileError"], *, everything: bool, redact: bool | None
) -> str:
    """The report in a format other than the terminal's."""
    from coach.report import reporter

    hidden = is_redacted(item.format, decided=redact)
    if hidden:
        redacted = import_module("coach.redact").redacted
        reviews = [redacted(review) for review in reviews]
    render = reporter(item.format).render
    text: str = render(reviews, errors, __version__, everything=everything, redacted=hidden)
    return text
