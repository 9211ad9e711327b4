"""Which column of a table holds what: by the headings, German or English, or by what stands in the cells."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coach.read.labels import shape
from coach.read.units import seconds

Row: TypeAlias = Sequence[str]
Meaning: TypeAlias = Literal["speaker", "role", "text", "start", "end", "duration", "call", "date", "confidence"]

HEADINGS: dict[Meaning, frozenset[str]] = {
    "speaker": frozenset(
        """speaker sprecher sprecherin speakername sprechername speakerlabel speakerid speakertag spk name participant
        participantname participantid teilnehmer teilnehmerin person wer who author autor user username sender absender
        party partei channel kanal channelid channeltag side seite stimme voice actor label redner rednerin
        gesprächspartner from""".split()
    ),
    "role": frozenset("role rolle speakerrole participantrole sprecherrolle funktion turntype usertype".split()),
    "text": frozenset(
        """text äußerung aeusserung äusserung äußerungen utterance utterances transcript transkript transcription
        transkription content contents inhalt words wortlaut message nachricht messagetext gesagtes sentence satz segment
        gesprochen body dialogue dialog utterancetext speech rede beitrag redebeitrag conversation gespräch
        gesprächstext conversationtext calltranscript was line zeile turntext""".split()
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
        """callid gesprächsid gespraechsid conversationid conversation_id root sessionid session call anruf anrufid
        dialogueid dialogid dialogid datei file filename dateiname recordingid contactid ticket ticketid gesprächsnummer
        interactionid chatid threadid meetingid gesprächnr callnr vorgang""".split()
    ),
    "date": frozenset("date datum calldate gesprächsdatum anrufdatum".split()),
    "confidence": frozenset("confidence konfidenz score probability wahrscheinlichkeit avglogprob".split()),
}
_UNITS = frozenset("ms s sec secs seconds sekunden millis msec milliseconds in".split())
_MILLIS = frozenset("ms millis msec milliseconds".split())
_TOKEN = re.compile(r"[a-zäöüß]+")
_CAMEL = re.compile(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])")
_WHOLE = re.compile(r"\s*[0-9]{1,15}\s*")
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
    date: int | None = None
    confidence: int | None = None
    wide: tuple[int, ...] = ()
    """Columns that each hold what one speaker says, under the speaker's label."""
    millis: bool | None = None
    """Whether times are milliseconds; None where the headings do not say."""


def header_columns(cells: Row) -> Columns | None:
    """The columns by their headings; None where the row is no header of a talk."""
    places: dict[Meaning, int] = {}
    millis: bool | None = None
    for place, cell in enumerate(cells):
        if len(cell) > 60:
            return None
        tokens = _TOKEN.findall(_CAMEL.sub(" ", cell).casefold())
        units = [token for token in tokens if token in _UNITS]
        key = "".join(tokens)
        bare = "".join(token for token in tokens if token not in _UNITS)
        meaning = _meaning(key) or _meaning(bare)
        if meaning and meaning not in places:
            places[meaning] = place
        if meaning in ("start", "end", "duration") and units:
            millis = any(token in _MILLIS for token in units)
    if "text" not in places:
        wide = tuple(place for place, cell in enumerate(cells) if shape(cell.strip()) == "role")
        if 2 <= len(wide) <= 6 and len({cells[place].casefold().strip() for place in wide}) == len(wide):
            return Columns(wide=wide, start=places.get("start"), end=places.get("end"), call=places.get("call"))
        return None
    if len(places) < 2:
        return None
    return Columns(**places, millis=millis)


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
    if speaker is None or lengths[text] < 8:
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


def _are_times(column: Sequence[str]) -> bool:
    values = [seconds(cell, per_second=1000 if _WHOLE.fullmatch(cell) else 1) for cell in column if cell]
    known = [value for value in values if value is not None]
    if len(known) < 0.9 * len(column) or len(known) < 2:
        return False
    rising = sum(one <= two for one, two in zip(known, known[1:], strict=False))
    return rising >= 0.9 * (len(known) - 1) and known[0] < known[-1]
