"""WebVTT, as Teams, Zoom, noScribe, YouTube and Whisper write it."""

import re

from coach.model import Metadata, Transcript
from coach.read.cues import Cue, parse_cues
from coach.read.source import FormatInfo, Source
from coach.read.turns import build_transcript
from coach.read.voices import segments_of

NAME = "webvtt"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="WebVTT (Teams, Zoom, noScribe, YouTube, Whisper)",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/teams.vtt",
    ),
)
_SIGNATURE = re.compile(r"\s{0,100}WEBVTT(?:[ \t\n]|$)")
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z]{2,3})(?![A-Za-z])", re.MULTILINE)
_ROLLING = re.compile(r"<[0-9]{1,3}:[0-9]{2}[0-9:.]*>")
_TAG = re.compile(r"<[^<>]*>")


def detect(source: Source) -> bool:
    """The text begins with the signature."""
    return source.text is not None and _SIGNATURE.match(source.text) is not None


def read(source: Source) -> Transcript:
    """The talk in the cues; UnreadableTranscriptError where nobody or only one is named who says something."""
    text = source.text or ""
    header = text[: _header_end(text)]
    parsed = parse_cues(text, loose=False)
    cues, notes = parsed.cues, parsed.notes
    if "Kind: captions" in header and _ROLLING.search(text):
        cues = _unrolled(cues)
    language = _LANGUAGE.search(header)
    return build_transcript(
        source,
        segments_of(cues),
        name=NAME,
        meta=Metadata(language=language[1].lower() if language else None),
        notes=notes,
        recognised=True,
    )


def _header_end(text: str) -> int:
    """Where the header ends: at the first blank line, within bounds."""
    end = text.find("\n\n", 0, 10_000)
    return end if end >= 0 else min(len(text), 10_000)


def _unrolled(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """The cues without the lines that are only shown a second time while the next one runs."""
    found: list[Cue] = []
    shown = ""
    for cue in cues:
        lines = cue.text.split("\n")
        plain = [" ".join(_TAG.sub("", line).split()) for line in lines]
        again = 1 if shown and plain and plain[0] == shown else 0
        shown = next((line for line in reversed(plain) if line), shown)
        found.append(cue._replace(text="\n".join(lines[again:])))
    return tuple(cue for cue in found if _TAG.sub("", cue.text).strip())
