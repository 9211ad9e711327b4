"""Any talk written in any style reads back; any bytes give a transcript or an error that a user can mend."""

from collections.abc import Callable
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import CoachError, UnreadableTranscriptError
from coach.model import Transcript
from coach.read import read

Talk = list[tuple[str, str]]

LABELS = st.sampled_from(
    [
        ["Anna", "Ben", "Carla"],
        ["Agent", "Kunde", "Supervisor"],
        ["agent", "customer", "supervisor"],
        ["A", "K", "B"],
        ["Sprecher 1", "Sprecher 2", "Sprecher 3"],
        ["SPEAKER_00", "SPEAKER_01", "SPEAKER_02"],
        ["Frau Yılmaz", "Herr Groß", "Dr. Śliwa"],
        ["Er", "Ich", "Sie"],
        ["Femi Adeyemi", "Joost", "Anna-Lena O’Hara"],
    ]
)
WORDS = st.lists(
    st.sampled_from(
        "ja nein wir grad‘ don't geht's Angebot 3 10:30 Uhr, also: Nochmal: gut. https://example.org/a und… "
        "Müller 27.10.. [NAME] 5,50 € -- – Kund:innen z.B. #1 e-mail&co".split()
    ),
    min_size=1,
    max_size=12,
).map(lambda words: " ".join(["so", *words]))


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """A talk of at least two people."""
    labels = draw(LABELS)
    turns = draw(st.lists(st.tuples(st.sampled_from(labels), WORDS), min_size=2, max_size=15))
    return [*turns, (labels[0], draw(WORDS)), (labels[1], draw(WORDS))]


def _clock(index: int) -> str:
    return f"{index * 7 // 60:02}:{index * 7 % 60:02}"


STYLES: dict[str, Callable[[int, str, str], str]] = {
    "plain": lambda _, label, words: f"{label}: {words}",
    "blank lines": lambda _, label, words: f"{label}: {words}\n",
    "bold": lambda _, label, words: f"**{label}:** {words}",
    "bold, colon outside": lambda _, label, words: f"**{label}**: {words}",
    "bullet": lambda _, label, words: f"- {label}: {words}",
    "numbered": lambda index, label, words: f"{index + 1}. {label}: {words}",
    "mail quote": lambda _, label, words: f"> {label}: {words}",
    "stamp": lambda index, label, words: f"[{_clock(index)}] {label}: {words}",
    "bare stamp": lambda index, label, words: f"00:{_clock(index)} {label}: {words}",
    "range": lambda index, label, words: f"[{_clock(index)} - {_clock(index + 1)}] {label}: {words}",
    "stamp behind": lambda index, label, words: f"{label} ({_clock(index)}): {words}",
    "stamp in words": lambda index, label, words: f"{label}: [{_clock(index)}] {words}",
    "stamp above": lambda index, label, words: f"{_clock(index)}\n{label}: {words}",
    "header": lambda index, label, words: f"{label}  {_clock(index)}\n{words}\n",
    "header in brackets": lambda index, label, words: f"{label} [{_clock(index)}]\n\n{words}\n",
    "words below": lambda _, label, words: f"{label}:\n{words}\n",
    "German quotes": lambda _, label, words: f"{label}: „{words}“",
    "no space": lambda _, label, words: f"{label}:“{words}“",
    "English quotes": lambda _, label, words: f"{label}: “{words}”",
    "straight quotes": lambda _, label, words: f'{label}: "{words}"',
    "guillemets": lambda _, label, words: f"{label}: »{words}« (lacht)",
}
TIMED = {"stamp", "bare stamp", "range", "stamp behind", "stamp in words", "stamp above", "header"}


@pytest.mark.parametrize("style", STYLES)
@given(talk=talks())
def test_a_talk_in_any_style_reads_back(style: str, talk: Talk) -> None:
    """The turns are those that were written, in order, one speaker's neighbours as one."""
    text = "\n".join(STYLES[style](index, *turn) for index, turn in enumerate(talk))
    groups = [list(group) for _, group in groupby(enumerate(talk), key=lambda item: item[1][0])]
    expected = [(group[0][1][0], " ".join(words for _, (_, words) in group)) for group in groups]

    transcript = read(text.encode(), path="x.txt")

    assert [(turn.speaker, turn.text) for turn in transcript.turns] == expected
    assert [turn.number for turn in transcript.turns] == list(range(1, len(expected) + 1))
    assert [speaker.label for speaker in transcript.speakers] == list(dict.fromkeys(label for label, _ in expected))
    if style in TIMED:
        assert [turn.start for turn in transcript.turns] == [group[0][0] * 7.0 for group in groups]


@given(words=st.lists(WORDS, min_size=1, max_size=8), style=st.sampled_from(sorted(STYLES)))
def test_one_speaker_is_never_a_transcript(words: list[str], style: str) -> None:
    """A side alone is an error with place and hint."""
    text = "\n".join(STYLES[style](index, "Anna", said) for index, said in enumerate(words))

    with pytest.raises(UnreadableTranscriptError) as caught:
        read(text.encode(), path="x.txt")

    assert caught.value.place
    assert caught.value.hint


def _read_or_refused(data: bytes) -> Transcript | CoachError:
    try:
        return read(data, path="x.txt")
    except CoachError as error:
        return error


def _checked(data: bytes) -> None:
    lines = data.count(b"\n") + data.count(b"\r") + 1
    transcript = _read_or_refused(data)
    if isinstance(transcript, CoachError):
        assert transcript.message
        assert transcript.hint
        return
    numbers = [turn.line for turn in transcript.turns]
    assert len({turn.speaker for turn in transcript.turns if turn.text}) >= 2
    assert all(one.speaker != two.speaker for one, two in zip(transcript.turns, transcript.turns[1:], strict=False))
    assert numbers == sorted(numbers, key=lambda line: line or 0)
    assert all(line is not None and 1 <= line <= lines for line in numbers)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Nothing but a CoachError comes out of bytes."""
    _checked(data)


PIECES = st.sampled_from(
    [
        "Anna",
        "Ben",
        "a",
        "K",
        ":",
        ": ",
        " ",
        "\n",
        "\n\n",
        "„",
        "“",
        '"',
        "'",
        "‚",
        "»",
        "(",
        ")",
        "[",
        "]",
        "**",
        "_",
        "00:12",
        "[00:12]",
        "1.1.2025 00:01",
        " - ",
        "> ",
        "# ",
        "Hallo",
        "Datum",
        "Freitag, 3. Mai",
        "---",
        "#",
        "-->",
    ]
)


@given(st.lists(PIECES, max_size=80))
def test_any_heap_of_marks_is_read_or_refused(pieces: list[str]) -> None:
    """Labels, stamps, quotation marks and brackets in any order do no harm."""
    _checked("".join(pieces).encode())
