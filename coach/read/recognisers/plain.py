"""JSON that somebody's own script wrote: a list of contributions, each with a text and who said it."""

from typing import Any

from coach.model import Metadata, Speaker
from coach.read.document import Table, label, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard, language_code, speaker
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="json",
        title="other JSON with a list of speakers and texts",
        reads=frozenset({"speakers", "times", "roles"}),
        sample="tests/read/samples/plain.json",
    ),
)
_LISTS = "turns utterances segments transcript messages conversation dialogue dialog results sentences data".split()
_WRAPPED = ("data", "result", "transcript", "call")
_SPEAKERS = ("speaker", "speaker_name", "speakerName", "speaker_id", "speaker_label", "name", "author", "participant")
_TEXTS = ("text", "content", "utterance", "message", "transcript", "sentence", "words", "body")
_STARTS = ("start", "start_time", "startTime", "begin", "timestamp")
_ENDS = ("end", "end_time", "endTime", "stop")


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """`json` where most of a list's objects have a text and a speaker or role."""
    contributions = _contributions(found)
    fit = sum(bool(_text(row)) and (_who(row) is not None or "role" in row) for row in contributions)
    return "json" if fit and 2 * fit > len(contributions) else None


def heard(found: Any, _name: str, _source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """The contributions as they stand."""
    segments: list[Segment] = []
    speakers: dict[str, Speaker] = {}
    for row in _contributions(found):
        who = _who(row) or label(row.get("role"))
        known = speaker(who, row.get("role"), where="role") if who else None
        if who and known:
            speakers.setdefault(who, known)
        start, end = (seconds(next((row[key] for key in keys if key in row), None)) for keys in (_STARTS, _ENDS))
        segments.append(Segment(speaker=who, text=_text(row), start=start, end=end))
    return Heard(
        segments=segments,
        meta=Metadata(language=language_code(table(found).get("language"))),
        speakers=tuple(speakers.values()),
    )


def _contributions(found: Any) -> list[Table]:  # noqa: ANN401 - any JSON value
    if isinstance(found, list):
        return list(rows(found))
    top = table(found)
    inner = [table(top.get(key)) for key in _WRAPPED]
    deeper = [table(part.get(key)) for part in inner for key in _WRAPPED]  # Fireflies answers data.transcript.sentences
    for part in (top, *inner, *deeper):
        for key in _LISTS:
            if isinstance(part.get(key), list):
                return list(rows(part[key]))
    return []


def _text(row: Table) -> str:
    return next((said(row[key]) for key in _TEXTS if isinstance(row.get(key), str)), "")


def _who(row: Table) -> str | None:
    for key in _SPEAKERS:
        value = row.get(key)
        who = label(table(value).get("name") or table(value).get("id")) if isinstance(value, dict) else label(value)
        if who:
            return who
    return None
