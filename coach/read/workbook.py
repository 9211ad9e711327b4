"""Excel workbooks: the sheet that holds a talk, one row a turn or one row a call."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from coach.errors import CoachError, UnreadableTranscriptError
from coach.model import Transcript
from coach.read.archive import broken, check_archive, holds
from coach.read.parts import chosen_part
from coach.read.segment import UNPRINTABLE
from coach.read.source import FormatInfo, Source
from coach.read.table import HINT, is_table, read_rows

NAME = "xlsx"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="Excel workbook; one row a turn or one row a call",
        reads=frozenset({"speakers", "times", "roles", "confidence", "metadata"}),
        sample="tests/read/samples/call.xlsx",
    ),
)
_KIND = "Excel workbook"
_SHEETS = 50
_COLUMNS = 60
_ROWS = 1_048_576
"""As many as Excel itself has."""
_EMPTY = 10_000
"""So many empty rows in a row end a sheet."""
_LOOKED_AHEAD = 20_000
"""So many rows behind them are looked at for anything that is lost."""
_NAMED, _LONGEST_NAME = 6, 60


def detect(source: Source) -> bool:
    """A ZIP archive with Excel's folder in it."""
    return holds(source, "xl")


def read(source: Source) -> Transcript:
    """The talk in the only sheet that holds one, or in the one that is asked for."""
    check_archive(source, kind=_KIND)
    sheets, cuts = _sheets(source)
    with_header = {name: rows for name, rows in sheets.items() if is_table(rows)}
    candidates = with_header or {name: rows for name, rows in sheets.items() if len(rows) > 1}
    if not candidates:
        raise UnreadableTranscriptError("No sheet of the workbook holds a talk.", place=source.path, hint=HINT)
    if len(candidates) > 1:
        asked, _, rest = (source.part or "").partition("/")
        name = chosen_part(replace(source, part=asked or None), list(candidates), what="sheets with a talk")
        source = replace(source, part=rest or None)
    else:
        name = next(iter(candidates))
    others = [other for other, rows in sheets.items() if other != name and rows]
    left = (f"Sheets that were not read: {_some(others)}.",) if others else ()
    found = read_rows(source, candidates[name], name=NAME, notes=(*cuts.get("", ()), *cuts.get(name, ()), *left))
    assert found is not None  # noqa: S101  # read_rows is sure here
    return found


def _some(names: list[str]) -> str:
    shown = ", ".join(" ".join(UNPRINTABLE.sub(" ", name).split())[:_LONGEST_NAME] for name in names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}, …"


def _sheets(source: Source) -> tuple[dict[str, list[list[str]]], dict[str, tuple[str, ...]]]:
    """The sheets' rows by the sheets' names, cells as text; and what was cut by sheet, of the book under ``."""
    import openpyxl  # noqa: PLC0415  # other formats must not wait for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that do not matter here
            book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
            sheets: dict[str, list[list[str]]] = {}
            cuts: dict[str, tuple[str, ...]] = {}
            if (more := len(book.worksheets) - _SHEETS) > 0:
                cuts[""] = (f"Sheets beyond the first {_SHEETS} were not looked at: {more}.",)
            for sheet in book.worksheets[:_SHEETS]:
                sheet.reset_dimensions()  # what a file says of its size may be wrong
                rows = sheet.iter_rows(max_col=_COLUMNS + 1, max_row=_ROWS, values_only=True)
                sheets[str(sheet.title)], cuts[str(sheet.title)] = _cut(rows)
            book.close()
            return sheets, cuts
    except CoachError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a library makes of hostile bytes, they are no workbook
        found = broken(source, kind=_KIND)
        found.__context__ = error
        raise found from None


def _cut(rows: Iterator[tuple[object, ...]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """The rows within the limits, and what lies beyond them."""
    found: list[list[str]] = []
    empty = wide = 0
    ended = False
    for row in islice(rows, _ROWS):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > _EMPTY:
            ended = any(cell is not None for later in islice(rows, _LOOKED_AHEAD) for cell in later)
            break
        wide += len(cells) > _COLUMNS
        found.append(cells[:_COLUMNS])
    notes = (f"After {_EMPTY} empty rows the rest of the sheet was not read.",) if ended else ()
    if not wide:
        return found, notes
    counted = "1 row" if wide == 1 else f"{wide} rows"
    return found, (*notes, f"Columns beyond the first {_COLUMNS} were left out in {counted}.")


def _text(cell: object) -> str:
    """The cell as a person reads it; times as clocks, numbers without a needless fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds():.3f}s"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
