"""What all commands share: their common options, how they end, and the paper that they print on."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coach.errors import CoachError, ExitCode
from coach.output import complain

if TYPE_CHECKING:
    from rich.console import Console

Lang = Literal["de", "en"]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Add acts and rules from this folder, or override shipped ones."),
]
INTERRUPTED = 130


def finish(work: Callable[[], int], *, debug: bool) -> None:
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


def points(text: str) -> float:
    """A score from 0 to 100, as an option states it."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise typer.BadParameter(f"“{text}” is no score; give a number from 0 to 100, such as 60.")
    return value


def count(number: int, what: str) -> str:
    """“1 rule”, “3 rules”."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def console_of(width: int | None, *, plain: bool = False) -> "Console":
    """Standard output as Rich sees it; plain: a file that holds no colours."""
    from io import StringIO

    from rich.console import Console

    if plain:
        return Console(file=StringIO(), width=width or 80, color_system=None, highlight=False)
    return Console(width=width, highlight=False)
