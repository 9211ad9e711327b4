"""Which report goes where: formats and outputs are paired in the order in which they are named.

The n-th `--output` belongs to the n-th `--format`; one format may be left over, which goes to standard output. Without
any format, each output's suffix says what it holds. A folder, which is there or is written with a slash at its end,
takes a page per call.
"""

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import UsageError
from coach.report import REPORTERS

STANDARD_OUTPUT = "-"
FORMATS: tuple[str, ...] = tuple(name for name, _ in REPORTERS)
SUFFIXES: Mapping[str, str] = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".txt": "terminal",
    ".xml": "junit",
}
"""What a file of this name holds where no format is named; any other holds the terminal report."""
IN_FOLDERS = "html"
"""The format that a folder takes."""
FOR_SHARING: frozenset[str] = frozenset(
    {"html", "markdown", "csv", "csv-calls", "junit", "sarif", "github", "github-summary", "gitlab"}
)
"""Formats that are meant to be sent around: personal data are replaced in them unless somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One report of the run: its format, and the file that takes it; None is standard output."""

    format: str
    file: Path | None = None
    folder: bool = False
    """`file` is a folder, which takes a page per call and an overview."""


def deliveries(formats: Sequence[str], outputs: Sequence[str]) -> tuple[Delivery, ...]:
    """The reports of a run; the terminal report on standard output where nothing is asked for.

    Raises UsageError where it cannot be said which report goes where, and where two would take the same place.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"There is no format “{name}”.", hint=_nearest(name))
    named = tuple(formats) or tuple(_by_suffix(output) for output in outputs) or ("terminal",)
    if len(outputs) > len(named):
        raise UsageError(
            f"There are {len(outputs)} outputs for {len(named)} {'format' if len(named) == 1 else 'formats'}.",
            hint="Name a --format for each --output, in the same order, or none at all: then suffixes decide.",
        )
    if len(named) - len(outputs) > 1:
        raise UsageError(
            f"{len(named) - len(outputs)} reports would go to standard output: {', '.join(named[len(outputs) :])}.",
            hint="Name an --output for all formats but one, in the same order.",
        )
    made = [_delivery(name, output) for name, output in zip(named, outputs, strict=False)]
    made += [Delivery(format=name) for name in named[len(outputs) :]]
    _no_two_in_one_place(made)
    return tuple(made)


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, FORMATS, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Formats are {', '.join(FORMATS)}."


def _delivery(name: str, output: str) -> Delivery:
    if output == STANDARD_OUTPUT:
        return Delivery(format=name)
    if not _is_folder(output):
        return Delivery(format=name, file=Path(output))
    if name != IN_FOLDERS:
        raise UsageError(
            f"The format “{name}” is one file, not a folder.",
            place=output,
            hint=f"Name a file after --output; a folder is for --format {IN_FOLDERS}.",
        )
    return Delivery(format=name, file=Path(output), folder=True)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or os.path.isdir(output)  # noqa: PTH112  # a path without its end's slash is another


OFFICE = frozenset({".pdf", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".rtf"})
"""Suffixes that promise what is not written."""


def _by_suffix(output: str) -> str:
    if _is_folder(output):
        return IN_FOLDERS
    suffix = Path(output).suffix.lower()
    if suffix in OFFICE:
        raise UsageError(
            f"There is no format for “{output}”.",
            hint="Write a .html file, which a browser prints to PDF, or a .csv file for a spreadsheet.",
        )
    name = SUFFIXES.get(suffix, "terminal")
    if name not in FORMATS:
        raise UsageError(f"There is no format for “{output}”.", hint=f"Formats are {', '.join(FORMATS)}.")
    return name


def _no_two_in_one_place(made: Iterable[Delivery]) -> None:
    seen: set[Path | None] = set()
    for item in made:
        place = None if item.file is None else item.file.absolute()
        if place in seen:
            where = "standard output" if item.file is None else f"“{item.file}”"
            raise UsageError(f"Two reports would go to {where}.", hint="Name an --output of its own for each --format.")
        seen.add(place)


def is_redacted(name: str, *, decided: bool | None) -> bool:
    """Whether personal data are replaced in this format: what was decided, else what the format is for."""
    return name in FOR_SHARING if decided is None else decided
