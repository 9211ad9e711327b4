"""Digits spelled out, one after the other, as people say telephone and contract numbers."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from coach.redact.spans import Kind, Span
from coach.redact.vocabulary import key, key_of, keys

LEAST = 5
"""So many digits in a row are a number and no counting."""
FEW = 4
"""So many are enough where a number was asked for."""
AGAIN = 3
"""So many that are part of a number known from the same call are that number said again."""
_DE = "null eins zwei drei vier fünf sechs sieben acht neun"
_EN = "zero one two three four five six seven eight nine"
_DIGITS: dict[str, str] = {
    **{key(word): str(value) for words in (_DE, _EN) for value, word in enumerate(words.split())},
    "zwo": "2",
    "fuenfe": "5",
    "oh": "0",
    "o": "0",
    "nought": "0",
    "nil": "0",
    "naught": "0",
    **{str(value): str(value) for value in range(10)},
}
_TEENS = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
_TEENS_EN = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"


def _pairs() -> dict[str, str]:
    """Words for 10 to 99: `dreiundzwanzig`, `twenty`."""
    found = {
        key(word): str(value) for words in (_TEENS, _TEENS_EN) for value, word in enumerate(words.split(), start=10)
    }
    found |= {key(word): str(value * 10) for words in (_TENS, _TENS_EN) for value, word in enumerate(words.split(), 2)}
    units = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
    for ten, word in enumerate(_TENS.split(), start=2):
        found |= {key(f"{units[unit]}und{word}"): str(ten * 10 + unit) for unit in range(1, 10)}
    return found


_TWO = _pairs()
_TENS_WORDS = frozenset(_TENS_EN.split())
_TIMES = {"double": 2, "doppel": 2, "doppelt": 2, "zweimal": 2, "triple": 3, "treble": 3, "dreimal": 3}
_SAID = re.compile(
    rf"\d|[²³¹\u2070-\u2089\u2460-\u2793]|(?<![^\W_])(?:{'|'.join(sorted({*_DIGITS, *_TWO, *_TIMES}))})(?![^\W_])"
)
"""Digits, or a word that stands for some, in a text written as its words are compared; one alone is no run."""
_COMBINING = re.compile("[\u0300-\u036f]")
"""Accents by themselves, which part words here but not where they are compared."""
_BETWEEN = keys(
    frozenset(
        "äh ähm öh uh um er erm und dann and then dash bindestrich strich minus schrägstrich slash punkt pause leerzeichen space genau ja".split()
    )
)
_START = frozenset({"plus"})
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,.;:…/–—-]{1,6}(?:[\s–-]{0,4})")
_ASKED = re.compile(
    r"nummer|nr\b|number|\bids?\b|\bcode|\bpin\b|kennung|zeichen|endung|ending|digits|ziffern|reference", re.IGNORECASE
)
_UNIT = re.compile(
    r"[\s,]{1,2}(?:euro|eur|dollars?|pounds?|quid|cents?|pence|prozent|percent|uhr|o'clock|mal|times|stück|jahre|years|kilo|leute|people)\b",
    re.IGNORECASE,
)
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


def spoken_spans(text: str, context: str) -> list[Span]:
    """Runs of spoken digits; `context` is what was said before, which tells what kind of number it is."""
    found = []
    for start, end, digits, single in _runs(text):
        asked = single == len(digits) and _ASKED.search(f"{context[-60:]} {text[:start][-40:]}")
        enough = (single >= 3 and len(digits) >= (FEW if asked else LEAST)) or (single >= 2 and len(digits) > LEAST)
        if enough and not _UNIT.match(text, end):
            kind = _kind(digits, text[:start][-80:], context)
            found.append(Span(start=start, end=end, kind=kind, value=digits))
    return found


def repeated_spans(text: str, known: Mapping[str, Kind]) -> list[Span]:
    """Shorter runs that are part of a number said elsewhere in the call."""
    return [
        Span(start=start, end=end, kind=kind, value=value)
        for start, end, digits, _ in _runs(text)
        if AGAIN <= len(digits) < LEAST + 1
        for value, kind in known.items()
        if digits in value and not _UNIT.match(text, end)
    ][:20]


def _kind(digits: str, before: str, context: str) -> Kind:
    for place in (before, context):
        for kind, pattern in _CUES:
            if pattern.search(place):
                return kind
    return "phone" if digits.startswith("0") else "number"


@lru_cache(maxsize=64)  # a turn is looked at twice
def _runs(text: str) -> tuple[tuple[int, int, str, int], ...]:
    """(start, end, digits, how many of them were said singly) of each run of two digits or more."""
    several = len(_SAID.findall(key_of(text))) > 1 or _COMBINING.search(text)
    return tuple(_said_runs(text)) if several else ()


def _said_runs(text: str) -> Iterator[tuple[int, int, str, int]]:
    start = end = last = single = 0
    digits, times, last_ten = "", 1, False
    between = False
    for match in _WORD.finditer(text):
        word = key(match[0])
        glued = bool(digits) and _GAP.fullmatch(text, end if not between else last, match.start()) is not None
        value = _DIGITS.get(word) or _TWO.get(word)
        if value is None and word.isdigit() and len(word) <= 2:
            value = word
        if digits and not glued:
            yield start, end, digits, single
            digits, times, single, last_ten, between = "", 1, 0, False, False
        if value is not None:
            if not digits:
                start = match.start()
            if last_ten and len(value) == 1 and value != "0" and text[end : match.start()] in ("-", " "):
                digits = digits[:-1] + value  # `twenty-three` is one number
            else:
                digits += value * times
            single += len(value) == 1 or word.isdigit()
            times, end, between = 1, match.end(), False
            last_ten = word in _TENS_WORDS
        elif word in _TIMES:
            if not digits:
                continue
            times, last, between = _TIMES[word], match.end(), True
        elif digits and (word in _BETWEEN or (len(word) == 1 and word not in "ai")):
            last, between = match.end(), True
        elif digits:
            yield start, end, digits, single
            digits, times, single, last_ten, between = "", 1, 0, False, False
    if digits:
        yield start, end, digits, single


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
