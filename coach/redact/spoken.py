"""Digits spelled out, one after the other, as people say telephone and contract numbers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from coach.redact.numerals import DIGITS, TENS_EN, THREE, TIMES, TWO, digits_of
from coach.redact.spans import Kind, Span
from coach.redact.vocabulary import key, key_of, keys

LEAST = 5
"""So many digits in a row are a number and no counting."""
FEW = 4
"""So many are enough where a number was asked for."""
AGAIN = 3
"""So many that are part of a number known from the same call are that number said again."""
_SAID = re.compile(
    rf"\d|[²³¹\u2070-\u2089\u2460-\u2793]|(?<![^\W_])(?:{'|'.join(sorted({*DIGITS, *TWO, *THREE, *TIMES}))})(?![^\W_])"
)
"""Digits, or a word that stands for some, in a text written as its words are compared; one alone is no run."""
_COMBINING = re.compile("[\u0300-\u036f]")
"""Accents by themselves, which part words here but not where they are compared."""
BETWEEN = keys(
    frozenset(
        """
        äh ähm öh ehm uh um er erm hm und dann and then dash bindestrich strich minus schrägstrich slash punkt pause leerzeichen space
        genau ja jo yes yeah right okay ok so well also die der das eine einmal nochmal noch jetzt am ende zum schluss hinten vorne
        the last nein ne nee no sorry entschuldigung quatsch moment wait hang on
        """.split()
    )
)
"""What people say between the digits of one number: fillers, punctuation, second thoughts."""
SAID_ALONG = BETWEEN | keys(
    frozenset(
        """
        mhm aha hm gut super prima perfekt stimmt richtig bitte weiter habe hab ich es ist das wäre lautet dann sind hier danke moment mal
        lovely great perfect got it that's thats is it's its my i've yep yup sure correct go ahead ah please thanks thank you and ready
        one sec okey dokey mm
        """.split()
    )
)
"""What is said beside the digits while somebody writes them down."""
_MOST_BETWEEN = 4
"""More such words in a row are no pause within a number."""
_OFTEN = frozenset(("mal", "times"))
_EXCLAIMED = frozenset(("oh", "o"))
_ENDED = re.compile(r"[.!?…]")
_DETERMINERS = frozenset("this that another which every any new old same right wrong".split())
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,.;:…/–—-]{1,6}(?:[\s–-]{0,4})")
ASKED = re.compile(
    r"(?:nummer|number)(?!-[0-9]{1,4}\])|nr\b|\bids?\b|\bcode|\bpin\b|kennung|zeichen|endung|ending|digits|ziffern|stellen|reference|vorwahl|bankleitzahl|\bblz\b|\biban\b|\bplz\b"
    r"|\bpostleitzahl|\bpostcode|\blast (?:three|four|six)\b|\bletzten (?:drei|vier|sechs)\b",
    re.IGNORECASE,
)
"""What a number that leads to somebody is asked for by, or announced."""
_UNIT = re.compile(
    r"[\s,]{1,2}(?:euro|eur|dollars?|pounds?|quid|cents?|pence|franken|prozent|percent|uhr|o'clock|mal|times|stück|jahren?|years?|kilo|leuten?"
    r"|people|personen|kinder[n]?|kids|minuten|minutes?|stunden|hours?|tagen?|days?|wochen|weeks?|monaten?|months?|mbit|grad|degrees|metern?"
    r"|metres?|kilometern?|miles|kilowatt\w{0,8}|im monat|im jahr|a month|a year|a unit|per|pro|komma)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r",?\s(?:ist|is|wäre|war|was|lautet)\s(?:meine|die|unsere|my|the|our)\s[a-zäöüß]{0,14}\s?(?:nummer|number|code|reference)",
    re.IGNORECASE,
)
"""`… ist meine Kundennummer` behind the digits."""
_FIGURES = re.compile(r"[0-9][.,:/][0-9]")
_STRAIGHT = 30
"""Characters between a cue and its number."""
_SENTENCE = re.compile(r"[.!?]\s")
_SUM = re.compile(
    r"\b(?:um|für|gegen|kostet|kosten|koste|zwischen|between|zahlen|zahle|zahlt|über|unter|bis|von|nach|vor|seit|in|ca|etwa|circa|ab|for|at|costs?|pay|paid"
    r"|about|around|past|to|by|from|till|until|since|worth|over|or|oder)(?:\s(?:sie|ich|wir|you|i|we))?\s\Z",
    re.IGNORECASE,
)
"""Directly before these a few numbers are a sum or a time of day."""
_LETTERED = re.compile(
    r"(?<![\w'’])(?:[^\W\d_][\s-]{1,2}(?:(?:wie|for|as in|like)\s[^\W\d_]{2,12}[\s-]{1,2})?){1,6}\Z", re.IGNORECASE
)
_PLUS = re.compile(r"(?<!\w)plus\s\Z", re.IGNORECASE)
_LONGEST_HEAD = 80
"""Characters before a run in which its letters are looked for."""
_CUES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("iban", re.compile(r"\biban\b|bankverbindung", re.IGNORECASE)),
    ("card", re.compile(r"kreditkarte|kartennummer|card number|credit card|debit card", re.IGNORECASE)),
    (
        "phone",
        re.compile(
            r"telefon|handy|rückruf|durchwahl|mobil|erreich|anruf|phone|cell|mobile|reach you|call you", re.IGNORECASE
        ),
    ),
)


class Run(NamedTuple):
    """Digits said one after the other."""

    start: int
    end: int
    digits: str
    single: int
    """How many of them were said singly."""


def spoken_spans(text: str, context: str) -> list[Span]:
    """Runs of spoken digits; `context` is what was said before, which tells what kind of number it is."""
    found = []
    for run in runs(text):
        announced = ASKED.search(f"{context[-60:]} {text[: run.start][-40:]}")
        asked = bool(announced or _CALLED.match(text, run.end))
        if is_number(text, run, asked=asked, straight=_is_straight(text, run, context)):
            kind = kind_of(run.digits, text[: run.start][-80:], context)
            start = with_head(text, run.start, lettered=asked or kind == "iban")
            found.append(Span(start=start, end=run.end, kind=kind, value=run.digits))
    return found


def is_number(text: str, run: Run, *, asked: bool, straight: bool) -> bool:
    """The run leads to somebody, and is no sum, time or count; `straight` where it stands right behind its cue."""
    if is_measured(text, run):
        return False
    size = len(run.digits)
    if (run.single >= AGAIN and size >= LEAST) or (run.single > 1 and size > LEAST):
        return True
    if run.digits[0] == "0" and text[run.start].isalpha() and (run.single >= AGAIN or size > LEAST):
        return True
    if is_sum(text, run):
        return False
    return asked and size >= AGAIN if run.single == size else straight and size >= FEW


def is_sum(text: str, run: Run) -> bool:
    """Pairs behind `kostet`, `zwischen` and the like."""
    return run.single != len(run.digits) and _SUM.search(text, 0, run.start) is not None


def _is_straight(text: str, run: Run, context: str) -> bool:
    """`Kundennummer ist die achtundvierzig elf`, or an answer that is nothing else: pairs may also be a sum."""
    here = text[max(0, run.start - _STRAIGHT) : run.start]
    if any(not _SENTENCE.search(here, cue.end()) for cue in ASKED.finditer(here)):
        return True
    alone = run.start <= _STRAIGHT and not re.search(r"\w", text[run.end : run.end + 2])
    return bool(_CALLED.match(text, run.end)) or (alone and ASKED.search(context[-60:]) is not None)


def is_measured(text: str, run: Run) -> bool:
    """A unit behind the run says what it counts; `14,95`, `21:16` and `02.03.` are sums, times and dates."""
    return is_followed_by_unit(text, run.end) or _FIGURES.search(text, run.start, run.end) is not None


def is_followed_by_unit(text: str, end: int) -> bool:
    """`Monate`, `euro` and the like stand behind the place."""
    return _UNIT.match(text, end) is not None


def with_head(text: str, start: int, *, lettered: bool) -> int:
    """Where a number begins whose digits begin at `start`: `plus`, or letters that belong to it, stand before."""
    least = max(0, start - _LONGEST_HEAD)
    plus = _PLUS.search(text, least, start)
    if plus:
        return plus.start()
    letters = _LETTERED.search(text, least, start) if lettered else None
    return letters.start() if letters and letters[0].strip(" -").casefold() not in ("a", "i") else start


def repeated_spans(text: str, known: Mapping[str, Kind]) -> list[Span]:
    """Shorter runs that are part of a number said elsewhere in the call."""
    return [
        Span(start=run.start, end=run.end, kind=kind, value=value)
        for run in runs(text)
        if AGAIN <= len(run.digits) < LEAST + 1
        for value, kind in known.items()
        if run.digits in value and not is_measured(text, run)
    ][:20]


def kind_of(digits: str, before: str, context: str) -> Kind:
    """What the words before a number say that it is."""
    for place in (before, context):
        for kind, pattern in _CUES:
            if pattern.search(place):
                return kind
    return "phone" if digits.startswith("0") else "number"


@lru_cache(maxsize=2_000)  # a turn is looked at for each kind of number
def runs(text: str) -> tuple[Run, ...]:
    """Each run of two digits or more."""
    folded = key_of(text)
    several = len(_SAID.findall(folded)) > 1 or "hund" in folded or _COMBINING.search(text)
    return tuple(_said_runs(text)) if several else ()


@dataclass(slots=True)
class _Open:
    """A run that may go on."""

    start: int = -1
    end: int = 0
    last: int = 0
    """The end of what belongs to it for now, be it a pause."""
    digits: str = ""
    single: int = 0
    times: int = 1
    word: str = ""
    """The word that stood for the last digits."""
    between: int = 0

    def add(self, match: re.Match[str], word: str, value: str, text: str) -> None:
        """Take in the digits of a word."""
        if self.start < 0:
            self.start = match.start()
        if self.word in TENS_EN and len(value) == 1 and value != "0" and text[self.end : match.start()] in ("-", " "):
            self.digits = self.digits[:-1] + value  # `twenty-three` is one number
        else:
            self.digits += value * self.times
        self.single += len(value) == 1 or word.isdigit()
        self.times, self.between, self.word = 1, 0, word
        self.end = self.last = match.end()

    def pause(self, match: re.Match[str]) -> bool:
        """Go on over a word that is no digit; False where that is too much, and after an `oh` that is no nought."""
        self.last = match.end()
        self.between += 1
        return self.between <= _MOST_BETWEEN and not (self.word in _EXCLAIMED and len(self.digits) == 1)


def _said_runs(text: str) -> Iterator[Run]:
    run = _Open()
    matches = list(_WORD.finditer(text))
    words = [key(match[0]) for match in matches]
    for index, (match, word) in enumerate(zip(matches, words, strict=True)):
        if run.last and _GAP.fullmatch(text, run.last, match.start()) is None:
            if run.digits:
                yield Run(run.start, run.end, run.digits, run.single)
            run = _Open()
        value = (
            None
            if _is_no_digit(words, index, None if not run.digits else text[run.last : match.start()])
            else digits_of(word)
        )
        if value is not None:
            run.add(match, word, value, text)
        elif word in TIMES:
            if run.start < 0:
                run.start = match.start()
            run.pause(match)
            run.times = TIMES[word]
        elif run.digits and word == "hundred" and len(digits_of(run.word) or "") == 1:
            run.add(match, word, "00", text)
        elif run.digits and word in _OFTEN and words[index + 1 : index + 2] in (["die"], ["the"]):
            run.times = int(run.digits[-1]) or 1  # `drei mal die vier`
            run.pause(match)
        elif run.last and (word in BETWEEN or (len(word) == 1 and word not in "ai")) and run.pause(match):
            continue
        elif run.last:
            if run.digits:
                yield Run(run.start, run.end, run.digits, run.single)
            run = _Open()
    if run.digits:
        yield Run(run.start, run.end, run.digits, run.single)


def _is_no_digit(words: Sequence[str], index: int, gap: str | None) -> bool:
    """`Oh.` behind a number, and the `one` of `the right one`; `gap` parts the word from the digits before it."""
    if words[index] in _EXCLAIMED:
        after = words[index + 1] if index + 1 < len(words) else ""
        if gap is not None:
            return _ENDED.search(gap) is not None
        return after not in TIMES and digits_of(after) is None
    return gap is None and words[index] == "one" and index > 0 and words[index - 1] in _DETERMINERS


def spelled_spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, letters) of names spelled letter by letter: `M-A-I-E-R`, `M wie Martha, A wie Anton`."""
    return [
        (match.start(), match.end(), "".join(re.findall(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])", match[0])).casefold())
        for pattern in (_LETTERS, _ALPHABET)
        for match in pattern.finditer(text)
    ]


_LETTERS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_](?:\s?[-–.,]\s?|\s)){3,30}[^\W\d_](?![^\W\d_])")
_ALPHABET = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_],?\s(?:wie|as in|for|like)\s[^\W\d_]{2,12}[\s,–.-]{0,3}){2,30}", re.IGNORECASE
)
