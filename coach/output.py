"""Files are written whole or not at all."""

import contextlib
import os
import shutil
import stat
from pathlib import Path

from coach.errors import UsageError


def write_whole(path: Path, text: str) -> None:
    """The text as UTF-8 under that name, or, after a UsageError, whatever was there before.

    Written beside the target and put in its place at once; a link is followed, a device or pipe written directly.
    """
    target = Path(os.path.realpath(path))
    data = text.encode("utf-8", errors="replace")
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as device:
                device.write(data)
            return
        _replace(target, data)
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "Name a file in a folder that exists and can be written to."
        raise UsageError(f"The report cannot be written: {reason}.", place=str(path), hint=hint) from None


def _replace(target: Path, data: bytes) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:
            file.write(data)
        if target.exists():
            if not os.access(target, os.W_OK):
                raise PermissionError(13, "Permission denied")
            shutil.copymode(target, draft)
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
