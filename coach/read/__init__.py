"""Bytes become a Transcript. A reader is a module with `NAME`, `detect` and `read`, and a line in READERS."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from coach.callfile import MAX_BYTES, SPLIT, bytes_of, call_file, too_large
from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import (
    chat,
    ctm,
    delimited,
    elan,
    exmaralda,
    folker,
    meeting,
    messages,
    noscribe,
    own,
    recognisers,
    subrip,
    tei,
    text,
    textgrid,
    webvtt,
    word,
    workbook,
)
from coach.read.decode import decode, kind_of_binary
from coach.read.parts import only_call
from coach.read.sidecar import with_sidecar
from coach.read.source import Source

__all__ = ["MAX_BYTES", "READERS", "Reader", "Source", "is_transcript", "read", "read_path"]


class Reader(Protocol):
    """What a module offers that reads one family of formats, be it text or binary."""

    NAME: str
    """The name of the format, as in Transcript.format.

    Beside it a module has TITLE, READS and SAMPLE, or FORMATS for several formats: see FormatInfo.
    """

    def detect(self, source: Source, /) -> bool:
        """True where the content is of this format; the path's suffix may only tip the balance."""

    def read(self, source: Source, /) -> Transcript:
        """The transcript; UnreadableTranscriptError where the content is broken or one-sided."""


READERS: tuple[Reader, ...] = (
    own,
    word,
    workbook,
    webvtt,
    subrip,
    noscribe,
    chat,
    ctm,
    textgrid,
    elan,
    exmaralda,
    folker,
    tei,
    messages,
    recognisers,
    delimited,
    meeting,
    text,
)
"""The first that recognises the content reads it; `text` takes any text and stays last."""

MOST_TEXT, MOST_LINES = 20_000_000, 500_000
"""Bytes and lines of a file with one call: hundreds of hours of talk."""
MOST_CALLS, MOST_ROWS = 60_000_000, 1_000_000
"""Bytes and lines of a file that may hold several calls; JSON with numbers for each word may be larger."""
_WITH_PARTS = (word, workbook, messages, recognisers, delimited, ctm)
"""Readers of files that may hold several calls."""


def read(
    source: Path | bytes,
    *,
    path: str,
    sidecar: bytes | None = None,
    sidecar_path: str | None = None,
    today: date | None = None,
    alternate: bool = False,
    one_sided: bool = False,
    part: str | None = None,
) -> Transcript:
    """The transcript of a file or of its bytes, with the sidecar's metadata in place of its own.

    `path` names the file in errors and in the transcript; `today` serves dates without a year.
    `alternate` takes the lines or segments of a file that names nobody as two speakers by turns.
    Raises UnreadableTranscriptError for whatever is no talk of two people; with `one_sided` a file in which
    nobody or only one is named gives a transcript all the same, with a note that says so: what nobody is named
    for stands under `coach.read.turns.UNNAMED`. A review needs two sides and does not ask for it.
    """
    data = source if isinstance(source, bytes) else bytes_of(source, path=path)
    if not data:
        raise UnreadableTranscriptError("The file is empty.", place=path, hint=_SAY_WHAT)
    if len(data) > MAX_BYTES:
        raise too_large(path, size=len(data))
    decoded, notes = decode(data)
    given = Source(
        path=path,
        data=data,
        text=decoded,
        notes=notes,
        today=today or date.today(),  # noqa: DTZ011
        alternate=alternate,
        one_sided=one_sided,
        part=part,
    )
    reader = _reader(given)
    if reader is None:
        kind = kind_of_binary(data) or "a binary file"
        raise UnreadableTranscriptError(f"This is {kind}, not a transcript.", place=path, hint=_SAY_WHAT)
    _refuse_endless(data, reader, path)
    if reader not in _WITH_PARTS:
        only_call(given)
    transcript = reader.read(given)
    if sidecar is None:
        return transcript
    place = sidecar_path or f"{path}: sidecar"
    return replace(transcript, meta=with_sidecar(transcript.meta, sidecar, path=place))


def _refuse_endless(data: bytes, reader: Reader, path: str) -> None:
    """Raises UnreadableTranscriptError for what would take minutes and gigabytes, and is no call."""
    if reader is recognisers:
        return
    most, lines = (MOST_CALLS, MOST_ROWS) if reader in _WITH_PARTS else (MOST_TEXT, MOST_LINES)
    if len(data) > most:
        raise too_large(path, size=len(data), most=most)
    found = data.count(b"\n")
    if found > lines and reader not in (word, workbook):
        raise UnreadableTranscriptError(
            f"The file has {found:,} lines; at most {lines:,} are read, which is far more than the longest call.",
            place=path,
            hint=SPLIT,
        )


def is_transcript(data: bytes, *, path: str) -> bool:
    """A reader of its own format takes the file, whole or broken, or its text or table is a talk of two people."""
    decoded, notes = decode(data)
    given = Source(path=path, data=data, text=decoded, notes=notes, today=date.today())  # noqa: DTZ011
    reader = _reader(given)
    if reader is None or (reader not in (delimited, text)) or (reader is delimited and delimited.has_header(given)):
        return reader is not None
    try:
        reader.read(given)
    except UnreadableTranscriptError:
        return False
    return True


def _reader(source: Source) -> Reader | None:
    return next((reader for reader in READERS if reader.detect(source)), None)


def read_path(path: str, *, today: date | None = None, alternate: bool = False, one_sided: bool = False) -> Transcript:
    """The transcript of a file, with the sidecar `NAME.meta.yaml` beside it; `-` is standard input.

    Of several calls in one file `FILE#CALL` names one. `alternate` and `one_sided` are as in `read`.
    """
    file = call_file(path)
    return read(
        file.data,
        path=path,
        sidecar=file.sidecar,
        sidecar_path=file.sidecar_path,
        today=today,
        alternate=alternate,
        one_sided=one_sided,
        part=file.part,
    )


_SAY_WHAT = "Give a text file in which each turn begins with the speaker's name, such as `Agent: Good morning.`"
