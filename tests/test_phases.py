"""Phases that a kind of call asks for: seen, missing, not asked for, and overridden by inheritance."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.cli import main
from coach.errors import RuleFileError
from coach.phases import load_phases
from coach.rules import load_rules

ABRUPT = """\
Agent: Number?
Customer: Good morning, four four one. I wanted to ask whether you could change my address.
Agent: Which street?
Customer: Mill Lane nine.
Agent: It is changed, because we keep one address for each contract.
"""
WHOLE = ABRUPT.replace("Number?", "Good morning, Harbour Energy, this is Lucy. Which number?") + (
    "Customer: Thank you.\nAgent: Thank you for ringing, goodbye.\n"
)
Reviewed = Callable[..., dict[str, object]]


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reviewed:
    """The JSON report of a call of the kind `service`."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)

    def report(text: str, *options: str) -> dict[str, object]:
        Path("call.txt").write_text(text, encoding="utf-8")
        assert main(("review", "call.txt", "--profile", "service", "--format", "json", "--no-model", *options)) == 0
        found: dict[str, object] = json.loads(capsys.readouterr().out)["reports"][0]
        return found

    return report


def seen(report: dict[str, object]) -> dict[str, int | None]:
    """Phase → its turn."""
    phases = report["phases"]
    assert isinstance(phases, list)
    assert all(item["present"] is (item["turn"] is not None) for item in phases)
    return {item["phase"]: item["turn"] for item in phases}


def test_a_missing_phase_is_named_in_a_line_and_lowers_the_score_a_little(
    reviewed: Reviewed, capsys: pytest.CaptureFixture[str]
) -> None:
    """In both languages, and with its points among the addends."""
    assert seen(reviewed(WHOLE)) == {"opening": 1, "needs": 1, "offer": 5, "close": 7}
    assert seen(reviewed(ABRUPT)) == {"opening": None, "needs": 1, "offer": 5, "close": None}
    common = ("review", "call.txt", "--profile", "service", "--no-model", "--no-cache")
    assert main((*common, "--explain")) == 0
    shown = capsys.readouterr().out
    assert "Missing, for this kind of call: greeting and introduction; close and farewell" in " ".join(shown.split())
    assert "Phase missing: close and farewell  1.5 × 1/4" in shown
    assert main((*common, "--report-lang", "de", "--format", "markdown")) == 0
    assert "Begrüßung und Vorstellung; Abschluss und Verabschiedung" in capsys.readouterr().out


def test_one_s_own_profile_asks_for_more_or_less_by_inheritance(reviewed: Reviewed) -> None:
    """What the own file says goes first; the shipped one's other phases stay."""
    Path("mine/profiles").mkdir(parents=True)
    text = "id: service\nextends: service\nphases: {opening: false, agreement: true, needs: false}\n"
    Path("mine/profiles/service.yml").write_text(text, encoding="utf-8")
    assert seen(reviewed(ABRUPT, "--rules", "mine")) == {"offer": 5, "agreement": None, "close": None}


def test_what_had_no_occasion_is_not_asked_for(reviewed: Reviewed) -> None:
    """No objection, nothing to take up; after an early no nobody asks for needs or an offer."""
    refused = WHOLE.replace("I wanted to ask whether you could change my address", "I am not interested, thank you")
    assert "needs" not in seen(reviewed(refused))
    assert "objection" not in seen(reviewed(WHOLE))


def test_without_a_kind_of_call_no_phase_is_asked_for(reviewed: Reviewed, capsys: pytest.CaptureFixture[str]) -> None:
    """The neutral profile has no phases."""
    reviewed(ABRUPT)
    assert main(("review", "call.txt", "--format", "json", "--no-model")) == 0
    report = json.loads(capsys.readouterr().out)["reports"][0]
    assert (report["profile"], report["phases"]) == (None, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dimension: car", "Did you mean “care”?"),
        ("dimension: care, signs: [{role: agent, acts: [farwell]}]", "Did you mean “farewell”?"),
        ("dimension: care, sings: []", "Did you mean “signs”?"),
    ],
)
def test_a_mistake_in_the_phases_has_its_place(tmp_path: Path, text: str, words: str) -> None:
    """File, line, and the nearest right word; a profile that asks for an unknown phase is told, too."""
    signs = "" if "s" in text.partition(",")[2] else ", signs: [{role: agent, acts: [farewell]}]"
    whole = "phases:\n  end: {title: {de: Ende, en: end}, %s}\n" % (text + signs)
    (tmp_path / "phases.yml").write_text(whole, encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_phases(load_rules([tmp_path]))
    assert words in str(caught.value)
    assert f"{tmp_path / 'phases.yml'}:2" in str(caught.value)
