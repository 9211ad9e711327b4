"""What is known to be one word without the tokeniser is one word to the tokeniser, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.model import Language
from coach.understand.words import pipeline, words_of

LETTERS = st.text("aeinrstdhABEGSTZäöüß", min_size=1, max_size=12)
MARKS = st.sampled_from(["", ".", ",", "!", "?", "...", "-", ":", "'s", "…"])
ODD = st.sampled_from(
    ["z.B.", "Dr.", "dont", "cannot", "don't", "geht's", "GmbH.", "e.g.", "Str.", "24/7", "Jan.", "i'm"]
)


@pytest.mark.parametrize("language", ["de", "en"])
@given(parts=st.lists(st.tuples(LETTERS, MARKS).map("".join) | ODD, min_size=1, max_size=8))
def test_words_stand_where_the_tokeniser_puts_them(language: Language, parts: list[str]) -> None:
    """Whatever is written: each word begins and ends where tokens do."""
    text = " ".join(parts)
    tokens = [(token.idx, token.idx + len(token)) for token in pipeline(language)(text)]
    begins, ends = {first for first, _ in tokens}, {end for _, end in tokens}
    for first, end in words_of(text, language).spans:
        assert first in begins
        assert end in ends


@pytest.mark.parametrize("language", ["de", "en"])
@given(word=LETTERS, contracted=st.sampled_from(["", "'s", "’s"]), mark=st.sampled_from(["", ".", ",", ":", "!", "?"]))
def test_a_word_and_its_mark_are_what_the_tokeniser_makes_of_them(
    language: Language, word: str, contracted: str, mark: str
) -> None:
    """Where a word is told without it, its end is where the mark's token begins."""
    text = f"{word}{contracted}{mark}"
    tokens = [token.text for token in pipeline(language)(text)]
    (begin, end) = words_of(text, language).spans[-1]
    assert begin == 0
    assert (text[end:] == mark) == (tokens[-1] == mark or not mark)


def test_an_abbreviation_ends_no_sentence() -> None:
    """Its point is its own."""
    assert words_of("Die Firma Dr. Kern, z.B. aus Bonn.", "de").starts == (0,)
