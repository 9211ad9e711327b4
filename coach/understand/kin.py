"""Which words are alike: equal, inflected alike, or one is a part of the other as in a compound.

A word is known in another by its *signs*: its stem at the other's beginning, or the whole of it anywhere in it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

STEM = 5
"""Letters by which two words count as the same; shorter words must be equal."""
_SHORTEST = STEM - 1
"""Letters of the shortest stem."""
_NONE: frozenset[int] = frozenset()


def same_word(one: str, other: str) -> bool:
    """Equal, inflected alike, or one is a part of the other as in a compound."""
    return one == other or _shows(one, other) or _shows(other, one)


def _shows(word: str, other: str) -> bool:
    """The other word holds a sign of this one."""
    stem = _stem(word)
    return bool(stem) and (other.startswith(stem) or (len(word) >= STEM and word in other))


def _stem(word: str) -> str:
    """The beginning that inflections share; empty for short words."""
    return word[: max(_SHORTEST, (2 * len(word) + 2) // 3)] if len(word) >= _SHORTEST else ""


class Kin:
    """The words of a call, made ready so that no two of them need to be compared.

    Each sign that several of the words hold has two numbers, one for the words that it is a sign of and one for those
    that hold it; a word tells the numbers that it stands for and asks for those of the other kind. Most words have no
    sign that another holds, and neither tell nor ask.
    """

    __slots__ = ("asks", "tells")

    def __init__(self, words: Iterable[str]) -> None:
        """Finds the signs that several of the words hold."""
        known = sorted({word for word in words if len(word) >= _SHORTEST})
        self.tells: dict[str, list[int]] = {}
        for number, (owners, holders) in enumerate(chain(_begun(known), _inside(known))):
            for word in owners:
                self.tells.setdefault(word, []).append(2 * number)
            for word in holders:
                self.tells.setdefault(word, []).append(2 * number + 1)
        self.asks = {word: [sign ^ 1 for sign in signs] for word, signs in self.tells.items()}


_Sign: TypeAlias = tuple[Sequence[str], Sequence[str]]
"""The words that a sign is of, and those that hold it; words that are both are no less alike for it."""


def _begun(known: Sequence[str]) -> Iterator[_Sign]:
    """The stems that several of the words, which are in order, begin with."""
    owners: dict[str, list[str]] = {}
    for word in known:
        owners.setdefault(_stem(word), []).append(word)
    for stem, group in owners.items():
        first = end = bisect_left(known, stem)
        while end < len(known) and known[end].startswith(stem):
            end += 1
        if end - first > 1:
            yield group, known[first:end]


def _inside(known: Sequence[str]) -> Iterator[_Sign]:
    """The words that others hold, but not at their beginning: there they are known by the stem."""
    lengths: dict[str, set[int]] = {}
    for word in known:
        if len(word) >= STEM:
            lengths.setdefault(word[:STEM], set()).add(len(word))
    held: dict[str, list[str]] = {word: [] for word in known}
    for word in known:
        for at in range(1, len(word) - STEM + 1):
            for length in lengths.get(word[at : at + STEM], ()):
                part = word[at : at + length]
                if len(part) == length and part in held:
                    held[part].append(word)
    return (((word,), holders) for word, holders in held.items() if holders)


class Known:
    """Words that were said, made ready to be asked which others are like one of them; `kin` knows all of both."""

    __slots__ = ("_asks", "_near", "tells", "words")

    def __init__(self, words: Iterable[str], kin: Kin) -> None:
        """Makes the words ready."""
        self.words = frozenset(words)
        self._asks = kin.asks
        self._near = [word for word in self.words if word in kin.tells]
        self.tells = _NONE.union(*[kin.tells[word] for word in self._near])

    def equal(self, *before: "Known") -> frozenset[str]:
        """Those of the words that were said before."""
        return self.words.intersection(before[0].words.union(*[one.words for one in before[1:]]))

    def alike(self, *before: "Known") -> list[str]:
        """Those of the words that are like another that was said before; of those that were said themselves, some."""
        told = _NONE.union(*[one.tells for one in before])
        return [word for word in self._near if not told.isdisjoint(self._asks[word])]

    def again(self, *before: "Known") -> frozenset[str]:
        """Those of the words that were said before or are like one that was."""
        return self.equal(*before).union(self.alike(*before))
