"""How much a text before a colon looks like a speaker's label."""

import re
from functools import lru_cache
from typing import Literal, TypeAlias

from coach.read.vocabulary import DISCOURSE, FIELD_PHRASES, FIELDS, LETTERS, PARTICLES, ROLES, TITLES

Shape: TypeAlias = Literal["role", "name", "lower", "phrase", "none"]

MAX_WORDS = 4
MAX_LENGTH = 40
_NUMBERED = re.compile(r"([^\W\d_]+)[ _#-]{0,2}(?:[0-9]{1,3}|[a-z])?")
_WORD = re.compile(r"[^\W\d_][\w.'’‘&/-]*|[0-9]{1,3}|[&/]")
_PARENTHESIS = re.compile(r"\s*[(\[][^\W\d_][^()\[\]]{0,40}[)\]]$")
_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4096)  # the same few labels begin most lines
def shape(label: str) -> Shape:  # noqa: PLR0911 - one return a shape
    """`role` names a part in a call or has a title, `name` is capitalised throughout.

    `lower` is one word in lower case, `phrase` several of mixed case, `none` no label whatever else
    the file holds: too long, with other characters, a field such as `Datum`, or an opening such as `Also`.
    """
    bare = _PARENTHESIS.sub("", label) or label
    words, key = bare.split(), bare.casefold()
    if not words or len(words) > MAX_WORDS or len(bare) > MAX_LENGTH or key in FIELD_PHRASES:
        return "none"
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
