"""SubRip subtitles, and other texts whose words stand below times such as `00:00:01,000 --> 00:00:02,500`."""

import re

from coach.model import Transcript
from coach.read.cues import parse_cues
from coach.read.source import FormatInfo, Source
from coach.read.turns import build_transcript
from coach.read.voices import segments_of

NAME = "subrip"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="SubRip",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/dialogue.srt",
    ),
)
_TIME = r"[0-9]{1,5}(?::[0-9]{1,3}){1,2}(?:[.,][0-9]{1,9})?"
_FIRST = re.compile(rf"\s{{0,100}}(?:[0-9]{{1,9}}[ \t]{{0,9}}\n\s{{0,9}})?{_TIME}[ \t]{{0,9}}-->[ \t]{{0,9}}[0-9]")


def detect(source: Source) -> bool:
    """The text begins with a cue's times, with or without the cue's number above them."""
    return source.text is not None and _FIRST.match(source.text) is not None


def read(source: Source) -> Transcript:
    """The talk in the cues; UnreadableTranscriptError where nobody or only one is named who says something."""
    parsed = parse_cues(source.text or "", loose=True)
    return build_transcript(source, segments_of(parsed.cues), name=NAME, notes=parsed.notes, recognised=True)
