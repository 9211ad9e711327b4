"""Praat's TextGrid, long or short: what counts are its strings and free-standing numbers, as Praat itself reads it."""

import re
from collections.abc import Iterator
from itertools import islice

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read.source import FormatInfo, Source
from coach.read.tiers import Mark, Tier, is_level, talk

NAME = "textgrid"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="Praat TextGrid",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/research/call.TextGrid",
    ),
)
_HEAD = re.compile(
    r"\s{0,20}File type\s{0,9}=\s{0,9}\"ooTextFile(?: short)?\"\s{1,20}(?:Object class\s{0,9}=\s{0,9})?\"TextGrid\"",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\"(?P<text>(?:[^\"]++|\"\")*+)\"|(?P<flag><\w{1,20}>)|\[[0-9]{0,9}\]|(?<![\w.])(?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,25})?(?:[eE][-+]?[0-9]{1,3})?)(?![\w.])"
    r"|!.*"
)
_MOST_TIERS = 1_000
_MOST_MARKS = 10_000_000
_OWNER = re.compile(r"(?P<who>.{1,60}?)\s{0,3}(?:\s[-–]\s|[-_:/.@])\s{0,3}(?P<layer>[^\W\d_]{2,20}[0-9]{0,2})")


def detect(source: Source) -> bool:
    """The first two lines say so."""
    return source.text is not None and _HEAD.match(source.text[:400]) is not None


def read(source: Source) -> Transcript:
    """The talk in the layers of words; a name such as `Anna - words` names speaker and layer."""
    values = _values(source.text or "")
    tiers: list[Tier] = []
    cut = False
    try:
        list(islice(values, 5))  # kind, class, beginning, end, <exists>
        for _ in range(min(_size(next(values)), _MOST_TIERS)):
            tier, cut = _tier(values)
            tiers.append(tier)
            if cut:
                break
    except (StopIteration, _OddError):
        cut = True
    if not tiers:
        raise UnreadableTranscriptError(
            "The TextGrid is broken or cut off before its first layer.",
            place=source.path,
            hint="Save it again in Praat.",
        )
    notes = ("The file is cut off; what came before was read.",) if cut else ()
    return talk(source, tiers, name=NAME, notes=notes)


class _OddError(Exception):
    """Another kind of value stands where one was expected."""


def _values(text: str) -> Iterator[str | float]:
    """Strings and numbers in their order; flags as strings."""
    for match in _TOKEN.finditer(text):
        if match["text"] is not None:
            yield match["text"].replace('""', '"')
        elif match["flag"]:
            yield match["flag"]
        elif match["number"]:
            yield round(float(match["number"]), 3)


def _number(value: str | float) -> float:
    if isinstance(value, str):
        raise _OddError
    return value


def _size(value: str | float) -> int:
    number = _number(value)
    if not 0 <= number <= _MOST_MARKS:
        raise _OddError
    return int(number)


def _text(value: str | float) -> str:
    if not isinstance(value, str):
        raise _OddError
    return value


def _tier(values: Iterator[str | float]) -> tuple[Tier, bool]:
    """The next layer, and whether the file ends inside it."""
    kind, name = _text(next(values)), _text(next(values))
    _number(next(values)), _number(next(values))
    size = _size(next(values))
    marks: list[Mark] = []
    cut = False
    try:
        for _ in range(size):
            start = _number(next(values))
            end = _number(next(values)) if kind == "IntervalTier" else None
            marks.append(Mark(text=_text(next(values)), start=start, end=end))
    except (StopIteration, _OddError):
        cut = True
    # A point is a moment: it can mark, but nobody speaks in it.
    return Tier(name=name, speaker=_owner(name), marks=tuple(marks) if kind == "IntervalTier" else ()), cut


def _owner(name: str) -> str | None:
    if is_level(name) or not name.strip():
        return None
    match = _OWNER.fullmatch(name.strip())
    return match["who"].strip() if match and is_level(match["layer"]) else name.strip()
