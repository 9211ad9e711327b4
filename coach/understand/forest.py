"""All decision trees of one side's signals, walked together: 64 turns at a time, as the bits of one number.

Many nodes ask the same question, so each distinct question is put to the turns once. Then the set of turns that reach a
node is split into those that go one way and those that go the other; turns that are alike stay together, and the work is
that of the nodes reached by any turn.
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
class Forest:
    """The trees of several labels, one label's after the other's."""

    roots: Integers
    counts: Integers
    """For each label, how many trees it has."""
    ends: Integers
    """For each label, the node after its last."""
    columns: Integers
    thresholds: NDArray[np.int32]
    """The distinct questions that nodes ask: is the value of this column larger than this?"""
    nodes: NDArray[np.integer]
    """At a node the number of its question, at a leaf what it says, made larger by `lift` so that none is negative."""
    lift: int
    larger: NDArray[np.integer]
    """How many nodes further on a node's branch of larger values begins; that of the others begins right after it.
    0 at a leaf."""

    def sums(self, rows: Integers) -> Integers:
        """The sum of the leaves for each label and each row (turns × features)."""
        blocks = [self._sums(rows[begin : begin + BLOCK]) for begin in range(0, len(rows), BLOCK)]
        if not blocks:
            return np.zeros((len(self.counts), 0), dtype=np.int64)
        sums: Integers = np.concatenate(blocks, axis=1) - self.lift * self.counts[:, np.newaxis]
        return sums

    def _sums(self, rows: Integers) -> Integers:
        """The summed leaves, as they are kept, for each label and each of at most BLOCK rows."""
        octets = -(-len(rows) // 8)
        width = 8 * octets
        values = np.zeros((rows.shape[1], width), dtype=np.int32)
        values[:, : len(rows)] = rows.T
        answers = _as_bits(values.take(self.columns, axis=0) > self.thresholds[:, np.newaxis])
        leaves, reached = self._leaves(answers, _as_bits(np.arange(width)[np.newaxis] < len(rows)))
        sets = reached.view(np.uint8).reshape(-1, BLOCK // 8)[:, :octets]
        found = np.flatnonzero(np.unpackbits(sets.ravel()).view(np.bool_))  # place of the leaf * width + turn
        cells = (self.ends.searchsorted(leaves, side="right") - np.arange(len(leaves))) * width
        place = found // width
        size = len(self.counts) * width
        sums = np.bincount(found + cells.take(place), weights=self.nodes.take(leaves).take(place), minlength=size)
        return sums.reshape(-1, width)[:, : len(rows)].astype(np.int64)

    def _leaves(self, answers: Bits, everybody: Bits) -> tuple[Integers, Bits]:
        """The leaves that turns arrive at, and which turns these are."""
        at, turns = self.roots, everybody.repeat(len(self.roots))
        leaves, reached = [at[:0]], [turns[:0]]
        while len(at):
            larger = self.larger.take(at)
            inner = larger > 0
            leaves.append(at.compress(~inner))
            reached.append(turns.compress(~inner))
            at, turns, larger = at.compress(inner), turns.compress(inner), larger.compress(inner)
            up = turns & answers.take(self.nodes.take(at))
            down = turns ^ up
            some_up, some_down = up != 0, down != 0
            at = np.concatenate([at.compress(some_down) + 1, (at + larger).compress(some_up)])
            turns = np.concatenate([down.compress(some_down), up.compress(some_up)])
        return np.concatenate(leaves), np.concatenate(reached)


def _as_bits(table: NDArray[np.bool_]) -> Bits:
    """Each row of 8, 16, … BLOCK truth values as the bits of one number."""
    found = np.zeros((len(table), BLOCK // 8), dtype=np.uint8)
    found[:, : table.shape[1] // 8] = np.packbits(table).reshape(len(table), -1)
    return found.view(np.uint64).ravel()


def forest_of(arrays: Mapping[str, NDArray[np.integer]]) -> Forest:
    """The forest of arrays as `joined` gives them and the model file keeps them."""
    counts = arrays["counts"].astype(np.int64)
    begins = np.append(arrays["roots"], len(arrays["nodes"])).astype(np.int64)
    return Forest(
        roots=begins[:-1],
        counts=counts,
        ends=begins[counts.cumsum()],
        columns=arrays["columns"].astype(np.int64),
        thresholds=arrays["thresholds"].astype(np.int32),
        nodes=arrays["nodes"],
        larger=arrays["larger"],
        lift=int(arrays["lift"][0]),
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
