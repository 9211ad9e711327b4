"""A feature's bucket is the hash of its whole name, however it is come by."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.understand.hashing import KINDS, bucket, buckets, code

SPACES = ("a0", "c-1", "o+1")
NAMES = st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.text(max_size=9), st.sampled_from((1, 1, 1, 40)))


@given(names=st.lists(NAMES, max_size=20))
def test_a_code_gives_the_bucket_of_the_whole_name(names: list[tuple[int, str, str, int]]) -> None:
    """For any speaker and place, kind and name, short or long."""
    said = [(space, kind, text * times) for space, kind, text, times in names]

    found = buckets(
        np.array([code(kind, name.encode()) for _, kind, name in said], dtype=np.int64),
        SPACES,
        np.array([space for space, _, _ in said], dtype=np.int64),
    )

    assert found.tolist() == [bucket(f"{SPACES[space]}{kind}:{name}") for space, kind, name in said]
