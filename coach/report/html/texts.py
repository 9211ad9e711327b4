"""The fixed words of the HTML page, in German with du and Sie, and in English; what all reports say is `wording`."""

import re
from collections.abc import Mapping
from functools import lru_cache

from coach.model import Address, Language
from coach.report.wording import say

_TEXTS: Mapping[str, tuple[str, str]] = {  # German, English; `{Sie|du}` holds the two forms of address
    "page-title": ("{name} – Gesprächsbericht", "{name} – call report"),
    "page-title-many": ("{n} Gespräche – Übersicht", "{n} calls – overview"),
    "skip": ("Zum Inhalt springen", "Skip to the content"),
    "report": ("Gesprächsbericht", "Call report"),
    "overview": ("Übersicht", "Overview"),
    "to-overview": ("Zur Übersicht", "To the overview"),
    "sections": ("Abschnitte", "Sections"),
    "tools": ("Werkzeuge", "Tools"),
    "theme": ("Hell oder dunkel", "Light or dark"),
    "print": ("Drucken", "Print"),
    "save": ("Mit Notizen speichern", "Save with notes"),
    "export": ("Häkchen als CSV", "Ticks as CSV"),
    "save-help": (
        (
            "Notizen und Häkchen stehen nur in dieser Seite. „Mit Notizen speichern“ lädt sie samt Notizen als neue "
            "Datei herunter; nichts verlässt dieses Gerät."
        ),
        (
            "Notes and ticks live in this page only. “Save with notes” downloads it with them as a new file; nothing "
            "leaves this device."
        ),
    ),
    "export-help": (
        (
            "„Häkchen als CSV“ schreibt sie als Labels für „coach calibrate“: Besprochenes gilt als zutreffend, "
            "„trifft nicht zu“ als falscher Alarm, alles ohne Häkchen zählt nicht. {Legen Sie|Leg} die Datei in den "
            "Ordner der Gespräche."
        ),
        (
            "“Ticks as CSV” writes them as labels for “coach calibrate”: what was discussed counts as right, what was "
            "ticked as wrong as a false alarm, all else counts neither way. Put the file into the folder of the calls."
        ),
    ),
    "unsaved": ("Noch nicht gespeicherte Notizen", "Notes not saved yet"),
    "saved": ("Gespeichert: {name}", "Saved: {name}"),
    "roles": ("Wer spricht", "Who talks"),
    "evidence": ("Anhaltspunkte: {evidence}", "Signs: {evidence}"),
    "file": ("Datei", "File"),
    "length": ("Umfang", "Length"),
    "date": ("Datum", "Date"),
    "kind": ("Gesprächsart", "Kind of call"),
    "call-language": ("Sprache", "Language"),
    "redaction": ("Personendaten", "Personal data"),
    "redacted": ("pseudonymisiert", "pseudonymised"),
    "not-redacted": ("nicht pseudonymisiert: vertraulich behandeln", "not pseudonymised: keep confidential"),
    "own-notes": ("Notizen zum Gespräch", "Notes on the call"),
    "own-notes-help": (
        "Was {Sie|du} im Gespräch über das Gespräch festhalten {möchten|möchtest}.",
        "What you want to take away from the talk about the call.",
    ),
    "note": ("Notiz", "Note"),
    "note-finding": ("Notiz zu „{title}“, Beitrag {turn}", "Note on “{title}”, turn {turn}"),
    "note-turn": ("Notiz zu Beitrag {turn}", "Note on turn {turn}"),
    "add-note": ("Notiz", "Note"),
    "discussed": ("besprochen", "discussed"),
    "wrong": ("trifft nicht zu", "not so"),
    "marks": ("{title}, Beitrag {turn}: Häkchen", "{title}, turn {turn}: ticks"),
    "file-suffix": ("notizen", "notes"),
    "strengths-title": ("Stärken", "Strengths"),
    "focus-lead": (
        "Höchstens drei Dinge, das Wichtigste zuerst.",
        "Three things at most, the weightiest first.",
    ),
    "more-strengths": ("Weitere Stärken ({n})", "More strengths ({n})"),
    "read-turn": ("Im Gespräch lesen", "Read it in the call"),
    "read-at": ("Im Gespräch lesen: {title}, Beitrag {turn}", "Read it in the call: {title}, turn {turn}"),
    "also-in": ("Auch:", "Also:"),
    "more-places": ("und {n} weitere", "and {n} more"),
    "back-list": ("In der Befundliste", "In the list of findings"),
    "back-focus": ("Bei „Daran arbeiten“", "Under “Work on this”"),
    "scale": (
        "Bewertung {score} von 100 auf einer Skala mit der Nulllinie bei {zero}",
        "Score {score} of 100 on a scale with its zero line at {zero}",
    ),
    "scale-none": ("kein Wert", "no value"),
    "course": ("Gesprächsverlauf", "Course of the call"),
    "mood-title": ("Stimmungsverlauf", "Course of the mood"),
    "mood-lead": (
        "Was die Wortwahl der Kundenseite anzeigt – kein Befund über einen Menschen. 0 heißt: zufrieden, sonst nichts.",
        "What the customer's wording shows – no verdict on a person. 0 means: satisfied, and no more.",
    ),
    "mood-none": (
        "Zu wenige Beiträge der Kundenseite für einen Verlauf.",
        "Too few turns of the customer's for a course.",
    ),
    "mood-up": ("wärmer", "warmer"),
    "mood-zero": ("0 · zufrieden", "0 · satisfied"),
    "mood-down": ("kühler", "cooler"),
    "mood-alt": (
        "Stimmungsverlauf als Kurve; was sie zeigt, steht darunter in Worten.",
        "The course of the mood as a curve; what it shows stands below in words.",
    ),
    "mood-begin": ("Beginn", "Beginning"),
    "mood-low": ("Am kühlsten", "Coolest"),
    "mood-high": ("Am wärmsten", "Warmest"),
    "mood-least-warm": ("Am wenigsten warm", "Least warm"),
    "mood-least-cool": ("Am wenigsten kühl", "Least cool"),
    "mood-end": ("Ende", "End"),
    "legend-fault": ("Befund", "Finding"),
    "legend-strength": ("Stärke", "Strength"),
    "legend-mood": ("Stimmung", "Mood"),
    "legend-agent": ("Berater", "Agent"),
    "legend-customer": ("Kundenseite", "Customer"),
    "mark-turn": ("Beitrag {turn}: {titles}", "Turn {turn}: {titles}"),
    "share-title": ("Redeanteil im Verlauf", "Talk share over time"),
    "share-lead-time": ("Je Abschnitt des Gesprächs, nach Sprechzeit.", "For each part of the call, by speaking time."),
    "share-lead-words": ("Je Abschnitt des Gesprächs, nach Wörtern.", "For each part of the call, by words."),
    "share-none": ("Nicht messbar: Es spricht nur eine Seite.", "Cannot be measured: only one side talks."),
    "share-alt": (
        (
            "Redeanteil des Beraters: {first} im ersten Drittel, {middle} im zweiten, {last} im letzten; "
            "im ganzen Gespräch {all}."
        ),
        (
            "The agent's talk share: {first} in the first third, {middle} in the second, {last} in the last; "
            "{all} in the whole call."
        ),
    ),
    "share-half": ("50 %", "50%"),
    "more-figures": ("Weitere Kennzahlen ({n})", "More key figures ({n})"),
    "no-band": ("kein Richtwert", "no guide"),
    "unmeasured": ("Nicht messbar in diesem Gespräch: {names}.", "Not measurable in this call: {names}."),
    "list-title": ("Alle Befunde und Stärken", "All findings and strengths"),
    "list-none": ("Weder Befunde noch besondere Stärken.", "Neither findings nor particular strengths."),
    "at-turns": ("Beitrag", "turn"),
    "filter": ("Auswahl", "Filter"),
    "filter-dimension": ("Dimension", "Dimension"),
    "filter-severity": ("Schwere", "Severity"),
    "filter-what": ("Gespräch", "The call"),
    "filter-strengths": ("Stärken", "Strengths"),
    "filter-only": ("nur Beiträge mit Befund oder Stärke", "only turns with a finding or strength"),
    "filter-reset": ("Alles zeigen", "Show everything"),
    "filter-count": ("{n} von {all} Befunden und Stärken gezeigt", "{n} of {all} findings and strengths shown"),
    "explain-points": ("Punkte", "Points"),
    "explain-what": ("Was zählt", "What counts"),
    "explain-how": ("Gewicht", "Weight"),
    "explain-dimension": ("Dimension", "Dimension"),
    "notes-title": ("Hinweise zum Einlesen", "Notes on reading"),
    "made-by": ("Erstellt mit coach {version}", "Made with coach {version}"),
    "rules": ("Regelstand {hash}", "Rules {hash}"),
    "limits": (
        (
            "Der Bericht beschreibt Wortlaut, keine Absicht und keinen Menschen; er irrt sich mitunter. Er ist für das "
            "Coaching gedacht, zusammen mit der Person, um die es geht – nicht für Ranglisten, Gehalt oder Abmahnungen."
        ),
        (
            "The report describes wording, no intentions and no person, and it errs at times. It is meant for "
            "coaching, together with the person it is about – not for rankings, pay or warnings."
        ),
    ),
    "calls": ("Gespräche", "Calls"),
    "call": ("Gespräch", "Call"),
    "mean": ("Mittel der Bewertungen", "Mean score"),
    "order": ("In der Reihenfolge der Eingabe, ohne Rangliste.", "In the order given, not ranked."),
    "frequent": ("Am häufigsten", "Most frequent"),
    "in-calls": ("in {n} Gesprächen", "in {n} calls"),
    "in-calls-1": ("in 1 Gespräch", "in 1 call"),
    "waived-count": ("{n} mit Ausnahme", "{n} waived"),
    "waived-count-1": ("1 mit Ausnahme", "1 waived"),
    "findings": ("Befunde", "Findings"),
    "errors": ("Nicht gelesen", "Not read"),
    "nothing": ("Kein Gespräch konnte ausgewertet werden.", "No call could be reviewed."),
}
_ADDRESS = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def words(key: str, language: Language, address: Address = "sie", **values: object) -> str:
    """The text of the page, or where it has none of the reports, with its values put in; KeyError for neither."""
    text = _addressed(key, language, address)
    if text is None:
        return say(key, language, **values)
    return text.format(**values) if values else text


@lru_cache(maxsize=1_000)
def _addressed(key: str, language: Language, address: Address) -> str | None:
    """The text before its values are put in; a long call asks for the same few thousands of times."""
    if key not in _TEXTS:
        return None
    text = _TEXTS[key][0 if language == "de" else 1]
    return _ADDRESS.sub(lambda found: found[1 if address == "sie" else 2], text)
