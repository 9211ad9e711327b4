"""What can be a speaker's label, and which of the candidates in a file are labels.

A colon alone proves nothing. What counts as evidence: the label recurs, it is short, it looks like
a name or a part in a call, it carries time stamps or bold type like the others, or the labelled
lines are the whole text.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal, TypeAlias

from coach.read.lines import Cue, Line
from coach.read.vocabulary import DISCOURSE, FIELD_PHRASES, FIELDS, LETTERS, PARTICLES, ROLES, TITLES

Shape: TypeAlias = Literal["role", "name", "lower", "phrase", "none"]

MAX_WORDS = 4
MAX_LENGTH = 40
_NUMBERED = re.compile(r"([^\W\d_]+)[ _#-]{0,2}(?:[0-9]{1,3}|[a-z])?")
_WORD = re.compile(r"[^\W\d_][\w.'’‘&/-]*|[0-9]{1,3}|[&/]")
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]$")
_SPARSE = 40
"""At least one labelled line in so many, or it is prose in which a word recurs before colons."""


def shape(label: str) -> Shape:
    """How much a text before a colon looks like a speaker.

    `role` names a part in a call or has a title, `name` is capitalised throughout, `lower` is one word
    in lower case, `phrase` is mixed, `none` is no label whatever else the file holds.
    """
    bare = _PARENTHESIS.sub("", label) or label
    words = bare.split()
    key = bare.casefold()
    if not words or len(words) > MAX_WORDS or len(bare) > MAX_LENGTH or key in FIELD_PHRASES:
        return "none"
    if not all(_WORD.fullmatch(word) for word in words) or not any(character.isalpha() for character in bare):
        return "none"
    numbered = _NUMBERED.fullmatch(key)
    stem = numbered[1] if numbered else key
    if stem in ROLES or (len(key) == 1 and (key in LETTERS or label.isupper())):
        return "role"
    first = re.split(r"[\W\d_]", words[0].casefold(), maxsplit=1)[0]
    if first in FIELDS or first in DISCOURSE:
        return "none"
    if first in TITLES and len(words) > 1:
        return "role"
    if all(not word[0].islower() or word.casefold() in PARTICLES for word in words) and not words[0][0].islower():
        return "name"
    return "lower" if len(words) == 1 else "phrase"


def choose(lines: Sequence[Line], *, skip: Collection[int] = (), quoted: bool = False) -> frozenset[str]:
    """The keys of the labels that speak in these lines; fewer than two mean that there is no talk.

    `skip` holds indexes of header lines; `quoted` lets only lines count whose words stand in quotation marks.
    """
    places = [
        index
        for index, line in enumerate(lines)
        if line.cue and index not in skip and (line.cue.quoted or not quoted) and line.cue.form != "bare"
    ]
    chosen = _chosen(lines, places, skip=skip)
    if len(chosen) >= 2 or quoted:
        return chosen
    bare = [index for index, line in enumerate(lines) if line.cue and line.cue.form == "bare" and index not in skip]
    counts = Counter(cue.key for cue in _cues(lines, bare))
    recurring = frozenset(
        key
        for key, count in counts.items()
        if count >= 2 and shape(key.title()) in ("role", "name")
    )
    return recurring if len(recurring) >= 2 else chosen


def _chosen(lines: Sequence[Line], places: Sequence[int], *, skip: Collection[int]) -> frozenset[str]:
    shapes: dict[str, Shape] = {}
    for cue in _cues(lines, places):
        if shapes.get(cue.key, "none") == "none":
            shapes[cue.key] = shape(cue.label)
    capital = {cue.key for cue in _cues(lines, places) if not cue.label[0].islower()}
    pool = [index for index in places if shapes[_key(lines, index)] != "none"]
    counts = Counter(_key(lines, index) for index in pool)
    if any(key in capital and (count > 1 or shapes[key] == "role") for key, count in counts.items()):
        # Lower case is a label only as a word for a part in the call, or where all labels are lower case.
        pool = [index for index in pool if shapes[_key(lines, index)] == "role" or _key(lines, index) in capital]
    pool = _marked_alike(lines, pool, shapes)
    counts = Counter(_key(lines, index) for index in pool)
    marked = {key for key in counts if any(_is_marked(lines[i].cue) for i in pool if _key(lines, i) == key)} if len(
        counts
    ) <= MAX_WORDS * 10 else {_key(lines, index) for index in pool if _is_marked(lines[index].cue)}
    solid = {
        key for key, count in counts.items() if count >= (3 if shapes[key] == "phrase" and key not in marked else 2)
    }
    return frozenset(solid)
