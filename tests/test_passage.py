"""What is quoted of a long turn: the sentences that carry what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.passage import passage, sentences

TURN = "Yes, I'll do that right now. What would you prefer? Okay, that is in our system. Anything else today?"


@pytest.mark.parametrize(
    ("text", "said", "quote"),
    [
        (TURN, ["I'll do", "today"], "Yes, I'll do that right now."),
        (TURN, ["prefer", "I'll do"], "Yes, I'll do that right now. What would you prefer?"),
        (TURN, ["nowhere"], TURN),
        (TURN, [], TURN),
        ("Oh dear. That is a long wait for you. More.", ["Oh dear"], "Oh dear. That is a long wait for you."),
        ("Gut. Dr. Lang kommt am 3. Mai zu Ihnen. Ja.", ["Mai"], "Dr. Lang kommt am 3. Mai zu Ihnen."),
        ("er kommt am montag und bringt alles mit", ["montag"], "er kommt am montag und bringt alles mit"),
    ],
)
def test_the_sentences_that_carry_it_are_quoted(text: str, said: list[str], quote: str) -> None:
    """That with the first sign and its neighbours with others; all where no sign is found."""
    assert passage(text, said) == quote


@given(text=st.text(alphabet="aI1.!?… \n“”", max_size=80), at=st.integers(0, 79), size=st.integers(1, 20))
def test_a_passage_is_a_part_of_the_turn_with_the_sign_in_it(text: str, at: int, size: int) -> None:
    """Whatever the marks, nothing is lost but the space between sentences."""
    said = text[at : at + size]
    assert passage(text, [said]) in text
    assert said.strip() in passage(text, [said])
    assert "".join("".join(text[a:b] for a, b in sentences(text)).split()) == "".join(text.split())


def test_the_sentence_that_carries_most_is_quoted() -> None:
    """Somebody who asks for a moment's patience and then gives a day and a name is quoted with the day and the name."""
    text = "Bleiben Sie dran, ich rufe drüben an. Es geht um viel. Herr Kurz ist am Donnerstag da, ich rufe Sie an."

    assert passage(text, ["ich rufe", "am Donnerstag"]) == "Herr Kurz ist am Donnerstag da, ich rufe Sie an."
    assert passage(text, ["ich rufe"]) == "Bleiben Sie dran, ich rufe drüben an."
