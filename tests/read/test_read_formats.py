"""What the table of formats promises is in the samples: each is read as its format, with what the format gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.read import READERS, read_path
from coach.read.source import FormatInfo

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"convokit": "#c1-0"}


def formats() -> Iterator[FormatInfo]:
    """The rows of the table that have names of their own."""
    for reader in READERS:
        yield from getattr(reader, "FORMATS", ())


@pytest.mark.parametrize("info", list(formats()), ids=lambda info: info.name)
def test_samples_give_what_the_table_says(info: FormatInfo) -> None:
    """Format, two speakers, times and roles where they are promised."""
    transcript = read_path(f"{ROOT / info.sample}{PARTS.get(info.name, '')}")

    assert transcript.format == info.name
    assert len(transcript.speakers) >= 2
    if "times" in info.reads:
        assert any(turn.start is not None for turn in transcript.turns)
    if "roles" in info.reads:
        assert {speaker.role for speaker in transcript.speakers} & {"agent", "customer"}
