"""Labels typed with a dash: `K – Hallo`; told from lists and prose by how few they are and how they alternate."""

import re
from collections import Counter
from itertools import pairwise

from coach.read.labels import shape

_DASHED = re.compile(r"[ \t]{0,8}(?P<label>[^\W\d_][^\n:–—-]{0,24}?)[ \t]{1,3}(?:[-–—])[ \t]{1,3}(?=\S)")
_LEAST_LINES = 4
_MOST_LABELS = 4
_SHARE = 0.8
"""Share of the written lines that must begin with one of the labels."""
_TURNS = 0.6
"""Share of neighbouring lines on which the label must change: a talk goes to and fro."""


def with_colons(text: str) -> str | None:
    """The text, line by line, with a colon in place of the dash behind a label; None where such labels make no talk."""
    lines = text.split("\n")
    found = {index: match for index, line in enumerate(lines) if (match := _DASHED.match(line))}
    found = {index: match for index, match in found.items() if shape(match["label"]) in ("role", "name")}
    counts = Counter(match["label"].casefold() for match in found.values())
    labels = {label for label, count in counts.items() if count > 1}
    said = [match["label"].casefold() for match in found.values() if match["label"].casefold() in labels]
    written = sum(bool(line.strip()) for line in lines)
    changes = sum(one != two for one, two in pairwise(said))
    if (
        not 2 <= len(labels) <= _MOST_LABELS
        or len(said) < max(_LEAST_LINES, _SHARE * written)
        or changes < _TURNS * (len(said) - 1)
    ):
        return None
    for index, match in found.items():
        if match["label"].casefold() in labels:
            lines[index] = f"{match['label']}: {lines[index][match.end() :]}"
    return "\n".join(lines)
