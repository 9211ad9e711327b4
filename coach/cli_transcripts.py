"""`coach convert` and `coach inspect`: a transcript in another form, and what a file holds."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from coach.cli_parts import Debug, Lang, console_of, finish
from coach.errors import ExitCode
from coach.output import complain, refuse_overwriting, write, write_whole

File = Annotated[str, typer.Argument(metavar="FILE", help="A transcript; “-” is standard input.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all.")
]
Alternate = Annotated[
    bool, typer.Option("--alternate", help="Where nobody is named, take the lines as two speakers by turns.")
]


def convert(
    file: File,
    *,
    to: Annotated[Literal["text", "json", "csv", "vtt"], typer.Option("--to", help="The form to write.")],
    output: Output = None,
    redact: Annotated[
        bool,
        typer.Option("--redact/--no-redact", help="Replace names, numbers, addresses and the like by placeholders."),
    ] = False,
    alternate: Alternate = False,
    debug: Debug = False,
) -> None:
    """Write a transcript as the coach understands it; a file in another language or without speakers, too."""

    def work() -> int:
        from coach.config import configured
        from coach.convert import converted
        from coach.inspection import with_roles
        from coach.read import read_path
        from coach.understand.language import NAMES, guess

        refuse_overwriting(output, [file])
        transcript = read_path(file, alternate=alternate, one_sided=True)
        found = guess(turn.text for turn in transcript.turns)
        transcript = with_roles(transcript, configured(file))
        if redact:
            from coach.redact import redacted_transcript

            transcript = redacted_transcript(transcript, transcript.language or ("de" if found.code == "de" else "en"))
        text = converted(transcript, to, redacted=redact)
        for note in transcript.notes:
            complain(note, place=transcript.path)
        if not found.known:
            name = NAMES.get(found.code or "", {}).get("en", "neither German nor English")
            complain(f"The call is in {name}; it can be converted, but not reviewed.", place=transcript.path)
        if output is None:
            write(text, utf8=True)
        else:
            write_whole(output, text)
        return ExitCode.OK

    finish(work, debug=debug)


def inspect(
    file: File,
    *,
    format_: Annotated[
        Literal["terminal", "json"], typer.Option("--format", "-f", help="How it is told.")
    ] = "terminal",
    output: Output = None,
    agent: Annotated[
        list[str] | None, typer.Option("--agent", metavar="LABEL", help="This speaker serves; may be repeated.")
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="LABEL", help="This speaker is served; may be repeated.")
    ] = None,
    lang: Annotated[Lang | None, typer.Option("--lang", help="The call's language; detected by default.")] = None,
    report_lang: Annotated[
        Lang | None, typer.Option("--report-lang", help="The language of the page; the call's by default.")
    ] = None,
    alternate: Alternate = False,
    width: Annotated[
        int | None, typer.Option("--width", min=40, max=400, metavar="N", help="Columns of the page.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Tell what a file holds: format, speakers, roles with evidence, language, times, what was left out."""

    def work() -> int:
        from coach.config import configured
        from coach.inspection import inspect_file
        from coach.report.inspection import as_json, render
        from coach.report.page import Page

        refuse_overwriting(output, [file])
        options: dict[str, object] = {
            "language": lang,
            "report_lang": report_lang,
            "agent": tuple(agent or ()),
            "customer": tuple(customer or ()),
            "alternate": alternate or None,
        }
        config = configured(file, options=options)
        seen = inspect_file(file, config)
        if format_ == "json":
            text = as_json(seen)
        else:
            console = console_of(width, plain=output is not None)
            language = config.report_lang or ("de" if seen.language == "de" else "en")
            with console.capture() as capture:
                render(seen, Page(console=console, language=language))
            text = capture.get()
        if output is None:
            write(text, utf8=format_ == "json")
        else:
            write_whole(output, text)
        return ExitCode.OK

    finish(work, debug=debug)
