"""How many days late a contact is, from what is said and from the call's metadata.

Counted is the time since somebody wrote, rang, ordered or was promised something: a date or a span (“vor drei Wochen”,
“on the third of March”) in a sentence that speaks of such a contact. Dates need a second point in time: another date in
the same turn (“heute ist der neunundzwanzigste”), or the date of the call.

Not dateparser 1.5, which was tried on 26 phrases of such calls: of dates in words it sees the month alone (“am achten
Februar” becomes the 18th, today's day; “on the fourth of May” likewise), it passes over “seit vierzehn Tagen”, “vor ein
paar Wochen” and “for weeks”, takes “so” for a Sunday, “mit drei” for March and “you may have” for May, and its import
and first search take 1.1 s, more than a review.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from coach.model import Language, Metadata, Utterance

_CONTACT: Mapping[Language, tuple[str, ...]] = {
    "de": (
        "geschrieben",
        "schrieb",
        "angefragt",
        "anfrage",
        "gemeldet",
        "angerufen",
        "hinterlassen",
        "rueckruf",
        "zurueckruf",
        "zurueckgeruf",
        "gewartet",
        "warte",
        "warten",
        "antwort",
        "formular",
        "ausgefuellt",
        "bestellt",
        "reklamiert",
        "versprochen",
        "zugesagt",
        "gebeten",
        "beworben",
        "eingereicht",
        "geschickt",
        "interessiert",
        "mail",
        "nachricht",
        "geredet",
        "gesprochen",
        "beantworter",
        "widerspruch",
        "antrag",
        "brief",
    ),
    "en": (
        "wrote",
        "written",
        "emailed",
        "mailed",
        "email",
        "enquir",
        "inquir",
        "called",
        "rang",
        "rung",
        "phoned",
        "filled",
        "form",
        "request",
        "asked",
        "waiting",
        "waited",
        "reply",
        "heard",
        "message",
        "promised",
        "ticket",
        "complain",
        "ordered",
        "applied",
        "sent",
        "voicemail",
        "letter",
        "dropped",
    ),
}
_UNITS = {
    "tag": 1, "tage": 1, "tagen": 1, "woche": 7, "wochen": 7, "monat": 30, "monate": 30, "monaten": 30, "jahr": 365, "jahren": 365,
    "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "fortnight": 14, "year": 365, "years": 365,
}  # fmt: skip
_CARDINAL = {
    "ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwoelf": 12, "vierzehn": 14, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "paar": 3, "einigen": 4,
    "mehreren": 3, "few": 3, "several": 3, "couple": 2, "ueber": 1, "gut": 1,
}  # fmt: skip
_ONES_DE = (
    "",
    "ersten",
    "zweiten",
    "dritten",
    "vierten",
    "fuenften",
    "sechsten",
    "siebten",
    "achten",
    "neunten",
    "zehnten",
    "elften",
    "zwoelften",
    "dreizehnten",
    "vierzehnten",
    "fuenfzehnten",
    "sechzehnten",
    "siebzehnten",
    "achtzehnten",
    "neunzehnten",
    "zwanzigsten",
    "einundzwanzigsten",
    "zweiundzwanzigsten",
    "dreiundzwanzigsten",
    "vierundzwanzigsten",
    "fuenfundzwanzigsten",
    "sechsundzwanzigsten",
    "siebenundzwanzigsten",
    "achtundzwanzigsten",
    "neunundzwanzigsten",
    "dreissigsten",
    "einunddreissigsten",
)
_ONES_EN = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
)
_ORDINAL = {word: at for names in (_ONES_DE, _ONES_EN) for at, word in enumerate(names) if word}
_ORDINAL |= {word[:-1]: at for at, word in enumerate(_ONES_DE) if word}
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januar jaenner january", "februar feber february", "maerz march", "april", "mai may", "juni june", "juli july", "august",
         "september", "oktober october", "november", "dezember december"), start=1)
    for name in names.split()
}  # fmt: skip
_WEAK_MONTHS = frozenset({"may", "march"})
_BEFORE_DAY = tuple((word,) for word in ("the", "der", "den", "dem", "am", "vom", "zum", "seit"))
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday", "freitag friday",
         "samstag sonnabend saturday", "sonntag sunday"))
    for name in names.split()
}  # fmt: skip
_LAST = frozenset(
    "letzte letzten letzter letztem letztes vorige vorigen voriger vorigem vergangene vergangenen last".split()
)
_LAST_BUT_ONE = frozenset("vorletzte vorletzten vorletzter vorletztem".split())
_PERIODS = {"woche": 7, "monat": 30, "week": 7, "month": 30}
REACH = 14
"""Words between the contact and its date."""
_VAGUE_SPAN = 21
"""Days that “seit Wochen”, “for weeks” stand for."""


def days_late(utterances: Sequence[Utterance], meta: Metadata, language: Language) -> dict[int, float]:
    """Index of an agent's turn → days since the contact that it answers; the customer's words count for the turn after."""
    found: dict[int, float] = {}
    agents = [at for at, item in enumerate(utterances) if item.role == "agent"]
    if agents and meta.call_date and meta.lead_date and meta.call_date > meta.lead_date:
        found[agents[0]] = (meta.call_date - meta.lead_date).days
    last = max(8, len(utterances) // 3)
    for at, item in enumerate(utterances[:last]):
        days = _days(item.words, meta.call_date, language)
        if days is None or days <= 0:
            continue
        answered = at if item.role == "agent" else next((other for other in agents if other > at), None)
        if answered is not None:
            found[answered] = max(days, found.get(answered, 0))
    return found


def _days(words: Sequence[str], today: date | None, language: Language) -> int | None:
    """Days since the contact that the words speak of; None where they speak of none."""
    contact = [at for at, word in enumerate(words) if word.startswith(_CONTACT[language])]
    if not contact:
        return None
    spans = [*_spans(words), *_last(words, today)]
    near = [value for at, value in spans if any(abs(at - other) <= REACH for other in contact)]
    dates = _dates(words)
    if any(abs(at - other) <= REACH for at, _, _ in dates for other in contact):
        near.append(_between(dates, today) or 0)
    return max(near, default=None)


def _spans(words: Sequence[str]) -> list[tuple[int, int]]:
    """(index, days) of each span that reaches back from today."""
    found = []
    for at, word in enumerate(words):
        unit = _UNITS.get(word)
        if unit is None:
            continue
        before = words[max(0, at - 4) : at]
        after = words[at + 1 : at + 2]
        back = any(item in ("vor", "seit", "for", "past", "been", "over") for item in before) or after in (
            ("ago",),
            ("back",),
        )
        if not back:
            continue
        count = next((_count(item) for item in reversed(before) if _count(item)), 0)
        found.append((at, count * unit if count else (_VAGUE_SPAN if unit > 1 else 4)))
    return found


def _last(words: Sequence[str], today: date | None) -> list[tuple[int, int]]:
    """(index, days) of each “last month”, “vorletzten Dienstag”, “Monday last week”; a weekday is taken to be as near as it can."""
    found = []
    for at, word in enumerate(words):
        before, after = words[max(0, at - 1) : at], words[at + 1 : at + 3]
        last = not _LAST.isdisjoint(before)
        but_one = not _LAST_BUT_ONE.isdisjoint(before) or after == ("before", "last")
        if word in _PERIODS and (last or but_one):
            found.append((at, _PERIODS[word] * (2 if but_one else 1)))
        elif word in _WEEKDAYS and (last or but_one or _week_before(after)):
            back = 1 if today is None else (today.weekday() - _WEEKDAYS[word] - 1) % 7 + 1
            if _week_before(after) and today is not None:
                found.append((at, today.weekday() + 7 - _WEEKDAYS[word]))
            else:
                found.append((at, back + (7 if but_one else 0)))
    return found


def _week_before(words: Sequence[str]) -> bool:
    return len(words) == 2 and words[0] in _LAST and words[1] in ("woche", "week")


def _count(word: str) -> int:
    if word.isdigit() and len(word) < 4:
        return int(word)
    return _CARDINAL.get(word, 0)


def _dates(words: Sequence[str]) -> list[tuple[int, int | None, int | None]]:
    """(index, day, month) of each date; day or month may be unknown."""
    found: list[tuple[int, int | None, int | None]] = []
    for at, word in enumerate(words):
        day, dot, month = word.rstrip(".").partition(".")
        if dot and day.isdigit() and month.isdigit() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            found.append((at, int(day), int(month)))
            continue
        ordinal = _ORDINAL.get(word) or (_number_before_month(words, at))
        if ordinal:
            following = [item for item in words[at + 1 : at + 3] if item in _MONTHS]
            leading = [item for item in words[max(0, at - 1) : at] if item in _MONTHS]
            named = following or leading
            if named or words[max(0, at - 1) : at] in _BEFORE_DAY:
                found.append((at, ordinal, _MONTHS[named[0]] if named else None))
        elif _month_alone(words, at) and not any(abs(at - other) <= 2 for other, _, _ in found):
            found.append((at, None, _MONTHS[word]))
    return found


def _month_alone(words: Sequence[str], at: int) -> bool:
    if words[at] in _WEAK_MONTHS:
        return words[max(0, at - 1) : at] in (("in",), ("since",), ("back",))
    return words[at] in _MONTHS


def _number_before_month(words: Sequence[str], at: int) -> int:
    digits = words[at].removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th").rstrip(".")
    near = (*words[at + 1 : at + 3], *words[max(0, at - 1) : at])
    fits = (
        digits.isdigit()
        and len(digits) <= 2
        and 1 <= int(digits) <= 31
        and (digits != words[at] or any(w in _MONTHS for w in near))
    )
    return int(digits) if fits else 0


def _between(dates: Sequence[tuple[int, int | None, int | None]], today: date | None) -> int | None:
    """Days from the first date to the last, or to the day of the call."""
    _, day, month = dates[0]
    for _, later_day, later_month in dates[1:]:
        start, end = month or later_month or 1, later_month or month or 1
        days = (end - start) % 12 * 30 + (later_day or (28 if day is None else day)) - (day or 1)
        if days > 0:
            return days
    if today is None or month is None:
        return None
    year = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
    try:
        return (today - date(year, month, day or 15)).days
    except ValueError:
        return None
