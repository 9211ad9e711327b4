"""What `coach convert` writes is read again as the same call: turns, speakers, words."""

import contextlib
import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from coach.convert import as_csv, as_json, as_text, as_vtt, clock, converted
from coach.errors import CoachError, UnreadableTranscriptError, UsageError
from coach.model import Metadata, Role, Speaker, Transcript
from coach.read import read
from coach.read.source import Source
from coach.read.turns import UNNAMED, Segment, build_transcript

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "tests" / "read" / "samples" / "own"
NASTY = st.one_of(
    st.text(min_size=1, max_size=30),
    st.sampled_from(
        [
            "Agent: Kunde",
            "[00:00:01.000] Anna",
            "# role agent",
            "„Nein“, sagt er: „doch“",
            "a\\nb\nc\\",
            "(lacht) [x] <v B>&amp;",
            "    (x)",
            " ",
            "=1+1",
            "http://a.b:80/",
            "e\u0301 \u2028 \x00 \ufeff",
            "WEBVTT\n\n1",
            '"a";b,c',
        ]
    ),
)
SIDES: tuple[Role, Role] = ("agent", "customer")
SECONDS = st.integers(0, 100_000).map(lambda thousandths: thousandths / 1000)


@st.composite
def calls(draw: st.DrawFn) -> Transcript:
    """A call as a reader may give it, with labels and words of any kind."""
    labels = draw(st.lists(NASTY, min_size=2, max_size=4, unique=True))
    timed = draw(st.booleans())
    time = 0.0
    segments = []
    for who in [0, 1, *draw(st.lists(st.integers(0, len(labels) - 1), max_size=8))]:
        time = round(time + draw(SECONDS), 3) if timed else 0.0
        segments.append(
            Segment(
                speaker=labels[who],
                text=draw(st.one_of(st.just(""), NASTY)),
                start=time if timed else None,
                end=round(time + draw(SECONDS), 3) if timed else None,
                remarks=tuple(draw(st.lists(NASTY, max_size=2))),
                doubtful=tuple(draw(st.lists(NASTY, max_size=2))),
            )
        )
    source = Source(path="call.txt", data=b"", text="", today=date(2025, 11, 18))
    meta = Metadata(call_date=date(2025, 11, 18), agent=draw(NASTY), ids={draw(NASTY): draw(NASTY)}, duration=61.5)
    try:
        call = build_transcript(source, segments, name="text", meta=meta, language="de")
    except UnreadableTranscriptError:
        reject()
    stated = [
        Speaker(label=speaker.label, role=role, confidence=1.0, evidence=("stated in the file",))
        for speaker, role in zip(call.speakers, SIDES, strict=False)
        if speaker.label != UNNAMED
    ]
    return replace(call, speakers=(*stated, *call.speakers[len(stated) :]) if len(stated) == 2 else call.speakers)


@settings(max_examples=60)
@given(calls())
def test_json_comes_back_as_it_was(call: Transcript) -> None:
    """Every field of every turn, all metadata, roles with evidence."""
    again = read(as_json(call).encode("utf-8"), path="call.txt")
    assert again == replace(call, format="coach-transcript", notes=again.notes)
    assert set(call.notes) <= set(again.notes)


@settings(max_examples=60)
@given(calls())
def test_text_comes_back_with_the_same_turns(call: Transcript) -> None:
    """Speakers, words, times and remarks, whatever colons, brackets, quotes and line ends they hold."""
    again = read(as_text(call).encode("utf-8"), path="call.txt")
    assert [(t.speaker, t.text, t.start, t.end, t.remarks) for t in again.turns] == [
        (t.speaker, t.text, t.start, t.end, t.remarks) for t in call.turns
    ]
    assert again.meta == call.meta
    assert [(item.label, item.role) for item in again.speakers] == [(item.label, item.role) for item in call.speakers]
    assert again.language == "de"


@settings(max_examples=60)
@given(calls())
def test_csv_holds_every_turn_and_no_formula(call: Transcript) -> None:
    """A spreadsheet shows the words and executes nothing."""
    rows = list(csv.DictReader(io.StringIO(as_csv(call), newline="")))
    assert len(rows) == len(call.turns)
    for row, turn in zip(rows, call.turns, strict=True):
        assert row["text"].removeprefix("'") == turn.text.removeprefix("'")
        assert row["text"][:1] not in {"=", "+", "-", "@", "\t"}
        assert row["speaker"][:1] not in {"=", "+", "-", "@", "\t"}


@settings(max_examples=60)
@given(calls())
def test_vtt_has_a_cue_for_each_turn_with_words(call: Transcript) -> None:
    """No label and no words can end a cue or begin another one."""
    if call.turns[0].start is None:
        with pytest.raises(UsageError, match="no times"):
            as_vtt(call)
        return
    lines = as_vtt(call).split("\n")
    assert sum(" --> " in line for line in lines) == sum(bool(turn.text) for turn in call.turns)
    assert all(line.startswith("<v ") for line in lines[3::3])


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("to", ["text", "json"])
def test_an_example_survives_the_way_there_and_back(path: Path, to: str) -> None:
    """The real readers' turns, not only made-up ones."""
    call = read(path, path=path.name)
    again = read(converted(call, to).encode(), path=path.name)
    assert [(turn.speaker, turn.text) for turn in again.turns] == [(turn.speaker, turn.text) for turn in call.turns]
    assert again.meta == call.meta
    assert read(converted(again, to).encode(), path=path.name).turns == again.turns


@pytest.mark.parametrize("to", ["csv", "vtt"])
def test_other_programs_forms_are_read_again_too(to: str) -> None:
    """Speakers, words and times; what a spreadsheet must not take for a formula is read without its apostrophe."""
    call = read(SAMPLES / "call.json", path="call.json")
    begun = replace(call.turns[1], text="- ja, =2 <b> & so: kalt")
    call = replace(call, turns=(call.turns[0], begun, call.turns[2]))
    again = read(converted(call, to).encode(), path=f"call.{to}")
    assert [(turn.speaker, turn.text, turn.start) for turn in again.turns] == [
        (turn.speaker, turn.text, turn.start) for turn in call.turns
    ]


@pytest.mark.parametrize("name", ["call.txt", "call.json"])
def test_the_samples_are_read(name: str) -> None:
    """Both forms of the same call."""
    call = read(SAMPLES / name, path=name)
    assert [turn.speaker for turn in call.turns] == ["Berater", "Kundin", "Berater"]
    assert call.turns[0].remarks == ("lacht",)
    assert call.turns[1].text == "Meine Heizung ist kalt: seit gestern, [NAME] weiß davon."
    assert call.meta.call_date == date(2025, 11, 18)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('{"schema": "coach-transcript/2", "turns": []}', "version 2"),
        ('{"schema": "coach-transcript/1", "turns": [', "not valid JSON"),
        ('{"schema": "coach-transcript/1"}', "“turns” must be a list"),
        ('{"schema": "coach-transcript/1", "turns": [{"speaker": 1, "text": "a"}]}', "“speaker” in turns"),
        ('{"schema": "coach-transcript/1", "turns": [{"speaker": "A", "text": null}]}', "“text” in turns"),
        ('{"schema": "coach-transcript/1", "turns": [{"speaker": "A", "text": "a"}]}', "Only one speaker"),
        ('{"schema": "coach-transcript/1", "turns": [], "meta": {"call_date": "x"}}', "no date"),
        ('{"schema": "coach-transcript/1", "turns": [], "meta": {"call_date": "\\ud800"}}', "“\\?” is no date"),
        ('{"schema": "coach-transcript/1", "turns": ' + "[" * 100_000, "cannot be read|not valid"),
        ("# coach-transcript/1\n\nno turn here", "no turn"),
        ("# coach-transcript/9\n\nA: b", "version 9"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(data: str, message: str) -> None:
    """What is wrong, and what to do."""
    with pytest.raises(UnreadableTranscriptError, match=message) as caught:
        read(data.encode(), path="x")
    assert caught.value.place
    assert caught.value.hint


@given(
    st.text(max_size=200), st.sampled_from(["# coach-transcript/1\n", '{"schema": "coach-transcript/1", "turns": ['])
)
def test_any_text_behind_the_mark_is_read_or_refused(text: str, head: str) -> None:
    """Nothing but a CoachError comes out."""
    with contextlib.suppress(CoachError):
        read((head + text).encode("utf-8", "replace"), path="x")


def test_the_json_fits_its_documented_schema() -> None:
    """The form in docs/transcript.md is the form that is written."""
    manual = (ROOT / "docs" / "transcript.md").read_text(encoding="utf-8")
    schema = json.loads(manual.partition("```json\n")[2].partition("```")[0])
    jsonschema.validate(json.loads((SAMPLES / "call.json").read_text(encoding="utf-8")), schema)


def test_times_are_rounded_to_thousandths() -> None:
    """No sixtieth second, no negative rest."""
    assert clock(59.9996) == "00:01:00.000"
    assert clock(3600 * 101 + 0.001) == "101:00:00.001"
