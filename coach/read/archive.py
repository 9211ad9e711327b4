"""ZIP archives such as Word and Excel files: opened only where they stay within bounds."""

import io
import zipfile

from coach.errors import UnreadableTranscriptError
from coach.read.source import Source

MAX_UNPACKED = 150_000_000
"""Bytes that all parts of a document may have together; a day of talk has about two million."""
MAX_PART = 30_000_000
MAX_PARTS = 5_000
_SIGNATURE = b"PK\x03\x04"
HINT = "Export the transcript as plain text or WebVTT instead."


def holds(source: Source, part: str) -> bool:
    """True where the file is a ZIP archive with a part of this name or in this folder."""
    if not source.data.startswith(_SIGNATURE):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return any(name == part or name.startswith(part + "/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        # The name of the part stands in the archive itself, too: a truncated document is still a document.
        return part.encode() in source.data


def check_archive(source: Source, *, kind: str) -> None:
    """Raises UnreadableTranscriptError where the archive is broken, encrypted, or would unpack to more than the limits.

    What an archive says of its parts' sizes is binding: `zipfile` reads no more than that.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            parts = archive.infolist()
            sizes = [part.file_size for part in parts]
            locked = any(part.flag_bits & 1 for part in parts)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise broken(source, kind=kind) from None
    if locked:
        raise UnreadableTranscriptError(
            f"The {kind} is encrypted.", place=source.path, hint="Save it without a password."
        )
    if len(parts) > MAX_PARTS or sum(sizes) > MAX_UNPACKED or max(sizes, default=0) > MAX_PART:
        raise UnreadableTranscriptError(
            f"The {kind} unpacks to {sum(sizes) // 1_000_000} MB in {len(parts)} parts: too much for a transcript.",
            place=source.path,
            hint=HINT,
        )


def broken(source: Source, *, kind: str) -> UnreadableTranscriptError:
    """The error for a document that cannot be opened."""
    return UnreadableTranscriptError(f"The {kind} is damaged and cannot be opened.", place=source.path, hint=HINT)
