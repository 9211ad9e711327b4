"""NIST CTM: a word a line; who talks is told by a column, by channels, or by recordings named after people."""

from datetime import date
from pathlib import Path

import pytest

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import read, read_path

SAMPLES = Path(__file__).parent / "samples"
TWO_CHANNELS = """\
;; made by hand
call7 A 0.10 0.30 good 0.98
call7 A 0.40 0.50 morning 0.31
call7 B 1.20 0.40 hello 0.95
call7 B 1.70 0.20 [noise] 0.90
call7 A 2.60 0.30 how 0.97
call7 A 2.90 0.30 are 0.97
call7 A 3.20 0.30 you 0.97
"""


def reading(text: str, *, part: str | None = None, one_sided: bool = False) -> Transcript:
    """The transcript of a text."""
    return read(text.encode(), path="call.txt", today=date(2026, 3, 1), part=part, one_sided=one_sided)


def talk(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and words of each turn."""
    return [(turn.speaker, turn.text) for turn in transcript.turns]


def test_channels_are_speakers() -> None:
    """Times, doubtful words, and what is no word."""
    transcript = reading(TWO_CHANNELS)

    assert transcript.format == "ctm"
    assert talk(transcript) == [("Channel A", "good morning"), ("Channel B", "hello"), ("Channel A", "how are you")]
    assert [(turn.start, turn.end) for turn in transcript.turns] == [(0.1, 0.9), (1.2, 1.6), (2.6, 3.5)]
    assert transcript.turns[0].doubtful == ("morning",)
    assert "Sounds and marks of no word were left out: 1." in transcript.notes


def test_recordings_named_after_people() -> None:
    """As Gecko writes them: one recording, a part of it for each stretch of a speaker; −1 is no confidence."""
    transcript = read_path(str(SAMPLES / "gecko.ctm"))

    assert [speaker.label for speaker in transcript.speakers] == ["Roger", "Virgil"]
    assert transcript.turns[1].text.startswith("Yeah. I just… just got back from a week vacation")
    assert not any(turn.doubtful for turn in transcript.turns)


def test_speaker_column_goes_before_the_channel() -> None:
    """The eighth column; an interjection stays in its place, and of alternatives the first is said."""
    rows = [
        "c 1 0.0 0.4 guten 0.9 lex anna",
        "c 1 0.4 0.4 Tag 0.9 lex anna",
        "c 1 * * <ALT_BEGIN>",
        "c 1 1.0 0.4 ja 0.9 lex ben",
        "c 1 * * <ALT>",
        "c 1 1.0 0.4 je 0.9 lex ben",
        "c 1 * * <ALT_END>",
        *(f"c 1 {2 + i}.0 0.4 so 0.9 lex anna" for i in range(12)),
    ]

    assert talk(reading("\n".join(rows)))[:2] == [("anna", "guten Tag"), ("ben", "ja")]


def test_several_recordings_need_a_choice() -> None:
    """Each recording is a call."""
    text = TWO_CHANNELS + TWO_CHANNELS.replace("call7", "call8").replace("hello", "bye")

    with pytest.raises(UnreadableTranscriptError, match="2 recordings: call7, call8"):
        reading(text)
    assert reading(text, part="call8").turns[1].text == "bye"


def test_one_channel_names_nobody() -> None:
    """It is refused for a review, and can be looked at."""
    text = TWO_CHANNELS.replace(" B ", " A ")

    with pytest.raises(UnreadableTranscriptError, match="Nobody is named"):
        reading(text)
    assert talk(reading(text, one_sided=True)) == [("?", "good morning hello how are you")]


def test_sentences_with_numbers_are_no_rows() -> None:
    """Prose with times in it stays prose."""
    text = "Anna: 1 2 3 los\nBen: Platz 3 1 frei\nAnna: Gut\nBen: Raum 4 2 9 passt\n"

    assert reading(text).format == "text"
