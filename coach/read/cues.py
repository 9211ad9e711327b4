"""Cues of subtitles: when something is shown, and which lines; the layout that WebVTT and SubRip share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_TIME = r"(?:([0-9]{1,5}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?(?![\w:.,])"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->(?:\s*{_TIME})?")
_ENDING = re.compile(rf"\s*[0-9][^>]{{0,40}}-->\s*{_TIME}")
_ARROW = "-->"
_NUMBER = re.compile(r"\s*[0-9]{1,9}\s*")
_PART = 60.0
"""Seconds by which cues may be out of order; more is a second recording behind the first."""


class Cue(NamedTuple):
    """One cue."""

    line: int
    """1-based line of its first words, or of its times where it has none."""
    start: float | None
    """Seconds."""
    end: float | None
    text: str
    """The lines shown, with their markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues of a file in the order of time, and what was doubtful."""

    cues: tuple[Cue, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """A cue whose lines are being collected."""

    line: int
    start: float | None
    end: float | None
    lines: list[str]
    apart: list[str]
    """Lines after a blank one: they belong to the cue unless they turn out to be the number of the next."""


def parse_cues(text: str, *, loose: bool) -> Cues:
    """The cues of a text with times such as `00:01.000 --> 00:02.000`; linear in its length.

    `loose` is SubRip's way: words after a blank line still belong to the cue. In WebVTT a blank line ends the
    cue, and blocks without times are notes and styles.
    """
    cues: list[Cue] = []
    unclear = dropped = 0
    current: _Open | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        timing = _timing(line, loose=loose) if _ARROW in line else None
        if timing is not None:
            if current is not None:
                cues.append(_closed(current, followed=True))
            start, end, known = timing
            current = _Open(number, start, end, [], [])
            if not known:
                unclear += 1
            if start is None and end is None:
                current, dropped, unclear = None, dropped + 1, unclear - 1
        elif current is None:
            continue
        elif not line.strip():
            if not loose and (current.lines or current.apart):
                cues.append(_closed(current, followed=False))
                current = None
            elif current.lines:
                current.apart.append("")
        elif current.apart:
            current.apart.append(line)
        else:
            current.line = current.line if current.lines else number
            current.lines.append(line)
    if current is not None:
        cues.append(_closed(current, followed=False))
    ordered, notes = _in_order(cues)
    if unclear:
        notes = (f"Cues whose times are broken were read without them: {unclear}.", *notes)
    if dropped:
        notes = (f"Cues without times were left out: {dropped}.", *notes)
    return Cues(cues=ordered, notes=notes)


def _timing(line: str, *, loose: bool) -> tuple[float | None, float | None, bool] | None:
    """Start, end and whether both could be read; None where the line is no line of times.

    WebVTT gives every line with an arrow to the times, SubRip only what looks like them.
    """
    match = _TIMING.match(line)
    if match is not None:
        start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        return start, end, end is not None
    match = _ENDING.match(line)
    if match is not None:
        return None, _seconds(match.groups()), False
    return None if loose else (None, None, False)


def _seconds(parts: Sequence[str | None]) -> float | None:
    hours, minutes, seconds, fraction = parts
    if minutes is None or seconds is None:
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + (round(float(f"0.{fraction}"), 3) if fraction else 0.0)


def _closed(cue: _Open, *, followed: bool) -> Cue:
    """The cue; where another follows, a number at the end is the other's."""
    lines = [*cue.lines, *cue.apart]
    if followed:
        rest = len(lines)
        while rest and not lines[rest - 1].strip():
            rest -= 1
        if rest and _NUMBER.fullmatch(lines[rest - 1]) and (cue.apart or rest > 1):
            del lines[rest - 1 :]
    return Cue(cue.line, cue.start, cue.end, "\n".join(line for line in lines if line.strip()))


def _in_order(cues: list[Cue]) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """The cues by their beginning, where they are only slightly out of order."""
    known = [cue.start for cue in cues if cue.start is not None]
    back = max((one - two for one, two in pairwise(known)), default=0.0)
    if back <= 0 or len(known) < len(cues):
        return tuple(cues), ()
    if back > _PART:
        return tuple(cues), ("Times go back in the middle of the file; the order of the file was kept.",)
    return tuple(sorted(cues, key=lambda cue: cue.start or 0.0)), ("Cues were put in the order of their times.",)
