"""Finds the phrases of act files in a turn.

The notation of a phrase, over normalised words (case and umlaut spelling do not matter):

    kein interesse      these words, one after the other
    künd*  *vertrag     a word that begins or ends so; *trag* contains it
    (kein|null) bock    one of these; an alternative may have several words
    [wirklich] nicht    this word may stand there
    ...                 up to four words of the same sentence in between
    _                   exactly one word, any
    #                   a number, in digits or words
    ^  $                the beginning, the end of a sentence

Without `...` a phrase never runs over a sentence's end. No regular expression is involved, and every phrase is
matched in time linear in the turn, but for the four words that a gap may span.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from coach.model import Act, Language, Role
from coach.rulebook import ActSpec, Cue
from coach.understand.words import Words, folded

GAP = 4
"""Words that `...` may span."""
NEGATORS = frozenset(
    "nicht nich net ned nie niemals kein keine keinen keinem keiner keins nix nichts weder ohne "
    "not never no don't doesn't didn't isn't aren't wasn't won't wouldn't can't cannot couldn't shouldn't haven't "
    "hasn't hadn't ain't without nor nobody hardly kaum".split()
)
_NUMBERS = frozenset(
    "null ein eine einen eins zwei zwo drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn fuenfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig hundert tausend "
    "halb one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half".split()
)


class CueSyntaxError(ValueError):
    """A phrase whose notation is wrong; the message says how."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    kind: str  # exact, prefix, suffix, inside, any, number


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[tuple["_Word", ...], ...]
    optional: bool
    plain: frozenset[str] = frozenset()
    """The options that are one exact word, for a quick look."""
    others: Mapping[str, tuple[tuple["_Word", ...], ...]] = field(default_factory=dict, compare=False)
    """The further options by the first letter of a word that they may begin with; under "" those for any letter."""

    def others_at(self, word: str) -> tuple[tuple["_Word", ...], ...]:
        """The further options that may begin with this word."""
        return self.others.get(word[:1]) or self.others[""]


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str  # gap, begin, end


_Element: TypeAlias = _Word | _Choice | _Mark


@cache
def compiled(phrase: str) -> tuple[_Element, ...]:
    """The phrase as elements; raises CueSyntaxError."""
    elements: list[_Element] = []
    rest = phrase.strip()
    while rest:
        opener = rest[0]
        if opener in "([":
            closer = ")" if opener == "(" else "]"
            end = rest.find(closer)
            if end < 0:
                raise CueSyntaxError(f"“{opener}” is not closed in “{phrase}”")
            options = tuple(tuple(_word(part, phrase) for part in option.split()) for option in rest[1:end].split("|"))
            if not all(options):
                raise CueSyntaxError(f"an alternative is empty in “{phrase}”")
            elements.append(_choice(options, optional=opener == "["))
            rest = rest[end + 1 :].lstrip()
            continue
        part, _, rest = rest.partition(" ")
        rest = rest.lstrip()
        if part in ("...", "…"):
            elements.append(_Mark("gap"))
        elif part == "^":
            elements.append(_Mark("begin"))
        elif part == "$":
            elements.append(_Mark("end"))
        else:
            elements.append(_word(part, phrase))
    solid = [element for element in elements if not (isinstance(element, _Mark) or _is_optional(element))]
    if not solid:
        raise CueSyntaxError(f"“{phrase}” names no word")
    if isinstance(elements[0], _Mark) and elements[0].kind == "gap":
        raise CueSyntaxError(f"“{phrase}” cannot begin with a gap")
    if sum(isinstance(element, _Mark) and element.kind == "gap" for element in elements) > 3:
        raise CueSyntaxError(f"“{phrase}” has more than three gaps")
    return tuple(elements)


def _choice(options: tuple[tuple[_Word, ...], ...], *, optional: bool) -> _Choice:
    single = [option for option in options if len(option) == 1 and option[0].kind == "exact"]
    plain = frozenset(option[0].text for option in single)
    further = [(option[0].text[:1] if option[0].kind in ("exact", "prefix") else "", option) for option in options]
    others = {
        letter: tuple(option for begins, option in further if begins in ("", letter) and option not in single)
        for letter in ("", *(begins for begins, _ in further))
    }
    return _Choice(options, optional, plain, others)


def _is_optional(element: _Element) -> bool:
    return isinstance(element, _Choice) and element.optional


def _word(part: str, phrase: str) -> _Word:
    if part == "_":
        return _Word("", "any")
    if part == "#":
        return _Word("", "number")
    text = folded(part.strip("*"))
    if not text or "*" in text or any(mark in text for mark in "()[]|?!,;^$"):
        raise CueSyntaxError(f"“{part}” is not a word in “{phrase}”")
    if part.startswith("*") and part.endswith("*"):
        return _Word(text, "inside")
    if part.startswith("*"):
        return _Word(text, "suffix")
    if part.endswith("*"):
        return _Word(text, "prefix")
    return _Word(text, "exact")


def _same(word: _Word, text: str) -> bool:
    kind = word.kind
    if kind == "exact":
        return text == word.text
    if kind == "prefix":
        return text.startswith(word.text)
    if kind == "suffix":
        return text.endswith(word.text)
    if kind == "inside":
        return word.text in text
    return kind == "any" or is_number(text)


def is_number(word: str) -> bool:
    """The word is a number in digits or a simple number word."""
    return word[:1].isdigit() or word in _NUMBERS


def _option_at(option: Sequence[_Word], words: Sequence[str], at: int, limit: int) -> bool:
    if at + len(option) > limit:
        return False
    return all(_same(word, words[at + index]) for index, word in enumerate(option))


def _run(
    elements: Sequence[_Element], position: int, at: int, words: Sequence[str], begins: frozenset[int], limit: int
) -> int:
    """The index after the match of elements[position:] at word `at`, or -1."""
    while position < len(elements):
        element = elements[position]
        if isinstance(element, _Word):
            if at >= limit or not _same(element, words[at]):
                return -1
            at += 1
        elif isinstance(element, _Mark):
            if element.kind == "begin":
                if at not in begins:
                    return -1
            elif element.kind == "end":
                if at < limit:
                    return -1
            else:
                for skip in range(min(GAP, limit - at) + 1):
                    end = _run(elements, position + 1, at + skip, words, begins, limit)
                    if end >= 0:
                        return end
                return -1
        else:
            if at < limit and words[at] in element.plain:
                end = _run(elements, position + 1, at + 1, words, begins, limit)
                if end >= 0:
                    return end
            for option in element.others_at(words[at]) if at < limit else ():
                if _same(option[0], words[at]) and _option_at(option, words, at, limit):
                    end = _run(elements, position + 1, at + len(option), words, begins, limit)
                    if end >= 0:
                        return end
            if not element.optional:
                return -1
        position += 1
    return at


def find(phrase: str, words: Words) -> tuple[int, int] | None:
    """(first, past the last) word index of the phrase's first match in the turn."""
    elements = compiled(phrase)
    begins = frozenset(words.starts) | words.commas
    for first, end in words.sentences():
        for at in range(first, end):
            stop = _run(elements, 0, at, words.words, begins, end)
            if stop > at:
                return at, stop
    return None


@dataclass(frozen=True, slots=True)
class _Entry:
    act: str
    rank: tuple[int, int]
    """The surer phrase counts, of equals the one that comes first in the files."""
    cue: Cue
    elements: tuple[_Element, ...]
    roles: frozenset[Role]
    negative: bool
    firsts: tuple[_Word, ...]
    """The words with which a match can begin."""
    needed: tuple[frozenset[str], ...]
    """Sets of words, the beginning left out; a turn that lacks all words of one of them cannot match."""

    def may_match(self, said: frozenset[str]) -> bool:
        """The turn has the words without which there is no match; a look at sets spares most attempts."""
        return not any(words.isdisjoint(said) for words in self.needed)


MOST_KNOWN = 20_000
"""Words whose phrases are remembered; a call has some thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueIndex:
    """The phrases of one language, found by the word they begin with."""

    exact: Mapping[str, tuple[_Entry, ...]]
    prefix: Mapping[str, tuple[_Entry, ...]]
    """By the first three letters."""
    other: tuple[_Entry, ...]
    known: dict[str, tuple[_Entry, ...]] = field(default_factory=dict, compare=False)
    """What was looked up before."""

    def candidates(self, word: str) -> tuple[_Entry, ...]:
        """Entries that begin with this word."""
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            near = self.exact.get(word, ()) + self.prefix.get(word[:3], ()) + self.other
            found = tuple(entry for entry in near if any(_same(first, word) for first in entry.firsts))
            self.known[word] = found
        return found


def index_of(acts: Iterable[ActSpec], language: Language) -> CueIndex:
    """An index of all phrases of the acts in one language; raises CueSyntaxError."""
    exact: dict[str, list[_Entry]] = defaultdict(list)
    prefix: dict[str, list[_Entry]] = defaultdict(list)
    other: list[_Entry] = []
    order = 0
    for act in acts:
        for cue in act.cues.get(language, ()):
            elements = compiled(cue.phrase)
            negative = any(word in NEGATORS for element in elements for word in _literals(element))
            firsts = tuple(_firsts(elements))
            entry = _Entry(act.id, (cue.score, -order), cue, elements, act.roles, negative, firsts, _needed(elements))
            order += 1
            if any(
                word.kind not in ("exact", "prefix") or (word.kind == "prefix" and len(word.text) < 3)
                for word in firsts
            ):
                other.append(entry)
                continue
            for word in dict.fromkeys(firsts):
                if word.kind == "exact":
                    exact[word.text].append(entry)
                else:
                    prefix[word.text[:3]].append(entry)
    return CueIndex(
        exact={key: tuple(dict.fromkeys(value)) for key, value in exact.items()},
        prefix={key: tuple(dict.fromkeys(value)) for key, value in prefix.items()},
        other=tuple(other),
    )


def _literals(element: _Element) -> list[str]:
    if isinstance(element, _Word):
        return [element.text]
    if isinstance(element, _Choice) and not element.optional:
        return [word.text for option in element.options for word in option]
    return []


def _needed(elements: Sequence[_Element]) -> tuple[frozenset[str], ...]:
    """For each element after the first that stands for exact words and must come, these words."""
    return tuple(
        frozenset((element.text,)) if isinstance(element, _Word) else element.plain
        for element in elements[1:]
        if (isinstance(element, _Word) and element.kind == "exact")
        or (isinstance(element, _Choice) and not element.optional and len(element.plain) == len(element.options))
    )


def _firsts(elements: Sequence[_Element]) -> list[_Word]:
    """The words with which a match can begin."""
    found: list[_Word] = []
    for element in elements:
        if isinstance(element, _Mark):
            continue
        if isinstance(element, _Word):
            return [*found, element]
        found.extend(option[0] for option in element.options)
        if not element.optional:
            return found
    return found


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
        for at in range(first, end):
            for entry in index.candidates(words.words[at]):
                if not entry.may_match(said):
                    continue
                asking = [
                    found
                    for role, found in best.items()
                    if role in entry.roles and ((known := found.get(entry.act)) is None or known[0] < entry.rank)
                ]
                if not asking:
                    continue
                stop = _run(entry.elements, 0, at, words.words, begins, end)
                if stop <= at:
                    continue
                if entry.cue.negatable and not entry.negative and _negated(words, first, at):
                    continue
                if any(find(phrase, words) for phrase in entry.cue.unless):
                    continue
                if doubt is not None and doubt.covers(_named(entry.elements, words.words[at:stop])):
                    continue
                quote = text[words.spans[at][0] : words.spans[stop - 1][1]]
                act = Act(name=entry.act, score=entry.cue.score, words=quote)
                for found in asking:
                    found[entry.act] = (entry.rank, act)
    return {role: {name: act for name, (_, act) in found.items()} for role, found in best.items()}


def _named(elements: Sequence[_Element], said: Sequence[str]) -> list[str]:
    """The words that the phrase names, without those that fill its gaps."""
    names = [element for element in elements if isinstance(element, _Word)]
    choices = [element for element in elements if isinstance(element, _Choice)]
    names += [word for choice in choices for option in choice.options for word in option]
    return [word for word in said if any(name.kind != "any" and _same(name, word) for name in names)]


def _negated(words: Words, first: int, at: int) -> bool:
    """A negation stands up to three words before, in the same clause."""
    for index in range(at - 1, max(first, at - 3) - 1, -1):
        if index + 1 in words.commas:
            return False
        if words.words[index] in NEGATORS:
            return True
    return False
