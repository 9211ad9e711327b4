"""The narrative style: `Er: „…“`. What stands in quotation marks is speech, all else is told."""

from coach.read.remarks import blank_remarks, split_remarks

_DOUBLE = '„“”"'
_SINGLE = "‚‘’'"
_GUILLEMETS = "»«"
_SINGLE_GUILLEMETS = "›‹"
_FAMILIES = (_DOUBLE, _SINGLE, _GUILLEMETS, _SINGLE_GUILLEMETS)
OPENERS = frozenset("".join(_FAMILIES))
_ALWAYS_OPEN = frozenset("„‚")
_TOLD_WORDS = 8
"""`“, sagt er, „`: so many words at most between two parts of what somebody says."""

_WINDOW = 400
"""Characters in which the next part is looked for; keeps the work linear."""


def end_of_first_quote(text: str) -> int | None:
    """The place after the quotation with which the text begins; None where it does not end."""
    close = _closing(text, 0)
    return None if close is None else close + 1


def spoken(text: str) -> tuple[str, tuple[str, ...]]:
    """What is said in a text that begins with a quotation mark, and the remarks in it and after it.

    A quotation that never ends reaches to the end of the text. A text without a leading mark is speech.
    """
    if text[:1] not in OPENERS:
        return split_remarks(text)
    said: list[str] = []
    remarks: list[str] = []
    place = 0
    while True:
        close = _closing(text, place)
        end = len(text) if close is None else close
        words, asides = split_remarks(text[place + 1 : end])
        if words:
            said.append(words)
        remarks += asides
        following = _goes_on(text[end + 1 : end + 1 + _WINDOW], text[0])
        told_end = None if following is None else end + 1 + following
        left, asides = split_remarks(text[end + 1 : told_end])
        remarks += asides
        left = left.strip(" .,;:!?–—-…")
        if left:
            remarks.append(left)
        if following is None:
            return " ".join(said), tuple(remarks)
        place = end + 1 + following


def _goes_on(told: str, opener: str) -> int | None:
    """Where the next part of the same speech begins in what follows a quotation; None if it is over."""
    family = _family(opener)
    window = blank_remarks(told)
    place = next((i for i, character in enumerate(window) if character in family and _opens(window, i)), None)
    if place is None:
        return None
    between = window[:place].strip()
    short = len(between.split()) <= _TOLD_WORDS
    return place if short and (not between or between[0] in ",–—-" or between[0].islower()) else None


def _family(mark: str) -> str:
    return next(family for family in _FAMILIES if mark in family)


def _opens(text: str, place: int) -> bool:
    """True where a mark stands like one that opens: after a space and before a word."""
    if text[place] in _ALWAYS_OPEN:
        return True
    before, after = text[place - 1 : place] if place else " ", text[place + 1 : place + 2]
    return (
        (before.isspace() or before in "([–—-:/" + "".join(OPENERS))
        and bool(after)
        and not (after.isspace() or after in ".,;:!?)]")
    )


def _closing(text: str, place: int) -> int | None:
    """The place of the mark that closes the quotation opened at `place`; None where none does."""
    family = _family(text[place])
    if family in (_GUILLEMETS, _SINGLE_GUILLEMETS):
        closer = family.replace(text[place], "")
        found = text.find(closer, place + 1)
        return None if found < 0 else found
    if family == _SINGLE:
        return _closing_single(text, place)
    depth, last = 1, None
    for index in range(place + 1, len(text)):
        if text[index] not in _DOUBLE:
            continue
        if _opens(text, index):
            depth += 1
            continue
        depth, last = depth - 1, index
        if depth == 0:
            return index
    return last


def _closing_single(text: str, place: int) -> int | None:
    """An apostrophe closes nothing: `grad‘ mal`, `don't`."""
    last: int | None = None
    for index in range(place + 1, len(text)):
        if text[index] not in _SINGLE:
            continue
        if _opens(text, index):
            if last is not None and text[last + 1 : last + 2] in ",.;:–—-" + " ":
                return last
            continue
        after = text[index + 1 : index + 2]
        if after.isalnum():
            continue
        last = index
        if not after or text[index + 1 : index + 40].lstrip()[:1] in ("", "(", "["):
            return index
    return last
