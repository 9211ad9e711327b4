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
LANGUAGES: tuple[Language, ...] = ("de", "en")
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
    found: set[str] = set()
    for language in LANGUAGES:
        lexicon = lexicon_of(language)
        for entries in (lexicon.words, lexicon.stems, lexicon.groups):
            found = found.union(*entries.values())
    return tuple(sorted(found))


@lru_cache(maxsize=2)
def lexicon_of(language: Language) -> Lexicon:
    """The fields of a language, as the file has them."""
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    groups: dict[tuple[str, ...], set[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        name, _, entries = line.partition(": ")
        field, _, spoken = name.partition(" ")
        if line.startswith("#") or spoken != language:
            continue
        for entry in entries.split():
            form = folded(entry)
            if "_" in form:
                groups.setdefault(tuple(form.split("_")), set()).add(field)
            elif form.endswith("*"):
                stems.setdefault(form[:-1], set()).add(field)
            else:
                words.setdefault(form, set()).add(field)
    return Lexicon(
        words={key: frozenset(value) for key, value in words.items()},
        stems={key: frozenset(value) for key, value in stems.items()},
        groups={key: frozenset(value) for key, value in groups.items()},
        begins=frozenset(group[:2] for group in groups),
    )
