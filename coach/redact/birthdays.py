"""Dates of birth: beside `geboren` or `date of birth`, in the answer to such a question, and where they are said again."""

import re
from collections.abc import Iterator, Sequence

from coach.redact.dates import Said, dates, is_date_alone, is_date_part
from coach.redact.numbers import plain
from coach.redact.spans import Span
from coach.redact.spoken import ASKED, SAID_ALONG, is_followed_by_unit

_BIRTH = re.compile(
    r"\b(?:geboren|geb\.|geburtsdatum|geburtstag|geburtsjahr|birthday|date of birth|birth date|birthdate|d\.?\s?o\.?\s?b\.?|born)"
    r"(?=\W|$)",
    re.IGNORECASE,
)
_BIRTH_PARTS = ("gebor", "geb.", "geburt", "birth", "born", "dob", "d.o", "do.b", "d o", "do b")
_PART = re.compile(r"\s(?:(?:is|ist|wäre|am|der|the|on)\s){1,2}(?P<day>[^\W_]{3,30})\W{0,2}", re.IGNORECASE)
_COHORT = re.compile(r"\bjahrgang\s(?P<year>(?:19)?[0-9]{2}|[a-zäöüß]{6,40})(?!\w)", re.IGNORECASE)
_REACH = 60
"""Characters around `geboren` or `date of birth` in which the date is looked for."""
_NEAR = 30
"""Within so many, three numbers in a row are a date."""
_ANSWER, _LONGEST = 120, 400
"""Characters at the beginning of an answer in which the date stands, and of the longest answer."""
_OPEN = 2
"""Turns after the question, or after the date, in which it may be said or said again."""
_LEAD = 50
"""Characters of an answer before its date."""
_LONG = 10
"""A turn of so many words without a date goes on to something else."""
_OTHER = re.compile(
    r"termin|tag\b|day\b|\bzum\b|\bbis\b|\bab\b|\buntil\b|ring you|call you|ruf|seh|\bwann\b|liefer|\bkommen\b|\bkommt\b|frist|appointment|\bwhen\b|deliver|engineer|install|\bdue\b|\bstart",
    re.IGNORECASE,
)


def births(text: str) -> list[tuple[int, int]]:
    """Where `geboren` or `date of birth` stand."""
    folded = text.casefold()
    if not any(part in folded for part in _BIRTH_PARTS):
        return []
    return [cue.span() for cue in _BIRTH.finditer(text)]


def birthday_spans(text: str) -> list[Span]:
    """The dates beside a word for birth."""
    return [_span(text, said) for said in _beside(text)]


def birthdays(texts: Sequence[str]) -> Iterator[tuple[int, Span]]:
    """(place of the turn, span) of every date of birth in a call."""
    found: list[tuple[int, Said]] = []
    left, dated = 0, False
    for place, text in enumerate(texts):
        cues = births(text)
        here = list(_beside(text))
        if not here and left and len(text) < _LONGEST:
            here = list(_answered(text, dated=dated))
        found += [(place, said) for said in here]
        if cues or here:
            left, dated = _OPEN, bool(here) or (dated and not cues)
        elif left and (len(text.split()) > _LONG or _OTHER.search(text)):
            left = 0
        else:
            left = max(0, left - 1)
    known = [said.value for _, said in found if said.value and not said.value.endswith(".")]
    places = {(place, said.start) for place, said in found}
    if known:
        found += [
            (place, said)
            for place, text in enumerate(texts)
            for said in dates(text)
            if said.value in known and (place, said.start) not in places
        ]
    for place, said in found:
        yield place, _span(texts[place], said, known)


def _span(text: str, said: Said, known: Sequence[str] = ()) -> Span:
    """A date without its year is the known one of that day."""
    day = said.value.endswith(".") and next((value for value in known if value.startswith(said.value)), None)
    start = said.start
    if text[:start].casefold().endswith("the "):
        start -= len("the ")
    return Span(start=start, end=said.end, kind="birthday", value=day or said.value or plain(text[start : said.end]))


def _beside(text: str) -> Iterator[Said]:
    """The date that each word for birth belongs to."""
    cues = births(text)
    every = [said for said in dates(text) if not is_followed_by_unit(text, said.end)] if cues else []
    for start, end in cues:
        close = [said for said in every if said.end <= start and said.end >= start - 2]
        after = [said for said in every if end <= said.start < end + (_REACH if said.sure else _NEAR)]
        after = [said for said in after if said.sure or not ASKED.search(text[end : said.start])]
        before = [said for said in every if said.sure and said.end <= start and said.start >= start - _REACH]
        found = (close or after[:1] or before[-1:])[-1:]
        yield from found
        part = None if found else _PART.fullmatch(text, end)
        if part and is_date_part(part["day"]):  # `mein Geburtsdatum ist der zwölfte`, and the rest in other turns
            yield Said(start=part.start("day"), end=part.end("day"), sure=True, value="")
    for match in _COHORT.finditer(text):
        year = match["year"]
        if is_date_alone(year, frozenset()):
            yield Said(start=match.start("year"), end=match.end("year"), sure=True, value="")


def _answered(text: str, *, dated: bool) -> Iterator[Said]:
    """The date in an answer; a part of one, or three numbers, must be all that is said."""
    if is_date_alone(text, SAID_ALONG):
        words = [match for match in re.finditer(r"[^\W_]+", text) if is_date_part(match[0])]
        start, end = words[0].start(), words[-1].end()
        whole = next((said for said in dates(text) if said.start <= start and said.end >= end), None)
        if whole or not re.search("[0-9]", text):  # `14,50` is a sum
            yield whole or Said(start=start, end=end, sure=True, value="")
        return
    for said in dates(text[:_LONGEST]):
        lead = text[: said.start]
        near = len(lead) < (_LEAD if dated else _ANSWER) and not _OTHER.search(lead)
        if near and said.sure and not is_followed_by_unit(text, said.end):
            yield said
            return
