"""Where words go: standard output, standard error, files and folders, which are written whole or not at all."""

import contextlib
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, TextIO

from coach.errors import UsageError


def write_whole(path: Path, text: str | Iterable[str]) -> None:
    """The text, or its pieces, as UTF-8 under that name, or, after a UsageError, whatever was there before.

    Written beside the target and put in its place at once; a link is followed, a device or pipe written directly.
    """
    target = Path(os.path.realpath(path))
    data = [text] if isinstance(text, str) else text
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as device:
                _pour(data, device)
            return
        _replace(target, data)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = _way_on(error, "Name a file in a folder that exists and can be written to.")
        raise UsageError(f"The report cannot be written: {reason}.", place=str(path), hint=hint) from None


def write_folder(folder: Path, files: Iterable[tuple[str, str]], *, why_to_keep: Callable[[bytes], str | None]) -> None:
    """The files, (name, text) each as UTF-8, in that folder; after a UsageError all there is as it was before.

    They are written aside, and put in their places when all are done, in their order. `why_to_keep` says of the bytes
    of a file that is there already why it must stay; then nothing is written. Other files in the folder stay.
    """
    target = Path(os.path.realpath(folder))
    try:
        above = target if target.exists() else target.parent
        with tempfile.TemporaryDirectory(prefix=".coach-", dir=above, ignore_cleanup_errors=True) as aside:
            names = []
            for name, text in files:
                with Path(aside, name).open("xb") as file:
                    _pour([text], file)
                names.append(name)
            for name in names:
                _refuse_replacing(target / name, folder / name, why_to_keep)
            target.mkdir(exist_ok=True)
            for name in names:
                Path(aside, name).replace(target / name)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = _way_on(error, "Name a folder that can be written to, or a new one in a folder that exists.")
        raise UsageError(f"The pages cannot be written: {reason}.", place=str(folder), hint=hint) from None


def _way_on(error: OSError, otherwise: str | None) -> str | None:
    """What to do about it; no other name helps on a full disk."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "Make room there, or write to another disk." if full else otherwise


def _refuse_replacing(path: Path, shown: Path, why_to_keep: Callable[[bytes], str | None]) -> None:
    if path.is_dir():
        reason: str | None = "there is a folder of this name"
    else:
        reason = why_to_keep(path.read_bytes()) if path.exists() else None
    if reason:
        hint = "Move it away, or name another folder after --output."
        raise UsageError(f"The page cannot be written: {reason}.", place=str(shown), hint=hint)


def refuse_overwriting(path: Path | None, inputs: Iterable[str]) -> None:
    """Raises UsageError where a report would take the place of what it is about."""
    if path is not None and any(os.path.realpath(path) == os.path.realpath(name) for name in inputs):
        hint = "Name another file after --output."
        raise UsageError("The report would overwrite a transcript.", place=str(path), hint=hint)


def refuse_unwritable(path: Path | None) -> None:
    """Raises UsageError where a report could not be written there, before the work is done in vain."""
    if path is None:
        return
    folder = Path(os.path.realpath(path)).parent
    reason = None
    if path.is_dir():
        reason = "it is a folder"
    elif not folder.is_dir():
        reason = f"there is no folder {folder}"
    elif not os.access(folder, os.W_OK) and not path.exists():
        reason = f"the folder {folder} cannot be written to"
    if reason:
        hint = "Name a file in a folder that exists and can be written to."
        raise UsageError(f"The report cannot be written: {reason}.", place=str(path), hint=hint)


def _pour(parts: Iterable[str], file: BinaryIO) -> None:
    file.writelines(part.encode("utf-8", errors="replace") for part in parts)


def _replace(target: Path, data: Iterable[str]) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:
            _pour(data, file)
        if target.exists():
            if not os.access(target, os.W_OK):
                raise PermissionError(13, "Permission denied")
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def write(text: str | Iterable[str], *, utf8: bool = False) -> None:
    """Writes to standard output, for machines as UTF-8 whatever the terminal speaks.

    A reader that went away is no error. Raises UsageError where the text cannot be taken, as on a full disk.
    """
    if utf8 and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        for part in [text] if isinstance(text, str) else text:
            sys.stdout.write(part)
        sys.stdout.flush()
    except BrokenPipeError:
        _hush(sys.stdout)
    except OSError as error:
        _hush(sys.stdout)
        reason, hint = error.strerror, _way_on(error, None)
        raise UsageError(f"The report cannot be written: {reason}.", place="standard output", hint=hint) from None


def complain(message: str, *, place: str | None = None, hint: str | None = None) -> None:
    """Says on standard error what is wrong, where, and what to do."""
    head = f"{place}: {message}" if place else message
    tell(f"{head}\n  {hint}" if hint else head)


def tell(message: str) -> None:
    """Says on standard error what has been done."""
    try:
        sys.stderr.write(f"coach: {message}\n")
        sys.stderr.flush()
    except OSError:
        _hush(sys.stderr)


def trimmed(text: str) -> str:
    """The lines without the blanks that fill them up."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _hush(stream: TextIO) -> None:
    """Lets what is still to be written vanish, so that the end of the process does not complain about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
