"""What a rule may be built from: acts and signals with what they mean; `coach rules acts` prints it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal, TypeAlias

from coach.model import Language
from coach.rulebook import ActSpec, RuleBook
from coach.signals import BUILT_IN_ACTS, CALL_SIGNALS, LIKELY, MEASURED

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
_BUILT_IN: Mapping[str, tuple[str, str]] = {
    "question-yes-no": ("a question for yes or no", "eine Ja-Nein-Frage"),
    "question-wh": ("a question with a question word", "eine W-Frage"),
    "question-choice": ("a question that offers a choice", "eine Auswahlfrage"),
    "question-open": ("an open question", "eine offene Frage"),
    "question-closed": ("a closed question", "eine geschlossene Frage"),
    "backchannel": ("a mere “mhm” or “I see”", "ein bloßes „mhm“ oder „ach so“"),
    "interruption": ("breaks in on the other side's turn", "fällt der anderen Seite ins Wort"),
    "last-turn": ("the last turn of the call", "der letzte Beitrag des Gesprächs"),
    "first-turn": ("the first turn of the call", "der erste Beitrag des Gesprächs"),
}
_GERMAN: Mapping[str, str] = {
    "words": "Wörter im Beitrag",
    "sentences": "Sätze im Beitrag",
    "questions": "Fragen im Beitrag",
    "turn": "Nummer des Beitrags",
    "turns-left": "Beiträge, die danach noch kommen",
    "position": "wo im Gespräch der Beitrag steht, 0 bis 100",
    "uptake": "wie weit er den Beitrag der anderen Seite davor aufgreift, 0 bis 100",
    "taken-up": "Gewicht der Wörter, die aus dem fremden Beitrag davor wiederkehren, seltene mehr, 0 bis 1000",
    "before-words": "Wörter im Beitrag der anderen Seite davor",
    "said-before": "Anteil der Folgen von fünf Wörtern, die dieselbe Person schon gesagt hat, 0 bis 100",
    "restates": "Anteil der Inhaltswörter aus einem der drei eigenen Beiträge davor, 0 bis 100",
    "broken": "1, wo der Beitrag mit Strich oder Punkten abbricht",
    "overlap": "Sekunden, die er sich mit dem Beitrag davor überschneidet",
    "doubt": "Anteil der Wörter, bei denen die Spracherkennung unsicher war, 0 bis 100",
    "latency": "Sekunden Stille davor",
    "stretch-words": "Wörter der Strecke, die hier beginnt; Hörersignale unterbrechen sie nicht",
    "stretch-seconds": "Sekunden dieser Strecke",
    "stretch-questions": "Fragen an die andere Seite in dieser Strecke",
    "superlatives": "Superlative im Beitrag",
    "prices": "Summen und Wörter vom Preis im Beitrag",
    "terms": "Fachwörter hier und im eigenen Beitrag davor, die der Kunde nicht gebraucht hat",
    "days-late": "Tage zwischen der Anfrage und diesem Kontakt",
    "asked-so-far": "Fragen derselben Person davor",
    "refusals-so-far": "Absagen des Kunden davor",
    "mood": "Stimmung des Kunden, -100 bis 100",
    "mood-after": "mittlere Stimmung des Kunden danach, -100 bis 100",
    "mood-before": "mittlere Stimmung des Kunden davor, -100 bis 100",
    "likely-passed-over": "der Berater übergeht etwas Gewichtiges",
    "likely-left-open": "der Berater lässt eine Frage offen",
    "likely-said-again": "der Kunde sagt noch einmal, was gesagt war",
    "likely-recited": "der Berater sagt auf",
    "likely-unasked-offer": "der Berater bietet an, bevor er gefragt hat",
    "likely-cutting-in": "der Berater fällt ins Wort",
    "likely-pressing-on": "der Berater macht nach einem Nein weiter",
    "likely-unaccepted-no": "der Kunde muss das Gespräch gegen den Berater beenden",
    "likely-pressure": "der Berater macht Druck",
    "likely-late": "der Berater meldet sich spät und entschuldigt sich nicht",
    "likely-thin-answer": "der Berater antwortet dünn",
    "likely-bare-no": "der Berater lehnt ohne Grund und Ausweg ab",
    "likely-looking-down": "der Berater stellt sich über den Kunden",
    "likely-long-talk": "der Berater redet lange",
    "likely-jargon": "der Berater gebraucht Wörter, die der Kunde nicht kennen kann",
    "likely-absolute-promise": "der Berater verspricht, wofür niemand einstehen kann",
    "likely-blaming": "der Berater schiebt die Schuld auf andere",
    "likely-disparaging": "der Berater redet schlecht über einen Wettbewerber",
    "likely-haggling": "der Berater feilscht um den Preis",
    "likely-unregretted-fault": "ein Fehler wird gemeldet, und der Berater bedauert ihn nicht",
    "likely-hurry": "der Berater zeigt, dass er keine Zeit hat",
    "likely-tiering": "der Berater lässt den Kunden spüren, dass er klein ist",
    "likely-loose-promise": "der Berater sagt ohne Wann oder Wer zu",
    "likely-rule-as-wall": "der Berater versteckt sich hinter einer Vorschrift",
    "likely-unreassured": "der Berater übergeht eine Entscheidung oder die Sorge darum",
    "likely-loose-end": "das Gespräch endet ohne nächsten Schritt",
    "likely-hype": "der Berater häuft Superlative",
    "likely-cooling": "ab hier sinkt die Stimmung des Kunden",
    "likely-acknowledging": "der Berater greift auf, was gesagt wurde",
    "likely-open-asking": "der Berater fragt offen nach dem Kunden",
    "likely-accepting-no": "der Berater nimmt ein Nein gut an",
    "likely-weighing": "der Berater nennt Gründe, Für und Wider",
    "likely-other-way": "der Berater nennt einen anderen Weg",
    "likely-owning": "der Berater entschuldigt sich und übernimmt Verantwortung",
    "likely-honest-limit": "der Berater sagt, was er nicht kann oder weiß",
    "likely-who-by-when": "der Berater sagt, wer bis wann was tut",
    "likely-handing-choice": "der Berater gibt dem Kunden die Entscheidung",
    "likely-reassuring": "der Berater bestätigt, dankt oder nimmt eine Sorge ernst",
    "likely-caring": "der Berater bietet ungefragt Hilfe an",
    "likely-delighting": "der Berater tut mehr als erwartet, und man merkt es",
}
_GERMAN_CALL: Mapping[str, str] = {
    "turns": "Beiträge im Gespräch",
    "agent-turns": "Beiträge des Beraters",
    "customer-turns": "Beiträge des Kunden",
    "words": "Wörter im Gespräch",
    "refusals": "Absagen des Kunden",
    "questions-by-agent": "Fragen des Beraters",
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
    built_in = {name: _BUILT_IN[name][german] for name in BUILT_IN_ACTS}
    groups: tuple[tuple[Sort, Mapping[str, str]], ...] = (
        ("structure", built_in),
        ("turn", {name: _GERMAN[name] if german else MEASURED[name] for name in MEASURED}),
        ("call", {name: _GERMAN_CALL[name] if german else CALL_SIGNALS[name] for name in CALL_SIGNALS}),
        ("likely", {name: _GERMAN[name] if german else LIKELY[name] for name in LIKELY}),
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
