"""A table with one row for each finding, for a spreadsheet: comma separated, as RFC 4180 has it, in UTF-8."""

import csv
import io
from collections.abc import Iterable, Sequence

from coach.model import Finding, Review
from coach.report.escape import for_cell
from coach.report.shown import FileError, known, reported

COLUMNS = (
    "path",
    "language",
    "profile",
    "turn",
    "line",
    "start",
    "speaker",
    "role",
    "rule",
    "dimension",
    "severity",
    "confidence",
    "state",
    "state_reason",
    "title",
    "message",
    "why",
    "instead",
    "quote",
    "related",
    "fingerprint",
)


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],  # noqa: ARG001  # files that were no calls have no findings
    version: str,  # noqa: ARG001  # a table holds its rows alone
    *,
    everything: bool = False,
    redacted: bool | None = None,  # noqa: ARG001  # placeholders show it
) -> str:
    """A head, then the findings by call, turn and rule; known ones and unsure ones with `everything` only."""
    return table(COLUMNS, (row for review in reviews for row in _rows(review, everything=everything)))


def _rows(review: Review, *, everything: bool) -> list[list[str | float | None]]:
    found = reported(review, everything=everything)
    if everything:
        found = sorted([*found, *known(review, everything=True)], key=lambda item: (item.turn, item.rule))
    return [_row(review, finding) for finding in found]


def _row(review: Review, finding: Finding) -> list[str | float | None]:
    conversation = review.conversation
    turn = next((item for item in conversation.utterances if item.turn.number == finding.turn), None)
    related = [f"{item.turn}: {item.quote}" for item in finding.related]
    return [
        conversation.transcript.path,
        conversation.language,
        conversation.profile,
        finding.turn,
        finding.line,
        None if turn is None or turn.turn.start is None else round(turn.turn.start, 3),
        turn.turn.speaker if turn else None,
        turn.role if turn else None,
        finding.rule,
        finding.dimension,
        finding.severity,
        finding.confidence,
        finding.state,
        finding.state_reason,
        finding.title,
        finding.message,
        finding.why,
        finding.instead,
        finding.quote,
        " | ".join(related),
        finding.fingerprint,
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """The rows as CSV; words stay words, whatever a spreadsheet would make of them."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    for row in rows:
        writer.writerow([for_cell(cell) if isinstance(cell, str) else cell for cell in row])
    return file.getvalue()
