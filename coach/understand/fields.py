"""Word fields: named sets of words and short word groups that do the same thing in talk, in German and English alike.

A field is one feature for the model whichever of its words was said, and in whichever language; so what was learned of
one word holds for its neighbours. `coach/data/word-fields.txt` holds them, a line for each field and language:
`fault en: botched screwed_up mess*`; `*` stands for any ending, `_` joins adjacent words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.model import Language
from coach.understand.spoken import Spoken, spread
from coach.understand.words import folded

FILE = Path(__file__).resolve().parent.parent / "data" / "word-fields.txt"
LONGEST = 6
"""Words in a word group, at most."""
SHORTEST_STEM = 3
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The fields of one language, by word, by stem and by word group."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    groups: Mapping[tuple[str, ...], frozenset[str]]
    begins: frozenset[tuple[str, ...]]
    """The first two words of word groups."""


@lru_cache(maxsize=1)
def counted_fields(said: Spoken, language: Language) -> NDArray[np.int64]:
    """For each turn how many entries of each field occur in it (turns × fields); no word begins two of one field."""
    number = {name: at for at, name in enumerate(field_names())}
    of_word = [_fields_of_word(word, language) for word in said.number]
    sizes = np.array([len(fields) for fields in of_word], dtype=np.int64)
    every = np.array([number[name] for fields in of_word for name in fields], dtype=np.int64)
    of_said = sizes.take(said.words)
    fields = every.take(spread(of_said, (sizes.cumsum() - sizes).take(said.words)))
    cells = said.turns.repeat(of_said) * len(number) + fields
    grouped = [
        turn * len(number) + number[name]
        for turn, word, found in _groups(said, lexicon_of(language))
        for name in found - _fields_of_word(word, language)
    ]
    cells = np.concatenate([cells, np.array(grouped, dtype=np.int64)])
    return np.bincount(cells, minlength=len(said.by_turn) * len(number)).reshape(-1, len(number))


def _groups(said: Spoken, lexicon: Lexicon) -> Iterator[tuple[int, str, frozenset[str]]]:
    """Where word groups begin: the turn, the first word, the fields of the groups."""
    known, begins = lexicon.groups, lexicon.begins
    for turn, words in enumerate(said.by_turn):
        for at, two in enumerate(pairwise(words)):
            if two in begins:
                groups = [words[at : at + length] for length in range(2, LONGEST + 1)]
                found = [known[group] for group in groups if group in known]
                if found:
                    yield turn, words[at], _NONE.union(*found)


@lru_cache(maxsize=100_000)
def _fields_of_word(word: str, language: Language) -> frozenset[str]:
    lexicon = lexicon_of(language)
    fields = lexicon.words.get(word, _NONE)
    for length in range(SHORTEST_STEM, len(word) + 1):
        stem = word[:length]
        if stem in lexicon.stems:
            fields = fields | lexicon.stems[stem]
    return fields


@lru_cache(maxsize=1)
def field_names() -> tuple[str, ...]:
    """All fields, in the order of the alphabet."""
    return tuple(sorted({field for field, _, _ in _lines()}))


@lru_cache(maxsize=1)
def _lines() -> list[tuple[str, str, str]]:
    """The lines of the file: field, language, entries."""
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, _, entries = line.partition(": ")
        field, _, spoken = name.partition(" ")
        if entries.strip() and not line.startswith("#"):
            found.append((field, spoken, entries))
    return found


@lru_cache(maxsize=2)
def lexicon_of(language: Language) -> Lexicon:
    """The fields of a language, as the file has them."""
    words: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    groups: dict[tuple[str, ...], frozenset[str]] = {}
    for field, spoken, entries in _lines():
        if spoken != language:
            continue
        alone = frozenset((field,))
        for form in folded(entries).split():
            if "_" in form:
                group = tuple(form.split("_"))
                groups[group] = groups[group] | alone if group in groups else alone
            elif form.endswith("*"):
                stems[form[:-1]] = stems.get(form[:-1], _NONE) | alone
            else:
                words[form] = words[form] | alone if form in words else alone
    return Lexicon(words=words, stems=stems, groups=groups, begins=frozenset(group[:2] for group in groups))
