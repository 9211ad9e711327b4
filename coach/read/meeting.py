"""Text that meeting tools export: the name of who talks and a time above the words, in whatever order.

Names may look like anything here, such as `Müller, Anna (Extern)`: they are known by their place and by recurring.
What the text reader understands by itself is left to it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coach.model import Metadata, Transcript
from coach.read.dates import date_before
from coach.read.labels import shape
from coach.read.notices import is_notice
from coach.read.remarks import split_remarks
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.stamps import Stamp, leading_stamp, trailing_stamp
from coach.read.text import labelled_lines
from coach.read.turns import build_transcript
from coach.read.voices import MAX_LABEL, plain_label

NAME = "meeting"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="Text with a name and a time above the words (copied from Teams, Otter, Fireflies, Zoom chat)",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/teams-copied.txt",
    ),
)
_RECURRING = 0.6
"""The least share of headings whose name comes again."""
_SPARSE = 12
"""Fewer headings than one in so many lines of text are no layout."""
_DENSE = 4
"""At one heading in so many lines, with times that only grow, a name that occurs once is a heading, too."""
_SEARCHED = 400_000
"""Characters in which the layout must show itself."""
_SPELLED = re.compile(
    r"(?:[0-9]{1,3}\s?(?:hours?|stunden?|minute[ns]?|seconds?|sekunden?)[ ,]{0,2}(?:und |and )?){1,3}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
"""A line with a year in it is a date and no name."""
_GAP = re.compile(r"[^\S ]\s*| \s+")
_BRACKETED = re.compile(r"\[([^\[\]]{1,80})\]\s{1,8}(.{1,40})")
_CHAT = re.compile(
    r"(?:from|von)\s{1,4}(\S[^:]{0,79}?)(?:\s{1,4}(?:to|an)\s{1,4}[^:]{1,100}?)?\s{0,4}:(?:\s+|$)(.*)", re.IGNORECASE
)
_BELOW = re.compile(r"(\S[^:]{0,79}?)\s?:\s+(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    name: str
    stamp: Stamp
    place: int
    """Index of its first line."""
    words: int
    """Index of the first line after it."""
    rest: str = ""
    """Words on its own last line."""


def detect(source: Source) -> bool:
    """Headings in one of the layouts recur, and more often than labels that the text reader knows."""
    if source.text is None or (source.text.lstrip()[:1] in "{[<" and not source.text.lstrip().startswith("[")):
        return False
    text = source.text[:_SEARCHED]
    headings, _ = _layout(_lines(text))
    return len(headings) > labelled_lines(text) if headings else False


def read(source: Source) -> Transcript:
    """The talk below the headings; UnreadableTranscriptError where fewer than two people say something."""
    lines = _lines(source.text or "")
    headings, clock = _layout(lines)
    zero = headings[0].stamp.start if headings and clock else 0.0
    segments: list[Segment] = []
    for index, heading in enumerate(headings):
        until = headings[index + 1].place if index + 1 < len(headings) else len(lines)
        said = [heading.rest, *(line for line in lines[heading.words : until] if not is_notice(line))]
        words, remarks = split_remarks(" ".join(line for line in said if line))
        segments.append(
            Segment(
                speaker=plain_label(heading.name),
                text=words,
                line=heading.place + 1,
                start=heading.stamp.start - zero if heading.stamp.start >= zero else None,
                end=heading.stamp.end,
                remarks=remarks,
            )
        )
    first = headings[0].place if headings else 0
    before = [line for line in lines[:first] if line]
    notes = (f"Text before the talk was left out: {len(before)} line{'s' * (len(before) != 1)}.",) if before else ()
    meta = replace(Metadata(), call_date=date_before(before[-200:], today=source.today))
    return build_transcript(source, segments, name=NAME, meta=meta, notes=notes)


def _lines(text: str) -> list[str]:
    """The lines with single spaces, and a tab where there were more: in headings a gap parts name and time."""
    return [_GAP.sub("\t", line.strip()) for line in text.split("\n")]


def _layout(lines: Sequence[str]) -> tuple[list[_Heading], bool]:
    """The headings of the layout that explains most of the text, and whether its times are those of a day."""
    written = sum(bool(line) for line in lines)
    best: list[_Heading] = []
    weight = 0
    chat = False
    for parse in _LAYOUTS:
        found: list[_Heading] = []
        index = 0
        while index < len(lines):
            heading = parse(lines, index) if lines[index] else None
            if heading is not None:
                found.append(heading)
            index = heading.words if heading else index + 1
        counts = Counter(heading.name.casefold() for heading in found)
        dense = found and len(found) * _DENSE >= sum(map(bool, lines[found[0].place :]))
        rising = all(one.stamp.start <= two.stamp.start for one, two in pairwise(found))
        if not (dense and rising):
            found = [one for one in found if counts[one.name.casefold()] > 1 or shape(one.name) in ("role", "name")]
        again = sum(count for count in counts.values() if count > 1)
        sound = (
            len(found) >= 3
            and len({one.name.casefold() for one in found}) >= 2
            and again >= max(2.0, _RECURRING * len(found))
            and len(found) * _SPARSE >= written
            and (parse not in _ODD or any(shape(one.name) in ("none", "phrase") for one in found))
        )
        if sound and again > weight:
            best, weight, chat = found, again, parse is _chat
    return best, chat


def _is_name(line: str) -> bool:
    if not 0 < len(line) <= MAX_LABEL or line[-1] in ".!?…,;" or ":" in line or not any(map(str.isalpha, line)):
        return False
    return "://" not in line and _YEAR.search(line) is None


def _name_and_stamp(lines: Sequence[str], index: int) -> _Heading | None:
    """`Müller, Anna (Extern)   0:12`."""
    line = lines[index]
    if len(line) > MAX_LABEL + 20 or ":" not in line:
        return None
    stamp, name = trailing_stamp(line)
    if stamp is None or not _is_name(name):
        return None
    if not (stamp.bracketed or line[len(name)] == "\t" or shape(name) in ("role", "name")):
        return None  # “so um 10:30”
    return _Heading(name=name, stamp=stamp, place=index, words=index + 1)


def _bracketed_name(lines: Sequence[str], index: int) -> _Heading | None:
    """`[Anna Müller] 00:00:12`."""
    match = _BRACKETED.fullmatch(lines[index])
    stamp, rest = leading_stamp(match[2]) if match else (None, "")
    if match is None or stamp is None or rest.strip():
        return None
    return _Heading(name=match[1], stamp=stamp, place=index, words=index + 1)


def _name_above(lines: Sequence[str], index: int) -> _Heading | None:
    """`Anna Müller`, below it `0 minutes 12 seconds` or nothing, below it `0:12`."""
    if not _is_name(lines[index]):
        return None
    for below in range(index + 1, min(index + 4, len(lines))):
        line = lines[below]
        if not line:
            continue
        spelled = _SPELLED.match(line)
        if spelled:
            line = line[spelled.end() :].strip()
            if not line:
                continue
        stamp, rest = leading_stamp(line) if ":" in line[:20] else (None, line)
        if stamp is None or rest.strip():
            return None
        return _Heading(name=lines[index], stamp=stamp, place=index, words=below + 1)
    return None


def _stamp_above(lines: Sequence[str], index: int) -> _Heading | None:
    """`00:12`, below it `Anna Müller`, below it the words."""
    if ":" not in lines[index][:20] or index + 2 >= len(lines):
        return None
    stamp, rest = leading_stamp(lines[index])
    if stamp is None or rest.strip() or not _is_name(lines[index + 1]) or not lines[index + 2]:
        return None
    return _Heading(name=lines[index + 1], stamp=stamp, place=index, words=index + 2)


def _stamped_label(lines: Sequence[str], index: int) -> _Heading | None:
    """`[00:00:12] Müller, Anna (Extern): words`."""
    if ":" not in lines[index][:20]:
        return None
    stamp, rest = leading_stamp(lines[index])
    match = _BELOW.match(rest.strip()) if stamp else None
    if stamp is None or match is None or not _is_name(match[1]):
        return None
    return _Heading(name=match[1], stamp=stamp, place=index, words=index + 1, rest=match[2])


def _chat(lines: Sequence[str], index: int) -> _Heading | None:
    """`09:21:14 From Anna to Everyone: words`."""
    if ":" not in lines[index][:20]:
        return None
    stamp, rest = leading_stamp(lines[index])
    match = _CHAT.match(rest.strip()) if stamp else None
    if stamp is None or match is None:
        return None
    return _Heading(name=match[1], stamp=stamp, place=index, words=index + 1, rest=match[2])


_Parse = Callable[[Sequence[str], int], _Heading | None]
_LAYOUTS: tuple[_Parse, ...] = (_chat, _name_above, _stamp_above, _bracketed_name, _name_and_stamp, _stamped_label)
_ODD: tuple[_Parse, ...] = (_name_and_stamp, _stamped_label)
"""Layouts that the text reader knows; here they count only with names that it does not take for names."""
