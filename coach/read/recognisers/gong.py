"""Gong's calls (`/v2/calls/transcript`, with the parties of `/v2/calls/extensive`), and Gecko's monologues."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from coach.callfile import PARTIES
from coach.errors import UnreadableTranscriptError
from coach.model import Metadata, Speaker
from coach.read.document import Table, known_version, label, rows, said, table
from coach.read.parts import one_call
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard, Word, in_order, language_code, segments_of, speaker
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="gong",
        title="Gong API",
        reads=frozenset({"speakers", "times", "roles", "metadata"}),
        sample="tests/read/samples/gong.json",
    ),
    FormatInfo(
        name="gecko", title="Gecko", reads=frozenset({"speakers", "times"}), sample="tests/read/samples/gecko.json"
    ),
)


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By the list of transcripts, or the monologues' terms."""
    if any("callTranscripts" in part or _is_extensive(part) for part in _parts(found)):
        return "gong"
    top = table(found)
    if any("terms" in row for row in rows(top.get("monologues"))):
        return "gecko"
    return "gecko" if "schemaVersion" in top and "monologues" in top else None


def heard(found: Any, name: str, source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Sentences under the names of the parties, where the file holds them."""
    if name == "gecko":
        top = table(found)
        known_version(top.get("schemaVersion"), ("1", "2"), source=source, title="a Gecko document")
        return Heard(segments=in_order(_gecko(top)))
    if not any("callTranscripts" in part for part in _parts(found)):
        raise UnreadableTranscriptError(
            "This is what Gong says of calls (/v2/calls/extensive), without their words.",
            place=source.path,
            hint=f"Give the answer of /v2/calls/transcript as NAME.json, and put this one beside it as NAME{PARTIES}.",
        )
    transcripts = [row for part in _parts(found) for row in rows(part.get("callTranscripts"))]
    spoken = one_call(transcripts, [_ident(row.get("callId")) for row in transcripts], source)
    call = _call(found, spoken)
    about = table(call.get("metaData")) or table(call.get("call")) or call
    names, speakers = _parties([*rows(call.get("parties")), *rows(spoken.get("parties"))])
    segments: list[Segment] = []
    for monologue in rows(spoken.get("transcript")):
        ident = _ident(monologue.get("speakerId"))
        who = names.get(ident) or (f"Speaker {ident}" if ident else None)
        for sentence in rows(monologue.get("sentences")):
            start, end = (seconds(sentence.get(key), per_second=1000) for key in ("start", "end"))
            segments.append(Segment(speaker=who, text=said(sentence.get("text")), start=start, end=end))
    ids = {"call": _ident(spoken.get("callId")), "title": said(about.get("title"))}
    meta = Metadata(
        call_date=_day(about.get("started") or about.get("scheduled")),
        agent=_only(speakers, "agent"),
        customer=_only(speakers, "customer"),
        duration=seconds(about.get("duration")),
        language=language_code(about.get("language")),
        ids={key: value for key, value in ids.items() if value},
    )
    return Heard(segments=in_order(segments), meta=meta, speakers=speakers, notes=() if names else (_NO_PARTIES,))


_NO_PARTIES = (
    "Gong's parties are missing, so names and roles are not known; "
    f"the answer of /v2/calls/extensive is read from NAME{PARTIES} beside the file."
)


def _is_extensive(part: Table) -> bool:
    """True for the list of calls with their parties."""
    return any("parties" in call and "metaData" in call for call in rows(part.get("calls")))


def _parts(found: Any) -> list[Table]:  # noqa: ANN401 - any JSON value
    """The document, or the answers of both calls of the API in a list."""
    return list(rows(found)) if isinstance(found, list) else [table(found)]


def _call(found: Any, spoken: Table) -> Table:  # noqa: ANN401 - any JSON value
    """What the file says of the call beside its words, wherever it stands."""
    calls = [call for part in _parts(found) for call in (*rows(part.get("calls")), table(part.get("call")))]
    ident = _ident(spoken.get("callId"))
    same = (call for call in calls if _ident((table(call.get("metaData")) or call).get("id")) == ident)
    return next(same, {}) or next((part for part in _parts(found) if "parties" in part), {})


def _ident(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**60 else ""
    return said(value)[:60]


def _parties(parties: list[Table]) -> tuple[dict[str, str], tuple[Speaker, ...]]:
    """The names by speaker id, and the roles that the affiliations give: internal serves, external is served."""
    names: dict[str, str] = {}
    speakers: dict[str, Speaker] = {}
    for party in parties:
        ident = _ident(party.get("speakerId"))
        if not ident or ident in names:
            continue
        who = label(party.get("name")) or label(party.get("emailAddress")) or f"Speaker {ident}"
        if who in names.values():
            who = f"{who} ({ident[-4:]})"
        names[ident] = who
        known = speaker(who, party.get("affiliation"), where="affiliation")
        if known:
            speakers[who] = known
    return names, tuple(speakers.values())


def _only(speakers: tuple[Speaker, ...], role: str) -> str | None:
    """The name of the one who has the role, if it is just one."""
    found = [each.label for each in speakers if each.role == role]
    return found[0] if len(found) == 1 else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _gecko(top: Table) -> list[Segment]:
    segments: list[Segment] = []
    for row in rows(top.get("monologues")):
        who = table(row.get("speaker"))
        speaker_ = label(who.get("name")) or label(who.get("id")) or label(row.get("speaker"))
        segments += segments_of(_terms(row, speaker_))
    return segments


def _terms(row: Table, who: str | None) -> Iterator[Word]:
    for term in rows(row.get("terms")):
        mark = term.get("type") == "PUNCTUATION"
        start, end = (None, None) if mark else (seconds(term.get("start")), seconds(term.get("end")))
        yield Word(said(term.get("text")), start, end, who, glued=mark)
