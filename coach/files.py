"""Which files are meant: what is named, what lies in folders, what fits a pattern, what a list says; in that order.

In a folder the transcripts are taken and the rest is passed over: hidden files, sidecars, labels, settings, and
whatever no reader recognises. What is named outright is always taken: where it is no transcript, its reader says so.
"""

import glob
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.callfile import CORPUS, PARTIES, STANDARD_INPUT, file_and_part
from coach.errors import CoachError, UsageError
from coach.task import Unreviewed

TRANSCRIPTS: frozenset[str] = frozenset(
    {".txt", ".text", ".vtt", ".srt", ".cha", ".ctm", ".eaf", ".textgrid", ".exb", ".flk", ".fln"}
)
"""A file in a folder with this suffix is a transcript, or else a mistake worth telling."""
PERHAPS: frozenset[str] = frozenset(
    {
        "",
        ".csv",
        ".docx",
        ".htm",
        ".html",
        ".json",
        ".jsonl",
        ".log",
        ".markdown",
        ".md",
        ".tab",
        ".tei",
        ".tsv",
        ".xlsx",
        ".xml",
    }
)
"""A file in a folder with this suffix is a transcript where a reader can read it."""
_OTHERS = ("README", "LICENSE", "LICENCE", "NOTICE", "CHANGELOG", "CONTRIBUTING", "COPYING", "AUTHORS")
_OTHER_ENDS = (".meta.yaml", ".gold.yaml", PARTIES)
_LOOKED_AT = 20_000_000
"""Bytes of a file above which nobody looks into it to see what it is."""
_LONGEST_LIST = 100_000_000


def listed(place: str) -> list[str]:
    """The paths that a file names, or standard input (`-`), one a line or parted by NUL; raises UsageError."""
    try:
        if place == STANDARD_INPUT:
            data = sys.stdin.buffer.read(_LONGEST_LIST)
        else:
            with Path(place).open("rb") as file:
                data = file.read(_LONGEST_LIST)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"The list of files cannot be read: {reason}.", place=place) from None
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    names = [os.fsdecode(part) for part in parts if part.strip()]
    if not names:
        raise UsageError("The list of files is empty.", place=place, hint="Write one path a line.")
    return names


def found_files(names: Sequence[str]) -> list[str | Unreviewed]:
    """The transcripts that the names stand for, and, in their places, what is wrong with a name; none twice."""
    taken: set[str] = set()
    found: list[str | Unreviewed] = []
    for name in names:
        named = name == STANDARD_INPUT or not (os.path.isdir(name) or _is_pattern(name))  # noqa: PTH112  # any text
        for item in [name] if named else _meant(name):
            place = item if isinstance(item, Unreviewed) or item == STANDARD_INPUT else os.path.realpath(item)
            if isinstance(place, str) and item != STANDARD_INPUT:
                if place in taken:
                    continue
                taken.add(place)
            found.append(item)
    return found


def _meant(name: str) -> Iterator[str | Unreviewed]:
    if os.path.isdir(name):  # noqa: PTH112  # as above
        yield from _in_folder(name)
        return
    matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  # the path stays as it was written
    if not matches:
        yield _wrong(name, "No file fits this pattern.", "Check the path; “**” stands for folders at any depth.")
    for match in matches:
        if os.path.isdir(match):  # noqa: PTH112  # as above
            if not name.endswith("**"):
                yield from _in_folder(match)
        elif _is_wanted(match, named=not name.endswith("*")):
            yield match


def _is_pattern(name: str) -> bool:
    return glob.has_magic(name) and not os.path.lexists(file_and_part(name)[0])


def _in_folder(top: str) -> Iterator[str | Unreviewed]:
    """The transcripts in the folder and below, by name; links to folders are followed once, never in a circle."""
    count = 0
    for item in _walked(top):
        count += 1
        yield item
    if not count:
        hint = "Transcripts are files such as call.txt, call.vtt or call.json; name others outright."
        yield _wrong(top, "There are no transcripts in this folder.", hint)


def _walked(top: str) -> Iterator[str | Unreviewed]:
    above: dict[str, tuple[int, int]] = {}
    seen: set[tuple[int, int]] = set()
    waiting: list[str | Unreviewed] = [top]
    while waiting:
        path = waiting.pop()
        if isinstance(path, Unreviewed):
            yield path
            continue
        try:
            state = os.stat(path)  # noqa: PTH116  # the path stays as it was written
            if not stat.S_ISDIR(state.st_mode):
                if stat.S_ISREG(state.st_mode) and _is_wanted(path, named=False):
                    yield path
                continue
            inode = (state.st_dev, state.st_ino)
            if any(other == inode and path.startswith(folder + os.sep) for folder, other in above.items()):
                yield _wrong(
                    path, "This link leads back to a folder above it.", "Remove the link, or name other files."
                )
                continue
            if inode in seen:
                continue
            seen.add(inode)
            above[path] = inode
            with os.scandir(path) as entries:
                inside = sorted((entry.path for entry in entries if not entry.name.startswith(".")), reverse=True)
            corpus = os.path.join(path, CORPUS)  # noqa: PTH118  # as above
            inside = [corpus] if corpus in inside else inside
        except OSError as error:
            reason = error.strerror or str(error)
            yield _wrong(path, f"This cannot be opened: {reason}.", "Check the path, links and your permissions.")
            continue
        waiting.extend(inside)


def _is_wanted(path: str, *, named: bool) -> bool:
    """The file is a transcript as far as its name tells, or, where that says little, its content."""
    name = Path(path).name
    if name.startswith(".") or name.endswith(_OTHER_ENDS) or name.upper().startswith(_OTHERS):
        return False
    suffix = Path(name).suffix.lower()
    if named or suffix in TRANSCRIPTS:
        return True
    return suffix in PERHAPS and _is_read(path)


def _is_read(path: str) -> bool:
    """A reader takes the file for its own, or it reads as a talk."""
    from coach.read import is_transcript

    try:
        data = Path(path).read_bytes() if Path(path).stat().st_size <= _LOOKED_AT else b""
        return bool(data) and is_transcript(data, path=path)
    except (CoachError, OSError):
        return False


def _wrong(path: str, message: str, hint: str) -> Unreviewed:
    return Unreviewed(path=path, message=message, place=path, hint=hint)
