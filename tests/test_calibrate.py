"""`coach calibrate`: agreement with people's labels, and labels that do not fit named with their place."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli import main
from coach.measure import spearman
from coach.rules import load_rules

CALL = """\
Berater: Guten Tag, hier ist Krüger von der Vergleichs GmbH. Wir haben da ein tolles Angebot für Sie.
Kunde: Nein danke, kein Interesse. Ich habe gestern schon einen Vertrag unterschrieben.
Berater: Prima! Dann sage ich Ihnen kurz, was Sie mit unserem Tarif sparen.
Kunde: Nochmal: ich habe schon einen Vertrag.
Berater: Gut, gut. Wann passt Ihnen ein Termin?
Kunde: Gar nicht. Auf Wiederhören.
"""
GOLD = """\
lang: de
type: cold-call
agent: Berater
score: 8
findings:
  - {rule: pitch-after-refusal, turn: 3}
  - {rule: overhype, turn: 1}
strengths:
optional:
"""
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def coach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs the command in a folder with one labelled call in `calls`."""
    for name in [name for name in os.environ if name.startswith(("COACH_", "XDG_CONFIG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("calls").mkdir()
    Path("calls/cold-bad.txt").write_text(CALL, encoding="utf-8")
    Path("calls/cold-bad.gold.yaml").write_text(GOLD, encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(("calibrate", *arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


def labelled(csv: str) -> None:
    """Writes labels as CSV beside the call."""
    Path("calls/labels.csv").write_text(csv, encoding="utf-8")


def test_what_both_see_is_a_hit_and_what_only_one_sees_is_listed(coach: Command) -> None:
    """The figures of each rule add up, and every disagreement says who saw it and quotes the turn."""
    code, out, err = coach("calls", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert (found["schema"], found["calls"], found["turns"]) == ("coach-calibration/1", 1, 6)
    rules = {item["rule"]: item for item in found["rules"]}
    assert rules["pitch-after-refusal"]["hits"] == 1
    assert (rules["overhype"]["labelled"], rules["overhype"]["hits"], rules["overhype"]["missed"]) == (1, 0, 1)
    only_people = [item for item in found["disagreements"] if item["seen_by"] == "people"]
    assert [(item["call"], item["rule"], item["turn"]) for item in only_people] == [("cold-bad", "overhype", 1)]
    assert only_people[0]["quote"].startswith("Guten Tag, hier ist Krüger")
    both = found["totals"]["all"]
    for key in ("hits", "false", "missed"):
        assert both[key] == sum(item[key] for item in found["rules"])
    false = [item["rule"] for item in found["disagreements"] if item["seen_by"] == "coach"]
    assert len(false) == both["false"]
    assert found["noisiest"] in false


def test_the_table_says_the_same_in_words(coach: Command) -> None:
    """The terminal gets figures, scores and quotes; without colours where it is piped."""
    code, out, _ = coach("calls")
    assert code == 0
    assert "Coach against people: 1 call, 6 turns" in out
    assert "overhype · cold-bad, turn 1 · only people" in out
    assert "Noisiest rule: " in out
    assert "\x1b" not in out


def test_an_optional_label_counts_neither_way(coach: Command) -> None:
    """What only one of two trainers sees is no miss."""
    gold = GOLD.replace("  - {rule: overhype, turn: 1}\n", "") + "  - {rule: overhype, turn: 1}\n"
    Path("calls/cold-bad.gold.yaml").write_text(gold, encoding="utf-8")
    found = json.loads(coach("calls", "-f", "json")[1])
    assert "overhype" not in {item["rule"] for item in found["rules"]}


def test_a_rule_that_is_off_is_left_out(coach: Command) -> None:
    """Who turns a rule off is not told that it misses something."""
    Path("coach.toml").write_text('off = ["overhype"]\n', encoding="utf-8")
    found = json.loads(coach("calls", "-f", "json")[1])
    assert "overhype" not in {item["rule"] for item in found["rules"]}


def test_versions_of_a_scenario_are_compared_by_their_marks(coach: Command) -> None:
    """Names that differ in bad and good are one scenario where none is named."""
    good = CALL.replace("Prima! Dann sage ich Ihnen kurz, was Sie mit unserem Tarif sparen.", "Das verstehe ich.")
    Path("calls/cold-good.txt").write_text(good, encoding="utf-8")
    Path("calls/cold-good.gold.yaml").write_text(
        "lang: de\nagent: Berater\nscore: 60\nfindings: []\n", encoding="utf-8"
    )
    scores = json.loads(coach("calls", "-f", "json")[1])["scores"]
    assert (scores["calls"], scores["pairs"], scores["pairs_in_order"]) == (2, 1, 1)
    assert scores["mean_error"] is not None


@pytest.mark.parametrize("separator", [",", ";"])
def test_labels_may_stand_in_a_table(coach: Command, separator: str) -> None:
    """A CSV file names call, turn and rule; a call with an empty line counts as looked at."""
    rows = ["call,turn,rule", "cold-bad,3,pitch-after-refusal", "quiet.txt,,"]
    Path("calls/quiet.txt").write_text("Agent: Hello, how can I help?\nCustomer: Hello. My bill.\n", encoding="utf-8")
    labelled("\ufeff" + "\n".join(rows).replace(",", separator) + "\n")
    found = json.loads(coach("calls/labels.csv", "-f", "json")[1])
    assert found["calls"] == 2
    assert {item["rule"]: item["hits"] for item in found["rules"]}["pitch-after-refusal"] == 1
    assert found["scores"]["calls"] == 0


def test_a_label_of_a_table_may_be_optional(coach: Command) -> None:
    """As the HTML report writes findings that nobody ticked: neither a hit nor a miss nor a false alarm."""
    found = []
    for column in ("", "yes"):
        labelled(f"call,turn,rule,optional\ncold-bad,3,pitch-after-refusal,\ncold-bad,1,overhype,{column}\n")
        rules = json.loads(coach("calls/labels.csv", "-f", "json")[1])["rules"]
        found.append({item["rule"]: item["missed"] for item in rules}.get("overhype", 0))
    assert found == [1, 0]


def test_the_figures_can_go_to_a_file(coach: Command) -> None:
    """`--output` writes what else would be printed, but never over the labels."""
    printed = coach("calls", "-f", "json")[1]
    assert coach("calls", "-f", "json", "-o", "figures.json")[:2] == (0, "")
    assert Path("figures.json").read_text(encoding="utf-8") == printed
    labelled("call,turn,rule\ncold-bad,,\n")
    assert coach("calls/labels.csv", "-o", "calls/labels.csv")[0] == 2


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("overhype", "overhyp", ":7:6:", "Did you mean “overhype”?"),
        ("turn: 3}", "turn: 7}", ":6:", "The call has 6 turns only."),
        ("turn: 3}", "turn: none}", ":6:", "A turn is a number from 1."),
        ("score: 8", "score: 800", ":4:1:", "a number from 0 to 100"),
        ("agent: Berater", "agent: Beraterin", ":3:1:", "Did you mean “Berater”?"),
        ("agent: Berater\n", "", ":1:1:", "“agent”"),
        ("lang: de", "lang: fr", ":1:1:", "“lang”"),
        ("  - {rule: overhype, turn: 1}", "  - overhype", ":7:", "A label has a rule and a turn"),
    ],
)
def test_a_label_that_does_not_fit_is_named_with_its_place(
    coach: Command, old: str, new: str, place: str, words: str
) -> None:
    """Nothing is skipped: one wrong label ends the run with what to mend."""
    Path("calls/cold-bad.gold.yaml").write_text(GOLD.replace(old, new), encoding="utf-8")
    code, out, err = coach("calls")
    assert (code, out) == (2, "")
    assert f"cold-bad.gold.yaml{place}" in err
    assert words in err


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("cold-bad,3,pitch-after-refusl", "Did you mean “pitch-after-refusal” or "),
        ("cold-bad,9,overhype", "It has turns 1 to 6"),
        ("cold-bad,,overhype", "“” is no turn of cold-bad."),
        ("warm,1,overhype", "There is no transcript “warm”."),
        (",1,overhype", "This line names no call."),
    ],
)
def test_a_wrong_line_of_a_table_is_named(coach: Command, row: str, words: str) -> None:
    """The line's number stands in the message."""
    labelled(f"call,turn,rule\n{row}\n")
    code, _, err = coach("calls/labels.csv")
    assert code == 2
    assert "labels.csv:2:" in err
    assert words in err


def test_what_is_missing_is_said(coach: Command) -> None:
    """No labels, no transcript, no column, no path: each has its sentence."""
    labelled("call,turn\ncold-bad,1\n")
    assert "The column “rule” is missing." in coach("calls/labels.csv")[2]
    Path("calls/cold-bad.txt").unlink()
    assert "cold-bad.txt" in coach("calls")[2]
    Path("calls/cold-bad.gold.yaml").unlink()
    assert "There are no labels in this folder." in coach("calls")[2]
    assert "There is nothing under this path." in coach("nowhere")[2]


PAIRS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=12)


@given(PAIRS)
def test_rank_correlation_sees_order_alone(pairs: list[tuple[int, int]]) -> None:
    """It is between −1 and 1, the same for stretched scores, and the opposite for reversed ones."""
    value = spearman(pairs)
    if value is None:
        assert min(len({pair[side] for pair in pairs}) for side in (0, 1)) == 1
        return
    assert -1.000001 <= value <= 1.000001
    assert spearman([(mark, score**3) for mark, score in pairs]) == pytest.approx(value)
    assert spearman([(mark, -score) for mark, score in pairs]) == pytest.approx(-value)


def test_rank_correlation_of_a_known_table() -> None:
    """By hand: ranks 1 2 3 4 5 against 1 2 4 3 5 give 0.9; ties share their rank."""
    assert spearman([(1, 10), (2, 20), (3, 40), (4, 30), (5, 50)]) == pytest.approx(0.9)
    assert spearman([(1, 5), (1, 5), (2, 6), (2, 6)]) == pytest.approx(1.0)
    assert spearman([(1, 1), (2, 2)]) is None


def test_a_table_of_findings_says_nothing_of_strengths(coach: Command) -> None:
    """What nobody looked for is no false alarm."""
    good = (
        "Agent: Hello.\nCustomer: I was charged twice.\nAgent: I am so sorry, that is our mistake.\nCustomer: Thanks.\n"
    )
    Path("calls/good.txt").write_text(good, encoding="utf-8")
    rows = ["call,turn,rule", "cold-bad,3,pitch-after-refusal", "good,,"]
    labelled("\n".join(rows) + "\n")
    found = json.loads(coach("calls/labels.csv", "-f", "json")[1])
    assert set(found["totals"]) == {"finding", "all"}
    assert {item["kind"] for item in found["rules"]} == {"finding"}
    labelled("\n".join((*rows, "good,3,owns-mistake")) + "\n")
    both = json.loads(coach("calls/labels.csv", "-f", "json")[1])
    assert set(both["totals"]) == {"finding", "strength", "all"}


@pytest.mark.parametrize("call", ["Gespräch", "Datei"])
def test_columns_and_rules_may_be_named_in_german(coach: Command, call: str) -> None:
    """Columns in German, rules by their titles in either language."""
    for title in load_rules().rules["pitch-after-refusal"].title.values():
        labelled(f"{call};Beitrag;Regel\ncold-bad;3;{title}\n")
        found = json.loads(coach("calls/labels.csv", "-f", "json")[1])
        assert {item["rule"]: item["hits"] for item in found["rules"]}["pitch-after-refusal"] == 1


def test_an_unknown_rule_gets_the_nearest_ids(coach: Command) -> None:
    """A few to choose from, not all of them."""
    labelled("call,turn,rule\ncold-bad,3,pitch-refusal\n")
    code, _, err = coach("calls/labels.csv")
    assert code == 2
    assert "“pitch-after-refusal”" in err
    assert err.count("“") <= 5
