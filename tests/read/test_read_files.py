"""Files, standard input and sidecars are read, or refused with place and hint."""

import contextlib
import io
import sys
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

import coach.callfile
import coach.read
from coach.errors import UnreadableTranscriptError
from coach.read import read, read_path

CALL = "Agent: Guten Tag.\nKunde: Hallo.\n"


def test_a_file_is_read_with_the_sidecar_beside_it(tmp_path: Path) -> None:
    """`call.meta.yaml` stands beside `call.txt`."""
    file = tmp_path / "call.txt"
    file.write_text(CALL)
    (tmp_path / "call.meta.yaml").write_text("call_date: 2025-11-18\nagent: no\ncall_type:\nlead_date: '2025-11-01'\n")

    transcript = read_path(str(file))

    assert transcript.path == str(file)
    assert transcript.format == "text"
    assert transcript.meta.call_date == date(2025, 11, 18)
    assert transcript.meta.lead_date == date(2025, 11, 1)
    assert transcript.meta.agent == "no"
    assert transcript.meta.call_type is None


def test_a_path_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    """`read` takes a path or bytes."""
    file = tmp_path / "call.txt"
    file.write_text(CALL)

    assert read(file, path="x") == read(CALL.encode(), path="x")


def test_standard_input_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads what is piped in."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(CALL.encode())))

    assert [turn.text for turn in read_path("-").turns] == ["Guten Tag.", "Hallo."]


@pytest.mark.parametrize(
    ("sidecar", "place", "words", "hint"),
    [
        (b"agnet: X", "c.meta.yaml:1:1", "agnet", '"agent"'),
        (b"agent: X\ncalldate: 2025-01-01", "c.meta.yaml:2:1", "calldate", '"call_date"'),
        (b"call_date: morgen", "c.meta.yaml:1:12", "morgen", "2025-11-18"),
        (b"agent: X\nagent: Y", "c.meta.yaml:2:1", "twice", "keys"),
        (b"agent: [X]", "c.meta.yaml:1:8", "single", "keys"),
        (b"- agent", "c.meta.yaml:1:1", "keys with values", "keys"),
        (b"agent: 'X", "c.meta.yaml:1:10", "YAML", "keys"),
        (b"\x00\x01\x02\x03\x04", "c.meta.yaml", "text", "keys"),
    ],
)
def test_a_wrong_sidecar_is_an_error_with_its_place(sidecar: bytes, place: str, words: str, hint: str) -> None:
    """Unknown keys, no dates, duplicates and broken YAML are named with line, column and the nearest word."""
    with pytest.raises(UnreadableTranscriptError, match=words) as caught:
        read(CALL.encode(), path="c.txt", sidecar=sidecar, sidecar_path="c.meta.yaml")

    assert caught.value.place == place
    assert hint in (caught.value.hint or "")


def test_an_empty_sidecar_says_nothing() -> None:
    """A file with comments only changes nothing."""
    assert read(CALL.encode(), path="x", sidecar=b"# nothing\n") == read(CALL.encode(), path="x")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\xff\xfe\x03" * 50, "binary"),
        (b"%PDF-1.7\n\x00", "PDF"),
        (b"\xef\xbb\xbf", "No talk"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, words: str) -> None:
    """The message says what the file is."""
    with pytest.raises(UnreadableTranscriptError, match=words) as caught:
        read(data, path="x.txt")

    assert caught.value.place == "x.txt"
    assert caught.value.hint


def test_missing_files_and_folders_are_errors(tmp_path: Path) -> None:
    """The nearest name is offered."""
    (tmp_path / "call.txt").write_text(CALL)

    with pytest.raises(UnreadableTranscriptError, match="no such file") as caught:
        read_path(str(tmp_path / "cal.txt"))
    assert caught.value.hint == 'Did you mean "call.txt"?'
    with pytest.raises(UnreadableTranscriptError, match="folder"):
        read_path(str(tmp_path))


def test_there_is_a_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A file beyond the limit is refused before it is read, with its size and the limit."""
    monkeypatch.setattr(coach.callfile, "MAX_BYTES", 2_000_000)
    file = tmp_path / "call.txt"
    with file.open("wb") as stream:
        stream.truncate(3_000_000)

    with pytest.raises(UnreadableTranscriptError, match="has 3 MB; at most 100 MB") as caught:
        read_path(str(file))
    assert caught.value.hint == "Split it into files of one call each."


def test_a_million_lines_are_no_call() -> None:
    """Text of one call has a limit of lines, tables of several calls a higher one."""
    with pytest.raises(UnreadableTranscriptError, match="has 600,000 lines; at most 500,000"):
        read(b"A: ja\nB: nein\n" * 300_000, path="call.txt")
    with pytest.raises(UnreadableTranscriptError, match="has 22 MB; at most 20 MB"):
        read((b"A: " + b"ja " * 1000 + b"\nB: nein\n") * 7_000, path="call.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Anna: ja\nBen: nein\n" * 50_000,
        "Anna: ja\nund weiter\n\n" * 30_000 + "Ben: nein\nAnna: gut\nBen: nein",
        "Anna: „ja“\nBen: „nein\nund\n" * 30_000,
        "Anna: " + "„ja“ " * 100_000 + "\nBen: " + "“" * 100_000,
        "Anna: " + "(" * 300_000 + "\nBen: " + "()[" * 100_000 + ")" * 100_000,
        "Anna: " + "‚a‘ b " * 100_000 + "\nBen: ‚" + "a' " * 100_000,
        "x" * 2_000_000,
        ": " * 500_000,
        "00:00 " * 300_000,
        "Anna:\n" * 50_000 + "Ben:\n" * 50_000,
        "\n" * 1_000_000,
        "Freitag, 1. " * 100_000 + "\nAnna: a\nBen: b\nAnna: c",
        " " * 1_000_000 + "Anna: x" + " " * 1_000_000,
    ],
)
def test_time_is_linear(text: str) -> None:
    """Long files and hostile lines take seconds at most: of this process's own work, whatever else the machine does."""

    def seconds() -> float:
        begun = time.process_time()
        with contextlib.suppress(UnreadableTranscriptError):
            read(text.encode(), path="x.txt")
        return time.process_time() - begun

    assert any(seconds() < 10 for _ in range(3))
