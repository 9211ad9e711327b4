"""Word fields: named sets of words and short word groups that do the same thing in talk, in German and English alike.

A field is one feature for the model whichever of its words was said, and in whichever language; so what was learned of
one word holds for its neighbours. `coach/data/word-fields.txt` holds them, a line for each field and language:
`fault en: botched screwed_up mess*`; `*` stands for any ending, `_` joins adjacent words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.model import Language
from coach.understand.words import MOST_TURNS, folded

FILE = Path(__file__).resolve().parent.parent / "data" / "word-fields.txt"
LANGUAGES: tuple[Language, ...] = ("de", "en")
LONGEST = 4
"""Words in a word group, at most."""
SHORTEST_STEM = 3
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The fields of one language, by word, by stem and by word group."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    groups: Mapping[tuple[str, ...], frozenset[str]]
    openers: frozenset[str]
    """First words of word groups."""


@lru_cache(maxsize=MOST_TURNS)
def fields_of(words: tuple[str, ...], language: Language) -> Mapping[str, int]:
    """How many entries of each field occur in the words; fields without any are left out."""
    lexicon = lexicon_of(language)
    found: dict[str, int] = {}
    for at, word in enumerate(words):
        fields = _fields_of_word(word, language)
        if word in lexicon.openers:
            for length in range(2, LONGEST + 1):
                fields = fields | lexicon.groups.get(words[at : at + length], _NONE)
        for field in fields:
            found[field] = found.get(field, 0) + 1
    return found


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
        openers=frozenset(group[0] for group in groups),
    )
