"""What a rule may be built from: acts and signals with what they mean; `coach rules acts` prints it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from coach.model import Language
from coach.rulebook import ActSpec, RuleBook
from coach.signals import BUILT_IN, BUILT_IN_ACTS, CALL_SIGNALS, LIKELY, MEASURED, meaning_of

Sort: TypeAlias = Literal["act", "structure", "turn", "call", "likely"]

HEADINGS: Mapping[Language, Mapping[Sort, str]] = {
    "de": {
        "act": "Akte: was ein Beitrag tut (in any, all, none)",
        "structure": "Akte, die der Aufbau zeigt (ebenso)",
        "turn": "Messungen an einem Beitrag (in signals)",
        "call": "Messungen am ganzen Gespräch (in call)",
        "likely": "Wahrscheinlichkeiten des Modells, 0 bis 100 (in signals und guard)",
    },
    "en": {
        "act": "Acts: what a turn does (in any, all, none)",
        "structure": "Acts that the structure shows (likewise)",
        "turn": "Measurements of a turn (in signals)",
        "call": "Measurements of the whole call (in call)",
        "likely": "Probabilities of the model, 0 to 100 (in signals and guard)",
    },
}
WORDS: Mapping[Language, Mapping[str, str]] = {
    "de": {
        "agent": "Berater",
        "customer": "Kunde",
        "both": "beide",
        "cues": "Wendungen",
        "members": "Einer von",
        "has": "Beispiele",
        "lacks": "Das ist es nicht",
    },
    "en": {
        "agent": "agent",
        "customer": "customer",
        "both": "both",
        "cues": "Cues",
        "members": "Any of",
        "has": "Examples",
        "lacks": "Not this",
    },
}
_GERMAN_CALL: Mapping[str, str] = {
    "turns": "Beiträge im Gespräch",
    "agent-turns": "Beiträge des Beraters",
    "customer-turns": "Beiträge des Kunden",
    "words": "Wörter im Gespräch",
    "refusals": "Absagen des Kunden",
    "questions-by-agent": "Fragen des Beraters",
    "settled": "Beiträge am Ende, in denen der Kunde sagt, dass alles geklärt ist, oder der Berater danach fragt",
    "mood-start": "Stimmung des Kunden im ersten Drittel, -100 bis 100",
    "mood-end": "Stimmung des Kunden im letzten Drittel, -100 bis 100",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name that rules may use."""

    sort: Sort
    name: str
    meaning: str
    role: str = ""
    """Whose turns do it, as a reader calls them; empty where either side's may."""


def entries(book: RuleBook, language: Language) -> tuple[Entry, ...]:
    """All acts and signals, sort by sort, in the order of their names."""
    german = language == "de"
    built_in = {name: BUILT_IN[name][language] for name in BUILT_IN_ACTS}
    groups: tuple[tuple[Sort, Mapping[str, str]], ...] = (
        ("structure", built_in),
        ("turn", {name: meaning_of(name, language) for name in MEASURED}),
        ("call", {name: _GERMAN_CALL[name] if german else CALL_SIGNALS[name] for name in CALL_SIGNALS}),
        ("likely", {name: meaning_of(name, language) for name in LIKELY}),
    )
    acts = (
        Entry(sort="act", name=act.id, meaning=act.describes[language], role=_who(act, language))
        for act in book.acts.values()
    )
    rest = (
        Entry(sort=sort, name=name, meaning=names[name])
        for sort, names in groups
        for name in (sorted(names) if sort == "structure" else names)
    )
    return tuple(chain(acts, rest))


def act_lines(act: ActSpec, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Headings with what stands below: the act's members or cues, and its examples."""
    words = WORDS[language]
    examples = act.examples.get(language)
    cues = tuple(cue.phrase for cue in act.cues.get(language, ()))
    for name, lines in (
        ("members", act.members),
        ("cues", cues),
        ("has", examples.has if examples else ()),
        ("lacks", examples.lacks if examples else ()),
    ):
        if lines:
            yield words[name], tuple(lines)


def title_of(act: ActSpec, language: Language) -> str:
    """`vague-promise (agent): promises without a when or a who`."""
    return f"{act.id} ({_who(act, language) or WORDS[language]['both']}): {act.describes[language]}"


def _who(act: ActSpec, language: Language) -> str:
    return WORDS[language][next(iter(act.roles))] if len(act.roles) == 1 else ""
