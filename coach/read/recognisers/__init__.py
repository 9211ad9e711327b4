"""JSON of speech recognisers and call platforms: one reader, one module for each family of vendors.

A family is a module with FORMATS (rows of the table of formats), `named(document)`, which gives the name of one of them
or None, and `heard(document, name, source)`, which gives what the file holds. The content decides; the first family
that knows the document reads it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Protocol

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read.document import document, is_json
from coach.read.messages import read_value
from coach.read.parts import only_call
from coach.read.recognisers import (
    amazon,
    amazon_calls,
    assemblyai,
    azure,
    deepgram,
    gong,
    google,
    plain,
    whisper,
    wordlists,
)
from coach.read.remarks import split_remarks
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard
from coach.read.turns import build_transcript

NAME = "json"
_NOTES = re.compile("[♪♫]+")
_SOUND = re.compile(r"(?<![\w*])\*(\w[\w -]{1,30}\w)\*(?![\w*])")
"""`*lacht*`, but not the stars over a word that was masked."""


class Family(Protocol):
    """What a module of a family offers."""

    FORMATS: tuple[FormatInfo, ...]

    def named(self, found: Any, /) -> str | None:  # noqa: ANN401 - any JSON value
        """The format's name; None where the document is of another family."""

    def heard(self, found: Any, name: str, source: Source, /) -> Heard:  # noqa: ANN401 - any JSON value
        """What the document holds; UnreadableTranscriptError where it holds no talk."""


FAMILIES: tuple[Family, ...] = (
    amazon_calls,
    amazon,
    azure,
    deepgram,
    assemblyai,
    wordlists,
    google,
    gong,
    whisper,
    plain,
)
"""`plain` takes whatever has speakers and texts, and stays last."""
_SEVERAL = frozenset(("gong", "azure-conversation"))
"""Formats whose files may hold several calls."""
FORMATS: tuple[FormatInfo, ...] = tuple(info for family in FAMILIES for info in family.FORMATS)


def detect(source: Source) -> bool:
    """The text is JSON, whatever it holds."""
    return is_json(source)


def read(source: Source) -> Transcript:
    """The talk in the document; UnreadableTranscriptError where there is none."""
    found, doubles = document(source)
    for family in FAMILIES:
        name = family.named(found)
        if name is None:
            continue
        if name not in _SEVERAL:
            only_call(source)
        heard = family.heard(found, name, source)
        found = None  # ten hours of words are not needed twice
        return build_transcript(
            source,
            (_without_remarks(segment) for segment in heard.segments),
            name=name,
            meta=heard.meta,
            notes=(*doubles, *heard.notes),
            language=heard.language,
            speakers=heard.speakers,
            recognised=True,
        )
    other = read_value(source, found)
    if other is not None:
        return other
    if isinstance(found, dict) and ("$schema" in found or "openapi" in found or "swagger" in found):
        raise UnreadableTranscriptError(
            "This describes a format (JSON Schema or OpenAPI), and holds no call.",
            place=source.path,
            hint="Give a file of that format.",
        )
    raise UnreadableTranscriptError(
        f"This JSON is of no format that the coach knows{_keys(found)}.",
        place=source.path,
        hint='It reads lists of turns such as {"speaker": "Agent", "text": "Hello."} or ["Agent", "Hello."], '
        f"and the JSON of {', '.join(_titles())}.",
    )


def _without_remarks(segment: Segment) -> Segment:
    """The segment with `[Musik]`, `(laughs)` and `♪` as remarks: a recogniser names sounds in its text."""
    text = segment.text
    if not any(mark in text for mark in "([♪♫*"):
        return segment
    words, remarks = split_remarks(_SOUND.sub(r"[\1]", _NOTES.sub("[♪]", text)))
    return replace(segment, text=words, remarks=(*segment.remarks, *remarks))


def _keys(found: object) -> str:
    if not isinstance(found, dict) or not found:
        return ""
    shown = ", ".join(f'"{"".join(c for c in key[:30] if c.isprintable())}"' for key in list(found)[:6])
    return f"; its keys are {shown}{', …' if len(found) > 6 else ''}"


def _titles() -> Iterator[str]:
    return (info.title for info in FORMATS if info.name != NAME)
