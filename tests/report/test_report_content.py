"""What reports say in common."""

from coach.model import Finding, Focus, Strength
from coach.report.content import kept


def test_nobody_is_told_to_keep_and_to_start_the_same() -> None:
    """Praise of a dimension in which something is to be started is left out of what to keep."""
    heard = Strength(rule="acknowledges", dimension="listening", turn=2, line=2, title="Heard", message="", quote="")
    owned = Strength(rule="owns-mistake", dimension="honesty", turn=4, line=4, title="Owned", message="", quote="")
    passed = Finding(
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
    start = Focus(findings=(passed,), kind="start", cause="passing-over", phrase={})
    stop = Focus(findings=(passed,), kind="stop", cause="passing-over", phrase={})

    assert kept([heard, owned], [start]) == ["Owned"]
    assert kept([heard, owned], [stop]) == ["Heard", "Owned"]
