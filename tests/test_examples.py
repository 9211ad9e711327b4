"""The calls that come with the tool show what it is for: bad ones below the zero line, good ones well above."""

from pathlib import Path

import pytest

from coach.check import check
from coach.read import read_path
from coach.rules import load_rules
from coach.score import scorecard
from coach.scorefile import load_settings
from coach.understand import understand

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
BOOK = load_rules()


def reviewed(name: str) -> tuple[set[tuple[str, int]], float]:
    """The findings of an example and its score."""
    conversation = understand(read_path(str(EXAMPLES / name)), BOOK)
    findings, strengths = check(conversation, BOOK, report_language="en")
    card = scorecard(conversation, findings, strengths, load_settings(BOOK.folders))
    assert card.overall is not None
    return {(item.rule, item.turn) for item in findings if item.confidence != "low"}, card.overall


@pytest.mark.parametrize("name", ["de-rente-schlecht.txt", "en-pension-bad.txt"])
def test_the_bad_call_shows_what_it_is_made_for(name: str) -> None:
    """Pitches after a no, an ignored fact, repetition, lateness, interruption; a score below 25."""
    findings, score = reviewed(name)

    assert {("pitch-after-refusal", 3), ("pitch-after-refusal", 5), ("ignored-statement", 3)} <= findings
    assert {("customer-repeats", 4), ("late-contact", 1), ("interruption", 7)} <= findings
    assert score < 25


@pytest.mark.parametrize("name", ["de-rente-gut.txt", "en-pension-good.txt"])
def test_the_good_call_scores_above_sixty(name: str) -> None:
    """No grave finding, and a score well above the zero line."""
    findings, score = reviewed(name)

    assert not {rule for rule, _ in findings} & {"pitch-after-refusal", "ignored-statement", "late-contact", "pressure"}
    assert score > 60
