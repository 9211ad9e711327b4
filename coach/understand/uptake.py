"""How far a turn takes up the other side's turn before it.

Uptake is the research term (Demszky et al. 2021): building on what the other said. Measured here from shared content words
(inflections and parts of compounds count), numbers and names that come back, an acknowledgement, and a question or pronoun
that points back. The share of words that come back is the baseline that the authors report.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from coach.model import Language
from coach.understand.phrases import is_number
from coach.understand.words import default_stop_words, folded

_POINTING = {
    "de": frozenset(
        "das dies da damit dabei dafuer davon daran darauf dazu darueber deswegen deshalb so sowas genau stimmt".split()
    ),
    "en": frozenset("that that's this those it's exactly so then true".split()),
}
STEM = 5
"""Letters by which two words count as the same; shorter words must be equal."""


@lru_cache(maxsize=2)
def stop_words(language: Language) -> frozenset[str]:
    """Words without content of their own."""
    return frozenset(folded(word) for word in default_stop_words(language)) | _SPOKEN


_SPOKEN = frozenset(
    "aeh aehm hm mhm ja nein nee na naja ne gell halt mal eben schon okay ok gut also ach oh um uh er erm yeah yes no well right "
    "hab hatt grad ham nich net nix bissl bisschen i'm i've i'll it's that's don't there's we're we've you're you've can't "
    "like just really got get frau herr mr mrs".split()
)


def content(words: Sequence[str], language: Language) -> tuple[str, ...]:
    """The words with content, in order, doubles included."""
    stops = stop_words(language)
    return tuple(
        word for word in words if (len(word) > 2 and word not in stops) or (is_number(word) and word.isdigit())
    )


def same_word(one: str, other: str) -> bool:
    """Equal, inflected alike, or one is a part of the other as in a compound."""
    return other in Known((one,))


_BREAK = " "
"""Stands between words and nowhere in them."""
MOST_PARTS = 40
"""Letters of the longest words whose parts are listed; their number grows with the square."""


class Kin:
    """The words of a call, made ready so that asking whether two are alike looks at few signs.

    A sign that only one word holds tells nothing and is left out; most words have no other.
    """

    __slots__ = ("held", "signs")

    def __init__(self, words: Iterable[str]) -> None:
        """Finds the signs that several of the words hold."""
        known = frozenset(words)
        every = frozenset(sign for word in known for sign in _signs(word))
        listed = {word: every & _parts(word) for word in known if len(word) <= MOST_PARTS}
        counts = Counter(sign for signs in listed.values() for sign in signs)
        self.held: dict[str, frozenset[str]] = {}
        """For a word the signs, of itself and others, that it and another hold."""
        self.signs: dict[str, frozenset[str]] = {}
        """The word's own of these."""
        for word, signs in listed.items():
            shared = frozenset(sign for sign in signs if counts[sign] > 1)
            if shared:
                self.held[word] = shared
                self.signs[word] = shared.intersection(_signs(word))


class Known:
    """Words that were said, made ready to be asked whether another is one of them, inflected or as a part of a compound.

    Two words are alike where one begins with the other's stem or has all of it inside: where one holds a *sign* of the
    other. So no pair of words needs to be compared. `kin` spares looking at most signs where all words, those said and
    those asked for, are among its own; of very long words, whose parts are not listed, it knows nothing.
    """

    __slots__ = ("_held", "_kin", "_shared", "_signs", "_text", "said", "words")

    def __init__(self, words: Iterable[str], kin: Kin | None = None) -> None:
        """Makes the words ready."""
        self.said = tuple(words)
        """In order, doubles included."""
        self.words = frozenset(self.said)
        self._kin = None if any(len(word) > MOST_PARTS for word in self.words) else kin
        self._text: str | None = None
        self._signs: frozenset[str] = frozenset()
        self._held: frozenset[str] = frozenset()
        self._shared: frozenset[str] = frozenset()
        if self._kin is not None:
            near = [word for word in self.words if word in self._kin.held]
            self._held = frozenset().union(*[self._kin.held[word] for word in near])
            self._shared = frozenset().union(*[self._kin.signs[word] for word in near])

    def __contains__(self, word: str) -> bool:
        """One of the words is like this one."""
        if word in self.words:
            return True
        if self._kin is None or len(word) > MOST_PARTS:
            return self._looked_up(word)
        held = self._kin.held.get(word)
        if held is None:
            return False
        return not (self._shared.isdisjoint(held) and self._held.isdisjoint(self._kin.signs[word]))

    def _looked_up(self, word: str) -> bool:
        """The same without kin."""
        if self._text is None:
            self._text = _BREAK + _BREAK.join(self.words)
            self._signs = frozenset(sign for known in self.words for sign in _signs(known))
        for sign in _signs(word):
            if sign in self._text:
                return True
        if len(word) <= MOST_PARTS:
            return not self._signs.isdisjoint(_parts(word))
        return any(sign in _BREAK + word for sign in self._signs)


@lru_cache(maxsize=20_000)
def _signs(word: str) -> tuple[str, ...]:
    """What shows this word in another: its stem at the beginning, or the whole of it anywhere; none for short words."""
    if len(word) < STEM - 1:
        return ()
    stem = _BREAK + word[: max(STEM - 1, (2 * len(word) + 2) // 3)]
    return (stem,) if len(word) < STEM else (stem, word)


@lru_cache(maxsize=10_000)
def _parts(word: str) -> frozenset[str]:
    """All signs of other words that this one holds."""
    stems = [_BREAK + word[:end] for end in range(STEM - 1, len(word) + 1)]
    inside = [word[at:end] for at in range(len(word)) for end in range(at + STEM, len(word) + 1)]
    return frozenset(stems + inside)


def overlap(words: Sequence[str], *earlier: Known) -> float:
    """The share of the words that come back among the earlier ones, 0 to 1; 0 without words."""
    if not words:
        return 0.0
    return sum(any(word in known for known in earlier) for word in words) / len(words)


def uptake(before: Sequence[str], words: Sequence[str], language: Language) -> int:
    """How far the words take up those before, 0 to 100."""
    if not words or not before:
        return 0
    return uptake_of(Known(content(before, language)), Known(content(words, language)), words, language)


def uptake_of(said: Known, replied: Known, words: Sequence[str], language: Language) -> int:
    """The same of words with content made ready, and all words of the reply."""
    back = overlap(tuple(said.words), replied)
    share = overlap(replied.said, said)
    pointing = any(word in _POINTING[language] for word in words[:6])
    score = 55 * min(1.0, 2 * back) + 30 * share + 15 * pointing
    return round(min(100.0, score))


FOLDER = Path(__file__).resolve().parent.parent / "data"
UNLISTED = 140
"""The rarity of a word that is not among the common ones."""
ALIKE = 0.8
"""What a word counts that comes back inflected or as a part of a compound."""
MOST_WEIGHT = 1000


@lru_cache(maxsize=2)
def rarities(language: Language) -> Mapping[str, int]:
    """How much a word says that comes back, 0 for the commonest; `scripts/lookups.py` makes the table."""
    found: dict[str, int] = {}
    for line in (FOLDER / f"rarity-{language}.txt").read_text(encoding="utf-8").splitlines():
        rarity, *words = line.split(" ")
        found.update(dict.fromkeys(words, int(rarity)))
    return found


def weight_taken_up(before: Sequence[str], words: Sequence[str], language: Language, kin: Kin | None = None) -> int:
    """How much of what was said before comes back: the summed rarity of those words, less for other forms of a word.

    On classroom talk that people rated for uptake (Demszky et al. 2021) it goes with the raters' judgement more closely
    than the share of words that come back.
    """
    known = rarities(language)
    replied = Known(words, kin)
    total = 0.0
    for word in frozenset(before):
        if word in replied.words:
            total += known.get(word, UNLISTED)
        elif word in replied:
            total += ALIKE * known.get(word, UNLISTED)
    return min(MOST_WEIGHT, round(total))
