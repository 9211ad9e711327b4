"""The sparse view of turns: for each the hashed names of what is there, for linear models.

Words, their stems, pairs, runs of three and letter n-grams of the turn; words of its neighbours; word fields and classes;
acts that cues found; measurements in steps. A turn's row holds the buckets of its features, sorted, each once.

What a turn says is made into codes once, whatever turn looks at it and from where; `hashing` makes the buckets.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from coach.model import Language, Utterance
from coach.understand.classes import classes_of
from coach.understand.fields import fields_of
from coach.understand.hashing import LONG, SIZE, Codes, bucket, buckets, code, codes
from coach.understand.words import MOST_TURNS, Words

Row = NDArray[np.int64]
"""Indices of a turn's features, sorted, each once."""
LETTERS = (3, 4, 5)
STEPS: Mapping[str, tuple[float, ...]] = {
    "words": (1, 2, 3, 4, 6, 8, 12, 18, 26, 40, 60, 90, 120),
    "before-words": (1, 3, 6, 12, 25, 50),
    "sentences": (1, 2, 3, 4, 6),
    "questions": (1, 2, 3),
    "turn": (2, 3, 4, 6),
    "turns-left": (1, 2, 3, 4, 6),
    "uptake": (1, 15, 30, 45, 60, 80),
    "taken-up": (20, 60, 120, 200, 320),
    "said-before": (1, 20, 50),
    "restates": (1, 20, 40, 60, 80),
    "superlatives": (1, 2, 3),
    "asked-so-far": (1, 2, 4),
    "broken": (1,),
    "stretch-words": (60, 90, 110, 121, 140),
}
BLOCK = 256
"""Turns whose features are sorted together; more would need more memory and be no faster."""
_BITS = SIZE.bit_length() - 1
_INITIALS = "acou"
"""Of the roles."""
_SPACES = {
    offset: tuple(f"{initial}{offset:+d}" if offset else f"{initial}0" for initial in _INITIALS)
    for offset in (0, -1, 1, -2)
}
_SHORT_WORD = LONG // 3 - 2
"""Bytes of words of which three are still shorter than LONG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What a word is to its turn."""

    plain: bytes
    spaced: bytes
    """With a space behind it."""
    forms: "array[int]"
    """The codes of the word and its stem."""
    letters: "array[int]"
    """The codes of its letter n-grams."""


@lru_cache(maxsize=50_000)
def _word(word: str) -> _Word:
    plain = word.encode()
    forms = [code("w", plain)]
    if len(word) > 6:
        forms.append(code("s", word[:6].encode()))
    marked = f"<{word}>"
    letters = [marked[at : at + size].encode() for size in LETTERS for at in range(len(marked) - size + 1)]
    return _Word(plain=plain, spaced=plain + b" ", forms=array("q", forms), letters=array("q", codes("l", letters)))


@lru_cache(maxsize=20_000)
def _code(kind: str, name: str) -> int:
    return code(kind, name.encode())


@lru_cache(maxsize=200_000)
def _pair(kind: str, one: str, other: str) -> int:
    return code(kind, f"{one} {other}".encode())


def _runs(kind: str, words: Sequence[_Word], length: int) -> list[int]:
    """The codes of the runs of two or three words."""
    plain, spaced = [word.plain for word in words], [word.spaced for word in words]
    if length == 2:
        names = [one + other for one, other in zip(spaced, plain[1:], strict=False)]
    else:
        names = [one + two + other for one, two, other in zip(spaced, spaced[1:], plain[2:], strict=False)]
    if max(map(len, plain), default=0) > _SHORT_WORD:
        return [code(kind, name) for name in names]
    return codes(kind, names)


def _ends(words: Sequence[_Word]) -> list[int]:
    """The codes of the pairs of the beginning and the first word, and of the last word and the end."""
    if not words:
        return [_code("b", "< >")]
    return [code("b", b"< " + words[0].plain), code("b", words[-1].spaced + b">")]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """The words of a turn, and the codes that every view of it needs."""

    words: tuple[_Word, ...]
    forms: "array[int]"
    pairs: "array[int]"
    """Of neighbouring words."""
    ends: "array[int]"


@lru_cache(maxsize=MOST_TURNS)
def _spoken(words: tuple[str, ...]) -> _Spoken:
    known = tuple([_word(word) for word in words])
    forms = array("q")
    for word in known:
        forms += word.forms
    return _Spoken(words=known, forms=forms, pairs=array("q", _runs("b", known, 2)), ends=array("q", _ends(known)))


class _Codes:
    """The codes of some turns, one turn's after the other's."""

    __slots__ = ("begins", "found")

    def __init__(self) -> None:
        self.found = array("q")
        self.begins = [0]

    def add(self, *parts: "list[int] | array[int]") -> None:
        """The codes of one more turn."""
        for part in parts:
            self.found.extend(part)
        self.begins.append(len(self.found))

    def of(self, first: int, end: int) -> tuple[Codes, Row]:
        """The codes of these turns, and the turn of each."""
        begins = np.array(self.begins[first : end + 1], dtype=np.int64)
        found = np.frombuffer(self.found, dtype=np.int64) if len(self.found) else np.zeros(0, dtype=np.int64)
        return found[begins[0] : begins[-1]], np.arange(first, end).repeat(np.diff(begins))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What turns say, as codes, by who looks at it."""

    everyone: _Codes
    """Words and stems, acts and word fields: for the turn itself and its neighbours."""
    near: _Codes
    """Pairs of words and word classes: for the turn itself and those right beside it."""
    own: _Codes
    """All else, for the turn itself."""
    others: _Codes
    """The length, for neighbours."""

    def by_offset(self) -> Mapping[int, tuple[_Codes, ...]]:
        """What a turn sees of another that stands so far from it."""
        beside = (self.everyone, self.near, self.others)
        return {0: (self.everyone, self.near, self.own), -1: beside, 1: beside, -2: (self.everyone, self.others)}


def _said(utterances: Sequence[Utterance], words: Sequence[Words], language: Language) -> _Said:
    said = _Said(everyone=_Codes(), near=_Codes(), own=_Codes(), others=_Codes())
    for utterance, item in zip(utterances, words, strict=True):
        turn = _spoken(item.words)
        spoken = turn.words
        fields = fields_of(item.words, language)
        classes = classes_of(item.words, language)
        letters = array("q")
        for word in spoken:
            letters += word.letters
        said.everyone.add(
            turn.forms, [_code("a", name) for name in utterance.acts], [_code("F", name) for name in fields]
        )
        said.near.add(turn.pairs, [_code("K", name) for name in classes if name])
        said.own.add(
            letters,
            turn.ends,
            _runs("t", spoken, 3),
            _first_and_last(spoken),
            [_code("F2", name) for name, count in fields.items() if count > 1],
            [_pair("FF", one, other) for one, other in combinations(sorted(fields), 2)],
            [_pair("KK", one, other) for one, other in pairwise(classes) if one and other],
        )
        said.others.add([_code("len", str(min(6, len(spoken) // 5)))])
    return said


def _first_and_last(words: Sequence[_Word]) -> list[int]:
    if not words:
        return []
    two = b" ".join([word.plain for word in words[:2]])
    return [code("f", words[0].plain), code("f2", two), code("e", words[-1].plain)]


def rows(utterances: Sequence[Utterance], words: Sequence[Words], language: Language) -> list[Row]:
    """For each turn the indices of its features, context included."""
    said = _said(utterances, words, language)
    roles = np.array([_INITIALS.index(item.role[0]) for item in utterances], dtype=np.int64)
    found: list[Row] = []
    for begin in range(0, len(utterances), BLOCK):
        end = min(begin + BLOCK, len(utterances))
        keys = [_keys(*_steps(utterances[begin:end], roles[begin:end]))]
        crossed = [_crossed(utterances, at) for at in range(begin, end)]
        keys.append(_keys(np.arange(end - begin).repeat([len(row) for row in crossed]), np.concatenate(crossed)))
        for offset, parts in said.by_offset().items():
            first, last = max(0, begin + offset), min(len(utterances), end + offset)
            for part in parts if first < last else ():
                seen, at = part.of(first, last)
                keys.append(_keys(at - (begin + offset), buckets(seen, _SPACES[offset], roles.take(at))))
        found += _rows(np.concatenate(keys), end - begin)
    return found


def _keys(turns: Row, features: Row) -> NDArray[np.int32]:
    """Turn and feature in one number, so that sorting brings a turn's features together."""
    return (turns << _BITS | features).astype(np.int32)


def _rows(keys: NDArray[np.int32], turns: int) -> list[Row]:
    """Each turn's features, sorted, each once."""
    keys.sort()
    once = keys.compress(np.diff(keys, prepend=-1) != 0)
    marks = once.searchsorted(np.arange(turns + 1, dtype=np.int64) << _BITS).tolist()
    features = (once & (SIZE - 1)).astype(np.int64)
    return [features[first:end] for first, end in pairwise(marks)]


_OWNERS = np.array([at for at, marks in enumerate(STEPS.values()) for _ in marks], dtype=np.int64)
_MARKS = np.array([mark for marks in STEPS.values() for mark in marks], dtype=np.float64)


def _steps(utterances: Sequence[Utterance], roles: Row) -> tuple[Row, Row]:
    """Measurements as the steps that they reach: turn and bucket of each."""
    values = np.array([[item.signals.get(name, 0) for name in STEPS] for item in utterances], dtype=np.float64)
    turns, marks = np.nonzero(values[:, _OWNERS] >= _MARKS)
    return turns, _step_buckets()[roles.take(turns), marks]


@lru_cache(maxsize=1)
def _step_buckets() -> Row:
    """Role × step → bucket."""
    names = [f"{name}>={mark}" for name, marks in STEPS.items() for mark in marks]
    return np.array([[bucket(f"{initial}0{name}") for name in names] for initial in _INITIALS], dtype=np.int64)


def _crossed(utterances: Sequence[Utterance], at: int) -> list[int]:
    """Acts of the turn before crossed with length, uptake and cues of this one."""
    if not at:
        return [bucket("first")]
    here, before = utterances[at], utterances[at - 1]
    length = bisect_right((4, 9, 20), here.signals["words"])
    taken = bisect_right((1, 30, 60), here.signals["uptake"])
    found = [bucket(f"x:{here.role[0]}{before.role[0]}{length}{taken}")]
    for name in before.acts:
        found += (bucket(f"xl:{name}:{length}"), bucket(f"xu:{name}:{taken}"))
        found += [bucket(f"xa:{name}:{other}") for other in here.acts]
    return found


def words_only(words: Iterable[Words]) -> list[Row]:
    """For each turn the features of its words when nobody knows yet who speaks."""
    said = _Codes()
    for item in words:
        turn = _spoken(item.words)
        said.add(turn.forms, turn.pairs, turn.ends)
    found: list[Row] = []
    turns = len(said.begins) - 1
    for begin in range(0, turns, BLOCK):
        end = min(begin + BLOCK, turns)
        seen, at = said.of(begin, end)
        found += _rows(_keys(at - begin, buckets(seen, ("r",), np.zeros_like(at))), end - begin)
    return found
