"""Rows of a table become a transcript: one row a turn, one column a speaker, or one row a call."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from coach.errors import UnreadableTranscriptError
from coach.model import Metadata, Role, Speaker, Transcript
from coach.read import text as plain
from coach.read.columns import Columns, Row, guessed_columns, header_columns
from coach.read.dates import date_in
from coach.read.parts import chosen_part
from coach.read.remarks import split_remarks
from coach.read.segment import Segment
from coach.read.source import Source
from coach.read.turns import build_transcript
from coach.read.units import seconds
from coach.read.voices import plain_label

HINT = "Name the columns in the first row, such as `speaker`, `text`, `start` (or `Sprecher`, `Text`, `Beginn`)."
_HEADER_ROWS = 15
"""A header is looked for in so many rows at the top."""
_WORDS_A_SECOND = 0.1
"""Fewer words a second than this, and times are milliseconds."""
_DAY_BEGINS = 4 * 3600.0
"""A talk whose first clock time is later than this was stamped with the time of day."""
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\s*([AaPp]\.?[Mm]\.?)?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_TRANSCRIPT = re.compile(r"\S[^\n:]{0,40}:.*\n.{0,80}\S[^\n:]{0,40}:", re.DOTALL)
_DOUBT = 0.5
"""Below this confidence of a row its words are doubtful."""
_AGENTS = frozenset(
    """agent agentin berater beraterin mitarbeiter mitarbeiterin verkäufer verkäuferin advisor adviser consultant rep
    representative seller sales operator assistant bot support intern internal employee""".split()
)
_CUSTOMERS = frozenset(
    """customer client caller kunde kundin anrufer anruferin interessent interessentin buyer käufer käuferin user human
    extern external visitor prospect lead""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    columns: Columns
    header: Row
    rows: tuple[tuple[int, Row], ...]
    """Each row with its line."""
    above: int = 0
    """Rows above the headings."""


def read_rows(
    source: Source,
    rows: Sequence[Row],
    *,
    name: str,
    sure: bool = True,
    lines: Sequence[int] | None = None,
    notes: tuple[str, ...] = (),
) -> Transcript | None:
    """The talk in a table; `lines` holds the rows' lines in the file where it has some.

    Where the table is none of a talk: UnreadableTranscriptError, or None if `sure` is false.
    """
    table = _table(rows, lines)
    if table is None:
        if not sure:
            return None
        raise UnreadableTranscriptError(
            "It cannot be said which column of the table holds the words.", place=source.path, hint=HINT
        )
    columns = table.columns
    notes = (*notes, f"Rows above the headings were left out: {table.above}.") if table.above else notes
    if columns.call is not None:
        keys = [_cell(row, columns.call) for _, row in table.rows]
        if len(set(keys) - {""}) > 1:
            key = chosen_part(source, keys, what="calls")
            chosen = tuple(pair for pair, found in zip(table.rows, keys, strict=True) if found == key)
            table = replace(table, rows=chosen)
    if not columns.wide and columns.speaker is None and columns.role is None:
        whole = _whole_calls(source, table, name=name, notes=notes)
        if whole is not None:
            return whole
    meta = _metadata(table, source)
    segments = _wide(table) if columns.wide else _segments(table)
    return build_transcript(source, segments, name=name, meta=meta, notes=notes, speakers=_speakers(table))


def _table(rows: Sequence[Row], lines: Sequence[int] | None) -> _Table | None:
    numbered = [(lines[i] if lines else i + 1, row) for i, row in enumerate(rows) if any(cell.strip() for cell in row)]
    for index, (_, row) in enumerate(numbered[:_HEADER_ROWS]):
        columns = header_columns(row)
        if columns is not None and index + 1 < len(numbered):
            return _Table(columns=columns, header=row, rows=tuple(numbered[index + 1 :]), above=index)
    columns = guessed_columns([row for _, row in numbered])
    return _Table(columns=columns, header=(), rows=tuple(numbered)) if columns else None


def is_table(rows: Sequence[Row]) -> bool:
    """True where the first rows hold a header of a talk."""
    return any(header_columns(row) is not None for row in rows[:_HEADER_ROWS] if len(row) > 1)


_NO_FORMULA = ("'=", "'+", "'-", "'@")


def _cell(row: Row, place: int | None) -> str:
    text = row[place].strip() if place is not None and place < len(row) else ""
    # An apostrophe before a sign says to spreadsheets that this is no formula; it is not spoken.
    return text[1:] if text[:2] in _NO_FORMULA else text


def _whole_calls(source: Source, table: _Table, *, name: str, notes: tuple[str, ...]) -> Transcript | None:
    """The call of the one row that holds a whole transcript, or of the row that is asked for."""
    held = [(line, row) for line, row in table.rows if _TRANSCRIPT.search(_cell(row, table.columns.text)[:5_000])]
    if 2 * len(held) < len(table.rows):
        return None
    keys = [
        _cell(row, table.columns.call) or _cell(row, table.columns.id) or str(number)
        for number, (_, row) in enumerate(held, start=1)
    ]
    if len(held) < len(table.rows):
        notes = (*notes, f"Rows without a transcript were left out: {len(table.rows) - len(held)}.")
    key = keys[0] if len(held) == 1 else chosen_part(source, keys, what="calls")
    line, row = held[keys.index(key)]
    meta = _metadata(replace(table, rows=((line, row),)), source)
    found = plain.read(replace(source, text=_cell(row, table.columns.text)))
    kept = meta if meta.call_date else replace(found.meta, ids=meta.ids)
    return replace(
        found,
        format=name,
        turns=tuple(replace(turn, line=None) for turn in found.turns),
        meta=kept,
        notes=(*notes, *found.notes),
    )


def _segments(table: _Table) -> list[Segment]:
    """One segment a row; a row without a speaker goes on from the row above where labels stand at changes only."""
    columns = table.columns
    labels = [_label(table, row) for _, row in table.rows]
    both = [(one, two) for one, two in pairwise(labels) if one and two]
    on_change = sum(one == two for one, two in both) <= 0.1 * len(both)
    times = _times(table)
    found: list[Segment] = []
    last: str | None = None
    for (line, row), label, (start, end) in zip(table.rows, labels, times, strict=True):
        words, remarks = split_remarks(_cell(row, columns.text))
        last = label or (last if on_change else None)
        if not words and not remarks:
            continue
        sure = seconds(_cell(row, columns.confidence)) if columns.confidence is not None else None
        doubtful = tuple(words.split()) if sure is not None and sure < _DOUBT else ()
        found.append(
            Segment(speaker=last, text=words, line=line, start=start, end=end, remarks=remarks, doubtful=doubtful)
        )
    return found


def _wide(table: _Table) -> list[Segment]:
    """One segment a cell of the columns that belong to a speaker each, row by row."""
    found: list[Segment] = []
    for (line, row), (start, end) in zip(table.rows, _times(table), strict=True):
        cells = [(place, *split_remarks(_cell(row, place))) for place in table.columns.wide]
        cells = [cell for cell in cells if cell[1] or cell[2]]
        for index, (place, words, remarks) in enumerate(cells):
            found.append(
                Segment(
                    speaker=plain_label(table.header[place]),
                    text=words,
                    line=line,
                    start=start if index == 0 else None,
                    end=end if index == len(cells) - 1 else None,
                    remarks=remarks,
                )
            )
    return found


def _label(table: _Table, row: Row) -> str | None:
    """The row's speaker; a bare number is named after its column, such as `Channel 0`."""
    columns = table.columns
    for place in (columns.speaker, columns.role):
        text = _cell(row, place).rstrip(":").strip()
        if not text:
            continue
        if text.removesuffix(".0").isdigit():
            heading = plain_label(_cell(table.header, place)) if table.header else None
            kind = "Channel" if heading and heading.casefold()[:5] in ("chann", "kanal") else "Speaker"
            return f"{kind} {text.removesuffix('.0')[:6]}"
        return plain_label(text)
    return None


def role_of(word: str) -> Role | None:
    """The role that a word such as `Agent` or `user` states; None where it states none."""
    key = word.casefold().strip()
    return "agent" if key in _AGENTS else "customer" if key in _CUSTOMERS else None


def _speakers(table: _Table) -> tuple[Speaker, ...]:
    """The roles that a column for roles states, where each speaker has just one."""
    columns = table.columns
    if columns.role is None:
        return ()
    said: dict[str, Counter[str]] = {}
    for _, row in table.rows:
        label, word = _label(table, row), _cell(row, columns.role)
        if label and word:
            said.setdefault(label, Counter())[word] += 1
    found: list[Speaker] = []
    heading = _cell(table.header, columns.role)[:40]
    for label, words in said.items():
        word = next(iter(words))
        role = role_of(word)
        if len(words) == 1 and role is not None:
            evidence = (f"column “{heading}”: {word[:40]}",)
            found.append(Speaker(label=label, role=role, confidence=1.0, evidence=evidence))
    return tuple(found)


def _times(table: _Table) -> list[tuple[float | None, float | None]]:
    """Start and end of each row in seconds from the beginning of the call."""
    columns = table.columns
    starts = _seconds_of([_cell(row, columns.start) for _, row in table.rows], table)
    ends = _seconds_of([_cell(row, columns.end) for _, row in table.rows], table)
    spans = _seconds_of([_cell(row, columns.duration) for _, row in table.rows], table)
    if columns.end is None and columns.duration is not None:
        ends = [s + d if s is not None and d is not None else None for s, d in zip(starts, spans, strict=True)]
    zero = _zero([_cell(row, columns.start) for _, row in table.rows], starts)
    return [
        (s - zero if s is not None and s >= zero else None, e - zero if e is not None and e >= zero else None)
        for s, e in zip(starts, ends, strict=True)
    ]


def _seconds_of(cells: Sequence[str], table: _Table) -> list[float | None]:
    millis = _in_millis(table)
    return [_moment(cell, millis=millis) for cell in cells]


def _moment(cell: str, *, millis: bool) -> float | None:
    """Seconds, from the beginning of the call or of the epoch, whichever the cell counts from."""
    if not cell:
        return None
    if "." in cell and "," in cell and ":" not in cell:
        cell = cell.replace(".", "") if cell.rindex(",") > cell.rindex(".") else cell.replace(",", "")
    if "-" in cell or "T" in cell or "/" in cell:
        try:
            return _epoch(datetime.fromisoformat(cell))
        except (ValueError, OverflowError, OSError):
            return seconds(cell)
    clock = _CLOCK.fullmatch(cell)
    if clock and clock[1]:
        found = seconds(cell[: clock.start(1)].strip())
        return found if found is None else found % 43_200 + (43_200 if clock[1][0] in "Pp" else 0)
    if _WHOLE.fullmatch(cell):
        number = int(cell)
        return number / 1000 if millis or number > 100_000_000_000 else float(number)
    return seconds(cell, per_second=1000 if millis else 1)


def _epoch(moment: datetime) -> float:
    """Seconds since 1970; without a time zone as if in Greenwich, since only differences matter."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _in_millis(table: _Table) -> bool:
    """Whether bare numbers are milliseconds: as the heading says, else where nobody could speak so slowly."""
    columns = table.columns
    if columns.millis is not None:
        return columns.millis
    cells = [_cell(row, columns.start) for _, row in table.rows]
    numbers = [int(cell) for cell in cells if _WHOLE.fullmatch(cell)]
    if len(numbers) < 2 or len(numbers) < 0.9 * len([cell for cell in cells if cell]):
        return False
    words = sum(_cell(row, columns.text).count(" ") + 1 for _, row in table.rows)
    return words < _WORDS_A_SECOND * (max(numbers) - min(numbers))


def _zero(cells: Sequence[str], starts: Sequence[float | None]) -> float:
    """What is to be taken off the times: the first one, where they are times of a day or of the calendar."""
    first = next((start for start in starts if start is not None), 0.0)
    clocks = [cell for cell in cells if cell]
    if first > 100_000_000:
        return min((start for start in starts if start is not None), default=0.0)
    daytime = bool(clocks) and all(_CLOCK.fullmatch(cell) for cell in clocks) and first >= _DAY_BEGINS
    return first if daytime else 0.0


def _metadata(table: _Table, source: Source) -> Metadata:
    """The date and the id of the call, where all its rows have the same."""
    columns = table.columns
    dates = {_cell(row, columns.date) for _, row in table.rows} - {""} if columns.date is not None else set()
    if not dates and columns.start is not None:
        dates = {cell[:10] for _, row in table.rows[:1] if "-" in (cell := _cell(row, columns.start))}
    found = date_in(next(iter(dates)), today=source.today) if len(dates) == 1 else None
    calls = {_cell(row, columns.call) for _, row in table.rows} - {""} if columns.call is not None else set()
    ids: Mapping[str, str] = {"call": next(iter(calls))[:100]} if len(calls) == 1 else {}
    return Metadata(call_date=found, ids=ids)
