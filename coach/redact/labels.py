"""Labels of speakers: which of their words are a name, and how they are shown without it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.redact.signs import Call, Word, words_of
from coach.redact.vocabulary import (
    AMBIGUOUS,
    DEGREES,
    GIVEN,
    NOT_AFTER_TITLE,
    PARTICLES,
    RANKS,
    ROLE_ENDINGS,
    ROLE_WORDS,
    TITLES,
    is_company,
    key,
    keys,
)
from coach.rolewords import ROLES

_TITLES, _RANKS = keys(TITLES) | keys(DEGREES), keys(RANKS)
_NOT_AFTER_TITLE, _ROLES = keys(NOT_AFTER_TITLE), keys(ROLES) | keys(ROLE_WORDS)
_ROLE_ENDINGS = tuple(key(ending) for ending in ROLE_ENDINGS)
_PARTING = re.compile(
    r"\s?[()\[\]{}]\s?|(?:\s[–—|/-]\s|\s?[,;|/]\s|\s(?:from|of|at|vom)\s|[–—|/])(?![^()\[\]{}]{0,60}[)\]}])"
)
"""What stands between a person and a firm or part in a label."""
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.?\s){1,3}\Z")
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A piece of a label between brackets, dashes and commas."""

    start: int
    end: int
    words: tuple[Word, ...]
    """Those that may be a name."""
    certain: bool
    """A title or a given name says that it is a person."""
    whole: bool
    """No word of it is an ordinary one: of `Dana (Fenwick Heating)` the first part is a person, if any is."""


def label_words(label: str, call: Call) -> list[str]:
    """The keys of a label's words that are a name; empty for `Kunde`, `Speaker 1`, `A` and other parts in a call."""
    return [word.key for part in _persons(_parts(label, call)) for word in part.words]


def shown_labels(
    labels: Sequence[str], identity: Mapping[str, str], call: Call, placeholders: Mapping[str, str]
) -> dict[str, str]:
    """Each label as it is shown, given the placeholder of each person; two speakers never share one."""
    shown: dict[str, str] = {}
    for label in labels:
        words = label_words(label, call)
        text = _without(label, placeholders[identity[words[0]]], call) if words else label
        number = 2
        plain = text
        while text in shown.values():
            text = f"{plain} ({number})"
            number += 1
        shown[label] = text
    return shown


def _parts(label: str, call: Call) -> list[_Part]:
    every = [word for word in words_of(label) if len(word.key) > 1]
    cuts = [(0, 0), *(match.span() for match in _PARTING.finditer(label)), (len(label), len(label))]
    found = []
    for (_, start), (end, _) in pairwise(cuts):
        inside = [word for word in every if start <= word.start and word.end <= end]
        if inside:
            found.append(_part(inside, start, end, call))
    return found


def _part(inside: Sequence[Word], start: int, end: int, call: Call) -> _Part:
    plain = [word for word in inside if word.key not in _TITLES | _RANKS | PARTICLES]
    titled = any(word.key in _TITLES for word in inside)
    given = any(word.key in GIVEN or word.key in AMBIGUOUS for word in plain)
    if titled:
        named = [word for word in plain if word.key not in _NOT_AFTER_TITLE | _ROLES]
    else:
        named = [word for word in plain if not _is_role(word, call, beside_given=given)]
    sure = bool(named) and (titled or given)
    return _Part(start=start, end=end, words=tuple(named), certain=sure, whole=len(named) == len(plain))


def _is_role(word: Word, call: Call, *, beside_given: bool) -> bool:
    """`Kundin`; an ordinary word such as `Groß` is a surname beside a given name."""
    if word.key in GIVEN or word.key in AMBIGUOUS:
        return False
    if word.key in _ROLES or word.key.endswith(_ROLE_ENDINGS):
        return True
    return word.key in call.common and not (beside_given and word.text[0].isupper())


def _persons(parts: Sequence[_Part]) -> list[_Part]:
    """The parts that name somebody: where one surely does, the others are a firm, but for `Weber, Petra`."""
    named = [part for part in parts if part.words]
    certain = next((part for part in named if part.certain), None)
    if certain is None:
        wholly = [part for part in named if part.whole]
        return wholly or named
    at = named.index(certain)
    before = named[at - 1] if at else None
    turned = before is not None and len(before.words) == len(certain.words) == 1 and before.end + 2 == certain.start
    if before is not None and turned and certain.words[0].key in GIVEN and not is_company(before.words[0].key):
        return [before, certain]
    return [certain]


def _without(label: str, person: str, call: Call) -> str:
    """The label with one placeholder for the name; parts in the call stay, firms go."""
    parts = _parts(label, call)
    persons = _persons(parts)
    first, last = persons[0].words[0], persons[-1].words[-1]
    initials = _INITIALS.search(label, persons[0].start, first.start)
    pieces: list[str] = []
    for part in parts:
        if part is persons[0]:
            head = label[part.start : initials.start() if initials else first.start]
            tail = label[last.end : persons[-1].end]
            shown = f"{head}{person}{tail}".strip()
        elif part.words or _is_firm(label[part.start : part.end]) or not _named(persons).isdisjoint(_said(label, part)):
            continue
        else:
            shown = label[part.start : part.end].strip()
        opening = label[: part.start].rstrip()[-1:]
        glue = _BRACKETS.get(opening)
        if glue and pieces:
            shown = f" {opening}{shown}{glue}"
        elif pieces:
            shown = f"{' - ' if opening in '–—-|/' else ', '}{shown}"
        pieces.append(shown)
    return "".join(pieces)


def _named(persons: Sequence[_Part]) -> frozenset[str]:
    return frozenset(word.key for part in persons for word in part.words)


def _said(label: str, part: _Part) -> list[str]:
    return [word.key for word in words_of(label[part.start : part.end])]


def _is_firm(text: str) -> bool:
    """`Stadtwerke`, `Firma Holz`: a business and no part in the call."""
    words = words_of(text)
    return any(is_company(word.key) and word.key not in _ROLES for word in words) or words[0].key == "firma"
