"""TEI for spoken language (ISO 24624): utterances of persons on a timeline."""

from xml.etree.ElementTree import Element

from coach.model import Metadata, Speaker, Transcript
from coach.read.dates import date_in
from coach.read.folker import in_time
from coach.read.inline import Tags, said
from coach.read.marks import UNINTELLIGIBLE, language, lost_note, plain, stated
from coach.read.source import FormatInfo, Source
from coach.read.turns import Segment, build_transcript
from coach.read.units import seconds
from coach.read.xmlfile import all_text, begins_with, parsed

NAME = "tei"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="TEI spoken (ISO 24624)",
        reads=frozenset({"speakers", "times", "roles", "metadata"}),
        sample="tests/read/samples/research/call.tei.xml",
    ),
)
_TAGS = Tags(
    points=frozenset({"pc"}),
    silent=frozenset({"pause", "anchor", "note", "spanGrp", "shift", "desc", "span"}),
    events=frozenset({"vocal", "kinesic", "incident", "writing"}),
    guesses=frozenset({"unclear"}),
    choices=frozenset({"choice", "app"}),
    lost=frozenset({"gap"}),
)
_STEPS = 100_000


def detect(source: Source) -> bool:
    """TEI with utterances in it; a novel has none."""
    if not begins_with(source, "TEI", "teiCorpus", "TEI.2"):
        return False
    text = source.text or ""
    return any(mark in text for mark in ("<u ", "<u>", "<annotationBlock", ":u "))


def read(source: Source) -> Transcript:
    """The talk in the utterances, each with the person and the times of its block."""
    root = parsed(source, kind="TEI")
    labels, sides = _persons(root)
    times = _times(root)
    segments: list[Segment] = []
    lost = 0
    for block, utterance in _utterances(root):
        heard = said(utterance, _TAGS)
        words, remarks, doubtful = plain(heard.text)
        remarks = (*heard.remarks, *remarks)
        if not words and not remarks:
            continue
        lost += remarks.count(UNINTELLIGIBLE)
        who = _reference(block.get("who") or utterance.get("who"))
        segments.append(
            Segment(
                speaker=labels.get(who, who) if who else None,
                text=words,
                start=times.get(_reference(block.get("start") or utterance.get("start"))),
                end=times.get(_reference(block.get("end") or utterance.get("end"))),
                remarks=remarks,
                doubtful=(*heard.doubtful, *doubtful),
            )
        )
    return build_transcript(
        source, in_time(segments), name=NAME, meta=_meta(root, source), speakers=sides, notes=lost_note(lost)
    )


def _utterances(root: Element) -> list[tuple[Element, Element]]:
    """Each utterance with the block that holds its speaker and times, which may be the utterance itself."""
    inside = {id(utterance): block for block in root.iter("annotationBlock") for utterance in block.findall("u")}
    return [(inside.get(id(utterance), utterance), utterance) for utterance in root.iter("u")]


def _persons(root: Element) -> tuple[dict[str, str], list[Speaker]]:
    labels: dict[str, str] = {}
    sides: list[Speaker] = []
    for person in root.iter("person"):
        key = person.get("id", "")
        name = person.find(".//persName")
        label = (all_text(name) if name is not None else "") or person.get("n") or key
        label = label if label not in labels.values() else f"{label} ({key})"
        labels[key] = label
        side = stated(label, person.get("role", ""), source="role")
        sides += [side] if side else []
    return labels, sides


def _times(root: Element) -> dict[str, float]:
    """Seconds of each point: of its own, or so long after another one."""
    points = [point for timeline in root.iter("timeline") for point in timeline.iter("when")]
    unit = next((timeline.get("unit", "s") for timeline in root.iter("timeline")), "s")
    per_second = 1000.0 if unit == "ms" else 1.0
    found: dict[str, float] = {}
    for point in points[:1]:
        found[point.get("id", "")] = 0.0
    waiting = points
    for _ in range(50):  # points mostly refer to earlier ones; more passes than this are a trap
        left = []
        for point in waiting:
            time = _time(point, found, per_second)
            if time is None:
                left.append(point)
            else:
                found[point.get("id", "")] = time
        if not left or len(left) == len(waiting):
            break
        waiting = left
    return found


def _time(point: Element, found: dict[str, float], per_second: float) -> float | None:
    interval = seconds(point.get("interval", ""), per_second=per_second)
    if interval is not None:
        since = found.get(_reference(point.get("since")), None if point.get("since") else 0.0)
        return None if since is None else round(since + interval, 3)
    absolute = point.get("absolute")
    return seconds(absolute) if absolute else None


def _reference(text: str | None) -> str:
    return (text or "").strip().split(" ")[0].removeprefix("#")


def _meta(root: Element, source: Source) -> Metadata:
    day = root.find(".//recording/date")
    if day is None:
        day = root.find(".//settingDesc//date")
    stamp = None if day is None else date_in(day.get("when") or all_text(day), today=source.today)
    code = next((one.get("ident") for one in root.iter("language") if one.get("ident")), None)
    body = next(iter(root.iter("text")), None)
    return Metadata(call_date=stamp, language=language(code or (body.get("lang") if body is not None else None)))
