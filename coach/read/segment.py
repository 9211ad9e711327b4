"""What a reader makes of a file before turns are made of it."""

from dataclasses import dataclass


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
