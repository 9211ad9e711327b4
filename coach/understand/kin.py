"""Which words are alike: equal, inflected alike, or one is a part of the other as in a compound.

A word is known in another by its *signs*: its stem at the other's beginning, or the whole of it anywhere in it.
"""

from collections.abc import Iterable, Mapping

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
        asks: dict[str, set[int]] = {}
        tells: dict[str, set[int]] = {}
        known = frozenset(word for word in words if len(word) >= _SHORTEST)
        number = 0
        for owners, holders in _shared(known):
            for group, told in ((owners, number), (holders, number + 1)):
                for word in group:
                    tells.setdefault(word, set()).add(told)
                    asks.setdefault(word, set()).add(2 * number + 1 - told)
            number += 2
        self.tells: Mapping[str, frozenset[int]] = {word: frozenset(told) for word, told in tells.items()}
        self.asks: Mapping[str, frozenset[int]] = {word: frozenset(asked) for word, asked in asks.items()}


def _shared(known: frozenset[str]) -> list[tuple[list[str], list[str]]]:
    """For each sign that another word than its own holds, the words that it is a sign of, and those that hold it."""
    owners: dict[str, list[str]] = {}
    ends: dict[str, set[int]] = {}
    lengths: dict[str, set[int]] = {}
    for word in known:
        stem = _stem(word)
        owners.setdefault(stem, []).append(word)
        ends.setdefault(word[:_SHORTEST], set()).add(len(stem))
        if len(word) >= STEM:
            lengths.setdefault(word[:STEM], set()).add(len(word))
    begun: dict[str, list[str]] = {}
    inside: dict[str, list[str]] = {}
    for word in known:
        for end in ends[word[:_SHORTEST]]:
            stem = word[:end]
            if stem in owners:
                begun.setdefault(stem, []).append(word)
        for at in range(1, len(word) - STEM + 1):  # a whole word at the beginning brings its stem
            for length in lengths.get(word[at : at + STEM], ()):
                part = word[at : at + length]
                if part in known:
                    inside.setdefault(part, []).append(word)
    shared = [(owners[stem], holders) for stem, holders in begun.items() if len(holders) > 1]
    return shared + [([part], holders) for part, holders in inside.items()]


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
        return [word for word in self._near if not self._asks[word].isdisjoint(told)]

    def again(self, *before: "Known") -> frozenset[str]:
        """Those of the words that were said before or are like one that was."""
        return self.equal(*before).union(self.alike(*before))
