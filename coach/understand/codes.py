"""What turns say, as codes of features: words and stems, runs of words, letter n-grams, word fields and classes.

All turns together, and each distinct word, letter and class once; `hashing` says what a code is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np

from coach.model import Language
from coach.understand.classes import classes_of
from coach.understand.fields import counted_fields, field_names
from coach.understand.hashing import Codes, Integers, Names, names
from coach.understand.spoken import Spoken, spread

LETTERS = (3, 4, 5)
STEM = 6
"""Letters that a word and its stem have in common."""
MOST_STEPS = 6
"""Steps of length from which on a turn is long."""


class Coded(Protocol):
    """Codes of what turns say."""

    def of(self, first: int, end: int) -> "Found":
        """Those of the turns from one to before another."""


class Found(NamedTuple):
    """Codes and the turn of each, one turn's after the other's."""

    codes: Codes
    turns: Integers

    def of(self, first: int, end: int) -> "Found":
        """Those of the turns from one to before another."""
        begin, after = self.turns.searchsorted((first, end))
        return Found(self.codes[begin:after], self.turns[begin:after])


def merged(*parts: Found) -> Found:
    """All together, in the order of turns."""
    turns = np.concatenate([part.turns for part in parts])
    order = turns.argsort(kind="stable")
    return Found(np.concatenate([part.codes for part in parts]).take(order), turns.take(order))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What turns say in words and pairs of them."""

    forms: Found
    """Words and stems."""
    pairs: Found
    """Of neighbouring words."""
    ends: Found
    """The pairs of the beginning and the first word, and of the last word and the end."""


@lru_cache(maxsize=1)
def worded(said: Spoken) -> Worded:
    """The words and their pairs; remembered, for they are wanted before anybody knows who speaks, and after."""
    plain, spaced = _plain(said)
    words, turns = said.words, said.turns
    stems = names([word[:STEM] for word in said.number]).codes("s")
    long = np.array([len(word) > STEM for word in said.number], dtype=np.bool_)
    stemmed = np.flatnonzero(long.take(words))
    two = said.followed(1)
    pairs = spaced.take(words.take(two)).then(plain.take(words.take(two + 1)))
    speaking, first, last = said.ends()
    silent = np.flatnonzero(np.diff(said.begins) == 0)
    return Worded(
        forms=merged(
            Found(plain.codes("w").take(words), turns),
            Found(stems.take(words.take(stemmed)), turns.take(stemmed)),
        ),
        pairs=Found(pairs.codes("b"), turns.take(two)),
        ends=merged(
            Found(names(["< "]).then(plain.take(first)).codes("b"), speaking),
            Found(spaced.take(last).then(names([">"])).codes("b"), speaking),
            Found(names(["< >"]).codes("b").repeat(len(silent)), silent),
        ),
    )


def _plain(said: Spoken) -> tuple[Names, Names]:
    """The distinct words, and with a space behind each."""
    plain = names(said.number)
    return plain, plain.then(names([" "]))


def runs(said: Spoken) -> Found:
    """Runs of three words; the first word, the first two, the last."""
    plain, spaced = _plain(said)
    words = said.words
    three = said.followed(2)
    start = spaced.take(words.take(three)).then(spaced.take(words.take(three + 1)))
    speaking, first, last = said.ends()
    more = np.flatnonzero(np.diff(said.begins) > 1)
    one, other = (words.take(said.begins.take(more) + at) for at in range(2))
    alone = np.flatnonzero(np.diff(said.begins) == 1)
    return merged(
        Found(start.then(plain.take(words.take(three + 2))).codes("t"), said.turns.take(three)),
        Found(plain.codes("f").take(first), speaking),
        Found(spaced.take(one).then(plain.take(other)).codes("f2"), more),
        Found(plain.codes("f2").take(words.take(said.begins.take(alone))), alone),
        Found(plain.codes("e").take(last), speaking),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letter n-grams of words. They are many, so those of a turn are put together when they are wanted."""

    said: Spoken
    codes: Codes
    """Of each distinct word, one word's after the other's."""
    sizes: Integers
    """How many each distinct word has."""
    begins: Integers
    """And where they begin."""

    def of(self, first: int, end: int) -> Found:
        """Those of the turns from one to before another."""
        begin, after = self.said.begins[first], self.said.begins[end]
        words = self.said.words[begin:after]
        sizes = self.sizes.take(words)
        codes = self.codes.take(spread(sizes, self.begins.take(words)))
        return Found(codes, self.said.turns[begin:after].repeat(sizes))


def letters(said: Spoken) -> Letters:
    """The letter n-grams of the words, whose beginnings and ends are marked."""
    marked = [f"<{word}>" for word in said.number]
    alphabet, which = np.unique(np.frombuffer("".join(marked).encode("utf-32-le"), "<u4"), return_inverse=True)
    single = names(map(chr, alphabet.tolist())).take(which)
    owners = np.arange(len(marked), dtype=np.int64).repeat([len(word) for word in marked])
    found = [Found(single.hashes[:0], owners[:0])]
    grams = single
    for more in range(1, max(LETTERS)):
        here = np.arange(max(0, len(owners) - more), dtype=np.int64)
        grams = grams.take(here).then(single.take(here + more))
        if more + 1 in LETTERS:
            inside = np.flatnonzero(owners.take(here) == owners.take(here + more))
            found.append(Found(grams.take(inside).codes("l"), owners.take(inside)))
    codes, owners = merged(*found)
    sizes = np.bincount(owners, minlength=len(marked))
    return Letters(said=said, codes=codes, sizes=sizes, begins=sizes.cumsum() - sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What kinds of words turns say: word fields, or word classes."""

    single: Found
    further: Found
    """For the turn itself."""


def fields(said: Spoken, language: Language) -> Kinds:
    """Word fields; those of which there is more than one word, and pairs of fields."""
    counts = counted_fields(said, language)
    turns, found = counts.nonzero()
    several = np.flatnonzero(counts[turns, found] > 1)
    ends = turns.searchsorted(turns, side="right")
    places = np.arange(len(turns), dtype=np.int64)
    later = ends - places - 1
    one, other = places.repeat(later), spread(later, places + 1)
    plain = names(field_names())
    return Kinds(
        single=Found(plain.codes("F").take(found), turns),
        further=merged(
            Found(plain.codes("F2").take(found.take(several)), turns.take(several)),
            Found(_pairs_of_fields()[found.take(one), found.take(other)], turns.take(one)),
        ),
    )


@lru_cache(maxsize=1)
def _pairs_of_fields() -> Codes:
    """Field × field → code."""
    plain = names(field_names())
    spaced = plain.then(names([" "]))
    one, other = np.indices((len(field_names()), len(field_names()))).reshape(2, -1)
    return spaced.take(one).then(plain.take(other)).codes("FF").reshape(len(field_names()), -1)


def classes(said: Spoken, language: Language) -> Kinds:
    """Word classes, and the pairs of those of neighbouring words."""
    known = names(name or "" for name in classes_of(list(said.number), language))
    some = known.lengths.take(said.words) > 0
    single = np.flatnonzero(some)
    two = said.followed(1)
    two = two.compress(some.take(two) & some.take(two + 1))
    one, other = (known.take(said.words.take(two + at)) for at in range(2))
    return Kinds(
        single=Found(known.codes("K").take(said.words.take(single)), said.turns.take(single)),
        further=Found(one.then(names([" "])).then(other).codes("KK"), said.turns.take(two)),
    )


def named(kind: str, by_turn: Sequence[Iterable[str]]) -> Found:
    """Codes of names that each turn has."""
    found = [list(one) for one in by_turn]
    turns = np.arange(len(found), dtype=np.int64).repeat([len(one) for one in found])
    return Found(names(chain.from_iterable(found)).codes(kind), turns)


def lengths(said: Spoken) -> Found:
    """How long turns are, in steps of five words."""
    steps = np.minimum(MOST_STEPS, np.diff(said.begins) // 5)
    return Found(names(map(str, range(MOST_STEPS + 1))).codes("len").take(steps), np.arange(len(steps), dtype=np.int64))
