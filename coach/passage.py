"""The sentences of a turn that carry what was found in it: what is quoted where the turn says more than that. Pure."""

import re
from collections.abc import Sequence

_END = re.compile(r"[.!?…]+[\"'“”„«»)\]]*\s+")
_SHORTENED = frozenset(
    "abs bzw ca dr evtl frl ggf hr inkl mr mrs ms mt nr prof sog st str tel usw vgl zzgl approx etc ext vs".split()
)
"""Words with a full stop that ends no sentence; a single letter or digit before one does not either."""
_ENOUGH = 5
"""Words from which a passage speaks for itself."""
_LAST_WORD = re.compile(r"\w+$")


def sentences(text: str) -> list[tuple[int, int]]:
    """(first, past the last) character of each sentence, as far as marks tell; a text without any is one sentence."""
    found = []
    start = 0
    for mark in _END.finditer(text):
        if text[mark.start()] == "." and _goes_on(text[max(0, mark.start() - 20) : mark.start()]):
            continue
        found.append((start, mark.start() + len(mark.group().rstrip())))
        start = mark.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def _goes_on(before: str) -> bool:
    """The full stop behind these words belongs to a number or a word cut short."""
    word = _LAST_WORD.search(before)
    return word is not None and (
        (len(word.group()) == 1 and word.group() != "I")
        or word.group().isdigit()
        or word.group().casefold() in _SHORTENED
    )


def passage(text: str, said: Sequence[str]) -> str:
    """The sentences with these words: that with the most of them, and those beside it that have others.

    Of several with as many it is the one with the first of the words. What is too short to be understood by itself
    (“Oh dear.”) is followed by the next sentence. All of the text where none of the words is found.
    """
    places = [(at, at + len(words)) for words in said if words.strip() and (at := text.find(words)) >= 0]
    if not places:
        return text
    whole = sentences(text)
    touched = [[at for at, (start, end) in enumerate(whole) if start < last and end > first] for first, last in places]
    others = {at for found in touched for at in found}
    start, end = _fullest(text, whole, touched, said)
    while start - 1 in others:
        start -= 1
    while end + 1 in others:
        end += 1
    while end + 1 < len(whole) and len(text[whole[start][0] : whole[end][1]].split()) < _ENOUGH:
        end += 1
    return text[whole[start][0] : whole[end][1]]


def _fullest(
    text: str, whole: Sequence[tuple[int, int]], touched: Sequence[Sequence[int]], said: Sequence[str]
) -> tuple[int, int]:
    """The first and last sentence to begin with: of those touched the ones in which most of the words are said."""

    def named(found: Sequence[int]) -> int:
        inside = text[whole[found[0]][0] : whole[found[-1]][1]]
        return sum(bool(words.strip()) and words in inside for words in said)

    best = max(touched, key=named)
    return best[0], best[-1]
