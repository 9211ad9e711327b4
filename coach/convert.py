"""A transcript as the coach understands it, as text, JSON, CSV or WebVTT; read again, it gives the same turns.

Text and JSON are forms of the coach's own (`coach/read/own.py` reads them) and keep everything; text begins with a line
that says so, since a label or a sentence of any wording must come back as it was. CSV and WebVTT are those of other
programs: they keep who says what, and when.
"""

import csv
import html
import io
import json
import unicodedata
from collections.abc import Callable, Mapping

from coach.errors import UsageError
from coach.model import Metadata, Speaker, Transcript, Turn

SCHEMA = "coach-transcript/1"
NO_SPEAKER = "?"
"""The label of what nobody is named for."""
_FORMULA = tuple("=+-@\t\r")
_VTT_GAP = 2.0
"""Seconds that a cue lasts whose end is nowhere written."""


def as_text(transcript: Transcript) -> str:
    """A line `[time] Label: words` for each turn, below lines with what is known of the call.

    A backslash stands before what would mean something else: line ends, the first colon of a label, a bracket at the
    beginning of a label.
    """
    lines = [f"# {SCHEMA}"]
    for name, value in _meta(transcript.meta).items():
        if name == "ids":
            lines += [f"# id {_label(key)}: {_one_line(text)}" for key, text in transcript.meta.ids.items()]
        elif value is not None:
            lines.append(f"# {name}: {_one_line(str(value))}")
    if transcript.language:
        lines.append(f"# spoken: {transcript.language}")
    lines += [
        f"# role {speaker.role}: {_one_line(speaker.label)}"
        for speaker in transcript.speakers
        if speaker.role != "unknown"
    ]
    lines.append("")
    for turn in transcript.turns:
        lines.append(_line(turn))
        lines += [f"    ({_one_line(remark)})" for remark in turn.remarks]
    return "\n".join(lines) + "\n"


def _line(turn: Turn) -> str:
    stamp = ""
    if turn.start is not None:
        stamp = f"[{clock(turn.start)} - {clock(turn.end)}] " if turn.end is not None else f"[{clock(turn.start)}] "
    label = _label(turn.speaker)
    return f"{stamp}{label}: {_one_line(turn.text)}" if turn.text else f"{stamp}{label}:"


def _label(text: str) -> str:
    label = _one_line(text).replace(":", "\\:")
    return f"\\{label}" if label.startswith(("[", "#", " ")) else label


def _one_line(text: str) -> str:
    """The text with escapes for line ends and for what the reading of a text file would take away or change."""
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    fixed = unicodedata.is_normalized("NFC", text)
    return "".join(_escaped(char) if _changes(char) or (not fixed and char > "\x7f") else char for char in escaped)


def _changes(char: str) -> bool:
    return char < " " or char == "\x7f" or char in "\x85\u2028\u2029\ufeff\ufffd" or "\ud800" <= char <= "\udfff"


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"


def clock(seconds: float) -> str:
    """`00:01:02.345`."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def as_json(transcript: Transcript, *, redacted: bool = False) -> str:
    """The whole transcript; the form is documented in `docs/transcript.md`."""
    value = {
        "schema": SCHEMA,
        "path": transcript.path,
        "format": transcript.format,
        "language": transcript.language,
        "redacted": redacted,
        "meta": _meta(transcript.meta),
        "speakers": [_speaker(speaker) for speaker in transcript.speakers],
        "turns": [_turn(turn) for turn in transcript.turns],
        "notes": list(transcript.notes),
    }
    text = json.dumps(value, ensure_ascii=False, indent=2)
    changed = any(_changes(char) for char in text if char != "\n") or not unicodedata.is_normalized("NFC", text)
    return f"{json.dumps(value, indent=2) if changed else text}\n"


def _meta(meta: Metadata) -> dict[str, object]:
    return {
        "call_date": meta.call_date.isoformat() if meta.call_date else None,
        "lead_date": meta.lead_date.isoformat() if meta.lead_date else None,
        "agent": meta.agent,
        "customer": meta.customer,
        "call_type": meta.call_type,
        "duration": meta.duration,
        "language": meta.language,
        "ids": dict(meta.ids),
    }


def _speaker(speaker: Speaker) -> dict[str, object]:
    return {
        "label": speaker.label,
        "role": speaker.role,
        "confidence": speaker.confidence,
        "evidence": list(speaker.evidence),
    }


def _turn(turn: Turn) -> dict[str, object]:
    return {
        "number": turn.number,
        "speaker": turn.speaker,
        "text": turn.text,
        "line": turn.line,
        "start": turn.start,
        "end": turn.end,
        "remarks": list(turn.remarks),
        "overlap": turn.overlap,
        "silence": turn.silence,
        "doubtful": list(turn.doubtful),
    }


def as_csv(transcript: Transcript) -> str:
    """One row a turn; an apostrophe stands before what a spreadsheet would take for a formula."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("turn", "speaker", "role", "start", "end", "text", "remarks"))
    for turn in transcript.turns:
        writer.writerow(
            (
                turn.number,
                _cell(turn.speaker),
                roles.get(turn.speaker, "unknown"),
                "" if turn.start is None else f"{turn.start:.3f}",
                "" if turn.end is None else f"{turn.end:.3f}",
                _cell(turn.text),
                _cell("; ".join(turn.remarks)),
            )
        )
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_vtt(transcript: Transcript) -> str:
    """WebVTT with a voice tag for each turn; raises UsageError where the transcript has no times."""
    turns = transcript.turns
    if not any(turn.start is not None for turn in turns):
        raise UsageError(
            "The transcript has no times, and WebVTT cannot be without.",
            place=transcript.path,
            hint="Choose --to text, json or csv.",
        )
    cues = ["WEBVTT", ""]
    for turn, (start, end) in zip(turns, _times(turns), strict=True):
        if turn.text:
            voice = html.escape(" ".join(turn.speaker.split()), quote=False)
            words = html.escape(" ".join(turn.text.split()), quote=False)
            cues += (f"{clock(start)} --> {clock(end)}", f"<v {voice}>{words}</v>", "")
    return "\n".join(cues)


def _times(turns: tuple[Turn, ...]) -> list[tuple[float, float]]:
    """Start and end of each turn; what is not known lies between its neighbours."""
    starts: list[float] = []
    known = 0.0
    for turn in turns:
        known = turn.start if turn.start is not None else max(known, starts[-1] if starts else 0.0)
        starts.append(known)
    found = []
    for index, turn in enumerate(turns):
        following = starts[index + 1] if index + 1 < len(turns) else starts[index] + _VTT_GAP
        end = turn.end if turn.end is not None else following
        found.append((starts[index], max(end, starts[index] + 0.001)))
    return found


WRITERS: Mapping[str, Callable[[Transcript], str]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "vtt": as_vtt,
}
"""`--to NAME` → how it is written."""


def converted(transcript: Transcript, to: str, *, redacted: bool = False) -> str:
    """The transcript in that form; `redacted` says that it holds placeholders already."""
    return as_json(transcript, redacted=redacted) if to == "json" else WRITERS[to](transcript)
