"""The names of all measurements and structural acts that rules may use, each with what it measures.

A signal is a measurement, never a verdict. Signals named `likely-…` are a model's probability, 0 to 100, that a turn
does something in its context; they are missing where the model does not run. A comparison with a missing signal fails,
but for a `guard`, which then holds.
"""

import re
from collections.abc import Mapping

from coach.model import Language

MEASURED: Mapping[str, str] = {
    "words": "words in the turn",
    "sentences": "sentences in the turn",
    "questions": "questions in the turn",
    "turn": "the turn's number",
    "turns-left": "turns that come after this one",
    "position": "where in the call the turn stands, 0 to 100",
    "uptake": "how far the turn takes up the other side's turn before it, 0 to 100",
    "taken-up": "weight of the words that come back from the other side's turn before, rare ones more, 0 to 1000",
    "before-words": "words in the other side's turn before",
    "said-before": "share of the turn's five-word runs that its speaker said before, 0 to 100",
    "restates": "share of the turn's content words that its speaker said in one of the three turns before, 0 to 100",
    "broken": "1 where the turn ends in a dash or dots",
    "overlap": "seconds for which the turn overlaps the one before",
    "cut-off": "the same where the turn takes the floor: the one before is unfinished, or the overlap is long",
    "doubt": "share of the turn's words that the speech recogniser was not sure of, 0 to 100",
    "latency": "seconds of silence before the turn",
    "stretch-words": "words of the stretch that begins here, back-channels of the other not counting as a break",
    "stretch-seconds": "seconds of that stretch",
    "stretch-questions": "questions to the other side in that stretch",
    "superlatives": "superlatives in the turn",
    "prices": "sums and words of price in the turn",
    "terms": "technical terms in the turn and the speaker's turn before that the customer has not used",
    "days-late": "days between the enquiry and this contact",
    "asked-so-far": "questions the speaker asked before this turn",
    "refusals-so-far": "refusals of the customer before this turn",
    "mood": "the customer's mood, -100 to 100",
    "mood-after": "the customer's mean mood in the turns after this one, -100 to 100",
    "mood-before": "the customer's mean mood in the turns before this one, -100 to 100",
}

LIKELY: Mapping[str, str] = {
    "likely-passed-over": "the agent passes over something weighty that was said",
    "likely-left-open": "the agent leaves a question open",
    "likely-said-again": "the customer says again what was said before",
    "likely-recited": "the agent recites",
    "likely-unasked-offer": "the agent offers before having asked",
    "likely-cutting-in": "the agent cuts in",
    "likely-pressing-on": "the agent presses on after a no",
    "likely-unaccepted-no": "the customer has to end the call against the agent",
    "likely-pressure": "the agent puts pressure on",
    "likely-late": "the agent is late and does not say sorry for it",
    "likely-thin-answer": "the agent answers thinly",
    "likely-bare-no": "the agent turns a wish down without reason or way out",
    "likely-looking-down": "the agent places itself above the customer",
    "likely-long-talk": "the agent talks at length",
    "likely-jargon": "the agent uses terms that the customer cannot know",
    "likely-absolute-promise": "the agent promises what nobody can vouch for",
    "likely-blaming": "the agent puts the fault on others",
    "likely-disparaging": "the agent speaks ill of a competitor",
    "likely-haggling": "the agent duels over price",
    "likely-unregretted-fault": "a fault is reported and the agent does not regret it",
    "likely-hurry": "the agent shows having no time",
    "likely-tiering": "the agent lets the customer feel small",
    "likely-loose-promise": "the agent promises without a when or a who",
    "likely-rule-as-wall": "the agent hides behind a rule",
    "likely-unreassured": "the agent passes over a decision or a worry about it",
    "likely-loose-end": "the call ends without a next step",
    "likely-hype": "the agent stacks superlatives",
    "likely-cooling": "the customer's mood falls from here",
    "likely-acknowledging": "the agent takes up what was said",
    "likely-open-asking": "the agent asks an open question about the customer",
    "likely-accepting-no": "the agent takes a no well",
    "likely-weighing": "the agent gives reasons, pros and cons",
    "likely-other-way": "the agent names another way",
    "likely-owning": "the agent apologises and takes responsibility",
    "likely-honest-limit": "the agent says what it cannot do or know",
    "likely-who-by-when": "the agent says who does what by when",
    "likely-handing-choice": "the agent hands the decision to the customer",
    "likely-reassuring": "the agent confirms, thanks or takes a worry seriously",
    "likely-caring": "the agent offers help unprompted",
    "likely-delighting": "the agent goes beyond what was expected, and it shows",
}

TURN_SIGNALS: Mapping[str, str] = {**MEASURED, **LIKELY}

MEASURE = re.compile(r"\{([a-z-]+)\}")
"""A signal in a text, in whose place its value is put."""

CALL_SIGNALS: Mapping[str, str] = {
    "turns": "turns in the call",
    "agent-turns": "turns of the agent",
    "customer-turns": "turns of the customer",
    "words": "words in the call",
    "refusals": "refusals of the customer",
    "questions-by-agent": "questions of the agent",
    "settled": "turns at the end in which the customer says that all is settled or the agent asks",
    "mood-start": "the customer's mood in the first third, -100 to 100",
    "mood-end": "the customer's mood in the last third, -100 to 100",
}

BUILT_IN: Mapping[str, Mapping[Language, str]] = {
    "question-yes-no": {"en": "a question for yes or no", "de": "eine Ja-Nein-Frage"},
    "question-wh": {"en": "a question with a question word", "de": "eine W-Frage"},
    "question-choice": {"en": "a question that offers a choice", "de": "eine Auswahlfrage"},
    "question-open": {"en": "an open question", "de": "eine offene Frage"},
    "question-closed": {"en": "a closed question", "de": "eine geschlossene Frage"},
    "backchannel": {"en": "a mere “mhm” or “I see”", "de": "ein bloßes „mhm“ oder „ach so“"},
    "interruption": {"en": "breaks in on the other side's turn", "de": "fällt der anderen Seite ins Wort"},
    "last-turn": {"en": "the last turn of the call", "de": "der letzte Beitrag des Gesprächs"},
    "first-turn": {"en": "the first turn of the call", "de": "der erste Beitrag des Gesprächs"},
}
"""Acts that the structure shows; they need no cue file."""

BUILT_IN_ACTS: frozenset[str] = frozenset(BUILT_IN)

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
    "cut-off": "dasselbe, wo er das Wort nimmt: der davor ist nicht fertig, oder es dauert lange",
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


def meaning_of(signal: str, language: Language) -> str:
    """What a measurement of a turn tells, for a reader."""
    return _GERMAN[signal] if language == "de" else TURN_SIGNALS[signal]
