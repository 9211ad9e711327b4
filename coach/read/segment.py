"""What a reader makes of a file before turns are made of it."""

import re
from dataclasses import dataclass

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks that turn the direction of text, halves of characters: escapes can bring them in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of one speaker as a file marks it; several in a row are one turn."""

    speaker: str | None
    """The label; None where the file does not say who talks."""
    text: str
    line: int | None = None
    start: float | None = None
    """Seconds from the beginning of the call."""
    end: float | None = None
    remarks: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    """Words of the text that the speech recogniser was not sure of, as they stand there."""
