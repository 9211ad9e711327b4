"""Who is named in a call: labels, titles, introductions, greetings, and given names; then every place of those names.

Known names are keys of single words; the words of one full name share an identity, and so a placeholder.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.model import Metadata, Turn
from coach.redact.beside import answered, answered_later, beside
from coach.redact.labels import label_words
from coach.redact.signs import ENDS, SENTENCE, Call, Word, as_written, forms_of, name_like, named, words_of
from coach.redact.spans import Span
from coach.redact.unsigned import unsigned, without_genitive
from coach.redact.vocabulary import (
    AMBIGUOUS,
    ARTICLES,
    FILLERS,
    GIVEN,
    PARTICLES,
    RANKS,
    is_company,
    key,
    keys,
)

INTRODUCTION = 2
"""Turns of each speaker in which names without a sign beside them are looked for."""
ANSWERS = 3
"""Somebody answers the telephone in one of so many turns at the beginning."""
_RANKS, _FILLERS, _ARTICLES = keys(RANKS), keys(FILLERS), keys(ARTICLES)


@dataclass(slots=True)
class Names:
    """The names known in a call; grows while the call is read."""

    identity: dict[str, str] = field(default_factory=dict)
    """Key of a word → the key that stands for the person."""
    surnames: set[str] = field(default_factory=set)
    """Identities that have a surname."""

    def add(self, words: Sequence[str]) -> str:
        """The identity of a full name, given as keys; joins what was known of the person."""
        plain = [word for word in words if word not in PARTICLES]
        last = plain[-1]
        if last in GIVEN and len(plain) > 1 and plain[0] not in GIVEN:  # `Oberngruber Maria`
            last = plain[0]
        known = self.identity.get(last)
        if known is None and len(plain) > 1:
            first = self.identity.get(plain[0])
            known = first if first is not None and first not in self.surnames else None
        person = known or last
        if len(plain) > 1 or not (plain[0] in GIVEN or plain[0] in AMBIGUOUS):
            self.surnames.add(person)
        for word in plain:
            self.identity.setdefault(word, person)
        return person


def names_of(labels: Sequence[str], meta: Metadata, turns: Sequence[Turn], call: Call) -> Names:
    """All names that labels, metadata and turns tell."""
    names = Names()
    for label in (*labels, meta.agent or "", meta.customer or ""):
        if found := label_words(label, call):
            names.add(found)
    seen: dict[str, int] = {}
    for place, turn in enumerate(turns):
        seen[turn.speaker] = seen.get(turn.speaker, 0) + 1
        words = words_of(turn.text)
        if seen[turn.speaker] == 1 and place < ANSWERS:
            for word in _answering(words, call):
                names.add([word])
        found_here = named(turn.text, words, call, opening=seen[turn.speaker] <= INTRODUCTION)
        alone = tuple(unsigned(turn.text, words, call))
        for first, last in (*found_here, *beside(turn.text, words, call), *alone):
            of = without_genitive if (first, last) in alone else str
            found = [of(word.key) for word in words[first : last + 1] if word.key not in _RANKS | _FILLERS]
            if any(word not in PARTICLES for word in found):
                names.add(found)
    return names


def _answering(words: Sequence[Word], call: Call) -> list[str]:
    """Keys of the names with which somebody answers the telephone."""
    found = [words[index].key for index in (*answered(words, call), *answered_later(words, call))]
    return [word for word in found if word in GIVEN or not is_company(word)]


def name_spans(text: str, names: Names, call: Call) -> list[Span]:
    """Every place of a known name in a text; neighbouring words of one person are one span."""
    if names.identity.keys().isdisjoint(forms_of(text)):
        return []
    words = words_of(text)
    call = as_written(call, text)
    marked = {
        index
        for first, last in (
            *named(text, words, call, opening=False),
            *beside(text, words, call),
            *unsigned(text, words, call),
        )
        for index in range(first, last + 1)
        if words[index].key in names.identity
    }
    for index, word in enumerate(words[:-1]):
        # `Jan Ohlsen`: beside a surname that is known even `Jan` is a name.
        if word.gap == " " and words[index + 1].key in names.identity and _may_be_given(words, index, call):
            person = names.identity[words[index + 1].key]
            if words[index + 1].key not in call.common and (word.text[0].isupper() or not call.cased):
                names.identity.setdefault(word.key, person)
                marked.add(index)
    spans: list[Span] = []
    for index, word in enumerate(words):
        known = _known(word, names, call)
        if known is None or not (index in marked or _stands_alone(words, index, known, call)):
            continue
        person = names.identity[known]
        end = word.start + _length(word.text, known)
        before = text[spans[-1].end : word.start] if spans else ""
        if spans and re.fullmatch(r"[\s-]{1,2}|\s?-\s?", before) and spans[-1].value == person:
            spans[-1] = Span(start=spans[-1].start, end=end, kind="name", value=person)
        else:
            spans.append(Span(start=word.start, end=end, kind="name", value=person))
    return spans


def _may_be_given(words: Sequence[Word], index: int, call: Call) -> bool:
    """`Jan` before `Ohlsen`; a name that nobody knows, as in `Dorian Klee von …`, only where a sentence begins."""
    word = words[index]
    if word.key in AMBIGUOUS:
        return True
    fresh = index == 0 or bool(ENDS.match(words[index - 1].gap))
    return fresh and call.cased and name_like(word, call) and not is_company(word.key)


def _known(word: Word, names: Names, call: Call) -> str | None:
    """The known name that the word is, be it in the genitive."""
    if word.key in names.identity:
        return word.key
    stem = word.key[:-1]
    genitive = word.key.endswith("s") and len(stem) > 2 and word.key not in call.common
    return stem if genitive and stem in names.identity else None


def _length(text: str, known: str) -> int:
    """How many characters of the text the name takes: `Tran's` and `Petersens` keep their ending."""
    size = 0
    for length in range(1, len(text) + 1):
        if key(text[:length]) == known:
            size = length
            break
    return size or len(text)


def _stands_alone(words: Sequence[Word], index: int, known: str, call: Call) -> bool:
    """True where a known name is surely meant and not the ordinary word of the same letters."""
    word = words[index]
    lone = known in call.common or known in AMBIGUOUS
    if (not lone or (call.cased and known in GIVEN and word.text[0].isupper())) and len(known) > 2:
        return True
    if not call.cased or not word.text[0].isupper():
        return False
    before = words[index - 1] if index else None
    begins = before is None or bool(SENTENCE.search(before.gap))
    if begins:
        return bool(ENDS.match(word.gap)) and len(word.gap) > 0 and known not in call.common
    return before is not None and before.key not in _ARTICLES
