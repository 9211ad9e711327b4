"""How much a text before a colon looks like a speaker's label."""

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from coach.read.vocabulary import (
    DISCOURSE,
    FIELD_PHRASES,
    FIELDS,
    FORM_FIELDS,
    FUNCTIONS,
    LETTERS,
    PARTICLES,
    TITLES,
)
from coach.rolewords import ROLES

Shape: TypeAlias = Literal["role", "name", "titled", "lower", "phrase", "none"]

MAX_WORDS = 4
MAX_LENGTH = 40
_NUMBERED = re.compile(r"([^\W\d_]+)[ _#-]{0,2}(?:[0-9]{1,3}|[a-z])?")
_WORD = re.compile(r"[^\W\d_][\w.'’‘&/-]*|[0-9]{1,3}|[&/]")
_PARENTHESIS = re.compile(r"\s*[(\[][^\W\d_][^()\[\]]{0,40}[)\]]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = "123456789"
"""Some programs number the speakers and write nothing but the number."""
MAX_TITLED = 70
_MOST_TITLED = 8
_BEHIND = re.compile(r", | [-–—|/] ")
"""What stands between a name and the function or first name behind it."""


@lru_cache(maxsize=4096)  # the same few labels begin most lines
def shape(label: str) -> Shape:  # noqa: PLR0911 - one return a shape
    """`role` names a part in a call or has a title, `name` is capitalised throughout.

    `titled` is such a name with a function or a first name behind it, as in `Dr. Weber, Leiterin Einkauf`. `lower` is
    one word in lower case or one digit, `phrase` several of mixed case, `none` no label whatever else the file holds:
    too long, with other characters, a field such as `Datum`, or an opening such as `Also`.
    """
    bare = _PARENTHESIS.sub("", label) or label
    words, key = bare.split(), bare.casefold()
    if _BEHIND.search(bare):
        return "titled" if _is_titled(bare) else "none"
    if not words or len(words) > MAX_WORDS or len(bare) > MAX_LENGTH or key in FIELD_PHRASES:
        return "none"
    if len(bare) == 1 and bare in _DIGITS:
        return "lower"
    first = _LETTERS.match(words[0])
    if first is None or not all(_WORD.fullmatch(word) for word in words):
        return "none"
    numbered = _NUMBERED.fullmatch(key)
    stem = numbered[1] if numbered else key
    if stem in ROLES or key in LETTERS or (len(bare) == 1 and bare.isupper()):
        return "role"
    opening = first[0].casefold()
    if opening in FIELDS or opening in DISCOURSE:
        return "none"
    if opening in TITLES and len(words) > 1:
        return "role"
    if not words[0][0].islower() and all(not word[0].islower() or word in PARTICLES for word in words):
        return "name"
    return "lower" if len(words) == 1 else "phrase"


def name_before(label: str) -> str:
    """`Dr. Weber` of `Dr. Weber, Leiterin Einkauf`; the label itself where nothing stands behind the name."""
    return _BEHIND.split(label, maxsplit=1)[0]


def has_function(label: str) -> bool:
    """What stands behind the name says what somebody does: `Empfang`, `Head of IT`, `Kundin`."""
    behind = _LETTERS.findall(label[len(name_before(label)) :].casefold())
    return any(word in ROLES or (len(word) > 3 and FUNCTIONS.search(word)) or word in _SHORT for word in behind)


_SHORT = frozenset("it hr pr ceo cto cfo coo vp edv".split())


def _is_titled(label: str) -> bool:
    """A name, then one or two parts that are capitalised throughout or say what somebody does."""
    name, *parts = _BEHIND.split(label)
    words = [word for part in parts for word in part.split()]
    if (
        not 1 <= len(parts) <= 2
        or not all(parts)
        or len(label) > MAX_TITLED
        or len(words) + len(name.split()) > _MOST_TITLED
    ):
        return False
    if shape(name) not in ("role", "name") or not all(_WORD.fullmatch(word) for word in words):
        return False
    openings = [match[0].casefold() for part in parts if (match := _LETTERS.match(part))]
    if (
        len(openings) < len(parts)
        or name.casefold() in FORM_FIELDS
        or any(o in FIELDS or o in DISCOURSE for o in openings)
    ):
        return False
    capital = all(not word[0].islower() or word in PARTICLES or word in _LINKS for word in words)
    return (capital and not words[0][0].islower()) or has_function(label)


_LINKS = frozenset("für im in am for at".split())
