"""What a file holds, told before anything is judged: format, speakers, roles, language, times, what was left out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.text import Text

from coach.model import Language, Metadata, Role
from coach.report.notes import note_in
from coach.report.page import BAD, GOOD, STRONG, Page, heading, put
from coach.report.wording import counted, number, quotation, speaker_name

SCHEMA = "coach-inspection/1"
_TEXTS: Mapping[str, tuple[str, str]] = {
    "format": ("Format", "Format"),
    "language": ("Sprache", "Language"),
    "unknown": ("unbekannt", "unknown"),
    "stated": ("in der Datei steht: {code}", "the file says: {code}"),
    "turns": ("Redebeiträge", "Turns"),
    "times": ("Zeiten", "Times"),
    "no-times": ("keine", "none"),
    "times-of": ("{n} von {all} Redebeiträgen, {start} bis {end}", "{n} of {all} turns, {start} to {end}"),
    "overlaps": ("Überlappungen: {n}", "overlaps: {n}"),
    "silence": ("Stille in Redebeiträgen: {n} Sekunden", "silence inside turns: {n} seconds"),
    "speakers": ("Sprecher", "Speakers"),
    "meta": ("Angaben zum Gespräch", "About the call"),
    "call_date": ("Datum", "Date"),
    "lead_date": ("Anfrage vom", "Enquiry of"),
    "agent": ("Berater", "Agent"),
    "customer": ("Kunde", "Customer"),
    "call_type": ("Art", "Kind"),
    "duration": ("Dauer", "Duration"),
    "doubtful": (
        "Wörter, bei denen die Spracherkennung unsicher war: {n}",
        "Words that the speech recogniser was not sure of: {n}",
    ),
    "notes": ("Hinweise zum Lesen", "Notes on reading"),
    "no-notes": ("Nichts wurde weggelassen.", "Nothing was left out."),
    "can": ("Kann bewertet werden: `coach review`", "Can be reviewed: `coach review`"),
    "the-agent": ("typisch Berater –", "typical of an agent –"),
    "the-customer": ("typisch Kunde –", "typical of a customer –"),
    "cannot": ("Kann nicht bewertet werden.", "Cannot be reviewed."),
}


_FORMATS: Mapping[str, str] = {
    "plain text": "einfacher Text",
    "CSV and TSV, also with semicolons from a German Excel; one row a turn or one row a call": (
        "CSV oder TSV, eine Zeile je Beitrag oder je Gespräch"
    ),
    "Excel workbook; one row a turn or one row a call": "Excel-Mappe, eine Zeile je Beitrag oder je Gespräch",
    "JSON Lines and lists of chat messages; one turn or one call a line": (
        "JSON Lines oder Chat-Nachrichten, ein Beitrag oder ein Gespräch je Zeile"
    ),
    "Text with a name and a time above the words (copied from Teams, Otter, Fireflies, Zoom chat)": (
        "Text mit Name und Uhrzeit über den Worten (kopiert aus Teams, Otter, Fireflies, Zoom-Chat)"
    ),
    "Word document (Teams in both layouts, Word, typed by hand)": "Word-Dokument (aus Teams oder von Hand geschrieben)",
    "noScribe (HTML; its WebVTT and text are read as such)": "noScribe (HTML)",
    "other JSON with a list of speakers and texts": "anderes JSON mit einer Liste von Sprechern und Texten",
    "ConvoKit corpus (its folder or `utterances.jsonl`)": "ConvoKit-Korpus (Ordner oder `utterances.jsonl`)",
}
"""In German; titles that are not here are names."""
_SIGN = re.compile(r"(?P<role>agent|customer): (?P<act>[\w-]+) “(?P<words>[^”]*)”")
_SIGNS = (
    (re.compile(r"label “(.+)”: the one who tells of the call"), "Name „{}“: wer vom Gespräch erzählt"),
    (re.compile(r"label “(.+)”"), "Name „{}“"),
    (re.compile(r"column “(.+)”: (.+)"), "Spalte „{}“: {}"),
    (re.compile(r"stated in the file"), "steht in der Datei"),
    (re.compile(r"nobody is named"), "niemand ist genannt"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerSeen:
    """A speaker with what tells the role."""

    label: str
    role: Role
    confidence: float
    evidence: tuple[str, ...]
    turns: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """All that reading shows of one file."""

    path: str
    format: str
    title: str
    language: str | None
    """ISO 639-1; None where it is none of those the coach can name."""
    language_names: Mapping[Language, str] = field(default_factory=dict)
    turns: int
    timed: int
    """Turns with a beginning."""
    start: float | None
    end: float | None
    overlaps: int
    silence: float
    doubtful: int
    speakers: tuple[SpeakerSeen, ...]
    meta: Metadata
    notes: tuple[str, ...]
    problem: str | None = None
    """Why it cannot be reviewed; None where it can."""
    hint: str | None = None
    acts: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    """What the acts are called that the signs of a role name."""


def as_json(seen: Inspection) -> str:
    """`coach-inspection/1`: every key is always there, what is not known is null."""
    meta = seen.meta
    value = {
        "schema": SCHEMA,
        "path": seen.path,
        "format": seen.format,
        "title": seen.title,
        "language": seen.language,
        "turns": seen.turns,
        "times": {
            "turns": seen.timed,
            "start": seen.start,
            "end": seen.end,
            "overlaps": seen.overlaps,
            "silence": seen.silence,
        },
        "speakers": [
            {
                "label": item.label,
                "role": item.role,
                "confidence": item.confidence,
                "evidence": list(item.evidence),
                "turns": item.turns,
                "words": item.words,
            }
            for item in seen.speakers
        ],
        "meta": {
            "call_date": meta.call_date.isoformat() if meta.call_date else None,
            "lead_date": meta.lead_date.isoformat() if meta.lead_date else None,
            "agent": meta.agent,
            "customer": meta.customer,
            "call_type": meta.call_type,
            "duration": meta.duration,
            "language": meta.language,
            "ids": dict(meta.ids),
        },
        "doubtful_words": seen.doubtful,
        "notes": list(seen.notes),
        "reviewable": seen.problem is None,
        "problem": seen.problem,
        "hint": seen.hint,
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def render(seen: Inspection, page: Page) -> None:
    """A page for people."""
    language = page.language
    heading(page, seen.path, mark="═")
    put(page, f"{_say('format', language)}: {_title(seen, language)} ({seen.format})")
    put(page, f"{_say('language', language)}: {_language(seen, language)}")
    put(page, f"{_say('turns', language)}: {seen.turns}")
    put(page, f"{_say('times', language)}: {_times(seen, language)}")
    heading(page, _say("speakers", language))
    for item in seen.speakers:
        put(page, speaker_name(item.label, item.role, item.confidence, language), first="  ")
        shares = (counted("turns", item.turns, language), counted("words", item.words, language))
        put(page, ", ".join(shares), first="    ")
        for reason in item.evidence:
            put(page, _reason(reason, seen.acts, language), first="    · ", rest="      ")
    known = _known(seen.meta)
    if known:
        heading(page, _say("meta", language))
    for name, value in known:
        put(page, f"{_say(name, language) if name in _TEXTS else name}: {value}", first="  ")
    _put_notes(seen, page)


def _say(name: str, language: Language, **values: object) -> str:
    return _TEXTS[name][0 if language == "de" else 1].format(**values)


def _title(seen: Inspection, language: Language) -> str:
    """The format's name; what is no name in it is translated."""
    return _FORMATS.get(seen.title, seen.title) if language == "de" else seen.title


def _reason(reason: str, acts: Mapping[str, Mapping[Language, str]], language: Language) -> str:
    """A sign of a role as it is read: “The agent gives name or company: “I'm …””."""
    words = _SIGN.fullmatch(reason)
    if words is not None and words["act"] in acts:
        who = {"agent": "the-agent", "customer": "the-customer"}[words["role"]]
        said = quotation(words["words"], language) if words["words"] else ""
        return f"{_say(who, language)} {acts[words['act']][language]}" + (f": {said}" if said else "")
    if language == "de":
        for pattern, german in _SIGNS:
            if (found := pattern.fullmatch(reason)) is not None:
                return german.format(*found.groups())
    return reason


def _times(seen: Inspection, language: Language) -> str:
    if not seen.timed:
        return _say("no-times", language)
    span = {"start": _clock(seen.start), "end": _clock(seen.end)}
    times = _say("times-of", language, n=seen.timed, all=seen.turns, **span)
    if seen.overlaps:
        times += f"; {_say('overlaps', language, n=seen.overlaps)}"
    if seen.silence:
        times += f"; {_say('silence', language, n=number(seen.silence, language, digits=0))}"
    return times


def _put_notes(seen: Inspection, page: Page) -> None:
    language = page.language
    heading(page, _say("notes", language))
    for note in seen.notes:
        put(page, note_in(note, language), first="  ")
    if seen.doubtful:
        put(page, _say("doubtful", language, n=seen.doubtful), first="  ")
    if not seen.notes and not seen.doubtful:
        put(page, _say("no-notes", language), first="  ")
    page.console.print()
    if seen.problem is None:
        put(page, Text(_say("can", language), style=GOOD))
        return
    put(page, Text.assemble((_say("cannot", language), BAD), " ", (seen.problem, STRONG)))
    if seen.hint:
        put(page, seen.hint)


def _language(seen: Inspection, language: Language) -> str:
    name = seen.language_names.get(language) or seen.language or _say("unknown", language)
    stated = seen.meta.language
    if stated and stated != seen.language:
        name += f" ({_say('stated', language, code=stated)})"
    return name


def _known(meta: Metadata) -> list[tuple[str, str]]:
    pairs: list[tuple[str, object]] = [
        ("call_date", meta.call_date),
        ("lead_date", meta.lead_date),
        ("agent", meta.agent),
        ("customer", meta.customer),
        ("call_type", meta.call_type),
        ("duration", None if meta.duration is None else _clock(meta.duration)),
        *meta.ids.items(),
    ]
    return [(name, str(value)) for name, value in pairs if value is not None]


def _clock(seconds: float | None) -> str:
    whole = round(seconds or 0.0)
    return (
        f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
        if whole >= 3600
        else f"{whole // 60}:{whole % 60:02}"
    )
