"""Bytes become a Transcript. A reader is a module with `NAME`, `detect` and `read`, and a line in READERS."""

import difflib
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import recognisers, text
from coach.read.decode import decode, kind_of_binary
from coach.read.sidecar import sidecar_path, with_sidecar
from coach.read.source import Source

__all__ = ["MAX_BYTES", "READERS", "Reader", "Source", "read", "read_path"]

MAX_BYTES = 200_000_000
STDIN = "-"


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


READERS: tuple[Reader, ...] = (recognisers, text)
"""The first that recognises the content reads it; `text` takes any text and stays last."""


def read(
    source: Path | bytes,
    *,
    path: str,
    sidecar: bytes | None = None,
    sidecar_path: str | None = None,
    today: date | None = None,
    alternate: bool = False,
    one_sided: bool = False,
) -> Transcript:
    """The transcript of a file or of its bytes, with the sidecar's metadata in place of its own.

    `path` names the file in errors and in the transcript; `today` serves dates without a year.
    `alternate` takes the lines or segments of a file that names nobody as two speakers by turns.
    Raises UnreadableTranscriptError for whatever is no talk of two people; with `one_sided` a file in which
    nobody or only one is named gives a transcript all the same, with a note that says so: what nobody is named
    for stands under `coach.read.turns.UNNAMED`. A review needs two sides and does not ask for it.
    """
    data = source if isinstance(source, bytes) else _file(source, path=path)
    if not data:
        raise UnreadableTranscriptError("The file is empty.", place=path, hint=_SAY_WHAT)
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    decoded, notes = decode(data)
    given = Source(
        path=path,
        data=data,
        text=decoded,
        notes=notes,
        today=today or date.today(),  # noqa: DTZ011
        alternate=alternate,
        one_sided=one_sided,
    )
    reader = next((reader for reader in READERS if reader.detect(given)), None)
    if reader is None:
        kind = kind_of_binary(data) or "a binary file"
        raise UnreadableTranscriptError(f"This is {kind}, not a transcript.", place=path, hint=_SAY_WHAT)
    transcript = reader.read(given)
    if sidecar is None:
        return transcript
    place = sidecar_path or f"{path}: sidecar"
    return replace(transcript, meta=with_sidecar(transcript.meta, sidecar, path=place))


def read_path(path: str, *, today: date | None = None, alternate: bool = False, one_sided: bool = False) -> Transcript:
    """The transcript of a file, with the sidecar `NAME.meta.yaml` beside it; `-` is standard input.

    `alternate` and `one_sided` are as in `read`.
    """
    if path == STDIN:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        return read(data, path=path, today=today, alternate=alternate, one_sided=one_sided)
    file = Path(path)
    data = _file(file, path=path)
    beside = sidecar_path(file)
    return read(
        data,
        path=path,
        sidecar=_file(beside, path=str(beside)) if beside else None,
        sidecar_path=str(beside) if beside else None,
        today=today,
        alternate=alternate,
        one_sided=one_sided,
    )


_SAY_WHAT = "Give a text file in which each turn begins with the speaker's name, such as `Agent: Good morning.`"


def _file(file: Path, *, path: str) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableTranscriptError("There is no such file.", place=path, hint=_nearest(file)) from None
    except IsADirectoryError:
        raise UnreadableTranscriptError("This is a folder.", place=path, hint="Name a file in it.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableTranscriptError(
            f"The file cannot be opened: {reason}.", place=path, hint="Check the path and your permissions."
        ) from None
    if len(data) > MAX_BYTES:
        raise _too_large(path)
    return data


def _too_large(path: str) -> UnreadableTranscriptError:
    return UnreadableTranscriptError(
        f"The file is larger than {MAX_BYTES // 1_000_000} MB.", place=path, hint="Give one call in a file."
    )


def _nearest(file: Path) -> str:
    try:
        names = [entry.name for entry in file.parent.iterdir()]
    except OSError:
        return f"There is no folder {file.parent} either."
    near = difflib.get_close_matches(file.name, names, n=1)
    return f'Did you mean "{near[0]}"?' if near else "Check the path."
