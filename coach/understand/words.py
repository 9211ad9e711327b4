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


_MARKED, _BEGINS, _CLAUSE, _ASKED = 1, 2, 4, 8
"""What marks tell: that the text has any, that a sentence or clause begins behind them, that a question ends."""
_TELLS = {
    "": 0,
    ",": _MARKED | _CLAUSE,
    ":": _MARKED | _CLAUSE,
    ".": _MARKED | _BEGINS,
    "!": _MARKED | _BEGINS,
    "?": _MARKED | _BEGINS | _ASKED,
}


class _Part(NamedTuple):
    """A word of a stretch of text without spaces, and what the marks behind it tell."""

    word: str
    """Normalised; empty before the first word."""
    begin: int
    """In the stretch."""
    end: int
    marks: int

    def marked(self, marks: int) -> "_Part":
        """With more marks."""
        return self._replace(marks=self.marks | marks)


@lru_cache(maxsize=65536)
def _parts(stretch: str, language: Language) -> tuple[_Part, ...]:
    """The words of a stretch; to a tokeniser what stands between spaces is a matter of its own."""
    plain = _PLAIN.fullmatch(stretch)
    if plain is not None:
        word, mark = plain.groups()
        special = _special(language)
        if word not in special and stretch not in special:
            return (_Part(folded(word), 0, len(word), _TELLS[mark]),)
    found = [_Part("", 0, 0, 0)]
    glued = False
    tokens = list(_tokenizer(language)(stretch))
    for token in tokens:
        text, begin = token.text, token.idx
        last, touches = found[-1], token is not tokens[-1]
        if _is_spoken(text):
            end = begin + len(text)
            if glued and last.end == begin:
                found[-1] = last._replace(word=last.word + folded(text), end=end)
            else:
                bare = text.rstrip(".!?…–-") or text
                ends = len(bare) < len(text) and text[-1] in "!?…"
                found.append(_Part(folded(bare), begin, end, _BEGINS if ends else 0))
            glued = touches
        elif text[-1] in _ENDERS:
            tells = _BEGINS if text[-1] in _BREAKS else _CLAUSE
            found[-1] = last.marked(_MARKED | tells | (_ASKED if "?" in text else 0))
            glued = False
        elif text == "-" and glued and touches:
            glued = False
        elif text in (",", "–", "-", "—", "--", "(", ")") or text.startswith("–"):
            found[-1] = last.marked(_MARKED | _CLAUSE)
            glued = False
        elif text in ("'", "’", "‘"):
            glued = touches and bool(last.word) and last.end == begin
            if glued:
                found[-1] = last._replace(word=f"{last.word}'", end=begin + 1)
        else:
            glued = glued and touches
    return tuple(found if found[0].marks else found[1:])


_PLAIN = re.compile(r"([A-Za-zÄÖÜäöüß]*[a-zäöüß]{2}|[A-Za-zÄÖÜäöüß]+['’]s)([.,:!?]?)")
"""A word of letters, perhaps contracted, and perhaps a mark behind it: the tokeniser parts off the mark, and what it parts at an apostrophe is one word."""


@lru_cache(maxsize=2)
def _special(language: Language) -> frozenset[str]:
    """What the tokeniser has a rule of its own for, such as abbreviations."""
    return frozenset(get_lang_class(language).Defaults.tokenizer_exceptions)


def _words(text: str, language: Language) -> Words:
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    commas: set[int] = set()
    asked: set[int] = set()
    punctuated = False
    begins, clause = True, False
    past = 0
    for stretch in text.split():
        start = text.index(stretch, past)
        past = start + len(stretch)
        for word, begin, end, marks in _parts(stretch, language):
            if word:
                if begins:
                    starts.append(len(words))
                elif clause:
                    commas.add(len(words))
                begins = clause = False
                words.append(word)
                spans.append((start + begin, start + end))
            if marks:
                punctuated = punctuated or bool(marks & _MARKED)
                begins = begins or bool(marks & _BEGINS)
                clause = clause or bool(marks & _CLAUSE)
                if marks & _ASKED and starts:
                    asked.add(len(starts) - 1)
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
