"""EXMARaLDA's basic transcription: layers with events on a common timeline."""

from xml.etree.ElementTree import Element

from coach.model import Metadata, Speaker, Transcript
from coach.read.marks import stated
from coach.read.source import FormatInfo, Source
from coach.read.tiers import Mark, Tier, talk
from coach.read.units import seconds
from coach.read.xmlfile import all_text, begins_with, parsed

NAME = "exmaralda"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="EXMARaLDA",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/research/call.exb",
    ),
)


def detect(source: Source) -> bool:
    """The first element says so."""
    return begins_with(source, "basic-transcription")


def read(source: Source) -> Transcript:
    """The talk in the layers of type `t`, first of all those of category `v`."""
    root = parsed(source, kind="EXMARaLDA")
    labels, sides = _speakers(root)
    places, times = _timeline(root)
    tiers = [
        Tier(
            name=tier.get("display-name") or tier.get("category") or tier.get("id") or "?",
            speaker=labels.get(tier.get("speaker", "")),
            marks=tuple(_marks(tier, places, times)),
            preferred=tier.get("type") == "t" and tier.get("category", "v") == "v",
        )
        for tier in root.iter("tier")
        if tier.get("type", "t") == "t" or tier.get("category") == "v"
    ]
    spoken = [tier for tier in tiers if tier.speaker is not None]
    return talk(source, spoken or tiers, name=NAME, meta=Metadata(), speakers=sides)


def _speakers(root: Element) -> tuple[dict[str, str], list[Speaker]]:
    """Id → label, and the sides that the file states."""
    labels: dict[str, str] = {}
    sides: list[Speaker] = []
    for speaker in root.iter("speaker"):
        key = speaker.get("id", "")
        short = speaker.find("abbreviation")
        label = (all_text(short) if short is not None else "") or key
        if label in labels.values():
            label = f"{label} ({key})"
        labels[key] = label
        for info in speaker.iter("ud-information"):
            if info.get("attribute-name", "").casefold() in ("role", "rolle"):
                side = stated(label, all_text(info), source="role")
                sides += [side] if side else []
    return labels, sides


def _timeline(root: Element) -> tuple[dict[str, int], dict[str, float]]:
    """The place of each point on the timeline, and the seconds of those that have a time."""
    places: dict[str, int] = {}
    times: dict[str, float] = {}
    for place, point in enumerate(root.iter("tli")):
        key = point.get("id", "")
        places[key] = place
        time = seconds(point.get("time", ""))
        if time is not None:
            times[key] = time
    return places, times


def _marks(tier: Element, places: dict[str, int], times: dict[str, float]) -> list[Mark]:
    """Stretches of speech: events that follow each other without a gap are one, written together as they stand."""
    events = [(event.get("start", ""), event.get("end", ""), _said(event)) for event in tier.findall("event")]
    events.sort(key=lambda event: places.get(event[0], 0))
    # Where no event has a space at its end, the events are words.
    glue = "" if any(text != text.strip() for _, _, text in events) else " "
    found: list[tuple[str, str, list[str]]] = []
    for start, end, text in events:
        if found and found[-1][1] == start and text.strip():
            found[-1][2].append(text)
            found[-1] = (found[-1][0], end, found[-1][2])
        elif text.strip():
            found.append((start, end, [text]))
    return [
        Mark(text=glue.join(texts), start=times.get(start), end=times.get(end), place=places.get(start))
        for start, end, texts in found
    ]


def _said(event: Element) -> str:
    """The event's own text, without what is noted about it."""
    return (event.text or "") + "".join(child.tail or "" for child in event)
