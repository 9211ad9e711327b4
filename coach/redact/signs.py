"""Signs beside a word that it is somebody's name: titles, introductions, greetings; and given names by themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from coach.model import Language
from coach.redact.numbers import outside_mail
from coach.redact.vocabulary import (
    AMBIGUOUS,
    ARTICLES,
    DEGREES,
    FILLERS,
    GIVEN,
    GREETINGS,
    HINTED_DE,
    HINTED_EN,
    INTRODUCED_DE,
    INTRODUCED_EN,
    NAMED_AFTER_DE,
    NAMED_AFTER_EN,
    NOT_AFTER_TITLE,
    ORIGIN,
    PARTICLES,
    POSSESSIVES,
    RANKS,
    TITLES,
    WORDY_SURNAMES,
    is_company,
    key_of,
    keys,
    ordinary,
    surnames,
)

CAPITALS = 0.01
"""A call with fewer capitals than this share is written as a speech recogniser writes."""
_PLACEHOLDER = re.compile(r"\[[A-ZÄÖÜ-]{2,20}(?:-[0-9]{1,4})?\]")
_WORD = re.compile(r"(?:[OD]['’‘])?[^\W\d_]+(?:['’‘][^\W\d_]+)*")
_SPACE = re.compile(r"\s{1,3}")
_ABBREVIATED = frozenset("fr hr mr mrs ms dr prof mag dipl ing st".split())
_PAUSE = re.compile(r"[,.…]{0,3}\s{1,3}")
ENDS = re.compile(r"\s*[.,;:!?…–—\")“”]|$")
SENTENCE = re.compile(r"[.!?…:]|^$")
_TIMES_OF_DAY = keys(frozenset("tag morgen abend gott morning afternoon evening".split()))
_GOOD = keys(frozenset("guten schönen grüß good gueten".split()))
_STRETCHED = re.compile(r"(.)\1\1+")
_SUBJECTS = frozenset("i you ye we they".split())
_NEW_CLAUSE = frozenset("und and ich i aus from von vom wegen about ja with".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_NOUN_ENDINGS = ("ung", "heit", "keit", "schaft", "tion", "ment", "nis", "taet", "chen", "ungen", "ismus")
TITLE_KEYS, RANK_KEYS, DEGREE_KEYS = keys(TITLES), keys(RANKS), keys(DEGREES)
NOT_AFTER_TITLE_KEYS, _POSSESSIVES, FILLER_KEYS = keys(NOT_AFTER_TITLE), keys(POSSESSIVES), keys(FILLERS)
_BEFORE_NOUNS = _POSSESSIVES | keys(frozenset("der die dem den des diese dieser diesem the".split()))
ARTICLE_KEYS, _GREETINGS = keys(ARTICLES), keys(GREETINGS)
_SIGNS = TITLE_KEYS | DEGREE_KEYS | GIVEN | AMBIGUOUS
_TITLED, _BEFORE_NAMES = TITLE_KEYS | DEGREE_KEYS, RANK_KEYS | FILLER_KEYS | TITLE_KEYS


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_INTRODUCED: Mapping[Language, re.Pattern[str]] = {
    "de": _compiled((*INTRODUCED_DE, *INTRODUCED_EN)),
    "en": _compiled(INTRODUCED_EN),
}
_HINTED: Mapping[Language, re.Pattern[str]] = {"de": _compiled(HINTED_DE), "en": _compiled(HINTED_EN)}
_AFTER: Mapping[Language, re.Pattern[str]] = {"de": _compiled(NAMED_AFTER_DE), "en": _compiled(NAMED_AFTER_EN)}


class Word(NamedTuple):
    """A word of a turn."""

    text: str
    key: str
    """For comparison, without the genitive's `'s`."""
    start: int
    end: int
    gap: str
    """What stands between this word and the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the finding of names needs to know of a call."""

    language: Language
    cased: bool
    common: frozenset[str]
    """Keys of words that are nobody's name, those that this call itself writes in lower case among them."""


def call_of(texts: Iterable[str], language: Language) -> Call:
    """How the call is written."""
    said = list(texts)
    letters = sum(map(str.isalpha, "".join(said)))
    capitals = sum(map(str.isupper, "".join(said)))
    cased = capitals > CAPITALS * max(letters, 1)
    small = {
        word.key
        for text in said
        if cased and any(map(str.isupper, text))
        for word in words_of(outside_mail(text))
        if word.text.islower()
    }
    return Call(language=language, cased=cased, common=ordinary(language) | (small - GIVEN))


def as_written(call: Call, text: str) -> Call:
    """The call for one turn: in a call with capitals a recogniser may have written some turns without."""
    return replace(call, cased=False) if call.cased and not any(map(str.isupper, text)) else call


@lru_cache(maxsize=2_000)  # a turn is looked at for signs first and for known names later
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text; placeholders are none."""
    found = list(_WORD.finditer(text))
    if "[" in text:
        found = [match for match in found if not _PLACEHOLDER.match(text, match.start() - 1)]
    places = [match.span() for match in found]
    after = [*(start for start, _ in places[1:]), len(text)]
    return tuple(
        [
            Word._make((text[start:end], _plain(text[start:end]), start, end, text[end:then]))
            for (start, end), then in zip(places, after, strict=False)
        ]
    )


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return key_of(word).removesuffix("'s")


@lru_cache(maxsize=2_000)
def forms_of(text: str) -> frozenset[str]:
    """The keys of the words of a text, and of what they would be the genitive of."""
    found = {word.key for word in words_of(text)}
    return frozenset(found | {word[:-1] for word in found if word.endswith("s")})


def named(text: str, words: Sequence[Word], call: Call, *, opening: bool) -> Iterator[tuple[int, int]]:
    """(first, last) word of each name that something beside it gives away."""
    call = as_written(call, text)
    for index, word in enumerate(words) if not _SIGNS.isdisjoint(forms_of(text)) else ():
        if word.key in _TITLED:
            yield from _after_title(words, index, call)
        elif word.key in GIVEN and (
            word.text[0].isupper() if call.cased else word.key not in call.common and not _is_verb(words, index, call)
        ):
            yield index, _surname(words, index, call, opening=opening)
        elif word.key in AMBIGUOUS and call.cased and opening and word.text[0].isupper():
            last = _surname(words, index, call, opening=True)
            if last > index and (ENDS.match(words[last].gap) or words[min(last + 1, len(words) - 1)].key in ORIGIN):
                yield index, last
    for match in _INTRODUCED[call.language].finditer(text):
        yield from _following(words, _next(words, text, match.end()), call, sure=True)
    for match in _HINTED[call.language].finditer(text):
        yield from _following(words, _next(words, text, match.end()), call, sure=False, opening=opening)
    for match in _AFTER[call.language].finditer(text):
        yield from _preceding(words, match.start(), call)
    yield from _greeted(words, call)
    if opening:
        yield from _opened(words, call)


def _is_verb(words: Sequence[Word], index: int, call: Call) -> bool:
    """`dinnae ken`, `ye ken`: in English a lower-case word behind a pronoun or a denied auxiliary."""
    before = words[index - 1].key if index else ""
    return call.language == "en" and (before in _SUBJECTS or before.endswith(("nae", "n't")))


def _next(words: Sequence[Word], text: str, place: int) -> int | None:
    """The word that begins behind the place."""
    while place < len(text) and text[place] in " ,:.":
        place += 1
    return next((index for index, word in enumerate(words) if word.start == place), None)


def name_like(word: Word, call: Call) -> bool:
    """True where nothing in the word itself speaks against a name."""
    if word.key in GIVEN and (call.cased or word.key not in call.common):
        return True
    if word.key in call.common or word.key in _GREETINGS or len(word.key) < 3 or "'" in word.key[2:]:
        return False
    if not call.cased and call.language == "en" and word.key.endswith("ly"):  # `broadly speaking`
        return False
    if _STRETCHED.search(word.key):  # `Heyyy`
        return False
    return word.text[0].isupper() or not call.cased


def _after_title(words: Sequence[Word], index: int, call: Call) -> Iterator[tuple[int, int]]:
    """`Frau Kasischke`, `Herr Dr. von der Heide`, `mr sandvoss`."""
    title = words[index]
    before = words[index - 1].key if index else ""
    if title.key in ("frau", "miss", "dr") and before in _POSSESSIVES and not call.cased:
        return
    at, glue = index + 1, title.gap
    # Three ranks and a particle or two are all that people have.
    while at < min(len(words), index + 5) and _PAUSE.fullmatch(glue) and words[at].key in _BEFORE_NAMES:
        glue = words[at].gap
        at += 1
    filled, dotted = words[at - 1].key in FILLER_KEYS, words[at - 1].key in _ABBREVIATED
    first = at
    if at > index + 1 and at < len(words) and words[at].key in PARTICLES:
        return  # `Frau Direktor von der Sparkasse`
    while (
        at < len(words)
        and _SPACE.fullmatch(glue.removeprefix("."))
        and words[at].key in PARTICLES
        and words[at].text.islower()
    ):
        glue = words[at].gap
        at += 1
    if at >= len(words) or not (_SPACE.fullmatch(glue.removeprefix(".") if dotted else glue) or filled):
        return
    word = words[at]
    if word.key in NOT_AFTER_TITLE_KEYS or len(word.key) < 2:
        return
    if call.cased and title.text[0].isupper():
        # After a title even `Sommer` is a name; in English a capital says so, or a word that is no other.
        if not word.text[0].isupper():
            return
    elif not _is_titled(words, index, word, before, call):
        return
    yield min(first, at), _surname(words, at, call, opening=False)


def _is_titled(words: Sequence[Word], index: int, word: Word, before: str, call: Call) -> bool:
    """Without capitals: `mr brown`, `herr klein`, and no verb as in `die frau strahlt`."""
    title = words[index].key
    article = before in _BEFORE_NOUNS and title in ("frau", "herr", "herrn")
    if word.key in WORDY_SURNAMES and not article and title not in ("miss", "dr", "doctor"):
        return True
    if word.key in call.common and word.key not in AMBIGUOUS:
        return False
    verb_like = article and call.language == "de" and word.key.endswith(("t", "te"))
    return not verb_like or word.key in GIVEN or word.key in surnames()


def _surname(words: Sequence[Word], index: int, call: Call, *, opening: bool) -> int:
    """The last word of the name that begins with the word at `index`."""
    last = index
    while last + 1 < min(len(words), index + 4) and words[last].gap == "-":  # `Becker-Schmitz`, `Hyun-woo`
        last += 1
    after = last + 1
    while after < min(len(words), last + 4) and words[after - 1].gap == " " and words[after].key in PARTICLES:
        after += 1
    if after >= len(words) or words[after - 1].gap != " ":
        return last
    word = words[after]
    if after > last + 1 and (not (call.cased and word.text[0].isupper()) or is_company(word.key)):
        return last
    given = words[index].key in GIVEN or words[index].key in AMBIGUOUS
    # `Marguerite Bell, I'm with …`: beside a given name even an ordinary word is a surname.
    bell = words[index].key in GIVEN and opening and call.cased and word.text[0].isupper()
    plainly = bool(bell and ENDS.match(word.gap) and word.key not in _DAYS | _GREETINGS | FILLER_KEYS)
    if not (name_like(word, call) or plainly) or word.key in TITLE_KEYS or word.key.endswith(_NOUN_ENDINGS):
        return last
    if not given and word.key not in GIVEN and call.language == "de":
        return last
    if given and call.language == "de" and not opening:
        article = index > 0 and words[index - 1].key in ARTICLE_KEYS
        if article or not call.cased or not ENDS.match(word.gap):
            return last
    if not call.cased and not (opening and given):
        return last
    while after + 1 < min(len(words), index + 8) and words[after].gap == "-" and words[after + 1].text[0].isupper():
        after += 1
    return after


def full_name(words: Sequence[Word], index: int, call: Call) -> int:
    """The last word of the name that begins at `index`, where a sign before it says that it is one."""
    return _surname(words, index, call, opening=True)


def _following(
    words: Sequence[Word], index: int | None, call: Call, *, sure: bool, opening: bool = False
) -> Iterator[tuple[int, int]]:
    """The name after an introduction."""
    while index is not None and index < len(words) and words[index].key in FILLER_KEYS | {"der", "die", "dat", "d"}:
        index += 1
    if index is None or index >= len(words) or words[index].key in TITLE_KEYS:
        return
    word = words[index]
    wordy = sure and not call.cased and word.key in WORDY_SURNAMES and _closes(words, index)
    if not (name_like(word, call) or wordy) and word.key not in AMBIGUOUS:
        return
    if call.cased and not word.text[0].isupper():
        return
    if wordy:
        yield index, index
        return
    last = _surname(words, index, call, opening=True)
    if sure and not (last == index and word.key in AMBIGUOUS and not call.cased):
        if last == index and index + 1 < len(words) and word.gap == " ":
            after = words[index + 1]
            given = (word.key in GIVEN or word.key in AMBIGUOUS) and call.cased and after.text[0].isupper()
            last += given or name_like(after, call)
        yield index, last
        return
    origin = last + 1 < len(words) and words[last + 1].key in ORIGIN and words[last].gap in (" ", ", ")
    if opening and last == index and call.cased and word.gap == " " and index + 2 < len(words):
        # `hier ist Onno Behrens von der …`
        after = words[index + 1]
        named = after.text[0].isupper() and after.gap == " " and name_like(after, call)
        last += named and words[index + 2].key in ORIGIN
    both = opening and call.cased and last > index and bool(ENDS.match(words[last].gap))
    both = both or (call.cased and last == index + 1 and words[min(last + 1, len(words) - 1)].key in ORIGIN and opening)
    if word.key in GIVEN or both or (origin and last == index and (call.cased or opening)):
        yield index, last


def _closes(words: Sequence[Word], index: int) -> bool:
    """Behind the word the clause ends or a new one begins."""
    after = words[index + 1].key if index + 1 < len(words) else ""
    return not after or bool(ENDS.match(words[index].gap)) or after in _NEW_CLAUSE


def _preceding(words: Sequence[Word], place: int, call: Call) -> Iterator[tuple[int, int]]:
    """The name before `am Apparat`, `speaking`, `here`."""
    index = next((i for i in range(len(words) - 1, -1, -1) if words[i].end <= place), None)
    if index is None or not (name_like(words[index], call) or words[index].key in AMBIGUOUS):
        return
    if call.cased and not words[index].text[0].isupper():
        return
    if not call.cased and words[index].key not in GIVEN and words[index - 1 if index else 0].key not in GIVEN:
        strong = any(word.key in ("apparat", "name") for word in words[index + 1 : index + 4])
        said = words[index - 1].key
        if not strong and index and not (said in call.common or said in TITLE_KEYS or said in _GREETINGS):
            return
    first = index
    if index and words[index - 1].gap == " ":
        before = words[index - 1]
        turned = words[index].key in GIVEN and call.cased and before.text[0].isupper() and name_like(before, call)
        if before.key in GIVEN or before.key in AMBIGUOUS or turned:
            first = index - 1
    yield first, index


def _greeted(words: Sequence[Word], call: Call) -> Iterator[tuple[int, int]]:
    """The name after a greeting: `Thanks, Jolene.`, `Hello Craig, …`, `Grüß Gott, Reitmayr.`."""
    if not call.cased:
        return
    for index, (before, word) in enumerate(pairwise(words), start=1):
        if (
            not word.text[0].isupper()
            or before.gap not in (" ", ", ", ", - ")
            or _shortened(before.key) not in _GREETINGS
        ):
            continue
        if word.key in _TITLED or word.key in RANK_KEYS:
            continue
        if before.key in _TIMES_OF_DAY and not (index == 1 or words[index - 2].key in _GOOD):
            continue  # `einen Tag Umsatz`
        if before.key in _GOOD:
            continue  # `Guten Versand`
        if word.key in AMBIGUOUS or (name_like(word, call) and (ENDS.match(word.gap) or word.key in GIVEN)):
            yield index, index
        elif name_like(word, call) and call.language == "en":
            last = _surname(words, index, call, opening=True)
            if last > index and ENDS.match(words[last].gap):
                yield index, last


@lru_cache(maxsize=20_000)
def _shortened(word: str) -> str:
    return _STRETCHED.sub(r"\1", word)


def _opened(words: Sequence[Word], call: Call) -> Iterator[tuple[int, int]]:
    """`Kieling von Faltwerk`: how people begin."""
    if not call.cased:
        # `hey mariko can you hear me`
        greeted = len(words) > 1 and words[0].key in ("hey", "hi", "hello", "hallo") and len(words[1].key) > 3
        if greeted and name_like(words[1], call) and words[1].key not in TITLE_KEYS | AMBIGUOUS:
            yield 1, 1
        return
    behind = {"von", "vom"} if call.language == "de" else {"from", "with", "at"}
    for index, word in enumerate(words[:12]):
        fresh = index == 0 or ENDS.match(words[index - 1].gap)
        origin = index + 1 < len(words) and words[index + 1].key in behind and word.gap == " "
        named = word.text[0].isupper() and (name_like(word, call) or word.key in AMBIGUOUS)
        if fresh and origin and named:
            yield index, index
        elif fresh and named and word.gap == " " and index + 2 < len(words) and words[index + 2].key in behind:
            surname = words[index + 1]
            if surname.text[0].isupper() and surname.gap == " " and name_like(surname, call):
                yield index, index + 1
