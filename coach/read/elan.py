"""ELAN annotations: layers with participants, times in milliseconds, layers that refer to others."""

from xml.etree.ElementTree import Element

from coach.model import Metadata, Transcript
from coach.read.marks import language
from coach.read.source import FormatInfo, Source
from coach.read.tiers import Mark, Tier, talk
from coach.read.xmlfile import all_text, begins_with, parsed

NAME = "elan"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="ELAN",
        reads=frozenset({"speakers", "times", "metadata"}),
        sample="tests/read/samples/research/call.eaf",
    ),
)
_Span = tuple[float | None, float | None, int | None]
"""Beginning, end, and the place of the beginning among the time slots."""


def detect(source: Source) -> bool:
    """The first element says so."""
    return begins_with(source, "ANNOTATION_DOCUMENT")


def read(source: Source) -> Transcript:
    """The talk in the layers with words, one a participant."""
    root = parsed(source, kind="ELAN")
    header = root.find("HEADER")
    unit = 1000.0 if header is None or header.get("TIME_UNITS", "milliseconds") == "milliseconds" else 1.0
    slots = _slots(root, unit)
    spans: dict[str, _Span] = {}
    tiers: list[tuple[Element, list[Mark]]] = []
    elements = root.findall("TIER")
    parents = {tier.get("TIER_ID", ""): tier.get("PARENT_REF") for tier in elements}
    waiting = elements
    # Annotations that refer to others have their times; layers may stand in any order.
    for _ in range(min(20, len(elements) + 1)):
        left = []
        for tier in waiting:
            if all(ref is None or ref in spans for ref in _references(tier)):
                tiers.append((tier, _marks(tier, slots, spans)))
            else:
                left.append(tier)
        if not left or len(left) == len(waiting):
            break
        waiting = left
    order = {tier.get("TIER_ID", ""): index for index, tier in enumerate(elements)}
    tiers.sort(key=lambda pair: order[pair[0].get("TIER_ID", "")])
    found = [
        Tier(
            name=tier.get("TIER_ID") or "?",
            speaker=tier.get("PARTICIPANT") or _root_of(tier.get("TIER_ID") or "?", parents),
            marks=tuple(marks),
            preferred=tier.get("PARENT_REF") is None and any(" " in mark.text.strip() for mark in marks),
        )
        for tier, marks in tiers
    ]
    stated = [tier.get("LANG_REF") or tier.get("DEFAULT_LOCALE") for tier in elements]
    meta = Metadata(language=next((code for code in map(language, stated) if code), None))
    return talk(source, found, name=NAME, meta=meta)


def _root_of(name: str, parents: dict[str, str | None]) -> str:
    """Who a layer without participant belongs to: `tx@Anna` is Anna's, a dependent layer its parent's."""
    for _ in range(20):
        parent = parents.get(name)
        if not parent or parent not in parents:
            break
        name = parent
    return name.rpartition("@")[2] or name


def _slots(root: Element, unit: float) -> dict[str, tuple[int, float | None]]:
    """Place and seconds of each time slot; one without a time lies evenly between its neighbours."""
    order = root.find("TIME_ORDER")
    slots = [] if order is None else order.findall("TIME_SLOT")
    known: list[float | None] = []
    for slot in slots:
        digits = slot.get("TIME_VALUE", "")
        known.append(int(digits) / unit if digits.isdecimal() and len(digits) < 15 else None)
    before: int | None = None
    for index in [index for index, time in enumerate(known) if time is not None]:
        first, last = known[before] if before is not None else None, known[index]
        if before is not None and first is not None and last is not None:
            for between in range(before + 1, index):
                known[between] = round(first + (last - first) * (between - before) / (index - before), 3)
        before = index
    return {slot.get("TIME_SLOT_ID", ""): (place, known[place]) for place, slot in enumerate(slots)}


def _references(tier: Element) -> list[str | None]:
    own = {one.get("ANNOTATION_ID") for one in tier.iter("REF_ANNOTATION")}
    return [ref for ref in (one.get("ANNOTATION_REF") for one in tier.iter("REF_ANNOTATION")) if ref not in own]


def _marks(tier: Element, slots: dict[str, tuple[int, float | None]], spans: dict[str, _Span]) -> list[Mark]:
    marks: list[Mark] = []
    for annotation in tier.findall("ANNOTATION"):
        for one in annotation:
            if one.tag == "ALIGNABLE_ANNOTATION":
                place, start = slots.get(one.get("TIME_SLOT_REF1", ""), (None, None))
                _, end = slots.get(one.get("TIME_SLOT_REF2", ""), (None, None))
            else:
                start, end, place = spans.get(one.get("ANNOTATION_REF", ""), (None, None, None))
            spans[one.get("ANNOTATION_ID", "")] = (start, end, place)
            value = one.find("ANNOTATION_VALUE")
            marks.append(Mark(text="" if value is None else all_text(value), start=start, end=end, place=place))
    return marks
