"""How far a run is, on a terminal's standard error; nothing anywhere else."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.run import Progress

WIDTH = 30
EVERY = 0.1
"""Seconds between two drawings."""


@contextmanager
def progress(calls: int) -> Iterator["Progress | None"]:
    """What to tell how many calls are done; None for a single call and where nobody sits at a terminal."""
    if calls < 2 or not sys.stderr.isatty():
        yield None
        return
    last = 0.0
    drawn = False

    def tell(done: int, total: int) -> None:
        nonlocal last, drawn
        now = time.monotonic()
        if now - last < EVERY:
            return
        last, drawn = now, True
        full = done * WIDTH // max(total, 1)
        sys.stderr.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
