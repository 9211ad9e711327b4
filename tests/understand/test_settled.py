"""Who says that all is settled is told from who complains in like words."""

import pytest

from coach.model import Language
from coach.rules import load_rules
from coach.understand.cues import acts_by_cue, index_of
from coach.understand.words import words_of


@pytest.mark.parametrize(
    ("language", "said", "settled"),
    [
        ("de", "Gut, das war's dann schon.", True),
        ("de", "Damit wäre von mir aus alles gesagt.", True),
        ("de", "Das ist mir schon dreimal passiert.", False),
        ("de", "Dann haben wir das Problem nächste Woche wieder.", False),
        ("de", "Das hat mir nicht sehr geholfen.", False),
        ("de", "Da ist noch nicht alles geklärt.", False),
        ("en", "Thank you, that is all we came for.", True),
        ("en", "That's not what I wanted.", False),
        ("en", "I'm done with your company.", False),
        ("en", "Who takes care of my mother?", False),
    ],
)
def test_settled_is_told_from_complaint(language: Language, said: str, settled: bool) -> None:  # noqa: FBT001 - a column
    """A complaint that shares its words must not excuse a call without a next step."""
    index = index_of([load_rules().acts["settled"]], language)
    assert ("settled" in acts_by_cue(words_of(said, language), said, "customer", index)) is settled
