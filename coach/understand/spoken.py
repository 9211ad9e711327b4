"""The words of a call as numbers, so that what is known of a word is looked up once, however often it is said."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spoken:
    """What is said in a call; `words` and `turns` have an entry for each word said, in order."""

    by_turn: tuple[tuple[str, ...], ...]
    number: Mapping[str, int]
    """The number of each word."""
    words: Integers
    """The numbers of what is said."""
    turns: Integers
    """The turn that says the word."""
    begins: Integers
    """For each turn, where its words begin; and the end of all."""

    def followed(self, by: int) -> Integers:
        """The places of words that so many further words follow in the same turn."""
        return np.flatnonzero(self.turns[by:] == self.turns[: len(self.turns) - by])

    def ends(self) -> tuple[Integers, Integers, Integers]:
        """The turns that say anything, the first word of each, and the last."""
        speaking = np.flatnonzero(np.diff(self.begins))
        first, last = self.begins.take(speaking), self.begins.take(speaking + 1) - 1
        return speaking, self.words.take(first), self.words.take(last)


def spoken(by_turn: Iterable[tuple[str, ...]]) -> Spoken:
    """The words of these turns as numbers."""
    return _spoken(tuple(by_turn))


@lru_cache(maxsize=1)
def _spoken(by_turn: tuple[tuple[str, ...], ...]) -> Spoken:
    said = list(chain.from_iterable(by_turn))
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__
    words = np.fromiter(map(number.__getitem__, said), dtype=np.int64, count=len(said))
    sizes = np.fromiter(map(len, by_turn), dtype=np.int64, count=len(by_turn))
    return Spoken(
        by_turn=by_turn,
        number=dict(number),
        words=words,
        turns=np.arange(len(by_turn), dtype=np.int64).repeat(sizes),
        begins=np.concatenate([[0], sizes.cumsum()]),
    )


def spread(sizes: Integers, begins: Integers) -> Integers:
    """Of runs of such sizes that begin there, all places, one run's after the other's."""
    ends = sizes.cumsum()
    places: Integers = np.arange(ends[-1] if len(ends) else 0) + (begins + sizes - ends).repeat(sizes)
    return places
