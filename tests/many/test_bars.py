"""Bars for rules and kinds of call: what counts, what goes before what, and names that do not exist."""

from pathlib import Path

import pytest

from coach.bars import bars_checked, bars_for, bars_missed
from coach.brief import Brief, Noticed
from coach.config import Bars, Config, configured
from coach.errors import UsageError

from .conftest import Command


def brief(*found: Noticed, score: float | None = 40.0, profile: str | None = None) -> Brief:
    """A call with these findings."""
    return Brief(
        path="x.txt",
        language="de",
        agent="",
        profile=profile,
        score=score,
        dimensions={},
        findings=found,
        strengths=(),
        lift=0.0,
    )


def noticed(rule: str = "monologue", **more: object) -> Noticed:
    """A finding that counts, unless something else is said."""
    given: dict[str, object] = {"rule": rule, "severity": "warning", "confidence": "high", "turn": 3, "title": "x"}
    return Noticed(**{**given, **more})  # type: ignore[arg-type]  # a test's shorthand


def test_a_rule_may_be_found_so_often() -> None:
    """Known, waived and uncertain findings do not count."""
    config = Config(rule_bars={"monologue": 1})
    two = (noticed(), noticed(turn=5))
    assert bars_missed([(brief(*two), config)]) == ["x.txt: monologue 2 times (turns 3, 5), at most 1 allowed."]
    for less in ({"confidence": "low"}, {"state": "waived"}, {"state": "baseline"}, {"rule": "bare-answer"}):
        assert bars_missed([(brief(noticed(), noticed(**less)), config)]) == []


def test_a_kind_of_call_has_its_own_bars() -> None:
    """They take the place of the general ones, each by itself."""
    config = Config(
        fail_under=30,
        rule_bars={"monologue": 0},
        profile_bars={"complaint": Bars(fail_under=45, rules={"monologue": 2, "bare-answer": 0})},
    )
    assert bars_missed([(brief(), config)]) == []
    assert bars_missed([(brief(profile="complaint"), config)]) == ["x.txt: the score 40.0 is below 45."]
    assert bars_for("complaint", config).rules == {"monologue": 2, "bare-answer": 0}
    assert bars_for("service", config).fail_under == 30


def test_what_is_said_closer_by_goes_before(tmp_path: Path) -> None:
    """An option for all calls beats the project's bar for a kind of call; the rest of it stays."""
    (tmp_path / "coach.toml").write_text(
        '[bars.rules]\nmonologue = 3\n[bars.profiles.complaint]\nfail-under = 45\nfail-on = "note"\n'
        "rules = {monologue = 1}\n",
        encoding="utf-8",
    )
    call = str(tmp_path / "x.txt")
    plain = configured(call, environ={"HOME": str(tmp_path)})
    assert bars_for("complaint", plain) == Bars(fail_under=45, fail_on="note", rules={"monologue": 1})
    given = configured(call, options={"fail_under": 20.0, "rule_bars": {"monologue": 0}}, environ={"HOME": ""})
    assert bars_for("complaint", given) == Bars(fail_under=20, fail_on="note", rules={"monologue": 0})
    assert given.origins["bars.rules.monologue"] == "--fail-on-rule"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (Config(rule_bars={"monolog": 0}), "rule “monolog”"),
        (Config(profile_bars={"complant": Bars()}), "profile “complant”"),
        (Config(profile_bars={"complaint": Bars(rules={"x": 1})}), "rule “x”"),
    ],
)
def test_a_bar_for_what_does_not_exist_is_an_error(config: Config, words: str) -> None:
    """A bar that nothing can miss would be a gate that is never shut."""
    with pytest.raises(UsageError, match=words):
        bars_checked(config)


def test_a_bar_on_the_command_line(coach: Command) -> None:
    """`--fail-on-rule` decides the exit code; a wrong name stops the run before any work."""
    assert coach("review", "calls/a.txt", "--fail-on-rule", "monologue").code == 0
    missed = coach("review", "calls/a.txt", "--fail-on-rule", "pitch-after-refusal")
    assert missed.code == 1
    assert "pitch-after-refusal 2 times" in missed.err
    assert coach("review", "calls/a.txt", "--fail-on-rule", "pitch-after-refusal=2").code == 0
    wrong = coach("review", "calls/a.txt", "--fail-on-rule", "pitch-after-refusals")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Did you mean “pitch-after-refusal”?" in wrong.err
    assert coach("review", "calls/a.txt", "--fail-on-rule", "monologue=x").code == 2


def test_settings_are_shown_with_their_origin(coach: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Key, value in TOML, and the place that said so."""
    Path("calls/coach.toml").write_text(
        'language = "de"\noff = ["monologue"]\n[rules.monologue]\nwords = 90\n[bars.rules]\nbare-answer = 2\n', "utf-8"
    )
    monkeypatch.setenv("COACH_FAIL_UNDER", "40")
    rows = [line.split() for line in coach("config", "show", "calls").out.splitlines()]
    assert ["language", '"de"', "calls/coach.toml:1"] in rows
    assert ["off", '["monologue"]', "calls/coach.toml:2"] in rows
    assert ["fail-under", "40.0", "COACH_FAIL_UNDER"] in rows
    assert ["rules.monologue.words", "90", "calls/coach.toml:4"] in rows
    assert ["bars.rules.bare-answer", "2", "calls/coach.toml:6"] in rows
    assert ["fail-on", "(none)", "default"] in rows
