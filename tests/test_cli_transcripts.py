"""`coach convert` and `coach inspect`: also for files that a review refuses, and never over the file itself."""

import io
import json
from pathlib import Path

import pytest

from coach.cli import main

GERMAN = """\
[00:01] Berater: Guten Tag, hier ist Anna Krüger von den Stadtwerken. Was kann ich für Sie tun?
[00:06] Frau Möllenkamp: Meine Heizung ist seit gestern kalt, Frau Krüger.
[00:12] Berater: Das tut mir leid. Ich schicke Ihnen morgen um acht jemanden.
[00:20] Frau Möllenkamp: Danke, das hilft mir sehr.
"""
FRENCH = """\
Agent: Bonjour, je vous appelle pour le contrat que vous avez chez nous.
Client: Non merci, je ne veux pas, c'est trop cher pour moi.
"""
NOBODY = (
    "Guten Tag, hier ist Anna, was kann ich für Sie tun?\nMeine Heizung ist seit gestern kalt, und das ist nicht gut.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three calls."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name, text in {"de.txt": GERMAN, "fr.txt": FRENCH, "nobody.txt": NOBODY}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_call_is_converted_and_the_file_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text goes to standard output or, whole, to a file; never to the file that is read."""
    before = (folder / "de.txt").read_bytes()
    assert main(["convert", "de.txt", "--to", "text"]) == 0
    assert "[00:00:06.000] Frau Möllenkamp: Meine Heizung" in capsys.readouterr().out
    assert main(["convert", "de.txt", "--to", "json", "-o", "de.json"]) == 0
    assert json.loads((folder / "de.json").read_text(encoding="utf-8"))["redacted"] is False
    assert main(["convert", "de.txt", "--to", "json", "-o", "de.txt"]) == 2
    assert (folder / "de.txt").read_bytes() == before


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("to", ["text", "json", "csv", "vtt"])
def test_placeholders_are_in_every_form(to: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--redact` leaves no name in labels, words or metadata."""
    assert main(["convert", "de.txt", "--to", to, "--redact"]) == 0
    out = capsys.readouterr().out
    assert "[NAME-" in out
    assert not any(name in out for name in ("Möllenkamp", "Krüger", "Anna"))


@pytest.mark.usefixtures("folder")
def test_another_language_is_named_and_converted_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """A review refuses French by name; converting and inspecting warn."""
    assert main(["review", "fr.txt"]) == 2
    assert "French" in capsys.readouterr().err
    assert main(["convert", "fr.txt", "--to", "csv"]) == 0
    streams = capsys.readouterr()
    assert "Non merci" in streams.out
    assert "French" in streams.err
    assert main(["inspect", "fr.txt", "-f", "json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["language"], seen["reviewable"]) == ("fr", False)
    assert "French" in seen["problem"]
    assert [speaker["role"] for speaker in seen["speakers"]] == ["agent", "customer"]


@pytest.mark.usefixtures("folder")
def test_a_file_without_speakers_can_be_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    """The advice is that of a review; with --alternate the lines are two speakers."""
    assert main(["inspect", "nobody.txt", "-f", "json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["reviewable"], [speaker["label"] for speaker in seen["speakers"]]) == (False, ["?"])
    assert "--alternate" in seen["hint"]
    assert main(["inspect", "nobody.txt", "-f", "json", "--alternate"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert [speaker["label"] for speaker in seen["speakers"]] == ["Speaker 1", "Speaker 2"]
    assert main(["convert", "nobody.txt", "--to", "text"]) == 0
    assert "?: Guten Tag" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_inspect_tells_roles_times_and_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    """All that a review would go by, before anything is judged."""
    assert main(["inspect", "de.txt", "-f", "json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert seen["schema"] == "coach-inspection/1"
    assert (seen["format"], seen["language"], seen["turns"], seen["reviewable"]) == ("text", "de", 4, True)
    assert (seen["times"]["turns"], seen["times"]["start"], seen["times"]["end"]) == (4, 1.0, 20.0)
    assert [(item["label"], item["role"]) for item in seen["speakers"]] == [
        ("Berater", "agent"),
        ("Frau Möllenkamp", "customer"),
    ]
    assert any("label" in reason for reason in seen["speakers"][0]["evidence"])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("language", "words"), [("de", "Kann bewertet werden"), ("en", "Can be reviewed")])
def test_the_page_is_in_the_language_asked_for(language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """German and English."""
    assert main(["inspect", "de.txt", "--report-lang", language, "--width", "80"]) == 0
    out = capsys.readouterr().out
    assert words in out
    assert max(map(len, out.splitlines())) <= 80


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A one-sided text from a pipe has its answer, too."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(NOBODY.encode())))
    assert main(["inspect", "-", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["reviewable"] is False


@pytest.mark.usefixtures("folder")
def test_roles_that_are_unclear_are_told_with_their_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    """What a review would ask for is the hint."""
    Path("short.txt").write_text("Anna: Das Wetter ist gut.\nBernd: Das Wetter ist gut.\n", encoding="utf-8")
    assert main(["inspect", "short.txt", "-f", "json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert seen["reviewable"] is False
    assert "--agent" in seen["hint"]
    assert main(["inspect", "short.txt", "-f", "json", "--agent", "Anna"]) == 0
    assert [item["role"] for item in json.loads(capsys.readouterr().out)["speakers"]] == ["agent", "customer"]


@pytest.mark.usefixtures("folder")
def test_inspect_tells_what_understanding_notices(capsys: pytest.CaptureFixture[str]) -> None:
    """A speaker who seems to have changed sides in mid-call is told before any review."""
    turns = [
        ("A", "Guten Tag, hier ist Krüger von den Stadtwerken. Was kann ich für Sie tun?"),
        ("B", "Ich will kündigen, mein Vertrag ist zu teuer, das ärgert mich sehr."),
        ("A", "Das tut mir leid. Ich schicke Ihnen gern unser neues Angebot, das ist für Sie günstiger."),
        ("B", "Nein danke, kein Interesse, ich habe schon bei einem anderen unterschrieben."),
    ]
    swapped = [("B" if who == "A" else "A", words) for who, words in turns]
    lines = [f"{who}: {words}" for who, words in (*turns, *turns, *turns, *swapped, *swapped, *swapped)]
    Path("swap.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["inspect", "swap.txt", "-f", "json", "--agent", "A"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert any("swap" in note or "sides" in note for note in seen["notes"])


@pytest.mark.parametrize("to", ["text", "json"])
def test_roles_and_language_are_written_as_the_coach_understands_them(
    to: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is written says who is who, and comes back as it was written."""
    assert main(["convert", "de.txt", "--to", to, "-o", "one"]) == 0
    assert main(["convert", "one", "--to", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["language"] == "de"
    assert {item["label"]: item["role"] for item in value["speakers"]} == {
        "Berater": "agent",
        "Frau Möllenkamp": "customer",
    }
    assert main(["convert", "one", "--to", to, "-o", "two"]) == 0
    first, second = ((folder / name).read_text(encoding="utf-8") for name in ("one", "two"))
    assert (
        second.replace('"coach-transcript"', '"text"').replace('"two"', '"one"').splitlines()[5:]
        == first.splitlines()[5:]
    )


def test_unsure_roles_stay_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is made up where a review would ask who serves, or cannot be made."""
    (folder / "odd.txt").write_text("Anna: Ja.\nBen: Nein.\nAnna: Ja.\nBen: Nein.\n", encoding="utf-8")
    for name in ("odd.txt", "fr.txt"):
        assert main(["convert", name, "--to", "json"]) == 0
        assert {item["role"] for item in json.loads(capsys.readouterr().out)["speakers"]} == {"unknown"}


def test_a_meeting_of_many_is_doubted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where five people talk and no label says who serves, the roles are not sure, and that is said."""
    said = (
        "Guten Tag, was kann ich für euch tun?",
        "Ich habe da eine Frage zum Fest am Samstag.",
        "Ich bringe den Salat mit, das ist versprochen.",
        "Dann nehme ich die Getränke und das Brot.",
        "Mir ist das alles zu früh, ehrlich gesagt.",
    )
    lines = [f"{name}: {words}" for name, words in zip(("Anna", "Ben", "Cem", "Dora", "Emil"), said, strict=True)]
    (folder / "many.txt").write_text("\n".join(lines * 3) + "\n", encoding="utf-8")
    assert main(["inspect", "many.txt", "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert all(item["confidence"] <= 0.6 for item in value["speakers"])
    assert value["problem"] or any("no talk of two sides" in note for note in value["notes"])
