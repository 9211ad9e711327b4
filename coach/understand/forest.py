"""All decision trees of one side's signals, walked together: one step of every tree for every turn at a time.

Walks that have arrived at a leaf are put aside, so that the work is that of the mean depth, not of the largest. Trees
come before turns: what is read one after the other lies close together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
BLOCK = 64
"""Turns that are walked at once; memory does not grow with the call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The trees of one label. A node's smaller branch begins right after it."""

    roots: Integers
    """Where each tree begins."""
    feature: NDArray[np.int16]
    """The column that a node asks about; −1 at a leaf."""
    value: NDArray[np.int16]
    """At a node the threshold, at a leaf what it says, in thousandths."""
    larger: NDArray[np.int32]
    """How many nodes further on the branch of larger values begins; 0 at a leaf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trees of several labels, one label's after the other's."""

    roots: Integers
    counts: Integers
    """For each label, how many trees it has."""
    feature: NDArray[np.int16]
    value: NDArray[np.int16]
    children: NDArray[np.int32]
    """Twice a node's number: where a value up to the threshold goes; one more: where a larger one goes."""

    def means(self, rows: Integers) -> Integers:
        """The mean leaf, 0 to 1000, for each label and each row (turns × features)."""
        blocks = [self._means(rows[begin : begin + BLOCK]) for begin in range(0, len(rows), BLOCK)]
        if not blocks:
            return np.zeros((len(self.counts), 0), dtype=np.int64)
        return np.concatenate(blocks, axis=1)

    def _means(self, rows: Integers) -> Integers:
        turns, width = rows.shape
        values = rows.ravel()
        first = np.tile(np.arange(turns) * width, len(self.roots))
        at = np.repeat(self.roots, turns)
        ends = at.copy()
        walking = np.arange(len(at))
        column = self.feature.take(at)
        while True:
            under_way = column >= 0
            if not under_way.all():
                walking, at, first, column = (item.compress(under_way) for item in (walking, at, first, column))
            if not len(walking):
                break
            larger = values.take(first + column) > self.value.take(at)
            at = self.children.take(2 * at + larger).astype(np.int64)
            ends[walking] = at
            column = self.feature.take(at)
        leaves = self.value.take(ends).reshape(len(self.roots), turns)
        found = [
            leaves[start : start + count].sum(axis=0, dtype=np.int64) // count
            if count
            else np.zeros(turns, dtype=np.int64)
            for start, count in zip((self.counts.cumsum() - self.counts).tolist(), self.counts.tolist(), strict=True)
        ]
        return np.stack(found) if found else np.zeros((0, turns), dtype=np.int64)


def forest_of(
    *,
    roots: NDArray[np.integer],
    counts: NDArray[np.integer],
    feature: NDArray[np.int16],
    value: NDArray[np.int16],
    larger: NDArray[np.integer],
) -> Forest:
    """The forest of arrays as `joined` gives them and the model file keeps them."""
    here = np.arange(len(feature), dtype=np.int32)
    children = np.empty(2 * len(feature), dtype=np.int32)
    children[0::2] = here + 1
    children[1::2] = here + larger
    return Forest(
        roots=roots.astype(np.int64), counts=counts.astype(np.int64), feature=feature, value=value, children=children
    )


def joined(parts: Sequence[Trees]) -> dict[str, NDArray[np.integer]]:
    """The arrays of the trees of several labels, one label's after the other's."""
    sizes = [len(part.feature) for part in parts]
    begins = [sum(sizes[:at]) for at in range(len(parts))]
    none = np.zeros(0, dtype=np.int16)
    return {
        "roots": np.concatenate([none, *(part.roots + begin for part, begin in zip(parts, begins, strict=True))]),
        "counts": np.array([len(part.roots) for part in parts], dtype=np.int32),
        "feature": np.concatenate([none, *(part.feature for part in parts)]).astype(np.int16),
        "value": np.concatenate([none, *(part.value for part in parts)]).astype(np.int16),
        "larger": np.concatenate([none, *(part.larger for part in parts)]).astype(np.int32),
    }
