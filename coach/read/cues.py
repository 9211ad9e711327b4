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


class _Timing(NamedTuple):
    """The times of a cue."""

    start: float | None
    end: float | None
    clear: bool
    """Whether both could be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues of a file in the order of time, and what was doubtful."""

    cues: tuple[Cue, ...]
    notes: tuple[str, ...]


def parse_cues(text: str, *, loose: bool) -> Cues:
    """The cues of a text with times such as `00:01.000 --> 00:02.000`; linear in its length.

    `loose` is SubRip's way: words after a blank line still belong to the cue. In WebVTT a blank line ends the
    cue, and blocks without times are notes and styles.
    """
    lines = text.split("\n")
    times = [(place, _timing(line, loose=loose)) for place, line in enumerate(lines) if _ARROW in line]
    marks = [(place, timing) for place, timing in times if timing is not None]
    cues: list[Cue] = []
    unclear = dropped = 0
    for (place, timing), (following, _) in pairwise([*marks, (len(lines), None)]):
        if timing is None or (timing.start is None and timing.end is None):
            dropped += 1
            continue
        unclear += not timing.clear
        words = _words(lines[place + 1 : following], loose=loose, followed=following < len(lines))
        cues.append(Cue(place + 2 if words else place + 1, timing.start, timing.end, "\n".join(words)))
    ordered, notes = _in_order(cues)
    if unclear:
        notes = (f"Cues whose times are broken were read without them: {unclear}.", *notes)
    if dropped:
        notes = (f"Cues without times were left out: {dropped}.", *notes)
    return Cues(cues=ordered, notes=notes)


def _words(lines: list[str], *, loose: bool, followed: bool) -> list[str]:
    """The cue's lines of those up to the next times; a number right before these is the next cue's."""
    if not loose:
        blank = next((place for place, line in enumerate(lines) if not line.strip()), None)
        if blank is not None:
            return lines[:blank]
    kept = [line for line in lines if line.strip()]
    if followed and kept and _NUMBER.fullmatch(kept[-1]) and (len(kept) > 1 or not lines[0].strip()):
        kept.pop()
    return kept


def _timing(line: str, *, loose: bool) -> _Timing | None:
    """The times of a line; None where the line is no line of times.

    WebVTT gives every line with an arrow to the times, SubRip only what looks like them.
    """
    match = _TIMING.match(line)
    if match is not None:
        start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        return _Timing(start, end, end is not None)
    match = _ENDING.match(line)
    if match is not None:
        return _Timing(None, _seconds(match.groups()), clear=False)
    return None if loose else _Timing(None, None, clear=False)


def _seconds(parts: Sequence[str | None]) -> float | None:
    hours, minutes, seconds, fraction = parts
    if minutes is None or seconds is None:
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + float(f"0.{fraction or 0}"), 3)


def _in_order(cues: list[Cue]) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """The cues by their beginning, where they are only slightly out of order."""
    known = [cue.start for cue in cues if cue.start is not None]
    back = max((one - two for one, two in pairwise(known)), default=0.0)
    if back <= 0 or len(known) < len(cues):
        return tuple(cues), ()
    if back > _PART:
        return tuple(cues), ("Times go back in the middle of the file; the order of the file was kept.",)
    return tuple(sorted(cues, key=lambda cue: cue.start or 0.0)), ("Cues were put in the order of their times.",)
