"""Text → sentences of normalised words, by the language's spaCy tokeniser.

Normalised means: case-folded, umlauts written out (ä → ae, ß → ss), apostrophes unified, no punctuation; contractions stay
one word (`don't`, `geht's`), so that a phrase in a rule file reads like speech.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.util import get_lang_class

from coach.model import Language

_FOLD = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "‘": "'", "`": "'", "´": "'", "é": "e", "è": "e"}
)
_ENDERS = frozenset(".!?…:;")
_BREAKS = frozenset(".!?…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a turn, where its sentences begin, and which of them are questions."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    """Character offsets of each word in the text."""
    starts: tuple[int, ...]
    """Indices of words with which a sentence begins; 0 first, if there are words at all."""
    commas: frozenset[int]
    """Indices of words before which a clause begins after a comma or dash."""
    asked: frozenset[int]
    """Indices into `starts` of sentences that end in a question mark."""
    punctuated: bool
    """The text has punctuation at all; speech recognisers often give none."""
    broken: bool
    """The text ends in a dash or dots: the speaker was cut off or trailed off."""

    def sentences(self) -> list[tuple[int, int]]:
        """(first, past the last) word index of each sentence; none where nothing was said."""
        if not self.starts:
            return []
        ends = (*self.starts[1:], len(self.words))
        return list(zip(self.starts, ends, strict=True))


@lru_cache(maxsize=4)
def pipeline(language: Language, name: str | None = None) -> Pipeline:
    """The spaCy pipeline: a blank one unless an installed one is named."""
    if name:
        return spacy.load(name, exclude=["ner", "parser"])
    return spacy.blank(language)


@lru_cache(maxsize=2)
def _tokenizer(language: Language) -> Callable[[str], Doc]:
    """The language's tokeniser, which is all that words need: without the shape, norm and flags of each new word."""
    blank = spacy.blank(language)
    blank.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # of a compiled class, unknown to its stub
    tokenizer: Callable[[str], Doc] = blank.tokenizer
    return tokenizer


def default_stop_words(language: Language) -> Iterable[str]:
    """Words without content of their own, as spaCy lists them."""
    found: set[str] = get_lang_class(language).Defaults.stop_words
    return found


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Case-folded, with umlauts written out and apostrophes unified."""
    return text.lower().translate(_FOLD)


MOST_TURNS = 8192
"""Turns whose words are remembered, so that those of a long call are still known when its kind is guessed."""


@lru_cache(maxsize=MOST_TURNS)
def words_of(text: str, language: Language) -> Words:
    """The words of one turn."""
    return _words(text, language)


def all_words(texts: Iterable[str], language: Language) -> list[Words]:
    """The words of many turns, in order."""
    return [words_of(text, language) for text in texts]


def _is_spoken(piece: str) -> bool:
    return any(character.isalnum() for character in piece) or piece in ("%", "€", "$", "£")


class _Piece(NamedTuple):
    """A token of a stretch of text without spaces."""

    text: str
    offset: int
    """In the stretch."""
    spoken: bool
    glued: bool
    """Another token follows without a space."""
    word: str
    """As a normalised word, without what ends a sentence."""
    ends: bool
    """What was left out ends a sentence."""


@lru_cache(maxsize=65536)
def _pieces(stretch: str, language: Language) -> tuple[_Piece, ...]:
    """The tokens of a stretch; to a tokeniser what stands between spaces is a matter of its own."""
    plain = _PLAIN.fullmatch(stretch)
    if plain is not None and _special(language).isdisjoint((stretch, plain[1])):
        word, mark = plain.groups()
        piece = _piece(word, 0, glued=bool(mark))
        return (piece, _piece(mark, len(word), glued=False)) if mark else (piece,)
    tokens = list(_tokenizer(language)(stretch))
    return tuple(_piece(one.text, one.idx, glued=one is not tokens[-1]) for one in tokens)


def _piece(text: str, offset: int, *, glued: bool) -> _Piece:
    tail = text.rstrip(".!?…–-")
    ends = bool(tail) and len(tail) < len(text) and text[-1] in "!?…"
    return _Piece(text, offset, _is_spoken(text), glued, folded(tail or text), ends)


_PLAIN = re.compile(r"([A-Za-zÄÖÜäöüß]*[a-zäöüß]{2})([.,!?]?)")
"""A word of letters and perhaps a mark behind it: the tokeniser parts the two, which needs no tokeniser to know."""


@lru_cache(maxsize=2)
def _special(language: Language) -> frozenset[str]:
    """What the tokeniser has a rule of its own for, such as abbreviations."""
    return frozenset(get_lang_class(language).Defaults.tokenizer_exceptions)


_STRETCH = re.compile(r"\S+")


def _words(text: str, language: Language) -> Words:
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    commas: set[int] = set()
    asked: set[int] = set()
    punctuated = False
    begins, glued, clause = True, False, False
    stretches = _STRETCH.finditer(text)
    pieces = [(found.start(), piece) for found in stretches for piece in _pieces(found.group(), language)]
    for begin, (piece, within, spoken, touched, word, ends) in pieces:
        offset = begin + within
        if not spoken:
            mark = piece.strip()
            if mark and mark[-1] in _ENDERS:
                punctuated = True
                if "?" in mark and starts:
                    asked.add(len(starts) - 1)
                if mark[-1] in _BREAKS:
                    begins = True
                else:
                    clause = True
                glued = False
            elif mark == "-" and glued and touched:
                glued = False
            elif mark in (",", "–", "-", "—", "--", "(", ")") or mark.startswith("–"):
                punctuated = True
                clause = True
                glued = False
            elif mark not in ("'", "’", "‘"):
                glued = glued and touched
            else:
                glued = touched and bool(words) and spans[-1][1] == offset
                if glued:
                    words[-1] += "'"
                    spans[-1] = (spans[-1][0], offset + len(piece))
            continue
        if glued and spans and spans[-1][1] == offset:
            words[-1] += folded(piece)
            spans[-1] = (spans[-1][0], offset + len(piece))
        else:
            if begins:
                starts.append(len(words))
                begins = False
            elif clause:
                commas.add(len(words))
            clause = False
            words.append(word)
            spans.append((offset, offset + len(piece)))
            begins = ends
        glued = touched
    stripped = text.rstrip(" \"'“”„«»")
    return Words(
        words=tuple(words),
        spans=tuple(spans),
        starts=tuple(starts),
        commas=frozenset(commas),
        asked=frozenset(asked),
        punctuated=punctuated,
        broken=stripped.endswith(("…", "...", "..", "–", "—", "-")),
    )
