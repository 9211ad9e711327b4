"""Amazon's calls with roles: Transcribe Call Analytics, Contact Lens (voice and chat), Post Call Analytics."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from coach.model import Metadata, Speaker
from coach.read.document import Table, known_version, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Gives, Source
from coach.read.spoken import Heard, doubtful, in_order, language_code, speaker
from coach.read.units import seconds

_ALL: frozenset[Gives] = frozenset({"speakers", "times", "roles", "confidence", "metadata"})
FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="amazon-call-analytics",
        title="Amazon Transcribe Call Analytics",
        reads=_ALL,
        sample="tests/read/samples/amazon_call_analytics.json",
    ),
    FormatInfo(
        name="contact-lens",
        title="Amazon Connect Contact Lens (voice and chat)",
        reads=frozenset({"speakers", "times", "roles", "metadata"}),
        sample="tests/read/samples/contact_lens_chat.json",
    ),
    FormatInfo(
        name="amazon-pca",
        title="Amazon Post Call Analytics",
        reads=_ALL,
        sample="tests/read/samples/amazon_pca.json",
    ),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By the list of contributions with a participant."""
    top = table(found)
    if "SpeechSegments" in top and "ConversationAnalytics" in top:
        return "amazon-pca"
    if not any(_is_contribution(row) for row in _contributions(top)):
        return None
    lens = "CustomerMetadata" in top or "ContactId" in top or "InitialContactId" in top or "Segments" in top
    return "contact-lens" if lens or top.get("Channel") == "CHAT" or "JobName" not in top else "amazon-call-analytics"


def heard(found: Any, name: str, source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Contributions under the participant's role, which the format states."""
    top = table(found)
    if name == "amazon-pca":
        return _post_call(top)
    if name == "contact-lens":
        known_version(top.get("Version"), ("1",), source=source, title="Contact Lens output")
    roles = {said(row.get("ParticipantId")): row.get("ParticipantRole") for row in rows(top.get("Participants"))}
    segments: list[Segment] = []
    speakers: dict[str, Speaker] = {}
    dropped = 0
    zero: datetime | None = None
    for row in _contributions(top):
        if not _is_contribution(row):
            dropped += 1
            continue
        stated = row.get("ParticipantRole") or roles.get(said(row.get("ParticipantId"))) or row.get("ParticipantId")
        who = label(row.get("DisplayName")) or _titled(stated)
        known = speaker(who, stated, where="ParticipantRole") if who else None
        if who and known and speakers.setdefault(who, known).role != known.role:
            who = f"{who} ({_titled(stated)})"
            speakers[who] = Speaker(label=who, role=known.role, confidence=1.0, evidence=known.evidence)
        moment = _moment(row.get("AbsoluteTime"))
        zero = zero or moment
        segments.append(_contribution(row, who, moment, zero))
    notes = (f"Events of the chat that are no messages were left out: {dropped}.",) if dropped else ()
    return Heard(segments=in_order(segments), meta=_meta(top, zero), speakers=tuple(speakers.values()), notes=notes)


def _contributions(top: Table) -> Iterator[Table]:
    yield from rows(top.get("Transcript"))
    for row in rows(top.get("Segments")):
        if isinstance(row.get("Transcript"), dict):  # real-time analysis wraps each contribution
            yield row["Transcript"]


def _is_contribution(row: Table) -> bool:
    kind = row.get("Type", "MESSAGE")
    who = "ParticipantRole" in row or "ParticipantId" in row
    return who and isinstance(row.get("Content"), str) and kind == "MESSAGE"


def _titled(stated: object) -> str | None:
    """`AGENT` as people write it; ids stay as they are."""
    name = label(stated)
    return name.capitalize() if name and name.isupper() and name.isalpha() else name


def _contribution(row: Table, who: str | None, moment: datetime | None, zero: datetime | None) -> Segment:
    start = seconds(row.get("BeginOffsetMillis"), per_second=1000)
    if start is None and moment and zero:
        start = seconds((moment - zero).total_seconds())
    items = ((said(item.get("Content")), number(item.get("Confidence"))) for item in _heard_items(row))
    return Segment(
        speaker=who,
        text=said(row.get("Content")),
        start=start,
        end=seconds(row.get("EndOffsetMillis"), per_second=1000),
        doubtful=doubtful(items),
    )


def _heard_items(row: Table) -> Iterator[Table]:
    return (item for item in rows(row.get("Items")) if said(item.get("Type")).casefold() != "punctuation")


def _meta(top: Table, zero: datetime | None) -> Metadata:
    about = table(top.get("CustomerMetadata"))
    ids = {
        "job": said(top.get("JobName")),
        "contact": said(about.get("ContactId") or top.get("ContactId") or top.get("InitialContactId")),
    }
    length = table(top.get("ConversationCharacteristics")).get("TotalConversationDurationMillis")
    return Metadata(
        call_date=zero.date() if zero else None,
        duration=seconds(length, per_second=1000),
        language=language_code(top.get("LanguageCode")),
        ids={key: value for key, value in ids.items() if value},
    )


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found else None


def _day(value: object) -> date | None:
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _post_call(top: Table) -> Heard:
    about = table(top.get("ConversationAnalytics"))
    names = {said(row.get("Speaker")): label(row.get("DisplayText")) for row in rows(about.get("SpeakerLabels"))}
    segments: list[Segment] = []
    speakers: dict[str, Speaker] = {}
    for row in rows(top.get("SpeechSegments")):
        who = names.get(said(row.get("SegmentSpeaker"))) or label(row.get("SegmentSpeaker"))
        known = speaker(who, who, where="SpeakerLabels") if who else None
        if who and known:
            speakers[who] = known
        words = ((said(word.get("Text")), number(word.get("Confidence"))) for word in rows(row.get("WordConfidence")))
        segments.append(
            Segment(
                speaker=who,
                text=said(row.get("DisplayText") or row.get("OriginalText")),
                start=seconds(row.get("SegmentStartTime")),
                end=seconds(row.get("SegmentEndTime")),
                doubtful=doubtful(words),
            )
        )
    agent, guid = said(about.get("Agent")), said(about.get("GUID"))
    meta = Metadata(
        call_date=_day(about.get("ConversationTime")),
        agent=agent if agent not in ("", "None") else None,
        duration=seconds(about.get("Duration")),
        language=language_code(about.get("LanguageCode")),
        ids={"call": guid} if guid not in ("", "None") else {},
    )
    return Heard(segments=in_order(segments), meta=meta, speakers=tuple(speakers.values()))
