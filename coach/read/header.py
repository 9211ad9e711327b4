"""Fields before a talk: `Datum: 18.11.2025`, `Agent: Schulz`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from coach.model import Metadata
from coach.read.dates import date_in
from coach.read.lines import Line
from coach.read.stamps import leading_stamp
from coach.read.vocabulary import FIELD_PHRASES, FIELDS, GREETINGS

_CALL_DATE = frozenset(
    ("datum", "date", "gesprächsdatum", "anrufdatum", "call date", "datum des gesprächs", "gespräch vom", "anruf vom")
)
_LEAD_DATE = frozenset(
    ("anfrage vom", "anfragedatum", "leaddatum", "lead-datum", "lead date", "enquiry date", "inquiry date")
)
_CALL_TYPE = frozenset(("gesprächsart", "anruftyp", "gesprächstyp", "call type"))
_DURATION = frozenset(("dauer", "duration", "gesprächsdauer", "länge", "length"))
_IDS = frozenset(("id", "ticket", "vorgang", "aktenzeichen", "call id", "call-id", "gesprächs-id", "recording id"))
_AGENT = frozenset(
    """agent agentin berater beraterin mitarbeiter mitarbeiterin verkäufer verkäuferin advisor adviser consultant rep
    operator""".split()
)
_CUSTOMER = frozenset(
    "kunde kundin customer client caller anrufer anruferin interessent interessentin käufer käuferin buyer".split()
)
_UNITS = frozenset(("", "min", "minuten", "minutes", "h", "std", "stunden", "hours", "s", "sek", "sec"))
_PEOPLE = frozenset(("teilnehmer", "anwesende", "participant", "sprecher", "speaker", "personen"))
_LIST = re.compile(r",|/| und | and |&")
_SEARCHED = 60
"""Header fields are looked for in so many lines at the top."""
_BULLETS = " \t-*+•"
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}(?: ?\([^()]{1,30}\))?")


class Field(NamedTuple):
    """A header line: its key in lower case and its value."""

    key: str
    value: str


def header_fields(lines: Sequence[Line]) -> dict[int, Field]:
    """The header lines at the top, by index.

    Agent and customer are fields only beside a field that can be no speaker, such as a date, or in a
    paragraph of their own before a talk whose labels are others; and only with a name as value.
    """
    found: dict[int, Field] = {}
    labels_below = [line.cue.key for line in lines if line.cue]
    paragraph: dict[int, Field] = {}
    open_run = True
    for index, line in enumerate(lines[:_SEARCHED]):
        if line.kind in ("blank", "rule"):
            found |= _accepted(paragraph, labels_below, apart=open_run)
            paragraph, open_run = {}, True
            continue
        field = _field(line.text) if open_run and line.kind == "text" else None
        if field is None:
            open_run = False
        else:
            paragraph[index] = field
    return found | _accepted(paragraph, labels_below, apart=False)


def _accepted(paragraph: dict[int, Field], labels: Sequence[str], *, apart: bool) -> dict[int, Field]:
    """The paragraph's fields, or none; `apart` says that nothing else stands in the paragraph."""
    if any(field.key not in _AGENT | _CUSTOMER for field in paragraph.values()):
        return paragraph
    keys = [field.key for field in paragraph.values()]
    below = {key for key in labels if key not in keys}
    once = all(labels.count(key) == 1 for key in keys)
    talk = len({key for key in below if labels.count(key) > 1}) >= 2 and not below & (_AGENT | _CUSTOMER)
    return paragraph if apart and once and talk else {}


def _field(text: str) -> Field | None:
    key, colon, value = text[:200].strip(_BULLETS).partition(":")
    key, value = " ".join(key.casefold().split()), value.strip(_BULLETS)
    if not colon or not value:
        return None
    if key in FIELD_PHRASES or key in FIELDS or key in _LEAD_DATE:
        return Field(key, value)
    if key in _PEOPLE and _LIST.search(value):
        return Field(key, value)
    if key in _AGENT | _CUSTOMER and _NAME.fullmatch(value):
        words = value.split()
        if all(word[0].isupper() or word[0] == "(" for word in words) and not GREETINGS & set(
            value.casefold().replace(",", " ").split()
        ):
            return Field(key, value)
    return None


def metadata(fields: Sequence[Field], *, today: date) -> Metadata:
    """What the header says of the call; what it says in no known way is left out."""
    meta = Metadata()
    ids: dict[str, str] = {}
    for key, value in fields:
        if key in _CALL_DATE:
            meta = replace(meta, call_date=meta.call_date or date_in(value, today=today))
        elif key in _LEAD_DATE:
            meta = replace(meta, lead_date=meta.lead_date or date_in(value, today=today))
        elif key in _AGENT:
            meta = replace(meta, agent=meta.agent or value)
        elif key in _CUSTOMER:
            meta = replace(meta, customer=meta.customer or value)
        elif key in _CALL_TYPE:
            meta = replace(meta, call_type=meta.call_type or value)
        elif key in _DURATION:
            stamp, rest = leading_stamp(value)
            if stamp and rest.strip(" .").casefold() in _UNITS:
                meta = replace(meta, duration=stamp.start)
        elif key in _IDS:
            ids[key] = value
    return replace(meta, ids=ids)
