"""What reports say in common."""

from dataclasses import replace

from coach.model import Finding, Focus, Strength
from coach.report.content import based_on, kept

PASSED = Finding(
    rule="ignored-statement",
    dimension="listening",
    severity="error",
    confidence="high",
    turn=6,
    line=6,
    title="Passed over",
    message="",
    why="",
    instead="",
    quote="",
)


def test_what_a_finding_rests_on_has_the_marks_of_its_language() -> None:
    """German quotes low and high and parts the number from its sign; English does neither."""
    found = replace(
        PASSED, basis=("6: lehnt ab (“geht nicht (mehr)”)", "6: geht darüber hinweg (93 %)", "6: Wörter: 4")
    )

    assert based_on(found, "de") == ["Beitrag 6: lehnt ab („geht nicht (mehr)“), geht darüber hinweg (93 %), Wörter: 4"]
    assert based_on(found, "en") == ["turn 6: lehnt ab (“geht nicht (mehr)”), geht darüber hinweg (93%), Wörter: 4"]


def test_nobody_is_told_to_keep_and_to_start_the_same() -> None:
    """Praise of a dimension in which something is to be started is left out of what to keep."""
    heard = Strength(rule="acknowledges", dimension="listening", turn=2, line=2, title="Heard", message="", quote="")
    owned = Strength(rule="owns-mistake", dimension="honesty", turn=4, line=4, title="Owned", message="", quote="")
    start = Focus(findings=(PASSED,), kind="start", cause="passing-over", phrase={})
    stop = Focus(findings=(PASSED,), kind="stop", cause="passing-over", phrase={})

    assert kept([heard, owned], [start]) == ["Owned"]
    assert kept([heard, owned], [stop]) == ["Heard", "Owned"]
