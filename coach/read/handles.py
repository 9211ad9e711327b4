"""Two labels of any shape that take turns: handles of a chat such as `tess_w:`, names such as `de Wit:`.

What does not look like a name is still a label where every written line begins with one of two, by turns.
So no line is lost.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

from coach.read.remarks import split_remarks
from coach.read.segment import Segment

_LABELLED = re.compile(r"(?P<label>[^\W\d_][^\n:;=<>{}\"“”„»«?!…]{0,38}?)[ \t]{0,2}:[ \t]{1,3}(?P<said>\S[^\n]*)")
_LEAST_LINES = 6
_LEAST_EACH = 3
_TURNS = 0.8
"""Share of neighbouring lines on which the label must change: a talk goes to and fro, a list repeats itself."""
_LEAST_WORDS = 3
"""Words of the line in the middle, by length: the values of settings are shorter."""


def exchanged(text: str) -> list[Segment]:
    """The labelled lines of a text in which two labels take turns from end to end; none where they do not."""
    lines = text.split("\n")
    written = sum(bool(line.strip()) for line in lines)
    if written < _LEAST_LINES:
        return []
    found = [(number, match) for number, line in enumerate(lines, 1) if (match := _LABELLED.match(line))]
    two = [label for label, _ in Counter(_key(match) for _, match in found).most_common(2)]
    found = [(number, match) for number, match in found if _key(match) in two]
    said = [_key(match) for _, match in found]
    if (
        len(two) < 2
        or min(Counter(said).values()) < _LEAST_EACH
        or len(said) < written
        or sum(one != other for one, other in pairwise(said)) < _TURNS * (len(said) - 1)
        or median(len(match["said"].split()) for _, match in found) < _LEAST_WORDS
    ):
        return []
    return list(_segments(found))


def _key(match: re.Match[str]) -> str:
    return " ".join(match["label"].split()).casefold()


def _segments(found: Iterable[tuple[int, re.Match[str]]]) -> Iterator[Segment]:
    """The lines as segments, under the labels as first written."""
    spelled: dict[str, str] = {}
    for number, match in found:
        words, remarks = split_remarks(match["said"].strip())
        label = spelled.setdefault(_key(match), " ".join(match["label"].split()))
        yield Segment(speaker=label, text=words, line=number, remarks=remarks)
