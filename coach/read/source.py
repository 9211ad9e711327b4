"""What a reader is given: the bytes of one file, and the text where they are text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to be read.

    Readers of binary formats look at `data`, readers of text formats at `text`;
    `text` is None where the bytes are no text.
    """

    path: str
    """As the user wrote it; `-` for standard input."""
    data: bytes
    text: str | None
    """Unix line ends, no byte order mark, Unicode NFC."""
    notes: tuple[str, ...] = ()
    """What was doubtful while decoding, one sentence each."""
    today: date
    """The day against which dates without a year are understood."""
