"""Two labels of any shape that take turns: handles of a chat such as `tess_w:`, names such as `de Wit:`.

What does not look like a name is still a label where nearly every line begins with one of two, by turns.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_LABELLED = re.compile(r"(?P<label>[^\W\d_][^\n:;=<>{}\"“”„»«?!…]{0,38}?)[ \t]{0,2}:[ \t]{1,3}(?P<said>\S[^\n]*)")
_LEAST_LINES = 6
_LEAST_EACH = 3
_SHARE = 0.95
"""Share of the written lines that must begin with one of the two."""
_TURNS = 0.8
"""Share of neighbouring lines on which the label must change: a talk goes to and fro, a list of settings repeats itself."""
_LEAST_WORDS = 3
"""Words of the line in the middle, by length: the values of settings are shorter."""


class Handled(NamedTuple):
    """A line of a talk between two."""

    number: int
    """From 1."""
    label: str
    said: str


def exchanged(text: str) -> Sequence[Handled]:
    """The labelled lines of a text in which two labels take turns from the first line to the last; none where they do not."""
    lines = text.split("\n")
    written = sum(bool(line.strip()) for line in lines)
    if written < _LEAST_LINES:
        return ()
    found = [
        Handled(number, " ".join(match["label"].split()), match["said"].strip())
        for number, line in enumerate(lines, 1)
        if (match := _LABELLED.match(line))
    ]
    two = [label for label, _ in Counter(one.label.casefold() for one in found).most_common(2)]
    said = [one for one in found if one.label.casefold() in two]
    counts = Counter(one.label.casefold() for one in said)
    changes = sum(one.label.casefold() != two.label.casefold() for one, two in pairwise(said))
    if (
        len(counts) < 2
        or min(counts.values()) < _LEAST_EACH
        or len(said) < _SHARE * written
        or changes < _TURNS * (len(said) - 1)
        or median(len(one.said.split()) for one in said) < _LEAST_WORDS
    ):
        return ()
    return said
