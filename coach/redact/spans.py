"""What is found in a text: where, of which kind, and what it is worth comparing by."""

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order without overlaps; of two that overlap the one given first stays."""
    kept: list[Span] = []
    starts: list[int] = []
    for span in spans:
        at = bisect(starts, span.start)
        free = (at == 0 or kept[at - 1].end <= span.start) and (at == len(kept) or span.end <= kept[at].start)
        if free and span.start < span.end:
            kept.insert(at, span)
            starts.insert(at, span.start)
    return kept
