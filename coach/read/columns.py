"""Which column of a table holds what: by the headings, German or English, or by what stands in the cells."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from coach.read.labels import shape
from coach.read.units import seconds

Row: TypeAlias = Sequence[str]
Meaning: TypeAlias = Literal["speaker", "role", "text", "start", "end", "duration", "call", "id", "date", "confidence"]

HEADINGS: dict[Meaning, frozenset[str]] = {
    "speaker": frozenset(
        """speaker sprecher sprecherin speakername sprechername speakerlabel speakerid speakertag spk name participant
        participantname participantid teilnehmer teilnehmerin person wer who author autor user username sender absender
        party partei channel kanal channelid channeltag side seite stimme voice actor label redner rednerin
        gesprächspartner""".split()
    ),
    "role": frozenset("role rolle speakerrole participantrole sprecherrolle funktion turntype usertype".split()),
    "text": frozenset(
        """text äußerung aeusserung äusserung äußerungen utterance utterances transcript transkript transcription
        transkription content contents inhalt words wortlaut message nachricht messagetext gesagtes sentence satz
        segment gesprochen utterancetext rede beitrag redebeitrag gesprächstext conversationtext calltranscript
        turntext""".split()
    ),
    "start": frozenset(
        """start beginn anfang starttime startzeit beginntime begin begintime time zeit timestamp zeitstempel uhrzeit
        offset startoffset startsec startseconds starts tc timecode timestart zeitmarke position createdat""".split()
    ),
    "end": frozenset(
        "end ende endtime endzeit stop stoptime finish bis endoffset endsec endseconds timeend to".split()
    ),
    "duration": frozenset("duration dauer länge length dur".split()),
    "call": frozenset(
        """callid gesprächsid gespraechsid conversationid root sessionid session call anruf anrufid
        dialogueid dialogid dialogid datei file filename dateiname recordingid contactid ticket ticketid gesprächsnummer
        interactionid chatid threadid meetingid gesprächnr callnr vorgang conversation gespräch dialogue
        dialog""".split()
    ),
    "id": frozenset("id nr no nummer number lfd lfdnr".split()),
    "date": frozenset("date datum calldate gesprächsdatum anrufdatum".split()),
    "confidence": frozenset("confidence konfidenz score probability wahrscheinlichkeit avglogprob".split()),
}
_PERHAPS_TEXT = frozenset("conversation gespräch dialogue dialog body speech was line zeile call anruf".split())
"""Headings that mean the words only where no other does."""
_UNITS = frozenset("ms s sec secs seconds sekunden millis msec milliseconds in".split())
_MILLIS = frozenset("ms millis msec milliseconds".split())
_TOKEN = re.compile(r"[a-zäöüß]+")
_CAMEL = re.compile(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])")
_NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_LONGEST = 60
"""Characters of a heading."""
_SEEN = 400
"""Rows from which contents are guessed."""
_FEW = 12
"""Speakers at most, beside one in ten rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The places of the columns; None where a table has no such column."""

    text: int | None = None
    speaker: int | None = None
    role: int | None = None
    start: int | None = None
    end: int | None = None
    duration: int | None = None
    call: int | None = None
    id: int | None = None
    """A number of each row: of a call where a row is one, else of no interest."""
    date: int | None = None
    confidence: int | None = None
    wide: tuple[int, ...] = ()
    """Columns that each hold what one speaker says, under the speaker's label."""
    millis: bool | None = None
    """Whether times are milliseconds; None where the headings do not say."""


def header_columns(cells: Row) -> Columns | None:
    """The columns by their headings; None where the row is no header of a talk."""
    if any(len(cell) > _LONGEST for cell in cells):
        return None
    places, millis = _places([_key(cell) for cell in cells])
    if "text" not in places:
        wide = tuple(place for place, cell in enumerate(cells) if len(cell) > 1 and shape(cell.strip()) == "role")
        if 2 <= len(wide) <= 6 and len({cells[place].casefold().strip() for place in wide}) == len(wide):
            return Columns(wide=wide, start=places.get("start"), end=places.get("end"), call=places.get("call"))
        return None
    if len(places) < 2:
        return None
    return Columns(
        text=places["text"],
        speaker=places.get("speaker"),
        role=places.get("role"),
        start=places.get("start"),
        end=places.get("end"),
        duration=places.get("duration"),
        call=places.get("call"),
        id=places.get("id"),
        date=places.get("date"),
        confidence=places.get("confidence"),
        millis=millis,
    )


def _places(keys: Sequence[tuple[str, str, list[str]]]) -> tuple[dict[Meaning, int], bool | None]:
    """The first column of each meaning, and whether the times' headings say milliseconds."""
    places: dict[Meaning, int] = {}
    millis: bool | None = None
    for place, (key, bare, units) in enumerate(keys):
        meaning = _meaning(key) or _meaning(bare)
        if key in ("from", "von"):
            meaning = "start" if {"to", "bis"} & {other for other, _, _ in keys} else "speaker"
        if meaning and meaning not in places:
            places[meaning] = place
        if meaning in ("start", "end", "duration") and units:
            millis = any(unit in _MILLIS for unit in units)
    if "text" not in places:  # then a heading that may mean something else does
        perhaps = next((place for place, (key, _, _) in enumerate(keys) if key in _PERHAPS_TEXT), None)
        if perhaps is not None:
            places = {meaning: place for meaning, place in places.items() if place != perhaps} | {"text": perhaps}
    return places, millis


def _key(cell: str) -> tuple[str, str, list[str]]:
    """The heading's words as one, the same without units, and the units."""
    tokens = _TOKEN.findall(_CAMEL.sub(" ", cell).casefold())
    return (
        "".join(tokens),
        "".join(token for token in tokens if token not in _UNITS),
        [token for token in tokens if token in _UNITS],
    )


def _meaning(key: str) -> Meaning | None:
    return next((meaning for meaning, keys in HEADINGS.items() if key in keys), None)


def guessed_columns(rows: Sequence[Row]) -> Columns | None:
    """The columns by their contents: few labels that come again, times that grow, and the longest texts."""
    rows = rows[:_SEEN]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    columns = [[row[place].strip() if place < len(row) else "" for row in rows] for place in range(min(width, 40))]
    lengths = [statistics.fmean(len(cell) for cell in column) for column in columns]
    text = max(range(len(columns)), key=lambda place: lengths[place])
    speaker = next((p for p, column in enumerate(columns) if p != text and _are_labels(column)), None)
    if speaker is None or lengths[text] < 8 or not _are_words(columns[text]):
        return None
    times = [place for place, column in enumerate(columns) if place not in (text, speaker) and _are_times(column)]
    return Columns(
        text=text,
        speaker=speaker,
        start=times[0] if times else None,
        end=times[1] if len(times) > 1 else None,
    )


def _are_labels(column: Sequence[str]) -> bool:
    filled = [cell.casefold() for cell in column if cell]
    kinds = set(filled)
    named = all(len(cell) <= 60 and any(map(str.isalpha, cell)) and seconds(cell) is None for cell in kinds)
    few = 2 <= len(kinds) <= max(2, min(_FEW, len(filled) // 2) if len(filled) < 100 else len(filled) // 10)
    return named and few and len(filled) >= 0.5 * len(column)


def _are_words(column: Sequence[str]) -> bool:
    """Letters and spaces are most of what stands there: numbers and codes are nobody's talk."""
    characters = "".join(column)
    return sum(character.isalpha() or character.isspace() for character in characters) > 0.6 * len(characters)


def _are_times(column: Sequence[str]) -> bool:
    values = [_number(cell) if _NUMBER.fullmatch(cell) else seconds(cell) for cell in column if cell]
    known = [value for value in values if value is not None]
    if len(known) < 0.9 * len(column) or len(known) < 2:
        return False
    rising = sum(one <= two for one, two in pairwise(known))
    return rising >= 0.9 * (len(known) - 1) and known[0] < known[-1]


def _number(text: str) -> float:
    return float(text.replace(",", "."))
