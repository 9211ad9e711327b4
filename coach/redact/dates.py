"""Dates as people say them: ordinals, months, years in words or figures, with pauses in between."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from coach.redact.numerals import DIGITS, TENS_EN, THREE, TWO, digits_of
from coach.redact.vocabulary import key, keys

_Part: TypeAlias = Literal["month", "ordinal", "number", "year", "scale"]
_MONTHS_SAID = (
    "januar jänner january jan",
    "februar feber february feb",
    "märz march mar",
    "april apr",
    "mai may",
    "juni june juno jun",
    "juli july julei jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
)
_MONTHS: Mapping[str, int] = {
    key(word): number for number, words in enumerate(_MONTHS_SAID, start=1) for word in words.split()
}
_ORDINALS_EN = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth"
    " seventeenth eighteenth nineteenth twentieth"
).split()
_STEMS_DE = "ers zwei drit vier fünf sechs sieb ach neun zehn elf zwölf".split()
_BEFORE_SCALES = {"hundert": (18, 19), "hundred": (18, 19), "tausend": (2,), "thousand": (2,), "neunzehnhundert": ()}
"""Words for hundreds and thousands, and the numbers before them that make a year: `nineteen hundred`, not `nine hundred`."""
_SCALES = dict.fromkeys(_BEFORE_SCALES, 0)


def _ordinals() -> dict[str, int]:
    """`dritter`, `siebenundzwanzigsten`, `third`; `twenty first` is made of two words."""
    found = {word: number for number, word in enumerate(_ORDINALS_EN, start=1)} | {"thirtieth": 30}
    stems = {stem: number for number, stem in enumerate(_STEMS_DE, start=1)} | {"zwo": 2, "sieben": 7}
    stems |= {word: int(value) for word, value in TWO.items() if 13 <= int(value) <= 31 and word not in TENS_EN}
    for stem, number in stems.items():
        tail = "s" if number >= 20 else ""
        found |= {key(f"{stem}{tail}{ending}"): number for ending in ("te", "ten", "ter", "tes")}
    return found


def _years() -> dict[str, int]:
    """`neunzehnhundertzweiundsechzig`, `zweitausendundeins`."""
    small = {word: int(value) for word, value in (*TWO.items(), *DIGITS.items()) if word.isalpha() and word != "null"}
    small |= {"ein": 1}
    found = {
        f"{head}{glue}{word}": base + value
        for head, base in (("neunzehnhundert", 1900), ("zweitausend", 2000))
        for word, value in small.items()
        for glue in ("", "und")
    }
    return found | {"zweitausend": 2000}


_WORDS: tuple[tuple[_Part, Mapping[str, int]], ...] = (
    ("month", _MONTHS),
    ("ordinal", _ordinals()),
    ("year", _years()),
    ("scale", _SCALES),
)
_BETWEEN = keys(
    frozenset(
        "the of am der den des dem im vom and und on in äh ähm öh ehm uh um er erm hm also so punkt year jahr".split()
    )
)
_WORD = re.compile(r"[^\W_]+")
_FIGURE_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")
_GAP = re.compile(r"[\s,.;:/…–—-]{1,4}")
_MOST_BETWEEN = 3
_CENTURIES = ("19", "20")
_FEWEST_NUMBERS = 3
_LEAST_ALONE = 12
"""A greater number by itself is a year or a day rather than a count."""
_FIGURES = re.compile(
    r"[0-3]?[0-9]\.\s?[01]?[0-9]\.(?:\s?(?:[0-9]{4}|[0-9]{2})\b)?|[0-3]?[0-9]/[01]?[0-9]/(?:[0-9]{4}|[0-9]{2})\b"
)


class _Token(NamedTuple):
    part: _Part
    value: int
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A date in a text, or what may be one."""

    start: int
    end: int
    sure: bool
    """A month, an ordinal or a year says that it is a date; three numbers in a row only may be one."""
    value: str
    """`3.4.62`, so far as it was said; empty where the parts do not say which is which."""


def dates(text: str) -> Iterator[Said]:
    """Every run of words that may be a date."""
    tokens: list[_Token] = []
    start = end = last = between = 0
    for match in _WORD.finditer(text):
        word = key(match[0])
        if tokens and (_GAP.fullmatch(text, last, match.start()) is None or between > _MOST_BETWEEN):
            yield from _said(tokens, text, start, end)
            tokens = []
        token = _token(word)
        if token is not None and (tokens or token.part != "scale" or len(word) > len("thousand")):
            if not tokens:
                start = match.start()
            tokens.append(token)
            end = last = match.end()
            between = 0
        elif tokens and word in _BETWEEN:
            last = match.end()
            between += 1
        elif tokens:
            yield from _said(tokens, text, start, end)
            tokens = []
    yield from _said(tokens, text, start, end)


def is_date_alone(text: str, along: frozenset[str]) -> bool:
    """The text holds nothing but parts of a date, pauses and the words `along`."""
    words = [key(match[0]) for match in _WORD.finditer(text)]
    parts = [token for token in map(_token, words) if token is not None]
    told = any(token.part != "number" or token.value > _LEAST_ALONE for token in parts)
    return told and all(
        len(word) == 1 or word in along or word in _BETWEEN or _token(word) is not None for word in words
    )


def is_date_part(word: str) -> bool:
    """The word may stand in a date."""
    return _token(key(word)) is not None


def _token(word: str) -> _Token | None:
    for part, known in _WORDS:
        if word in known:
            return _Token(part, known[word], word)
    if word.isascii() and word.isdigit() and len(word) == 4 and word[:2] in _CENTURIES:
        return _Token("year", int(word), word)
    figure = _FIGURE_ORDINAL.fullmatch(word)
    if figure:
        return _Token("ordinal", int(figure[1]), word)
    value = digits_of(word)
    return None if value is None or word in THREE else _Token("number", int(value), word)


def _said(tokens: Sequence[_Token], text: str, start: int, end: int) -> Iterator[Said]:
    """The date that the tokens are, if they can be one."""
    parts = [token.part for token in tokens]
    numbers = parts.count("number")
    year = "year" in parts or _century(tokens)
    dated = ("month" in parts or "ordinal" in parts) and len(tokens) > 1 and set(parts) != {"month"}
    if set(parts) <= {"ordinal", "number"}:
        dated = dated and len(_joined(tokens)) > 1  # `twenty first` is a day only
    figures = _FIGURES.match(text, start) if numbers else None
    end = max(end, figures.end()) if figures else end
    sure = year or dated or figures is not None
    if sure or numbers >= _FEWEST_NUMBERS:
        yield Said(start=start, end=end, sure=sure, value=_value(tokens))


def _century(tokens: Sequence[_Token]) -> bool:
    """`nineteen fifty three`, `neunzehn hundert zwei`, `two thousand and one`."""
    for index, token in enumerate(tokens[:-1]):
        after = tokens[index + 1]
        if token.part == "number" and after.part == "scale" and token.value in _BEFORE_SCALES[after.word]:
            return True
        if token.part == "number" and token.value == 19 and after.part == "number" and after.value >= 10:
            return True
    return any(token.word == "neunzehnhundert" for token in tokens)


def _joined(tokens: Sequence[_Token]) -> list[int]:
    """The numbers, `twenty` and `first` as one."""
    found: list[int] = []
    before = ""
    for token in tokens:
        if token.part in ("month", "scale"):
            before = ""
            continue
        if found and ((before in TENS_EN and 0 < token.value < 10) or (found[-1] == 0 and token.value < 10)):
            found[-1] += token.value
            before = ""
        else:
            found.append(token.value)
            before = token.word
    return found


def _value(tokens: Sequence[_Token]) -> str:
    """Day, month and the last two digits of the year, so far as they can be told."""
    numbers = _joined(tokens)
    month = next((token.value for token in tokens if token.part == "month"), None)
    if numbers and numbers[0] >= 1900:
        return ""
    if month is None:
        if len(numbers) < 2 or not 1 <= numbers[1] <= 12:
            return ""
        month = numbers.pop(1)
    if not numbers or not 1 <= numbers[0] <= 31:
        return ""
    return f"{numbers[0]}.{month}.{numbers[-1] % 100:02}" if len(numbers) > 1 else f"{numbers[0]}.{month}."
