"""An appeal to a rule is told from a contract that is called a policy."""

import pytest

from coach.rules import load_rules
from coach.understand.cues import acts_by_cue, index_of
from coach.understand.words import words_of


@pytest.mark.parametrize(
    ("said", "appeal"),
    [
        ("That's our policy, I'm afraid.", True),
        ("It's just policy.", True),
        ("It's against policy to open a second file.", True),
        ("Could you give me your policy number?", False),
        ("Your policy covers glass and storm.", False),
    ],
)
def test_a_policy_that_one_holds_is_no_appeal_to_a_rule(said: str, appeal: bool) -> None:  # noqa: FBT001 - a column
    """Insurers say the word in every call."""
    index = index_of([load_rules().acts["policy"]], "en")
    assert ("policy" in acts_by_cue(words_of(said, "en"), said, "agent", index)) is appeal
