"""A folder with calls, and the command in it, with a cache of its own."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coach.cli import main

ROOT = Path(__file__).resolve().parents[2]
PUSHY = """\
Berater: Guten Tag, hier ist Krüger von der Vergleichs GmbH. Wir haben da ein tolles Angebot für Sie.
Kunde: Nein danke, kein Interesse. Ich habe gestern schon einen Vertrag unterschrieben.
Berater: Prima! Dann sage ich Ihnen kurz, was Sie mit unserem Tarif sparen. ({number})
Kunde: Nochmal: ich habe schon einen Vertrag.
Berater: Gut, gut. Wann passt Ihnen ein Termin?
Kunde: Gar nicht. Auf Wiederhören.
"""
KIND = """\
Agent: Good morning, this is Lucy from Harbour Energy. What can I do for you today?
Customer: My bill has doubled since last year and I don't understand why. ({number})
Agent: I see, it has doubled and nobody told you why. I'm sorry about that. What has changed in the house since then?
Customer: Nothing. We were even away for three weeks.
Agent: Then the reading must be wrong, that is our mistake. I'll have it checked and call you by Friday noon.
Customer: Thank you, that's a great help.
"""
COACH = [sys.executable, "-P", "-m", "coach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


Command = Callable[..., Answer]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """For a process of its own: this checkout's package, an empty home, a cache of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "XDG_"))}
    own = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home"), "COACH_CACHE": str(tmp_path / "cache")}
    return {**kept, **own}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five calls, one of them one-sided, among files that are none."""
    calls = tmp_path / "calls"
    (calls / "b").mkdir(parents=True)
    for name, text in (
        ("a.txt", PUSHY.format(number=1)),
        ("b/c.txt", KIND.format(number=2)),
        ("b/d.md", PUSHY.format(number=3)),
        ("e.txt", KIND.format(number=4)),
        ("f.txt", "Agent: Hello?\n"),
        (".hidden.txt", PUSHY),
        ("README.md", PUSHY),
        ("a.gold.yaml", "x: 1\n"),
        ("notes.md", "# Shopping\n\nMilk, bread.\n"),
        ("numbers.csv", "a,b\n1,2\n"),
    ):
        (calls / name).write_text(text, encoding="utf-8")
    return calls


@pytest.fixture
def coach(
    folder: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs the command beside the folder `calls`."""
    for name in set(os.environ) - set(environment):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(folder.parent)

    def command(*arguments: str) -> Answer:
        code = main(arguments)
        captured = capsys.readouterr()
        return Answer(code=code, out=captured.out, err=captured.err)

    return command
