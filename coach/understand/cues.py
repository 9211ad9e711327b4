"""Finds the phrases of act files in a turn, by an index of the words they begin with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TypeAlias

from coach.model import Act, Language, Role
from coach.rulebook import ActSpec, Cue
from coach.understand.phrases import (
    Element,
    Mark,
    Word,
    compiled,
    find,
    is_word,
    literals,
    match_at,
    named,
    needed,
    openings,
)
from coach.understand.words import Words

NEGATORS = frozenset(
    "nicht nich net ned nie niemals kein keine keinen keinem keiner keins nix nichts weder ohne "
    "not never no don't doesn't didn't isn't aren't wasn't won't wouldn't can't cannot couldn't shouldn't haven't "
    "hasn't hadn't ain't without nor nobody hardly kaum".split()
)


@dataclass(frozen=True, slots=True)
class _Entry:
    act: str
    rank: tuple[int, int]
    """The surer phrase counts, of equals the one that comes first in the files."""
    cue: Cue
    elements: tuple[Element, ...]
    roles: frozenset[Role]
    negative: bool
    opens: bool
    """It begins a sentence or clause."""
    needed: tuple[frozenset[str], ...]
    """Sets of words, the beginning left out; a turn that lacks all words of one of them cannot match."""

    def may_match(self, said: frozenset[str]) -> bool:
        """The turn has the words without which there is no match; a look at sets spares most attempts."""
        for words in self.needed:  # noqa: SIM110  # a generator would cost as much as the look
            if words.isdisjoint(said):
                return False
        return True


MOST_KNOWN = 50_000
"""Words whose phrases are remembered."""
_Found: TypeAlias = tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    """The entries that may begin with a word, by what can come next."""

    free: _Found
    """Anything."""
    last: _Found
    """Nothing, at the sentence's end."""
    exact: Mapping[str, _Found]
    others: tuple[tuple[_Entry, tuple[Word, ...]], ...]
    """A word of one of these kinds."""

    def going_on(self, following: str | None, anywhere: Mapping[str, _Found]) -> _Found:
        """Those whose match may go on with this word, or with None at the sentence's end; an entry may come twice.

        Among them are those that begin `anywhere`, with a word of any kind, before this one.
        """
        if following is None:
            return self.last
        found = self.free + self.exact.get(following, ()) + anywhere.get(following, ())
        if self.others:
            found += tuple([entry for entry, words in self.others if any(is_word(word, following) for word in words)])
        return found


_NOTHING = _Begun((), (), {}, ())
_Way: TypeAlias = tuple[_Entry, tuple[Word, ...] | None]
"""An entry, and what can come next when it begins in one of its ways: nothing at the end, None where that is open."""


def _begun(ways: Sequence[_Way]) -> _Begun:
    if not ways:
        return _NOTHING
    exact: dict[str, list[_Entry]] = {}
    others: list[tuple[_Entry, tuple[Word, ...]]] = []
    for entry, nexts in ways:
        for one in nexts or ():
            if one.kind == "exact":
                exact.setdefault(one.text, []).append(entry)
        loose = tuple([one for one in nexts or () if one.kind != "exact"])
        if loose:
            others.append((entry, loose))
    return _Begun(
        free=tuple([entry for entry, nexts in ways if nexts is None]),
        last=tuple([entry for entry, nexts in ways if not nexts]),
        exact={text: tuple(found) for text, found in exact.items()},
        others=tuple(others),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CueIndex:
    """The phrases of one language, found by the word they begin with."""

    exact: Mapping[str, Sequence[_Way]]
    prefix: Mapping[str, Sequence[tuple[str, _Way]]]
    """By the first three letters; with the whole of the beginning."""
    other: Sequence[tuple[Word, _Way]]
    anywhere: Mapping[str, _Found]
    """Those that begin with any word, by the second."""
    by_word: dict[str, _Begun] = field(default_factory=dict, compare=False)
    """What was looked up before."""

    def candidates(self, word: str, following: str | None) -> _Found:
        """Entries that may begin with this word when that one follows, or, with None, when the sentence ends."""
        begun = self.by_word.get(word)
        if begun is None:
            if len(self.by_word) >= MOST_KNOWN:
                self.by_word.clear()
            begun = self.by_word[word] = _begun(self._ways(word))
        if begun is _NOTHING:
            return () if following is None else self.anywhere.get(following, ())
        return begun.going_on(following, self.anywhere)

    def _ways(self, word: str) -> list[_Way]:
        ways = list(self.exact.get(word, ()))
        ways += [way for beginning, way in self.prefix.get(word[:3], ()) if word.startswith(beginning)]
        ways += [way for first, way in self.other if is_word(first, word)]
        return ways


def index_of(acts: Iterable[ActSpec], language: Language) -> CueIndex:
    """An index of all phrases of the acts in one language; raises CueSyntaxError."""
    exact: dict[str, list[_Way]] = defaultdict(list)
    prefix: dict[str, list[tuple[str, _Way]]] = defaultdict(list)
    other: list[tuple[Word, _Way]] = []
    anywhere: dict[str, _Found] = {}
    order = 0
    for act in acts:
        for cue in act.cues.get(language, ()):
            elements = compiled(cue.phrase)
            negative = any(word in NEGATORS for element in elements for word in literals(element))
            opens = isinstance(elements[0], Mark) and elements[0].kind == "begin"
            entry = _Entry(act.id, (cue.score, -order), cue, elements, act.roles, negative, opens, needed(elements))
            order += 1
            for first, nexts in openings(elements):
                if first.kind == "exact":
                    exact[first.text].append((entry, nexts))
                elif first.kind == "prefix" and len(first.text) >= 3:
                    prefix[first.text[:3]].append((first.text, (entry, nexts)))
                elif first.kind == "any" and nexts and all(one.kind == "exact" for one in nexts):
                    for one in nexts:
                        anywhere[one.text] = (*anywhere.get(one.text, ()), entry)
                else:
                    other.append((first, (entry, nexts)))
    return CueIndex(exact=dict(exact), prefix=dict(prefix), other=other, anywhere=anywhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """The words of a turn that its recogniser was not sure of, and the words that prove nothing beside them."""

    words: frozenset[str]
    weak: frozenset[str]

    def covers(self, said: Sequence[str]) -> bool:
        """All of these words that carry anything are doubtful, and at least one is."""
        return any(word in self.words for word in said) and all(
            word in self.words or word in self.weak for word in said
        )


def acts_by_cue(words: Words, text: str, role: Role, index: CueIndex, *, doubt: Doubt | None = None) -> dict[str, Act]:
    """The acts that phrases find in a turn, each by its surest phrase; a phrase heard in `doubt` throughout is none."""
    return acts_by_role(words, text, (role,), index, doubt=doubt)[role]


def acts_by_role(
    words: Words, text: str, roles: Sequence[Role], index: CueIndex, *, doubt: Doubt | None = None
) -> dict[Role, dict[str, Act]]:
    """The acts that phrases would find in a turn for each of these roles; a phrase is matched once for all of them."""
    begins = frozenset(words.starts) | words.commas
    best: dict[Role, dict[str, tuple[tuple[int, int], Act]]] = {role: {} for role in roles}
    said = frozenset(words.words)
    for first, end in words.sentences():
        pairs = zip_longest(words.words[first:end], words.words[first + 1 : end])
        for at, (word, following) in enumerate(pairs, start=first):
            for entry in index.candidates(word, following):
                if (entry.opens and at not in begins) or not entry.may_match(said):
                    continue
                stop = match_at(entry.elements, 0, at, words.words, begins, end)
                if stop <= at:
                    continue
                asking = [
                    found
                    for role, found in best.items()
                    if role in entry.roles and ((known := found.get(entry.act)) is None or known[0] < entry.rank)
                ]
                if not asking:
                    continue
                if entry.cue.negatable and not entry.negative and _negated(words, first, at):
                    continue
                if any(find(phrase, words) for phrase in entry.cue.unless):
                    continue
                if doubt is not None and doubt.covers(named(entry.elements, words.words[at:stop])):
                    continue
                quote = text[words.spans[at][0] : words.spans[stop - 1][1]]
                act = Act(name=entry.act, score=entry.cue.score, words=quote)
                for found in asking:
                    found[entry.act] = (entry.rank, act)
    return {role: {name: act for name, (_, act) in found.items()} for role, found in best.items()}


def _negated(words: Words, first: int, at: int) -> bool:
    """A negation stands up to three words before, in the same clause."""
    for index in range(at - 1, max(first, at - 3) - 1, -1):
        if index + 1 in words.commas:
            return False
        if words.words[index] in NEGATORS:
            return True
    return False
