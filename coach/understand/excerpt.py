"""A few words around a sign, so that a quotation can be understood by itself."""

import re

_ENOUGH, _MOST = 4, 7
"""Words that speak for themselves, and the most that are quoted around fewer."""
_WORD = re.compile(r"\S+")
_END = re.compile(r"[.!?…][\"'“”„«»)]*$")


def in_context(text: str, words: str) -> str:
    """The words as they stand in the text, and where they are few what belongs to them in the same sentence."""
    at = text.casefold().find(words.casefold()) if words else -1
    if at < 0 or len(words.split()) >= _ENOUGH or len(text.casefold()) != len(text):
        return words
    whole = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    first = next(index for index, (_, end) in enumerate(whole) if end > at)
    last = next(index for index, (_, end) in enumerate(whole) if end >= at + len(words.rstrip()))
    grown = True
    while grown and last - first + 1 < _MOST:
        grown = False
        if last + 1 < len(whole) and not _END.search(text[: whole[last][1]]):
            last, grown = last + 1, True
        if first and last - first + 1 < _MOST and not _END.search(text[: whole[first - 1][1]]):
            first, grown = first - 1, True
    cut = last + 1 < len(whole) and not _END.search(text[: whole[last][1]])
    return text[whole[first][0] : whole[last][1]].strip(' ,;:.–—-"“”„«»') + (" …" if cut else "")
