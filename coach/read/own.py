"""What `coach convert` writes: the text and the JSON form of a transcript, read back exactly."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from coach.errors import UnreadableTranscriptError
from coach.model import Language, Metadata, Role, Speaker, Transcript
from coach.read.source import FormatInfo, Source
from coach.read.turns import Segment, build_transcript

NAME = "coach-transcript"
SCHEMA = "coach-transcript/1"
FORMATS = (
    FormatInfo(
        name="coach-text",
        title="coach convert --to text",
        reads=frozenset({"speakers", "times", "roles", "metadata"}),
        sample="tests/read/samples/own/call.txt",
    ),
    FormatInfo(
        name=NAME,
        title="coach convert --to json",
        reads=frozenset({"speakers", "times", "roles", "confidence", "metadata"}),
        sample="tests/read/samples/own/call.json",
    ),
)
_ANY_VERSION = re.compile(r"# coach-transcript/([0-9]{1,6})\s*(?:\n|$)")
_JSON_HEAD = re.compile(r"\s*\{\s*\"schema\"\s*:\s*\"coach-transcript/([^\"]{0,20})\"")
_FIELD = re.compile(r"# ([a-z_]+)(?: ((?:[^:\\]|\\.){1,200}))?: (.*)")
_CLOCK = r"[0-9]{2,6}:[0-9]{2}:[0-9]{2}\.[0-9]{3}"
_TURN = re.compile(
    rf"(?:\[(?P<start>{_CLOCK})(?: - (?P<end>{_CLOCK}))?\] )?"
    r"(?P<label>(?:[^:\\]|\\.)*):(?: (?P<text>.*))?",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|U(00[01][0-9a-f]{5})|(.?))", re.DOTALL)
_ROLES: Mapping[str, Role] = {"agent": "agent", "customer": "customer", "other": "other", "unknown": "unknown"}
_LANGUAGES: Mapping[object, Language] = {"de": "de", "en": "en"}
_HINT = "Write the file anew with `coach convert`, or see docs/transcript.md."


def detect(source: Source) -> bool:
    """The first line, or the first key, says so."""
    head = (source.text or "")[:200]
    return bool(_ANY_VERSION.match(head) or _JSON_HEAD.match(head))


def read(source: Source) -> Transcript:
    """The transcript with the turns, times, remarks and roles that were written."""
    text = source.text or ""
    head = _JSON_HEAD.match(text[:200])
    version = head or _ANY_VERSION.match(text[:200])
    if version is None or version[1] != "1":
        raise UnreadableTranscriptError(
            f"The file is of version {version[1] if version else '?'} of coach-transcript; this coach knows version 1.",
            place=source.path,
            hint="Use a newer coach, or convert the original file again.",
        )
    return _from_json(source, text) if head else _from_text(source, text)


def _from_text(source: Source, text: str) -> Transcript:
    fields: dict[str, str] = {}
    ids: dict[str, str] = {}
    speakers: list[Speaker] = []
    segments: list[Segment] = []
    for number, line in enumerate(text.split("\n")[1:], start=2):
        if not line.strip():
            continue
        if line.startswith("#"):
            _comment(line, fields, ids, speakers)
        elif line.startswith("    (") and line.endswith(")") and segments:
            last = segments[-1]
            segments[-1] = replace(last, remarks=(*last.remarks, _plain(line[5:-1])))
        else:
            segments.append(_segment(line, number, path=source.path))
    meta = _metadata({**fields, "ids": ids}, path=source.path)
    return build_transcript(
        source,
        segments,
        name="coach-text",
        meta=meta,
        language=_LANGUAGES.get(fields.get("spoken")),
        speakers=speakers,
    )


def _comment(line: str, fields: dict[str, str], ids: dict[str, str], speakers: list[Speaker]) -> None:
    match = _FIELD.fullmatch(line)
    if match is None:
        return
    name, key, value = match[1], match[2], _plain(match[3])
    if name == "id" and key:
        ids[_plain(key)] = value
    elif name == "role" and key in _ROLES:
        speakers.append(Speaker(label=value, role=_ROLES[key], confidence=1.0, evidence=("stated in the file",)))
    else:
        fields[name] = value


def _segment(line: str, number: int, *, path: str) -> Segment:
    match = _TURN.fullmatch(line)
    if match is None:
        raise UnreadableTranscriptError(
            "The line is no turn: `Label: words` was expected.", place=f"{path}:{number}", hint=_HINT
        )
    return Segment(
        speaker=_plain(match["label"]),
        text=_plain(match["text"] or ""),
        line=number,
        start=_seconds(match["start"]),
        end=_seconds(match["end"]),
    )


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    hours, minutes, seconds = text.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)


def _plain(text: str) -> str:
    """The text without its escapes."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= sys.maxunicode else match[0]
    return {"n": "\n", "r": "\r"}.get(match[3], match[3])


def _from_json(source: Source, text: str) -> Transcript:
    path = source.path
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise UnreadableTranscriptError(f"This is not valid JSON: {error.msg}.", place=place, hint=_HINT) from None
    except (RecursionError, ValueError):
        raise UnreadableTranscriptError("The JSON cannot be read.", place=path, hint=_HINT) from None
    turns = _list(value.get("turns"), "turns", path=path)
    segments = [_json_segment(turn, f"turns[{index}]", path=path) for index, turn in enumerate(turns)]
    speakers = [
        Speaker(
            label=_text(speaker, "label", f"speakers[{index}]", path=path),
            role=_ROLES.get(str(speaker.get("role")), "unknown"),
            confidence=_number(speaker.get("confidence")) or 0.0,
            evidence=_texts(speaker.get("evidence")),
        )
        for index, speaker in enumerate(_list(value.get("speakers") or [], "speakers", path=path))
    ]
    meta = value.get("meta")
    transcript = build_transcript(
        source,
        segments,
        name=NAME,
        meta=_metadata(meta if isinstance(meta, dict) else {}, path=path),
        language=_LANGUAGES.get(value.get("language")) if isinstance(value.get("language"), str) else None,
        speakers=speakers,
        notes=tuple(note for note in _texts(value.get("notes")) if note not in source.notes),
    )
    if len(transcript.turns) == len(turns):
        # What was measured between the segments of a turn is known only to whoever saw them.
        transcript = replace(
            transcript,
            turns=tuple(
                replace(
                    turn,
                    overlap=_number(given.get("overlap")) or 0.0,
                    silence=_number(given.get("silence")) or 0.0,
                )
                for turn, given in zip(transcript.turns, turns, strict=True)
            ),
        )
    return transcript


def _json_segment(turn: Mapping[str, Any], place: str, *, path: str) -> Segment:
    line = turn.get("line")
    return Segment(
        speaker=_text(turn, "speaker", place, path=path),
        text=_text(turn, "text", place, path=path),
        line=line if isinstance(line, int) and not isinstance(line, bool) and line > 0 else None,
        start=_number(turn.get("start")),
        end=_number(turn.get("end")),
        remarks=_texts(turn.get("remarks")),
        doubtful=_texts(turn.get("doubtful")),
    )


def _list(value: object, name: str, *, path: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UnreadableTranscriptError(f"“{name}” must be a list of objects.", place=path, hint=_HINT)
    return value


def _text(value: Mapping[str, Any], name: str, place: str, *, path: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise UnreadableTranscriptError(f"“{name}” in {place} must be a text.", place=path, hint=_HINT)
    return found


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_printable(item) for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if number == number and abs(number) < 1e9 else None  # noqa: PLR0124  # NaN is not itself


def _metadata(value: Mapping[str, Any], *, path: str) -> Metadata:
    ids = value.get("ids")
    duration = value.get("duration")
    return Metadata(
        call_date=_date(value.get("call_date"), path=path),
        lead_date=_date(value.get("lead_date"), path=path),
        agent=_maybe(value.get("agent")),
        customer=_maybe(value.get("customer")),
        call_type=_maybe(value.get("call_type")),
        duration=_duration(duration) if isinstance(duration, str) else _number(duration),
        language=_maybe(value.get("language")),
        ids={_printable(str(key)): _printable(str(item)) for key, item in ids.items()} if isinstance(ids, dict) else {},
    )


def _maybe(value: object) -> str | None:
    return _printable(value) if isinstance(value, str) and value else None


def _printable(text: str) -> str:
    """The text without halves of characters, which JSON can hold and nobody can print."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _duration(text: str) -> float | None:
    try:
        return _number(float(text))
    except ValueError:
        return None


def _date(value: object, *, path: str) -> date | None:
    if not isinstance(value, str) or not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UnreadableTranscriptError(
            f"“{_printable(value[:40])}” is no date.", place=path, hint="Write it as 2025-11-18."
        ) from None
