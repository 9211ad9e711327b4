"""A date in German or English prose: with a year, or with a weekday from which the year follows."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan",
            "februar feber february feb",
            "märz maerz march mar mär mrz",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "montag monday mon mo",
            "dienstag tuesday tues tue di",
            "mittwoch wednesday wed mi",
            "donnerstag thursday thurs thur thu do",
            "freitag friday fri fr",
            "samstag sonnabend saturday sat sa",
            "sonntag sunday sun so",
        )
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:\b(?P<weekday>" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + r")\b\.?,?\s{1,3}"
_WEEKDAY += r"(?:(?:den|dem|the|,)\s{1,3})?)?"
_YEAR = r"(?:,?\s{0,2}(?P<year>[12][0-9]{3})\b)?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        r"(?<![0-9])(?P<year>[12][0-9]{3})-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9])",
        (
            r"(?<![0-9.])(?P<day>[0-9]{1,2})\.\s?(?P<number>[0-9]{1,2})\."
            r"(?:\s?(?P<year>[12][0-9]{3}|[0-9]{2})(?![0-9:]|\.[0-9]))?"
        ),
        r"(?<![0-9])(?P<day>[0-9]{1,2})(?:\.|st|nd|rd|th)?\s{1,2}(?:of\s)?" + _MONTH + _YEAR,
        r"\b" + _MONTH + r"\s{1,2}(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:.])" + _YEAR,
        r"(?<![0-9/])(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>[12][0-9]{3}|[0-9]{2})(?![0-9/])",
    )
)
_LEAP_CYCLE = 40
"""A 29 February falls on a given weekday within 40 years; any other date within 11."""


def date_in(text: str, *, today: date) -> date | None:
    """The first date in the text whose year is written or follows from the weekday; None where there is none."""
    return next((found for found, _ in _dates(text, today=today)), None)


def date_before(lines: Iterable[str], *, today: date) -> date | None:
    """The date that the lines before a talk give it: the last one with a weekday, else the last one."""
    plain = named = None
    for line in lines:
        for found, has_weekday in _dates(line, today=today):
            if has_weekday:
                named = found
            else:
                plain = found
    return named or plain


def _dates(text: str, *, today: date) -> Iterator[tuple[date, bool]]:
    """Each date with whether a weekday is written before it, in the order of the text."""
    matches = [match for form in _FORMS for match in form.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        found = _date(match.groupdict(), today=today)
        if found:
            yield found, match["weekday"] is not None


def _date(parts: dict[str, str | None], *, today: date) -> date | None:
    day_month = _day_and_month(parts)
    if day_month is None:
        return None
    day, month = day_month
    year, weekday = parts.get("year"), parts.get("weekday")
    if year:
        return _valid(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if weekday is None:
        return None
    wanted = _WEEKDAYS[weekday.casefold()]
    candidates = (_valid(today.year - back, month, day) for back in range(_LEAP_CYCLE + 1))
    return next((found for found in candidates if found and found.weekday() == wanted), None)


def _day_and_month(parts: dict[str, str | None]) -> tuple[int, int] | None:
    first, second = parts.get("first"), parts.get("second")
    if first and second:
        one, two = int(first), int(second)
        if one > 12 or one == two:
            return one, two
        # 03/04 is April in London and March in New York: nothing is better than a guess.
        return (two, one) if two > 12 else None
    month = parts.get("month")
    return int(parts["day"] or 0), _MONTHS[month.casefold()] if month else int(parts["number"] or 0)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
