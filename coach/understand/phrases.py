"""Phrases of act files: their notation, and where one matches.

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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from coach.understand.words import Words, folded

GAP = 4
"""Words that `...` may span."""
_NUMBERS = frozenset(
    "null ein eine einen eins zwei zwo drei vier fuenf sechs sieben acht neun zehn elf zwoelf dreizehn vierzehn fuenfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig fuenfzig sechzig siebzig achtzig neunzig hundert tausend "
    "halb one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half".split()
)

_CURRENCIES = frozenset("$€£")
"""Signs that tokenisers leave at the number behind them."""


class CueSyntaxError(ValueError):
    """A phrase whose notation is wrong; the message says how."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase."""

    text: str
    kind: str  # exact, prefix, suffix, inside, any, number


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, one of which must or, where optional, may stand there."""

    options: tuple[tuple["Word", ...], ...]
    optional: bool
    plain: frozenset[str] = frozenset()
    """The options that are one exact word, for a quick look."""
    others: Mapping[str, tuple[tuple["Word", ...], ...]] = field(default_factory=dict, compare=False)
    """The further options by the first letter of a word that they may begin with; under "" those for any letter."""

    def may_be(self, word: str) -> bool:
        """It may begin with this word, or need not come; a quick look that spares most attempts."""
        return self.optional or word in self.plain or bool(self.others_at(word))

    def others_at(self, word: str) -> tuple[tuple["Word", ...], ...]:
        """The further options that may begin with this word."""
        return self.others.get(word[:1]) or self.others[""]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place without a word of its own."""

    kind: str  # gap, begin, end


Element: TypeAlias = Word | Choice | Mark


@cache
def compiled(phrase: str) -> tuple[Element, ...]:
    """The phrase as elements; raises CueSyntaxError."""
    elements: list[Element] = []
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
            elements.append(Mark("gap"))
        elif part == "^":
            elements.append(Mark("begin"))
        elif part == "$":
            elements.append(Mark("end"))
        else:
            elements.append(_word(part, phrase))
    solid = [element for element in elements if not (isinstance(element, Mark) or _is_optional(element))]
    if not solid:
        raise CueSyntaxError(f"“{phrase}” names no word")
    if isinstance(elements[0], Mark) and elements[0].kind == "gap":
        raise CueSyntaxError(f"“{phrase}” cannot begin with a gap")
    if sum(isinstance(element, Mark) and element.kind == "gap" for element in elements) > 3:
        raise CueSyntaxError(f"“{phrase}” has more than three gaps")
    return tuple(elements)


def _choice(options: tuple[tuple[Word, ...], ...], *, optional: bool) -> Choice:
    single = [option for option in options if len(option) == 1 and option[0].kind == "exact"]
    plain = frozenset(option[0].text for option in single)
    further = [(option[0].text[:1] if option[0].kind in ("exact", "prefix") else "", option) for option in options]
    others = {
        letter: tuple(option for begins, option in further if begins in ("", letter) and option not in single)
        for letter in ("", *(begins for begins, _ in further))
    }
    return Choice(options, optional, plain, others)


def _is_optional(element: Element) -> bool:
    return isinstance(element, Choice) and element.optional


def _word(part: str, phrase: str) -> Word:
    if part == "_":
        return Word("", "any")
    if part == "#":
        return Word("", "number")
    text = folded(part.strip("*"))
    if not text or "*" in text or any(mark in text for mark in "()[]|?!,;^$"):
        raise CueSyntaxError(f"“{part}” is not a word in “{phrase}”")
    if part.startswith("*") and part.endswith("*"):
        return Word(text, "inside")
    if part.startswith("*"):
        return Word(text, "suffix")
    if part.endswith("*"):
        return Word(text, "prefix")
    return Word(text, "exact")


def is_word(word: Word, text: str) -> bool:
    """The text is what the phrase's word stands for."""
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
    """The word is a number in digits, perhaps with a currency sign before it, or a simple number word."""
    return word[:1].isdigit() or word in _NUMBERS or (word[:1] in _CURRENCIES and word[1:2].isdigit())


def _option_at(option: Sequence[Word], words: Sequence[str], at: int, limit: int) -> bool:
    if at + len(option) > limit:
        return False
    for word, text in zip(option, words[at : at + len(option)], strict=True):  # noqa: SIM110  # a generator would cost as much again
        if not is_word(word, text):
            return False
    return True


def match_at(
    elements: Sequence[Element], position: int, at: int, words: Sequence[str], begins: frozenset[int], limit: int
) -> int:
    """The index after the match of elements[position:] at word `at`, or -1."""
    while position < len(elements):
        element = elements[position]
        if isinstance(element, Word):
            if at >= limit or not is_word(element, words[at]):
                return -1
            at += 1
        elif isinstance(element, Mark):
            if element.kind == "begin":
                if at not in begins:
                    return -1
            elif element.kind == "end":
                if at < limit:
                    return -1
            else:
                after = elements[position + 1] if position + 1 < len(elements) else element
                for past in range(at, min(at + GAP, limit) + 1):
                    if isinstance(after, Choice) and past < limit and not after.may_be(words[past]):
                        continue
                    end = match_at(elements, position + 1, past, words, begins, limit)
                    if end >= 0:
                        return end
                return -1
        else:
            if at < limit and words[at] in element.plain:
                end = match_at(elements, position + 1, at + 1, words, begins, limit)
                if end >= 0:
                    return end
            for option in element.others_at(words[at]) if at < limit else ():
                if _option_at(option, words, at, limit):
                    end = match_at(elements, position + 1, at + len(option), words, begins, limit)
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
            stop = match_at(elements, 0, at, words.words, begins, end)
            if stop > at:
                return at, stop
    return None


def literals(element: Element) -> list[str]:
    """The words of an element that must come."""
    if isinstance(element, Word):
        return [element.text]
    if isinstance(element, Choice) and not element.optional:
        return [word.text for option in element.options for word in option]
    return []


def needed(elements: Sequence[Element]) -> tuple[frozenset[str], ...]:
    """For each element after the first that must come and begins with an exact word, the words that it may begin with."""
    found = []
    for element in elements[1:]:
        if isinstance(element, Mark) or _is_optional(element):
            continue
        begins = [element] if isinstance(element, Word) else [option[0] for option in element.options]
        if all(word.kind == "exact" for word in begins):
            found.append(frozenset(word.text for word in begins))
    return tuple(found)


Opening: TypeAlias = tuple[Word, tuple[Word, ...] | None]
"""The first word of a match, and what can come next: nothing at the end, None where that is open, as before a gap."""


def openings(elements: Sequence[Element]) -> tuple[Opening, ...]:
    """The ways in which a match can begin."""
    found: list[Opening] = []
    gap = False
    for at, element in enumerate(elements):
        if isinstance(element, Mark):
            gap = gap or element.kind == "gap"
            continue
        after = None if gap else _next(elements[at + 1 :])
        if isinstance(element, Word):
            return (*found, (element, after))
        found += [(option[0], option[1:2] if len(option) > 1 and not gap else after) for option in element.options]
        if not element.optional:
            break
    return tuple(found)


def _next(elements: Sequence[Element]) -> tuple[Word, ...] | None:
    """The words with which the rest of a phrase can begin; none where the sentence must end, None where that is open."""
    found: list[Word] = []
    for element in elements:
        if isinstance(element, Mark):
            return () if element.kind == "end" and not found else None
        if isinstance(element, Word):
            return (*found, element)
        found.extend(option[0] for option in element.options)
        if not element.optional:
            return tuple(found)
    return None


def named(elements: Sequence[Element], said: Sequence[str]) -> list[str]:
    """The words that the phrase names, without those that fill its gaps."""
    names = [element for element in elements if isinstance(element, Word)]
    choices = [element for element in elements if isinstance(element, Choice)]
    names += [word for choice in choices for option in choice.options for word in option]
    return [word for word in said if any(name.kind != "any" and is_word(name, word) for name in names)]
