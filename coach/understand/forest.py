"""All decision trees of one side's signals, walked together: 64 turns at a time, as the bits of one number.

Many nodes ask the same question, so each distinct question is put to the turns once. Then, level by level, the set of
turns that reach a node is split into those that go one way and those that go the other, at all nodes of all trees.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Bits = NDArray[np.uint64]
"""Sets of turns: a bit for each turn of a block."""
BLOCK = 64
"""Turns that are walked at once, as many as a number has bits."""
FOREST_ARRAYS = ("roots", "counts", "columns", "thresholds", "nodes", "larger", "lift")
"""What `joined` makes and `forest_of` reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The trees of one label. A node's smaller branch begins right after it."""

    roots: Integers
    """Where each tree begins."""
    feature: NDArray[np.int16]
    """The column that a node asks about; −1 at a leaf."""
    value: NDArray[np.int32]
    """At a node the threshold, at a leaf what it says."""
    larger: NDArray[np.int32]
    """How many nodes further on the branch of larger values begins; 0 at a leaf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The nodes that stand equally far from the roots: first all smaller branches of the level above, then the larger."""

    leaves: Integers
    """Which of the nodes are leaves."""
    inner: Integers
    """Which are not."""
    questions: Integers
    """What these ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trees of several labels, one label's after the other's."""

    trees: int
    columns: Integers
    thresholds: NDArray[np.int32]
    """The distinct questions that nodes ask: is the value of this column larger than this?"""
    levels: tuple[Level, ...]
    order: Integers
    """The leaves of one label after those of the other, where levels have them one level after the other."""
    ends: Integers
    """For each label, the place after its last leaf."""
    values: NDArray[np.floating]
    """What leaves say, whole numbers in the form that is multiplied fastest; sums over trees are exact in it, too."""

    def sums(self, rows: NDArray[np.integer]) -> Integers:
        """The sum of the leaves for each label and each row (turns × features)."""
        sums = np.zeros((len(self.ends), len(rows)), dtype=np.int64)
        for begin in range(0, len(rows), BLOCK):
            sums[:, begin : begin + BLOCK] = self._sums(rows[begin : begin + BLOCK])
        return sums

    def _sums(self, rows: NDArray[np.integer]) -> NDArray[np.floating]:
        """The sums for at most BLOCK rows."""
        octets = -(-len(rows) // 8)
        values = np.zeros((rows.shape[1], 8 * octets), dtype=np.int32)
        values[:, : len(rows)] = rows.T
        answers = _as_bits(values.take(self.columns, axis=0) > self.thresholds[:, np.newaxis])
        reached = self._reached(answers, _as_bits(np.arange(8 * octets)[np.newaxis] < len(rows)))
        some = np.flatnonzero(reached != 0)
        leaves = self.values.take(some)
        sets = reached.take(some).view(np.uint8).reshape(-1, BLOCK // 8)[:, :octets]
        sums = np.zeros((len(self.ends), 8 * octets), dtype=leaves.dtype)
        begin = 0
        for label, end in enumerate(some.searchsorted(self.ends).tolist()):
            turns = np.unpackbits(sets[begin:end], axis=1).astype(leaves.dtype)
            np.dot(leaves[begin:end], turns, out=sums[label])
            begin = end
        return sums[:, : len(rows)]

    def _reached(self, answers: Bits, everybody: Bits) -> Bits:
        """For each leaf, in the order of labels, the turns that arrive at it."""
        sets = everybody.repeat(self.trees)
        reached = [sets[:0]]
        for level in self.levels:
            reached.append(sets.take(level.leaves))
            sets = sets.take(level.inner)
            larger = sets & answers.take(level.questions)
            sets = np.concatenate([sets ^ larger, larger])
        return np.concatenate(reached).take(self.order)


def _as_bits(table: NDArray[np.bool_]) -> Bits:
    """Each row of 8, 16, … BLOCK truth values as the bits of one number."""
    found = np.zeros((len(table), BLOCK // 8), dtype=np.uint8)
    found[:, : table.shape[1] // 8] = np.packbits(table).reshape(len(table), -1)
    return found.view(np.uint64).ravel()


def forest_of(arrays: Mapping[str, NDArray[np.integer]]) -> Forest:
    """The forest of arrays as `joined` gives them and the model file keeps them."""
    roots, counts, nodes, larger = (arrays[name].astype(np.int64) for name in ("roots", "counts", "nodes", "larger"))
    levels, leaves, at = [], [roots[:0]], roots
    while len(at):
        further = larger.take(at)
        inner = np.flatnonzero(further)
        levels.append(Level(leaves=np.flatnonzero(further == 0), inner=inner, questions=nodes.take(at.take(inner))))
        leaves.append(at.compress(further == 0))
        at, further = at.take(inner), further.take(inner)
        at = np.concatenate([at + 1, at + further])
    places = np.concatenate(leaves)
    order = places.argsort()
    values = nodes.take(places.take(order)) - int(arrays["lift"][0])
    largest = int(np.abs(values).max(initial=0)) * int(counts.max(initial=0))
    begins = np.append(roots, len(nodes))
    return Forest(
        trees=len(roots),
        columns=arrays["columns"].astype(np.int64),
        thresholds=arrays["thresholds"].astype(np.int32),
        levels=tuple(levels),
        order=order,
        ends=places.take(order).searchsorted(begins[counts.cumsum()]),
        values=values.astype(np.float32 if largest < 1 << 24 else np.float64),
    )


def joined(parts: Sequence[Trees]) -> dict[str, NDArray[np.integer]]:
    """The arrays of the trees of several labels, one label's after the other's; each distinct question gets a number."""
    sizes = [len(part.feature) for part in parts]
    begins = [sum(sizes[:at]) for at in range(len(parts))]
    none = np.zeros(0, dtype=np.int64)
    feature = np.concatenate([none, *(part.feature for part in parts)])
    value = np.concatenate([none, *(part.value for part in parts)])
    larger = np.concatenate([none, *(part.larger for part in parts)])
    inner = feature >= 0
    pairs = np.stack([feature[inner], value[inner]], axis=1)
    questions, number = np.unique(pairs, axis=0, return_inverse=True)
    lift = max(0, -int(value[~inner].min(initial=0)))
    value = np.where(inner, 0, value + lift)
    value[inner] = number.ravel()
    return {
        "roots": np.concatenate([none, *(part.roots + begin for part, begin in zip(parts, begins, strict=True))]),
        "counts": np.array([len(part.roots) for part in parts], dtype=np.int32),
        "columns": questions[:, 0].astype(np.int32),
        "thresholds": questions[:, 1].astype(np.int32),
        "nodes": _narrow(value),
        "larger": _narrow(larger),
        "lift": np.array([lift], dtype=np.int32),
    }


def _narrow(values: Integers) -> NDArray[np.integer]:
    """The same numbers, none of which is negative, in as few bytes as the largest needs."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))
