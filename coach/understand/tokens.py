"""Acts found by spaCy token patterns, for what the notation of phrases cannot say."""

from functools import lru_cache

from spacy.matcher import Matcher

from coach.model import Act, Language, Role
from coach.rulebook import RuleBook
from coach.understand.words import pipeline

TOKEN_SCORE = 90


def with_tokens(book: RuleBook, language: Language) -> tuple[str, ...]:
    """The acts that have token patterns in this language."""
    return tuple(act.id for act in book.acts.values() if act.tokens.get(language))


def acts_by_tokens(text: str, role: Role, language: Language, book: RuleBook, named: tuple[str, ...]) -> dict[str, Act]:
    """The acts among those `named`, with_tokens, whose token patterns match the turn."""
    matcher = _matcher(book.hash, language, _Patterns(book, named))
    doc = pipeline(language)(text)
    found: dict[str, Act] = {}
    for key, first, end in matcher(doc):
        name = doc.vocab.strings[key]
        if role in book.acts[name].roles and name not in found:
            found[name] = Act(name=name, score=TOKEN_SCORE, words=doc[first:end].text)
    return found


class _Patterns:
    """The acts with patterns; equal for the cache whatever they hold, since the book's hash tells them apart."""

    def __init__(self, book: RuleBook, named: tuple[str, ...]) -> None:
        self.book = book
        self.named = named

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Patterns)


@lru_cache(maxsize=8)
def _matcher(_book_hash: str, language: Language, patterns: _Patterns) -> Matcher:
    matcher = Matcher(pipeline(language).vocab)
    for name in patterns.named:
        matcher.add(name, [[dict(token) for token in pattern] for pattern in patterns.book.acts[name].tokens[language]])
    return matcher
