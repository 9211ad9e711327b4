"""The notation of phrases means what the docstring of `cues` says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.rulebook import ActSpec, Cue
from coach.understand.cues import acts_by_cue, index_of
from coach.understand.phrases import CueSyntaxError, compiled, find
from coach.understand.words import words_of


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("kein interesse", "Danke, kein Interesse.", True),
        ("kein interesse", "Kein Mensch hat Interesse.", False),
        ("kein ... interesse", "Ich habe kein so großes Interesse.", True),
        ("kein ... interesse", "Nein, kein. Ich habe Interesse.", False),
        ("kündig*", "Ich KUENDIGE zum Ersten.", True),
        ("*vertrag", "den Mobilfunkvertrag", True),
        ("*zins*", "die Bauzinsen", True),
        ("(kein|null) bock", "null Bock", True),
        ("(geht nicht|unmöglich) heute", "Das geht nicht heute", True),
        ("ich [wirklich] nicht", "will ich nicht", True),
        ("ich [wirklich] nicht", "will ich wirklich nicht", True),
        ("bis # uhr", "bis zehn Uhr", True),
        ("bis # uhr", "bis 10 Uhr", True),
        ("bis # uhr", "bis irgendwann Uhr", False),
        ("^ nochmal", "Also das nochmal", False),
        ("^ nochmal", "Gut. Nochmal: nein.", True),
        ("danke $", "Nein danke.", True),
        ("danke $", "Danke sehr.", False),
        ("geht _ nicht", "das geht leider nicht", True),
        ("geht _ nicht", "das geht nicht", False),
    ],
)
def test_a_phrase_is_found_where_the_notation_says(phrase: str, text: str, there: bool) -> None:  # noqa: FBT001
    """Each sign of the notation, where it matches and where it does not."""
    found = find(phrase, words_of(text, "de"))

    assert there == (found is not None)


@pytest.mark.parametrize("phrase", ["", "...", "(a|", "[a", "( | )", "a*b", "^ $", "was?", "... kein"])
def test_a_wrong_notation_is_refused(phrase: str) -> None:
    """A phrase that cannot mean anything is an error, not a silent miss."""
    with pytest.raises(CueSyntaxError):
        compiled(phrase)


def _acts(cue: Cue, text: str, language: str = "de") -> dict[str, str]:
    spec = ActSpec(id="x", roles=frozenset({"customer"}), describes={}, cues={"de": (cue,), "en": (cue,)})
    index = index_of([spec], "en" if language == "en" else "de")
    words = words_of(text, "en" if language == "en" else "de")
    return {name: act.words for name, act in acts_by_cue(words, text, "customer", index).items()}


def test_a_negation_before_the_phrase_cancels_it() -> None:
    """“nicht zufrieden” is not “zufrieden”, but a clause boundary ends the negation's reach."""
    cue = Cue(phrase="zufrieden")

    assert _acts(cue, "Ich bin zufrieden.") == {"x": "zufrieden"}
    assert _acts(cue, "Ich bin gar nicht zufrieden.") == {}
    assert _acts(cue, "Nicht heute, zufrieden bin ich aber.") == {"x": "zufrieden"}


def test_a_phrase_that_is_negative_itself_stands() -> None:
    """A double negation in front does not cancel a phrase that carries its own “nicht”."""
    assert _acts(Cue(phrase="geht nicht"), "Nein nein, das geht nicht.") == {"x": "geht nicht"}


def test_a_blocking_phrase_blocks() -> None:
    """`unless` looks at the whole turn."""
    cue = Cue(phrase="garantiert", unless=("vertrag*",))

    assert _acts(cue, "Das hält garantiert.") == {"x": "garantiert"}
    assert _acts(cue, "Das ist per Vertrag garantiert.") == {}


def test_the_other_role_is_not_asked() -> None:
    """An act of the customer is never found in the agent's turn."""
    spec = ActSpec(id="x", roles=frozenset({"agent"}), describes={}, cues={"de": (Cue(phrase="danke"),)})
    index = index_of([spec], "de")

    assert acts_by_cue(words_of("danke", "de"), "danke", "customer", index) == {}


_WORD = st.sampled_from("kein nicht ich das geht danke bis zehn vertrag morgen".split())


@given(words=st.lists(_WORD, min_size=1, max_size=12), at=st.integers(0, 10), length=st.integers(1, 3))
def test_any_run_of_words_is_found_as_a_phrase(words: list[str], at: int, length: int) -> None:
    """A phrase cut out of a turn is found in it, and its place holds just its words."""
    at %= len(words)
    phrase = words[at : at + length]
    said = words_of(" ".join(words), "de")

    found = find(" ".join(phrase), said)

    assert found is not None
    assert list(said.words[found[0] : found[1]]) == phrase


@given(words=st.lists(_WORD, min_size=2, max_size=10), hole=st.integers(0, 4))
def test_a_gap_spans_up_to_four_words(words: list[str], hole: int) -> None:
    """`...` bridges up to four words of a sentence and not five."""
    between = ["xx"] * hole
    said = words_of(" ".join(["anfang", *between, "ende"]), "de")
    further = words_of(" ".join(["anfang", *["xx"] * 5, "ende"]), "de")

    assert find("anfang ... ende", said) is not None
    assert find("anfang ... ende", further) is None
    assert words


@pytest.mark.parametrize("text", ["", " ", "…", "(–)"])
def test_a_turn_without_words_has_no_sentences(text: str) -> None:
    """A line that holds only a remark stays a turn."""
    assert words_of(text, "de").sentences() == []
