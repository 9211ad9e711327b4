"""More signs beside a word that it is somebody's name: kinship, maiden names, being spoken to, being put through."""

import re
from collections.abc import Iterator, Sequence

from coach.redact.signs import ENDS, Call, Word, as_written, full_name, name_like
from coach.redact.vocabulary import AMBIGUOUS, GIVEN, INTERJECTIONS, KIN, POSSESSIVES, ROLE_WORDS, is_company, keys

_KIN, _INTERJECTIONS, _PARTS = keys(KIN), keys(INTERJECTIONS), keys(ROLE_WORDS)
_OWN = keys(POSSESSIVES) | frozenset("my your his her our their".split())
_NAMED_SURELY = GIVEN | AMBIGUOUS
_BORN = frozenset(("geborene", "geborener", "geborenen", "nee"))
_CAMEL = re.compile(r"(?<!Mc|De|La|Le|Di)(?<!Mac)(?<=[a-z])[A-Z]")
"""A capital within a word is a brand's, but for `McKenna`."""
_FIRST_WORDS = 8
"""Whoever answers the telephone says the name among so many words."""
_PUT_THROUGH = re.compile(
    r"\b(?:through to|loop in|(?:speak|spoke|speaking|spoken|talk|talked|talking) (?:to|with)|asking for|is this"
    r"|(?:spreche|sprach|rede|verbinden?|telefonierte|gesprochen|telefoniert)(?: ich| sie| dich| ihnen)? mit)\s",
    re.IGNORECASE,
)


def beside(text: str, words: Sequence[Word], call: Call) -> Iterator[tuple[int, int]]:
    """(first, last) word of each name; in calls with capitals only, where a name can be told from a verb."""
    if not as_written(call, text).cased:
        return
    for index in range(1, len(words)):
        word, before = words[index], words[index - 1]
        if not word.text[0].isupper():
            continue
        if before.key in _BORN and before.gap == " ":
            yield index, index
        elif before.key in _KIN and _is_ones_own(words, index - 1) and before.gap in (" ", ", "):
            yield from _related(words, index, call)
        elif _is_spoken_to(words, index, call):
            yield index, index
    for match in _PUT_THROUGH.finditer(text):
        at = next((index for index, word in enumerate(words) if word.start == match.end()), None)
        if at is not None and words[at].text[0].isupper() and _may_be(words[at], call):
            last = full_name(words, at, call)
            # `through to Summit Tyres` is a company; a lone word that ends the clause is rather a person.
            if words[at].key in GIVEN or last > at or not words[at + 1 : at + 2] or not words[at + 1].text[0].isupper():
                yield at, last


def answered(words: Sequence[Word], call: Call) -> Iterator[int]:
    """`Petersen.` and `Stielke, Arbeitswelt Nord`: how people answer the telephone in German."""
    if not call.cased or call.language != "de" or not words:
        return
    # `Alpfon, Kälin, was gibts?`: which of them is the company cannot be told.
    for index, word in enumerate(words[:2]):
        if not (word.text[0].isupper() and name_like(word, call) and (word.gap.startswith((".", ",")) or not word.gap)):
            return
        yield index


def answered_later(words: Sequence[Word], call: Call) -> Iterator[int]:
    """`Hausverwaltung Nordstern, Pohlmann.`: the company first, then the name."""
    if not call.cased or call.language != "de":
        return
    for index in range(1, min(len(words), _FIRST_WORDS)):
        word = words[index]
        apart = words[index - 1].gap == ", " and (word.gap.startswith((".", ",", "!", "?")) or not word.gap)
        if apart and word.text[0].isupper() and _may_be(word, call):
            yield index


def _may_be(word: Word, call: Call) -> bool:
    if word.key in _NAMED_SURELY:
        return name_like(word, call) or word.key in AMBIGUOUS
    return name_like(word, call) and not (is_company(word.key) or word.key in _PARTS or _CAMEL.search(word.text))


def _is_ones_own(words: Sequence[Word], index: int) -> bool:
    """`my`, `meiner` or a word such as `kleiner` between it and the kin."""
    return any(words[at].key in _OWN for at in range(max(0, index - 2), index))


def _related(words: Sequence[Word], index: int, call: Call) -> Iterator[tuple[int, int]]:
    """`meine Tochter Rieke, …`, `my husband, Fergal.`; what may be a noun only at the end of its clause."""
    word = words[index]
    if not _may_be(word, call):
        return
    last = full_name(words, index, call)
    if word.key in GIVEN or last > index or ENDS.match(word.gap) or call.language == "en":
        yield index, last


def _is_spoken_to(words: Sequence[Word], index: int, call: Call) -> bool:
    """`Ah, Bill.`, `Yes Ravi, …`, `Great, Xiomara, …`: a given name, even one that is a word, behind an interjection."""
    word, before = words[index], words[index - 1]
    known = word.key in GIVEN or (word.key in AMBIGUOUS and call.language == "en")
    return known and before.key in _INTERJECTIONS and before.gap in (" ", ", ") and bool(ENDS.match(word.gap))
