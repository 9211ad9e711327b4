"""FOLKER and OrthoNormal: contributions on a timeline, plain or taken apart into words, pauses and breath."""

from coach.model import Transcript
from coach.read.inline import Tags, said
from coach.read.marks import UNINTELLIGIBLE, lost_note, plain
from coach.read.source import FormatInfo, Source
from coach.read.turns import Segment, build_transcript
from coach.read.units import seconds
from coach.read.xmlfile import all_text, begins_with, parsed

NAME = "folker"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="FOLKER, OrthoNormal",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/research/call.flk",
    ),
)
_TAGS = Tags(
    silent=frozenset({"pause", "breathe", "time"}),
    events=frozenset({"non-phon"}),
    guesses=frozenset({"uncertain"}),
    choices=frozenset({"uncertain"}),
)


def detect(source: Source) -> bool:
    """The first element says so."""
    return begins_with(source, "folker-transcription")


def read(source: Source) -> Transcript:
    """The talk in the contributions; pauses that are nobody's are left out."""
    root = parsed(source, kind="FOLKER")
    names: dict[str, str] = {}
    for speaker in root.iter("speaker"):
        key = speaker.get("speaker-id", "")
        name = speaker.find("name")
        label = (all_text(name) if name is not None else "") or key
        names[key] = label if label not in names.values() else f"{label} ({key})"
    times = {point.get("timepoint-id", ""): seconds(point.get("absolute-time", "")) for point in root.iter("timepoint")}
    segments: list[Segment] = []
    lost = 0
    for contribution in root.iter("contribution"):
        heard = said(contribution, _TAGS)
        words, remarks, doubtful = plain(heard.text)
        remarks = (*heard.remarks, *remarks)
        who = contribution.get("speaker-reference")
        if not words and (not remarks or who is None):
            continue
        lost += remarks.count(UNINTELLIGIBLE)
        segments.append(
            Segment(
                speaker=names.get(who, who) if who else None,
                text=words,
                start=times.get(contribution.get("start-reference", "")),
                end=times.get(contribution.get("end-reference", "")),
                remarks=remarks,
                doubtful=(*heard.doubtful, *doubtful),
            )
        )
    return build_transcript(source, in_time(segments), name=NAME, notes=lost_note(lost))


def in_time(segments: list[Segment]) -> list[Segment]:
    """The segments by their beginnings where all have one; else as they stand."""
    if any(segment.start is None for segment in segments):
        return segments
    return sorted(segments, key=lambda segment: segment.start or 0.0)
