"""The bytes of a call's file and of the sidecar beside it, as they were at one moment."""

import codecs
import difflib
import json
import math
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from coach.errors import UnreadableTranscriptError

MAX_BYTES = 100_000_000
"""Bytes of any file: ten hours with every word and its time are 20 to 40 MB of JSON."""
STANDARD_INPUT = "-"
SIDECAR = ".meta.yaml"
PARTIES = ".extensive.json"
"""What Gong's `/v2/calls/extensive` answers lies beside `call.json` as `call.extensive.json`."""
MARK = "#"
"""Between a file and the call in it that is meant: `calls.csv#4711`."""
CORPUS = "utterances.jsonl"
"""The file in the folder of a ConvoKit corpus that holds its words."""
SPLIT = "Split it into files of one call each."
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFile:
    """What was read of a call."""

    path: str
    """As the user wrote it; `-` for standard input."""
    data: bytes
    sidecar: bytes | None = None
    sidecar_path: str | None = None
    part: str | None = None
    """Which call of several in the file is meant."""


def call_file(path: str) -> CallFile:
    """The file and its sidecar; `-` is standard input. Raises UnreadableTranscriptError where it cannot be read."""
    if path == STANDARD_INPUT:
        return CallFile(path=path, data=sys.stdin.buffer.read(MAX_BYTES + 1))
    file, part = file_and_part(path)
    data = _with_parties(bytes_of(file, path=path), file)
    beside = sidecar_path(file)
    if beside is None:
        return CallFile(path=path, data=data, part=part)
    sidecar = bytes_of(beside, path=str(beside))
    return CallFile(path=path, data=data, sidecar=sidecar, sidecar_path=str(beside), part=part)


def _with_parties(data: bytes, file: Path) -> bytes:
    """Gong's transcript together with who took part, where that answer of its API lies beside it: a list of both."""
    beside = file.with_name(file.stem + PARTIES)
    if beside == file or not beside.is_file() or b'"callTranscripts"' not in data:
        return data
    parties = bytes_of(beside, path=str(beside)).removeprefix(codecs.BOM_UTF8)
    try:
        json.loads(parties)
    except (ValueError, RecursionError) as error:
        raise UnreadableTranscriptError(
            f"This is not valid JSON: {error}.", place=str(beside), hint="Save Gong's answer again, or take it away."
        ) from None
    return b"[" + data.removeprefix(codecs.BOM_UTF8) + b"," + parties + b"]"


def file_and_part(path: str) -> tuple[Path, str | None]:
    """The file, and which call in it is meant; the folder of a corpus stands for the file that holds its words."""
    file, part = Path(path), None
    if MARK in path and not os.path.lexists(path):
        places = (place for place, character in enumerate(path) if character == MARK and place)
        place = next((place for place in places if os.path.lexists(path[:place])), None)
        if place is not None:
            file, part = Path(path[:place]), path[place + 1 :] or None
    return (file / CORPUS if os.path.isfile(file / CORPUS) else file), part  # noqa: PTH113  # any text


def sidecar_path(path: Path) -> Path | None:
    """The sidecar beside the file: `call.txt.meta.yaml` or `call.meta.yaml` for `call.txt`; None if there is none."""
    candidates = (path.with_name(path.name + SIDECAR), path.with_name(path.stem + SIDECAR))
    return next((candidate for candidate in candidates if candidate != path and candidate.is_file()), None)


def bytes_of(file: Path, *, path: str) -> bytes:
    """The whole file as it was at one moment; one that somebody is still writing to is tried again, then refused."""
    try:
        for _ in range(_ATTEMPTS):
            with file.open("rb") as stream:
                before = os.fstat(stream.fileno())
                if before.st_size > MAX_BYTES:
                    raise too_large(path, size=before.st_size)
                data = stream.read(MAX_BYTES + 1)
                after = os.fstat(stream.fileno())
            if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                break
        else:
            raise UnreadableTranscriptError(
                "The file changed while it was read.", place=path, hint="Try again when it has been written."
            )
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
        raise too_large(path)
    return data


def too_large(path: str, *, size: int | None = None, most: int = MAX_BYTES) -> UnreadableTranscriptError:
    """That a file holds more than one call can; `size` and `most` in bytes."""
    has = f"has {math.ceil(size / 1_000_000)} MB" if size else "is too large"
    return UnreadableTranscriptError(
        f"The file {has}; at most {most // 1_000_000} MB are read, which is far more than the longest call.",
        place=path,
        hint=SPLIT,
    )


def _nearest(file: Path) -> str:
    try:
        names = [entry.name for entry in file.parent.iterdir()]
    except OSError:
        return f"There is no folder {file.parent} either."
    near = difflib.get_close_matches(file.name, names, n=1, cutoff=0.75)
    return f'Did you mean "{near[0]}"?' if near else "Check the path."
