"""A question that comes back as a scrap shows that it got no answer."""

import pytest

from coach.model import Language, Role
from coach.understand.compared import Compared
from coach.understand.reasked import reasked
from coach.understand.words import all_words

ROLES: list[Role] = ["customer", "agent", "customer"]


@pytest.mark.parametrize(
    ("language", "turns"),
    [
        ("en", ["Do I have to send the router back?", "Anything else today?", "The router?"]),
        ("en", ["What about the hob? Only it clicks.", "You'll get a closing letter.", "Grand. And the hob?"]),
        ("de", ["Wer trägt denn den Sessel hoch?", "Am Donnerstag, zwischen acht und zwölf.", "Und der Sessel?"]),
        ("de", ["Und wie viele Schlüssel krieg ich?", "Die Wohnung ist ab Mai frei.", "Ja, und Hausschlüssel?"]),
    ],
)
def test_a_scrap_of_the_question_asks_again(language: Language, turns: list[str]) -> None:
    """The reply between the two is the one that left it open."""
    words = all_words(turns, language)
    assert reasked(ROLES, words, Compared(words, language)) == [0, 1, 0]


@pytest.mark.parametrize(
    "turns",
    [
        ["Do I have to send the router back?", "The router is yours to keep.", "The router?"],
        ["Do I have to send the router back?", "No, keep it.", "And the cable?"],
        ["I send the router back.", "Anything else today?", "The router?"],
        ["Do I have to send the router back?", "Anything else today?", "The router."],
        ["Do I have to send the router back?", "Anything else?", "No. Only is the router mine to sell on afterwards?"],
    ],
)
def test_what_is_no_scrap_of_an_open_question(turns: list[str]) -> None:
    """An echo of the answer, another question, no question before or after, and a question of its own."""
    words = all_words(turns, "en")
    assert reasked(ROLES, words, Compared(words, "en")) == [0, 0, 0]


def test_only_the_other_side_asks_again() -> None:
    """Three people in a row, or one who goes on, ask nobody twice."""
    words = all_words(["Do I send the router back?", "Anything else today?", "The router?"], "en")
    in_a_row: list[list[Role]] = [["customer", "agent", "agent"], ["customer", "customer", "customer"]]
    for roles in in_a_row:
        assert reasked(roles, words, Compared(words, "en")) == [0, 0, 0]
