"""With `--redact` no report of any format holds what is personal; formats for sharing do without being asked."""

from pathlib import Path

import pytest

from coach.cli import main
from coach.delivery import FOR_SHARING, FORMATS

CALL = """\
Datum: 18.11.2025
Kundin: Möllenkamp

Anna Kowalczyk: Guten Tag, hier ist Anna Kowalczyk von der Stadtwerke GmbH, was kann ich für Sie tun?
Frau Möllenkamp: Ja, Petra Möllenkamp. Meine Kundennummer ist 4711-0815-22. Kein Interesse, Frau Kowalczyk.
Anna Kowalczyk: Danke, Frau Möllenkamp. Ihre Adresse ist noch die Lange Straße 12, 26121 Oldenburg?
Frau Möllenkamp: Nein, jetzt Gartenweg 7a. Ich bin am 3. Mai 1962 geboren. Ich will wirklich keinen neuen Vertrag.
Anna Kowalczyk: Prima, Möllenkamps Vertrag läuft also aus. Unser neuer Tarif ist der beste, wann passt ein Termin?
Frau Möllenkamp: Nein danke, wirklich nicht. Rufen Sie mich nicht mehr unter 0176 23456789 an.
"""
SECRETS = ("kowalczyk", "möllenkamp", "petra", "4711", "lange straße", "26121", "gartenweg", "1962", "23456789")


def reported(folder: Path, name: str, *options: str) -> str:
    """The report in that format."""
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    target = folder / "report"
    arguments = ["review", "call.txt", "--no-cache", "--format", name, "--output", str(target), "--all"]
    assert main([*arguments, "--dialogue", "--explain", *options]) == 0
    return target.read_text(encoding="utf-8").casefold()


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_holds_what_is_personal(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for, placeholders are in every format; in those for sharing they are there by themselves."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for options in [("--redact",), *([()] if name in FOR_SHARING else [])]:
        text = reported(tmp_path, name, *options)
        assert [secret for secret in SECRETS if secret in text] == []


def test_the_terminal_report_keeps_the_words_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the call at their own desk reads it as it was."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "möllenkamp" in reported(tmp_path, "terminal")
    assert "möllenkamp" in reported(tmp_path, "html", "--no-redact")
