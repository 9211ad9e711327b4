"""A table with one row for each call, for a spreadsheet: score, dimensions, counts, what to work on, key figures."""

import math
from collections import Counter
from collections.abc import Sequence

from coach.model import DIMENSIONS, Review
from coach.report.content import phrase
from coach.report.csv_findings import table
from coach.report.shown import FileError, known, reported

COLUMNS = (
    "path",
    "format",
    "language",
    "profile",
    "agent",
    "customer",
    "turns",
    "score",
    *DIMENSIONS,
    "errors",
    "warnings",
    "notes",
    "waived",
    "known",
    "strengths",
    "work_on",
    "failure",
)
"""The columns before the metrics, whose number may grow."""


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,  # noqa: ARG001  # a table holds its rows alone
    *,
    everything: bool = False,
    redacted: bool | None = None,  # noqa: ARG001  # placeholders show it
) -> str:
    """A head, the calls in the order given, then the files that could not be reviewed, with the reason."""
    calls = [(_row(review, everything=everything), review.metrics) for review in reviews]
    names = sorted({name for _, metrics in calls for name in metrics} - set(COLUMNS))
    rows = [[*row, *(_rounded(metrics.get(name), 4) for name in names)] for row, metrics in calls]
    blank: list[str | float | None] = [None] * (len(COLUMNS) - 2)
    rows += [[item["path"], *blank, item["message"], *(None for _ in names)] for item in errors]
    return table((*COLUMNS, *names), rows)


def _row(review: Review, *, everything: bool) -> list[str | float | None]:
    conversation, card = review.conversation, review.scorecard
    transcript = conversation.transcript
    found = reported(review, everything=everything)
    counts = Counter(item.severity for item in found if item.state == "new")
    people = {
        role: ", ".join(item.label for item in transcript.speakers if item.role == role)
        for role in ("agent", "customer")
    }
    return [
        transcript.path,
        transcript.format,
        conversation.language,
        conversation.profile,
        people["agent"],
        people["customer"],
        len(transcript.turns),
        _rounded(card.overall, 1),
        *(_rounded(card.dimensions.get(name), 1) for name in DIMENSIONS),
        counts["error"],
        counts["warning"],
        counts["note"],
        sum(item.state == "waived" for item in found),
        len(known(review, everything=everything)),
        len(review.strengths),
        "; ".join(phrase(item, review.report_language) for item in review.focus),
        None,
    ]


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), digits) + 0.0
