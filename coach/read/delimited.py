"""Tables as text: CSV, TSV, and what a German Excel writes, with semicolons and decimal commas."""

import csv
import io
from pathlib import PurePath

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read.source import FormatInfo, Source
from coach.read.table import is_table, read_rows

NAME = "csv"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="CSV and TSV, also with semicolons from a German Excel; one row a turn or one row a call",
        reads=frozenset({"speakers", "times", "roles", "confidence", "metadata"}),
        sample="tests/read/samples/excel-de.csv",
    ),
)
_DELIMITERS = ";\t,|"
_SUFFIXES = frozenset((".csv", ".tsv", ".tab"))
_PROBED = 20_000
"""Characters at the beginning from which the delimiter is told."""
MAX_ROWS = 1_048_576
"""As many as Excel has."""
_CELL = 20_000_000


def detect(source: Source) -> bool:
    """A header of a talk in columns; with a table's suffix, columns at all."""
    if source.text is None or source.text.lstrip()[:1] in "{<":
        return False
    probe = source.text[:_PROBED]
    delimiter = _delimiter(probe)
    if delimiter is None:
        return False
    rows, _, _ = _rows(probe, delimiter)
    even = _is_even(rows)
    if PurePath(source.path.partition("#")[0]).suffix.casefold() in _SUFFIXES:
        return even or is_table(rows)
    return even and is_table(rows)


def has_header(source: Source) -> bool:
    """The table says itself that it holds a talk."""
    probe = (source.text or "")[:_PROBED]
    return is_table(_rows(probe, _delimiter(probe) or ",")[0])


def read(source: Source) -> Transcript:
    """The talk in the table; UnreadableTranscriptError where it is not clear which column holds what."""
    text = source.text or ""
    if text.count("\n") > MAX_ROWS:
        raise UnreadableTranscriptError(
            f"The table has more than {MAX_ROWS} rows.", place=source.path, hint="Give one call in a file."
        )
    rows, lines, notes = _rows(text, _delimiter(text[:_PROBED]) or ",")
    found = read_rows(source, rows, name=NAME, lines=lines, notes=notes)
    assert found is not None  # noqa: S101  # read_rows is sure here
    return found


def _delimiter(probe: str) -> str | None:
    """The delimiter that parts the most lines alike; None where none does."""
    if probe[:4].casefold() == "sep=" and probe[4:5] in _DELIMITERS:
        return probe[4]
    best, weight = None, 0
    for delimiter in _DELIMITERS:
        rows, _, _ = _rows(probe, delimiter)
        header = next((row for row in rows[:15] if is_table([row])), None)
        alike = sum(len(row) == len(header or rows[0]) for row in rows) if rows and len(header or rows[0]) > 1 else 0
        alike += 1_000_000 if header else 0
        if alike > weight:
            best, weight = delimiter, alike
    return best


def _is_even(rows: list[list[str]]) -> bool:
    widths = [len(row) for row in rows[:-1] or rows]
    usual = max(set(widths), key=widths.count, default=0)
    return usual > 1 and widths.count(usual) >= 0.9 * len(widths)


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], list[int], tuple[str, ...]]:
    """The rows with their lines; quotation marks that never close are taken as words."""
    before = csv.field_size_limit(_CELL)
    try:
        try:
            return *_parsed(text, delimiter, quoting=csv.QUOTE_MINIMAL, strict=True), ()
        except csv.Error:
            rows, lines = _parsed(text, delimiter, quoting=csv.QUOTE_NONE, strict=False)
            return rows, lines, ("Quotation marks in the table do not match; each line was read as one row.",)
    except csv.Error:
        return [], [], ()
    finally:
        csv.field_size_limit(before)


def _parsed(text: str, delimiter: str, *, quoting: int, strict: bool) -> tuple[list[list[str]], list[int]]:
    if text[:4].casefold() == "sep=":
        text = "\n" + text.partition("\n")[2]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=strict)  # type: ignore[arg-type]
    rows: list[list[str]] = []
    lines: list[int] = []
    last = 0
    for row in reader:
        rows.append(row)
        lines.append(last + 1)
        last = reader.line_num
    return rows, lines
