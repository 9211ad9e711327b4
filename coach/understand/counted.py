"""The words of a call by number: what is known of a word is asked once, and counted in all turns together."""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


class Counted:
    """The words of all turns, one after the other; each by its number among the distinct ones."""

    __slots__ = ("_ends", "_numbers", "_turns", "distinct")

    def __init__(self, turns: Sequence[Sequence[str]]) -> None:
        """Numbers the words."""
        said = list(chain.from_iterable(turns))
        numbers = {word: number for number, word in enumerate(dict.fromkeys(said))}
        self.distinct = tuple(numbers)
        self._numbers: Integers = np.fromiter(map(numbers.__getitem__, said), dtype=np.int64, count=len(said))
        lengths = [len(turn) for turn in turns]
        self._turns: Integers = np.repeat(np.arange(len(turns)), lengths)
        self._ends: Integers = np.cumsum([0, *lengths])

    def known(self, known: Callable[[str], int]) -> Integers:
        """What is known of each word that was said."""
        return np.array([known(word) for word in self.distinct], dtype=np.int64)[self._numbers]

    def sums(self, values: Integers) -> list[int]:
        """For each turn the sum of its words' values."""
        sums: list[int] = np.diff(np.concatenate([[0], values.cumsum()])[self._ends]).tolist()
        return sums

    def within(self) -> NDArray[np.bool_]:
        """For each word but the last whether the one after it belongs to the same turn."""
        return np.equal(self._turns[1:], self._turns[:-1])

    def repeated(self, length: int) -> dict[int, list[int]]:
        """By turn the words with which runs of this length begin of which every pair of words comes again in the call.

        No other run can come again.
        """
        pairs = self._numbers[:-1] * len(self.distinct) + self._numbers[1:]
        _, place, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        again = self.within() & (counts > 1)[place]
        runs = again[: max(0, len(again) - length + 2)].copy()
        for at in range(1, length - 1):
            runs &= again[at : at + len(runs)]
        found: dict[int, list[int]] = {}
        for at in np.flatnonzero(runs).tolist():
            turn = int(self._turns[at])
            found.setdefault(turn, []).append(at - int(self._ends[turn]))
        return found
