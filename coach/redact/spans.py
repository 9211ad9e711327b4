"""What is found in a text: where, of which kind, and what it is worth comparing by."""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from coach.model import Language

Kind: TypeAlias = Literal["name", "phone", "email", "iban", "card", "number", "address", "birthday"]

PLACEHOLDERS: Mapping[Language, Mapping[Kind, str]] = {
    "de": {
        "name": "NAME",
        "phone": "TELEFON",
        "email": "E-MAIL",
        "iban": "IBAN",
        "card": "KARTE",
        "number": "NUMMER",
        "address": "ADRESSE",
        "birthday": "GEBURTSTAG",
    },
    "en": {
        "name": "NAME",
        "phone": "PHONE",
        "email": "EMAIL",
        "iban": "IBAN",
        "card": "CARD",
        "number": "NUMBER",
        "address": "ADDRESS",
        "birthday": "BIRTHDAY",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something personal from `start` to `end` in a text."""

    start: int
    end: int
    kind: Kind
    value: str
    """The same for two spellings of the same thing."""


DIALLED: frozenset[Kind] = frozenset(("phone", "number", "iban", "card"))
"""Of these no part may stay, even where another kind takes the rest."""
_SAID = re.compile(r"[^\W_]+(?:.*[^\W_])?", re.DOTALL)


def apart(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans of a text in order without overlaps.

    Of two that overlap the one given first stays; of a number also what stands beside it.
    """
    kept: list[Span] = []
    starts: list[int] = []
    for span in spans:
        for part in _free(span, kept, text) if span.kind in DIALLED else (span,):
            at = bisect(starts, part.start)
            free = (at == 0 or kept[at - 1].end <= part.start) and (at == len(kept) or part.end <= kept[at].start)
            if free and part.start < part.end:
                kept.insert(at, part)
                starts.insert(at, part.start)
    return kept


def _free(span: Span, kept: Sequence[Span], text: str) -> list[Span]:
    """The span, or the words and digits of it that no kept one covers."""
    over = [other for other in kept if other.end > span.start and other.start < span.end]
    if not over:
        return [span]
    starts, ends = [span.start, *(other.end for other in over)], [*(other.start for other in over), span.end]
    found = []
    for start, end in zip(starts, ends, strict=True):
        said = _SAID.search(text, start, end) if start < end else None
        if said:
            found.append(replace(span, start=said.start(), end=said.end()))
    return found
