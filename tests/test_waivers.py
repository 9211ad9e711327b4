"""What a team accepts is shown as waived until its day, counts for no bar, and is reported when it is of no use."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.brief import Brief, Noticed
from coach.cli import main
from coach.config import configured
from coach.errors import UsageError
from coach.waivers import Waiver, fits, waived_findings

TODAY = date(2026, 11, 27)
CALL = "A: Guten Tag, es geht um Ihren Tarif.\nK: Nein danke, kein Interesse.\nA: Wir sind aber Marktführer und vergleichen achtzig Anbieter!\nK: Ich habe nein gesagt.\nA: Der Bonus gilt nur noch heute, unterschreiben Sie jetzt!\nK: Auf Wiederhören.\n"  # noqa: E501
WAIVER = '[[waivers]]\nrule = "{rule}"\npath = "{path}"\nreason = "Bis zur Schulung hingenommen"\nexpires = {expires}\n'


def brief(path: str, *rules: str) -> Brief:
    """A call with findings of these rules."""
    return Brief(
        path=path,
        language="de",
        agent="",
        profile=None,
        score=50.0,
        dimensions={},
        findings=tuple(
            Noticed(rule=rule, severity="error", confidence="high", turn=n, title=rule) for n, rule in enumerate(rules)
        ),
        strengths=(),
        lift=0.0,
    )


def waiver(rule: str = "pressure", path: str = "**", *, day: date = TODAY, place: str = "coach.toml:1") -> Waiver:
    """One that holds today."""
    return Waiver(rule=rule, path=path, reason="So abgesprochen", expires=day, folder=Path.cwd(), place=place)


def test_findings_of_the_rule_at_the_path_are_waived_until_the_day() -> None:
    """The last day counts; other rules and paths are left alone."""
    waivers = [waiver(path="a/*.txt")]
    standings, complaints = waived_findings(
        [(brief("a/x.txt", "pressure", "pitch", "pressure"), waivers), (brief("b/x.txt", "pressure"), waivers)], TODAY
    )

    assert dict(standings[0].findings) == {0: ("waived", "So abgesprochen"), 2: ("waived", "So abgesprochen")}
    assert not standings[1].findings
    assert complaints == ()


def test_an_expired_waiver_is_reported_and_the_finding_is_back() -> None:
    """New, with the reason why."""
    old = [waiver(day=date(2026, 11, 26))]
    (standing,), complaints = waived_findings([(brief("x.txt", "pressure"), old)], TODAY)

    assert standing.findings[0] == ("new", "Ausnahme am 26.11.2026 abgelaufen: So abgesprochen")
    assert standing.notices == ("Die Ausnahme für „pressure“ (coach.toml:1) ist am 26.11.2026 abgelaufen.",)
    assert [(item.message, item.place) for item in complaints] == [
        ("The waiver of “pressure” expired on 2026-11-26.", "coach.toml:1")
    ]


def test_a_newer_waiver_holds_where_an_older_one_has_expired() -> None:
    """The expired one is reported all the same."""
    both = [waiver(day=date(2026, 1, 1)), waiver(place="coach.toml:9")]
    (standing,), complaints = waived_findings([(brief("x.txt", "pressure"), both)], TODAY)

    assert standing.findings[0][0] == "waived"
    assert [item.place for item in complaints] == ["coach.toml:1"]


def test_unused_waivers_are_reported_once_in_the_call_that_they_speak_of() -> None:
    """Or, where they speak of none, in the first."""
    waivers = [waiver("monologue", "b.txt", place="1"), waiver("monologue", "c.txt", place="2")]
    standings, complaints = waived_findings([(brief("a.txt", "pressure"), waivers), (brief("b.txt"), waivers)], TODAY)

    assert [item.message for item in complaints] == [
        "The waiver of “monologue” fits no finding of this run.",
        "The waiver of “monologue” fits no call of this run.",
    ]
    assert [len(item.notices) for item in standings] == [1, 1]
    assert "(1) trifft auf keinen Befund zu" in standings[1].notices[0]


@pytest.mark.parametrize(
    ("pattern", "path", "fitting"),
    [
        ("**", "a/b/c.txt", True),
        ("calls/**", "calls/a/b.txt", True),
        ("calls/", "calls/a/b.txt", True),
        ("calls/*.txt", "calls/a/b.txt", False),
        ("**/b.txt", "b.txt", True),
        ("**/b.txt", "x/y/b.txt", True),
        ("b.*", "x/y/b.txt", True),
        ("./calls/a?.txt", "calls/a1.txt", True),
        ("calls/**/x/*", "calls/x/1", True),
        ("calls/**/x/*", "calls/1/2/x/1/2", False),
        ("calls/a.txt", "other/../calls/a.txt", True),
        ("calls/a.txt", "/calls/a.txt", False),
        ("/srv/*/a.txt", "/srv/calls/a.txt", True),
    ],
)
def test_patterns_fit_paths_from_the_settings_folder(pattern: str, path: str, *, fitting: bool) -> None:
    """A pattern without a slash fits names in any folder."""
    assert fits(waiver(path=pattern), path) is fitting


@given(pattern=st.text("a*?[]/!-.", max_size=40), path=st.text("ab/.", min_size=1, max_size=40))
def test_no_pattern_takes_long_or_breaks(pattern: str, path: str) -> None:
    """Whatever is in it."""
    assert fits(waiver(path=pattern), path) in (True, False)
    assert fits(waiver(path="**/" * 30 + "x"), "a/" * 60 + "y") is False


def settings(folder: Path, text: str) -> Path:
    """A call beside settings."""
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    (folder / "coach.toml").write_text(text, encoding="utf-8")
    return folder / "call.txt"


def test_settings_name_their_waivers_with_their_places(tmp_path: Path) -> None:
    """In order, seen from the file's folder."""
    text = "model = false\n\n" + WAIVER.format(rule="pressure", path="*.txt", expires="2027-01-31")
    call = settings(tmp_path, text + "\n" + WAIVER.format(rule="monologue", path="x/**", expires="2027-01-31"))
    found = configured(str(call), environ={}).waivers

    assert [(item.rule, item.folder, item.place.rpartition(":")[2]) for item in found] == [
        ("pressure", tmp_path, "3"),
        ("monologue", tmp_path, "9"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "says", "hint"),
    [
        ("expires =", "expire =", "The key “expire” is not known here.", "Did you mean “expires”?"),
        ('reason = "Bis zur Schulung hingenommen"\n', "", "The key “reason” is missing.", None),
        ("expires = 2027-01-31\n", "", "The key “expires” is missing.", None),
        ("2027-01-31", '"soon"', "valid date", None),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, old: str, new: str, says: str, hint: str | None) -> None:
    """A waiver needs a rule, a path, a reason and a day."""
    text = WAIVER.format(rule="pressure", path="a", expires="2027-01-31")
    call = settings(tmp_path, text + "\n" + text.replace(old, new))
    with pytest.raises(UsageError) as caught:
        configured(str(call), environ={})

    assert says in caught.value.message
    assert caught.value.hint == hint
    assert int((caught.value.place or "").split(":")[-2]) >= 7


def test_a_waived_finding_is_shown_and_misses_no_bar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the waiver it does; with a baseline nothing does, although the baseline stands beside the calls."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    call = str(settings(tmp_path, "").relative_to(tmp_path))
    bar = ["--fail-on-rule", "pitch-after-refusal", "--no-model"]
    assert main(["review", call, *bar]) == 1
    capsys.readouterr()
    settings(tmp_path, WAIVER.format(rule="pitch-after-refusal", path="call.txt", expires="2999-01-31"))
    assert main(["review", call, *bar]) == 0
    assert "Ausnahme: Bis zur" in capsys.readouterr().out
    settings(tmp_path, "")
    Path("calls").mkdir()
    Path(call).rename("calls/call.txt")
    assert main(["review", "calls", "--write-baseline", "calls/b.json", "--no-model"]) == 0
    assert main(["review", "calls", "--baseline", "calls/b.json", *bar, "--fail-on", "note"]) == 0


def test_an_unknown_rule_and_a_missing_baseline_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is reviewed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    call = str(settings(tmp_path, WAIVER.format(rule="presure", path="a", expires="2999-01-31")))
    assert main(["review", call]) == 2
    assert "Did you mean “pressure”?" in capsys.readouterr().err
    settings(tmp_path, "")
    assert main(["review", call, "--baseline", str(tmp_path / "none.json")]) == 2
    assert "The baseline cannot be read" in capsys.readouterr().err
