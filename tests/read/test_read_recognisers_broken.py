"""Whatever is wrong with a JSON file ends in turns or in an error that says what, where and what to do."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.errors import CoachError, UnreadableTranscriptError
from coach.read import read

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.json"))
TEXTS = {path.stem: path.read_bytes() for path in SAMPLES}
ODD: list[object] = [
    None, True, -1, 0, 3, 1e308, "", "x", "-5", "NaN", "\ud800", "A\nB\x1b[31m<b>", [], {}, [[]], [None], {"a": {}},
    ["x", "y", "z"], 10**30, "PT", {"seconds": "x"}, 0.5, [[1, 2, 3, 4, "x", 5, 6, 7, [["a"]]]],
]  # fmt: skip


def settled(data: bytes) -> bool:
    """Turns in order, or an error with message and hint; anything else raises."""
    for one_sided, alternate in ((True, False), (False, True)):
        try:
            transcript = read(data, path="x.json", one_sided=one_sided, alternate=alternate)
        except CoachError as error:
            if not (error.message and error.hint):
                raise
            continue
        assert [turn.number for turn in transcript.turns] == list(range(1, len(transcript.turns) + 1))
        assert {turn.speaker for turn in transcript.turns} == {speaker.label for speaker in transcript.speakers}
        for turn in transcript.turns:
            assert turn.speaker.isprintable()
            assert isinstance(turn.text.encode(), bytes)
            assert "\x1b" not in turn.text
            assert turn.start is None or turn.start >= 0
            assert turn.end is None or turn.start is None or turn.end >= turn.start
            assert turn.overlap >= 0
            assert turn.silence >= 0
        assert all(note.encode() for note in transcript.notes)
    return True


def refused(data: bytes) -> UnreadableTranscriptError:
    """The error for a file that cannot be read."""
    with pytest.raises(UnreadableTranscriptError) as caught:
        read(data, path="x.json")
    assert caught.value.hint
    return caught.value


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any JSON value
    """The ways to all values inside a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deep for key, item in inner for deep in places(item, (*path, key)))]


DOCUMENTS = {name: json.loads(text) for name, text in TEXTS.items()}
PLACES = {name: places(document)[1:] for name, document in DOCUMENTS.items()}


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_values_of_wrong_types_are_read_or_refused(name: str, data: st.DataObject) -> None:
    """Up to four values of a real document replaced or left out."""
    changed = copy.deepcopy(DOCUMENTS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        *way, last = data.draw(st.sampled_from(PLACES[name]))
        inner = changed
        for key in way:
            inside = isinstance(inner, dict) and key in inner
            inside |= isinstance(inner, list) and isinstance(key, int) and key < len(inner)
            if not inside:
                break
            inner = inner[key]
        else:
            if isinstance(inner, dict) and last in inner and data.draw(st.booleans()):
                del inner[last]
            elif isinstance(inner, dict) or (isinstance(inner, list) and isinstance(last, int) and last < len(inner)):
                inner[last] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
    assert settled(json.dumps(changed).encode())


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_mangled_bytes_are_read_or_refused(name: str, data: st.DataObject) -> None:
    """A piece cut out, doubled or overwritten."""
    text = TEXTS[name]
    at = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([b"", b'"', b"{", b"]", b",", b"\x00", b"NaN"])))
    assert settled(text[:at] + put + text[at + length :])


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_was_cut_off_is_named_as_such(name: str) -> None:
    """With the place where it ends."""
    text = TEXTS[name].rstrip()
    for share in (0.3, 0.6, 0.95):
        error = refused(text[: int(len(text) * share)])
        assert "cut off" in error.message
        assert (error.place or "").startswith("x.json:")


def test_broken_json_is_named_with_line_and_column() -> None:
    """The decoder's own words, and where."""
    error = refused(b'{"segments": [\n  {"start": 1 "end": 2}\n]}')
    assert (error.place, error.message) == ("x.json:2:15", "This is not valid JSON: expecting ',' delimiter.")


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"segments":' * 5_000 + b"1" + b"}" * 5_000,
        b"[" * 50_000 + b"]" * 50_000,
        b'{"a": ' + b"9" * 6_000 + b"}",
        b'{"segments": [{"start": ' + b"9" * 6_000 + b', "end": 1, "text": "x", "speaker": "A"}]}',
        b"[]",
        b"{}",
        b'[{"text": "x"}]',
        b'{"segments": []}',
        b'{"results": [], "speaker_labels": []}',
    ],
    ids=["open", "deep", "nested", "number", "time", "list", "object", "one", "empty", "no results"],
)
def test_nesting_numbers_and_emptiness_are_refused(data: bytes) -> None:
    """In little time and without a traceback."""
    assert refused(data).message


def test_unknown_json_is_refused_with_its_keys_and_what_is_known() -> None:
    """Enough to see what the file is."""
    error = refused(b'{"release": "3.1", "info": {}, "paths": {}}')
    assert '"release", "info", "paths"' in error.message
    assert "WhisperX" in (error.hint or "")


def test_a_wrong_version_is_named() -> None:
    """Gecko, Speechmatics and Contact Lens say which version they are."""
    for name, key in (("gecko", "schemaVersion"), ("speechmatics", "format"), ("contact_lens_voice", "Version")):
        assert "version 9.1" in refused(json.dumps(DOCUMENTS[name] | {key: "9.1"}).encode()).message


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("amazon_speakers", {"status": "IN_PROGRESS"}, "not complete"),
        ("assemblyai", {"status": "queued"}, "not complete"),
        ("gong", {"callTranscripts": [*DOCUMENTS["gong"]["callTranscripts"], {"callId": "78"}]}, "2 calls"),
        ("amazon_bda_custom", {}, "custom output"),
    ],
)
def test_what_cannot_be_one_call_is_refused_with_the_reason(name: str, change: dict[str, Any], message: str) -> None:
    """Not a guess at which part was meant."""
    assert message in refused(json.dumps(DOCUMENTS[name] | change).encode()).message


def test_json_lines_and_bracketed_text_are_not_taken_for_json() -> None:
    """They are other formats' business."""
    text = "[00:01] Agent: Guten Tag.\n[00:03] Kunde: Hallo.\n[00:05] Agent: Bitte?\n"
    assert read(text.encode(), path="x.txt").format == "text"


def test_a_missing_number_does_not_end_the_reading() -> None:
    """NaN, as some write it, is no time; a newline in a text is a space."""
    found = read(
        b'{"segments": [{"start": NaN, "end": 1, "text": "Guten\nTag.", "speaker": "A"},'
        b' {"start": 2, "end": Infinity, "text": "Hallo.", "speaker": "B"}]}',
        path="x",
    )
    assert [(turn.text, turn.start, turn.end) for turn in found.turns] == [("Guten Tag.", None, 1), ("Hallo.", 2, None)]


def test_labels_are_on_one_line_and_carry_no_escapes() -> None:
    """A name is data, whatever it holds."""
    names = ["Anna\\u001b[2J\\n<script>alert(1)</script>", "B" * 500]
    rows = ", ".join(f'{{"speaker": "{name}", "text": "Hallo."}}' for name in names)
    labels = [speaker.label for speaker in read(f"[{rows}]".encode(), path="x").speakers]
    assert labels == ["Anna [2J <script>alert(1)</script>", "B" * 80]


@pytest.mark.parametrize("key", ["$schema", "openapi"])
def test_descriptions_of_formats_hold_no_call(key: str) -> None:
    """A schema is told from a file of the format."""
    with pytest.raises(UnreadableTranscriptError, match="describes a format"):
        read(json.dumps({key: "x", "title": "Transcript", "properties": {}}).encode(), path="schema.json")
