"""Which questions a turn asks, with and without question marks.

Speech recognisers often print no punctuation, and people ask without raising their voice. Where there is punctuation a
question mark decides, and a question word or an inverted verb at the beginning of a sentence may; where there is none,
word order decides.
"""

from dataclasses import dataclass
from typing import Literal

from coach.model import Language
from coach.understand.words import Words

Kind = Literal["yes-no", "wh", "choice"]

_OPENERS = {
    "de": frozenset(
        "und aber also ja nein nee okay ok gut hm mhm aeh aehm na naja doch oder denn dann so ach ah oh sagen sagt sag mal "
        "sie eigentlich moment entschuldigung bitte jetzt nur noch".split()
    ),
    "en": frozenset(
        "and but so well yes yeah no okay ok right hm mm um uh er erm oh ah look listen sorry then now or anyway "
        "just like tell me good great fine".split()
    ),
}
_WH = {
    "de": frozenset(
        "was wie wo wer wen wem wessen wann warum wieso weshalb weswegen wozu womit wofuer wovon woran worauf "
        "wohin woher wieviel wieviele welche welcher welches welchen welchem worum inwiefern inwieweit wodurch "
        "wonach worin wogegen was'n wat wos".split()
    ),
    "en": frozenset(
        "what what's whats how how's who who's whose whom when when's where where's why which what're "
        "what'd how'd".split()
    ),
}
_PREPOSITIONS = {
    "de": frozenset("mit in bis ab seit auf fuer von zu aus bei nach an um ueber unter vor".split()),
    "en": frozenset("in at by for from on to with about under".split()),
}
_AUX_DE = frozenset(
    "ist is sind war waren hat haben hatte hatten hast habt kann kannst koennen koennt koennte koennten koenntest darf "
    "darfst duerfen duerfte duerften muss musst muessen muesste muessten soll sollst sollen sollte sollten will willst "
    "wollen wollt wird wirst werden wuerde wuerden wuerdest waere waeren haette haetten gibt gibt's gibts geht geht's gehts "
    "gehen kommt kommen macht machen weiss wissen weisst brauche brauchen braucht bekomme bekommen bekommt krieg kriege "
    "kriegen kriegt steht stehen laeuft laufen reicht reichen stimmt passt liegt liegen bleibt bleiben bin bist seid "
    "gehoert gilt gelten dauert kostet kosten heisst meinen meinst meint moechten moechtest mag moegen hab schafft schaffen "
    "schaffst faellt nimmt nehmen sehen siehst sieht hoeren hoerst zahlt zahlen zahle muesst lohnt hilft hoert spricht "
    "ham sans san hama".split()
)
_AFTER_DE = frozenset(
    "ich du er sie es wir ihr man das dies diese dieser der die den dem denn da dann jemand einer eine ein etwas was meine "
    "mein unsere unser ihre ihrer euer eure s' 's sich mir mich uns ihnen dir euch noch schon auch nicht so jetzt eigentlich "
    "bei alles".split()
)
_AUX_EN = frozenset(
    "do does did don't doesn't didn't is are was were isn't aren't wasn't weren't am can could can't couldn't will would "
    "won't wouldn't should shouldn't shall have has had haven't hasn't hadn't may might must".split()
)
_AFTER_EN = frozenset(
    "i you he she it we they this that these those there anyone anybody someone somebody the my our your his her their "
    "a an any".split()
)
_TAGS = {
    "de": frozenset("oder gell ne nicht ja wa gelle oda woll".split()),
    "en": frozenset("right isn't aren't doesn't don't won't haven't eh yeah innit".split()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: its kind and the words it begins and ends with (indices)."""

    kind: Kind
    first: int
    end: int
    marked: bool
    """There is a question mark."""


def questions(words: Words, language: Language) -> tuple[Question, ...]:
    """The questions of a turn, in order."""
    if words.punctuated and not words.asked and (words.broken or language == "de"):
        return ()
    found = []
    for number, (first, end) in enumerate(words.sentences()):
        marked = number in words.asked
        if marked:
            found.append(Question(kind=_kind(words, first, end, language), first=first, end=end, marked=True))
        elif not words.punctuated:
            found.extend(_unmarked(words, first, end, language))
        elif end - first >= 3 and not words.broken and _at_start(words, first, end, language, strict=True):
            found.append(Question(kind=_kind(words, first, end, language), first=first, end=end, marked=False))
    return tuple(found)


def _kind(words: Words, first: int, end: int, language: Language) -> Kind:
    body = words.words[first:end]
    opening = _wh_at(words, first, end, language)
    clauses = [first, *sorted(index for index in words.commas if first < index < end)]
    if opening is not None or any(_wh_at(words, index, end, language) is not None for index in clauses[-2:]):
        return "wh"
    middle = body[2:-1]
    if ("oder" in middle and language == "de") or ("or" in middle and language == "en"):
        return "choice"
    return "yes-no"


def _wh_at(words: Words, first: int, end: int, language: Language) -> int | None:
    """The index of a question word at the beginning of a clause, openers and a preposition skipped."""
    at = first
    while at < end and words.words[at] in _OPENERS[language] and at - first < 4:
        at += 1
    if at < end and words.words[at] in _PREPOSITIONS[language]:
        at += 1
    return at if at < end and words.words[at] in _WH[language] else None


def _inverted_at(words: Words, first: int, end: int, language: Language) -> bool:
    at = first
    while at < end and words.words[at] in _OPENERS[language] and at - first < 4:
        at += 1
    if at + 1 >= end:
        return False
    verb, after = words.words[at], words.words[at + 1]
    if language == "en":
        return verb in _AUX_EN and after in _AFTER_EN
    return verb in _AUX_DE and after in _AFTER_DE


def _at_start(words: Words, first: int, end: int, language: Language, *, strict: bool) -> bool:
    """A sentence without a question mark that is built like a question."""
    if strict:
        return language == "en" and _inverted_at(words, first, end, language) and words.words[first] in _AUX_EN
    return _wh_at(words, first, end, language) is not None or _inverted_at(words, first, end, language)


def _unmarked(words: Words, first: int, end: int, language: Language) -> list[Question]:
    """Questions in a stretch without punctuation, by word order."""
    found: list[Question] = []
    at = first
    while at < end:
        before = words.words[at - 1] if at > first else ""
        opens = at == first or before in _OPENERS[language] or at in words.commas
        word = words.words[at]
        kind: Kind | None = None
        if opens and word not in _OPENERS[language]:
            if _wh_at(words, at, end, language) is not None and _wh_is_asked(words, at, end, language):
                kind = "wh"
            elif _inverted_at(words, at, end, language):
                kind = "choice" if _offers_choice(words, at, end, language) else "yes-no"
        if kind is None and word in _WH[language] and before not in _OPENERS[language] and at > first:
            kind = "wh" if _wh_is_asked(words, at, end, language) and _free(words, at, language) else None
        if kind is not None:
            stop = min(end, at + 14)
            found.append(Question(kind=kind, first=at, end=stop, marked=False))
            at = stop
        else:
            at += 1
    if (
        not found
        and end - first >= 4
        and words.words[end - 1] in _TAGS[language]
        and words.words[end - 1] not in ("ja", "nicht")
    ):
        found.append(Question(kind="yes-no", first=first, end=end, marked=False))
    return found


def _wh_is_asked(words: Words, at: int, end: int, language: Language) -> bool:
    """After the question word comes a verb soon, as in a main clause, not at the end as in a subordinate one."""
    window = words.words[at + 1 : min(end, at + 4)]
    if language == "en":
        return (
            any(word in _AUX_EN or word in ("about", "long", "much", "many") for word in window)
            or "'" in words.words[at]
        )
    return any(word in _AUX_DE for word in window)


def _free(words: Words, at: int, language: Language) -> bool:
    """The question word does not hang on a verb of saying or knowing just before."""
    before = set(words.words[max(0, at - 3) : at])
    hooks = {
        "de": {"weiss", "wissen", "sagen", "sagt", "sehen", "schauen", "gucken", "dass", "das", "alles"},
        "en": {"know", "see", "tell", "say", "that", "is", "understand", "sure", "about", "of", "to"},
    }
    return not before & hooks[language]


def _offers_choice(words: Words, at: int, end: int, language: Language) -> bool:
    link = "oder" if language == "de" else "or"
    return link in words.words[at + 3 : max(at + 3, min(end, at + 20) - 1)]
