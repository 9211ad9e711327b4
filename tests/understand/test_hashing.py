"""A feature's bucket is the hash of its whole name, however it is come by."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.understand.codes import Coded, letters, runs, worded
from coach.understand.hashing import KINDS, bucket, buckets, names
from coach.understand.spoken import spoken

SPACES = ("a0", "c-1", "o+1")
NAMES = st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.text(max_size=9), st.sampled_from((1, 1, 1, 40)))
TEXTS = st.builds(lambda text, times: text * times, st.text(max_size=5), st.sampled_from((1, 1, 30, 200)))
WORDS = st.sampled_from(("ja", "genau", "vertrag", "kündigung", "不同的文字", "😀")) | TEXTS.filter(bool)


@given(said=st.lists(NAMES, max_size=20))
def test_a_code_gives_the_bucket_of_the_whole_name(said: list[tuple[int, str, str, int]]) -> None:
    """For any speaker and place, kind and name, short or long."""
    named = [(space, kind, text * times) for space, kind, text, times in said]

    found = buckets(
        np.array([names([name]).codes(kind)[0] for _, kind, name in named], dtype=np.int64),
        SPACES,
        np.array([space for space, _, _ in named], dtype=np.int64),
    )

    assert found.tolist() == [bucket(f"{SPACES[space]}{kind}:{name}") for space, kind, name in named]


@given(pairs=st.lists(st.tuples(TEXTS, TEXTS), max_size=9))
def test_names_are_put_together_of_pieces(pairs: list[tuple[str, str]]) -> None:
    """The hash and the length of two pieces are those of the whole, however long the second is."""
    found = names(one for one, _ in pairs).then(names(other for _, other in pairs))
    whole = names(one + other for one, other in pairs)

    assert found.hashes.tolist() == whole.hashes.tolist()
    assert found.lengths.tolist() == whole.lengths.tolist()


@given(turns=st.lists(st.lists(WORDS, max_size=6).map(tuple), max_size=5))
def test_the_codes_of_turns_are_those_of_their_words_pairs_runs_and_letters(turns: list[tuple[str, ...]]) -> None:
    """As one would name them turn by turn; nothing reaches from one turn into the next."""
    said = spoken(turns)
    known = worded(said)

    for at, words in enumerate(turns):
        marked = ["<", *words, ">"]
        plain = {
            "forms": [("w", word) for word in words] + [("s", word[:6]) for word in words if len(word) > 6],
            "pairs": [("b", " ".join(two)) for two in pairwise(words)],
            "ends": [("b", " ".join(marked[:2])), ("b", " ".join(marked[-2:]))][: len(words) + 1],
            "runs": [("t", " ".join(words[begin : begin + 3])) for begin in range(len(words) - 2)]
            + [("f", word) for word in words[:1]]
            + [("f2", " ".join(words[:2]))] * bool(words)
            + [("e", word) for word in words[-1:]],
            "letters": [
                ("l", f"<{word}>"[begin : begin + size])
                for word in words
                for size in (3, 4, 5)
                for begin in range(len(word) + 3 - size)
            ],
        }
        found: dict[str, Coded] = {
            "forms": known.forms,
            "pairs": known.pairs,
            "ends": known.ends,
            "runs": runs(said),
            "letters": letters(said),
        }
        for part, codes in found.items():
            assert sorted(codes.of(at, at + 1).codes.tolist()) == sorted(
                int(names([name]).codes(kind)[0]) for kind, name in plain[part]
            )
