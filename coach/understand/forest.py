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
class Part:
    """The trees of one label in the arrays of all, by position: roots and nodes, each from and to."""

    roots: tuple[int, int]
    nodes: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trees of several labels; integer thresholds, leaves in thousandths."""

    roots: Integers
    starts: Integers
    """For each label, where its roots begin."""
    counts: Integers
    """For each label, how many trees it has."""
    feature: NDArray[np.int16]
    """The column that a node asks about; −1 at a leaf."""
    threshold: NDArray[np.int32]
    children: NDArray[np.int32]
    """Twice a node's number: where a value up to the threshold goes; one more: where a larger one goes."""
    leaf: NDArray[np.int16]

    def means(self, rows: Integers) -> Integers:
        """The mean leaf, 0 to 1000, for each label and each row (turns × features)."""
        blocks = [self._means(rows[begin : begin + BLOCK]) for begin in range(0, len(rows), BLOCK)]
        if not blocks:
            return np.zeros((len(self.starts), 0), dtype=np.int64)
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
            larger = values.take(first + column) > self.threshold.take(at)
            at = self.children.take(2 * at + larger).astype(np.int64)
            ends[walking] = at
            column = self.feature.take(at)
        leaves = self.leaf.take(ends).reshape(len(self.roots), turns)
        found = [
            leaves[start : start + count].sum(axis=0, dtype=np.int64) // count
            if count
            else np.zeros(turns, dtype=np.int64)
            for start, count in zip(self.starts.tolist(), self.counts.tolist(), strict=True)
        ]
        return np.stack(found) if found else np.zeros((0, turns), dtype=np.int64)


def forest_of(
    parts: Sequence[Part],
    *,
    roots: NDArray[np.integer],
    feature: NDArray[np.integer],
    threshold: NDArray[np.integer],
    left: NDArray[np.integer],
    right: NDArray[np.integer],
    leaf: NDArray[np.integer],
) -> Forest:
    """The forest of the labels whose parts are given; `feature` is −1 at leaves, numbers of nodes count in each part."""
    features, thresholds, children, leaves, begin = [], [], [], [], 0
    chosen: list[Integers] = []
    starts: list[int] = []
    counts: list[int] = []
    for part in parts:
        nodes = slice(*part.nodes)
        children.append((np.stack([left[nodes], right[nodes]], axis=1).ravel() + begin).astype(np.int32))
        features.append(feature[nodes].astype(np.int16))
        thresholds.append(threshold[nodes].astype(np.int32))
        leaves.append(leaf[nodes].astype(np.int16))
        starts.append(sum(counts))
        counts.append(part.roots[1] - part.roots[0])
        chosen.append(roots[slice(*part.roots)].astype(np.int64) + begin)
        begin += part.nodes[1] - part.nodes[0]
    none = np.zeros(0, dtype=np.int16)
    return Forest(
        roots=np.concatenate([none, *chosen]).astype(np.int64),
        starts=np.array(starts, dtype=np.int64),
        counts=np.array(counts, dtype=np.int64),
        feature=np.concatenate([none, *features]),
        threshold=np.concatenate([none, *thresholds]),
        children=np.concatenate([none, *children]),
        leaf=np.concatenate([none, *leaves]),
    )
