"""Dates are read in German and English, and never guessed."""

from datetime import date

import pytest

from coach.read.dates import date_before, date_in

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-18", date(2025, 11, 18)),
        ("18.11.2025", date(2025, 11, 18)),
        ("18.11.25.", date(2025, 11, 18)),
        ("am 18. November 2025 um 10:30", date(2025, 11, 18)),
        ("18. Nov. 2025", date(2025, 11, 18)),
        ("3. März 2025", date(2025, 3, 3)),
        ("November 18th, 2025", date(2025, 11, 18)),
        ("the 18th of November 2025", date(2025, 11, 18)),
        ("18 Nov 2025", date(2025, 11, 18)),
        ("29/09/15 11:26", date(2015, 9, 29)),
        ("11/18/2025", date(2025, 11, 18)),
        ("Freitag, 18. November. Ich habe frei.", date(2022, 11, 18)),
        ("Friday, November 18", date(2022, 11, 18)),
        ("Fr., 18.11.", date(2022, 11, 18)),
        ("Samstag, 29. Februar", date(2020, 2, 29)),
        ("Sonntag, den 1. März", date(2026, 3, 1)),
        ("03/04/2025", None),
        ("18. November", None),
        ("31.02.2025", None),
        ("10:30 Uhr", None),
        ("Version 1.2.3", None),
    ],
)
def test_a_date_has_a_year_or_a_weekday(text: str, expected: date | None) -> None:
    """Without a year the weekday decides; what stays open is None."""
    assert date_in(text, today=TODAY) == expected


def test_the_date_nearest_to_the_talk_counts_and_weekdays_first() -> None:
    """A page has many dates; the one with a weekday, else the last, is the talk's."""
    assert date_before(["1.2.2025", "Dienstag, 4. März 2025", "5.5.2025"], today=TODAY) == date(2025, 3, 4)
    assert date_before(["1.2.2025", "5.5.2025"], today=TODAY) == date(2025, 5, 5)
    assert date_before(["nothing"], today=TODAY) is None
