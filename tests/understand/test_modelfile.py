"""What is written to a model file is what is read from it."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coach.understand.modelfile import packed_weights, read, weights_of, write

MATRICES = arrays.arrays(
    np.int16,
    st.tuples(st.integers(0, 9), st.integers(1, 9)),
    elements=st.one_of(st.just(0), st.integers(-128, 128), st.integers(-32000, 32000)),
)


@given(weights=MATRICES)
def test_weights_come_back_whatever_their_size(weights: np.ndarray) -> None:
    """Zeros, bytes and weights beyond a byte, below a first row of zeros."""
    features, labels = weights.shape

    found = weights_of(packed_weights("w", weights), "w", features=features, labels=labels)

    assert not found[0].any()
    assert (found[1:] == weights).all()


def test_the_same_arrays_make_the_same_file(tmp_path: Path) -> None:
    """Nothing of the day or the machine is in it, and all of it is read again."""
    data = {"labels": np.array(["a", "b"]), **packed_weights("w", np.array([[300, 0], [-5, 7]], dtype=np.int16))}
    for name in ("one.npz", "other.npz"):
        write(tmp_path / name, data)

    found = read(tmp_path / "one.npz")

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    assert {name: array.tolist() for name, array in found.items()} == {name: a.tolist() for name, a in data.items()}
