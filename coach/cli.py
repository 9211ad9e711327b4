"""The command line: options in, exit code out, nothing else.

Only Typer is imported here at the top, so that help, version and completion answer at once.
"""

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from coach import __version__
from coach.cli_cache import cache_app
from coach.cli_calibrate import calibrate_with
from coach.cli_config import config_app
from coach.cli_parts import INTERRUPTED, Debug, finish
from coach.cli_review import review
from coach.cli_rules import rules_app
from coach.cli_transcripts import convert, inspect
from coach.errors import ExitCode
from coach.output import write

if TYPE_CHECKING:
    from typer._click.core import Command, Context


class _Commands(TyperGroup):
    """Whoever names a file in place of a command is told which command reads it."""

    def resolve_command(self, ctx: "Context", args: list[str]) -> "tuple[str | None, Command | None, list[str]]":
        name = args[0]
        if name not in self.commands and not name.startswith("-") and (Path(name).suffix or Path(name).exists()):
            ctx.fail(f"“{name}” is no command. To review the call in it: coach review {shlex.quote(name)}")
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="coach",
    cls=_Commands,
    help="A conversation coach: reads the transcript of a call and says what a good trainer would say.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("review")(review)
app.command("calibrate")(calibrate_with)
app.command("convert")(convert)
app.command("inspect")(inspect)
app.add_typer(rules_app, name="rules")
app.add_typer(config_app, name="config")
app.add_typer(cache_app, name="cache")


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
