"""Numbers said over several turns: a few digits, the other side says them again, the next few."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coach.redact.spans import Span
from coach.redact.spoken import AGAIN, ASKED, LEAST, SAID_ALONG, Run, is_measured, is_sum, kind_of, runs, with_head
from coach.redact.vocabulary import key

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3
"""A turn of so many words is no new subject."""
_PAUSES = 2
"""So many turns without digits may stand in between."""
_UNASKED = 4
"""Digits said singly without anybody asking for a number, over all turns."""
_OTHER = re.compile(
    r"euro|preis|betrag|abschlag|kost|uhr|termin|wann|price|cost|pound|dollar|o'clock|when|how many|wie viele?|wieviele?|how much"
    r"|alt\b|old\b",
    re.IGNORECASE,
)
"""What is asked for is a sum, a time or a count."""


@dataclass(slots=True)
class _Dictation:
    """Turns in which one number is said."""

    asked: bool
    context: str
    parts: list[tuple[int, Run]] = field(default_factory=list)
    """Place of the turn, and the digits said in it."""
    pauses: int = 0


def dictated_spans(texts: Sequence[str]) -> Iterator[tuple[int, Span]]:
    """(place of the turn, span) of each part of a number that takes several turns."""
    current: _Dictation | None = None
    for place, text in enumerate(texts):
        said = [run for run in runs(text) if not (is_measured(text, run) or is_sum(text, run))]
        words = _WORD.findall(text)
        asked = ASKED.search(text) is not None
        bare = bool(said) and _is_bare(text, said)
        if bare and not asked and current is not None:
            current.parts += [(place, run) for run in said]
            current.pauses = 0
        elif asked or bare:
            yield from _told(current, texts)
            announced = [run for run in said if bare or (len(run.digits) > 1 and ASKED.search(text[: run.start][-40:]))]
            current = _Dictation(asked=asked, context=text, parts=[(place, run) for run in announced])
        elif current is not None:
            along = len(words) <= _SHORT or all(key(word) in SAID_ALONG for word in words)
            current.pauses += 1
            if not along or current.pauses > _PAUSES or _OTHER.search(text) or said:
                yield from _told(current, texts)
                current = None
    yield from _told(current, texts)


def _is_bare(text: str, said: Sequence[Run]) -> bool:
    """Beside the digits nothing is said but `ja` and the like."""
    rest, end = [], 0
    for run in said:
        rest.append(text[end : run.start])
        end = run.end
    words = _WORD.findall(" ".join((*rest, text[end:])))
    return all(key(word) in SAID_ALONG or len(word) == 1 for word in words)


def _told(dictation: _Dictation | None, texts: Sequence[str]) -> Iterator[tuple[int, Span]]:
    """The spans of a dictation that is long enough to be somebody's number."""
    if dictation is None or (_OTHER.search(dictation.context) and not dictation.asked):
        return
    whole, before = "", ""
    singly = 0
    for _, run in dictation.parts:
        if run.digits not in before:
            whole += run.digits
            singly += run.single
            before = run.digits
    enough = len(whole) >= AGAIN and singly > 1 if dictation.asked else len(whole) > LEAST and singly >= _UNASKED
    several = len({place for place, _ in dictation.parts}) > 1
    if not enough or not (several or dictation.asked):
        return
    first = dictation.parts[0]
    kind = kind_of(whole, texts[first[0]][: first[1].start], dictation.context)
    for place, run in dictation.parts:
        start = with_head(texts[place], run.start, lettered=dictation.asked)
        yield place, Span(start=start, end=run.end, kind=kind, value=whole)
