"""What a reader is given: the bytes of one file, and the text where they are text; and what it says of its formats."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Gives: TypeAlias = Literal["speakers", "times", "roles", "confidence", "metadata"]
"""What can be read from a format beside its words; `roles`: the format itself says who serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatInfo:
    """A row of the table of formats.

    A module for one format has the same as constants: NAME, TITLE, READS, SAMPLE; one for several has them in a
    tuple FORMATS.
    """

    name: str
    """As in Transcript.format."""
    title: str
    """As people call it."""
    reads: frozenset[Gives]
    sample: str
    """Path of a sample in the checkout, in `tests/` or `examples/`."""


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
    alternate: bool = False
    """Where nobody is named, lines or segments are two speakers by turns; said by the user, never guessed."""
    one_sided: bool = False
    """A transcript with fewer than two speakers is wanted too: it can be looked at and converted, if not reviewed."""
    part: str | None = None
    """Which call of several in the file is meant, as in `calls.csv#4711`; None where the user names none."""
