"""`coach calibrate`: the coach against people's labels."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from coach import __version__
from coach.cli_parts import Debug, RuleFolders, console_of, finish
from coach.errors import ExitCode
from coach.output import refuse_overwriting, write, write_whole


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
