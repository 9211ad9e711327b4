"""The report as a step summary of GitHub: a table of the calls, and each call folded beneath it.

GitHub takes a mebibyte for each step; calls that would not fit are named in the table only.
"""

from collections.abc import Sequence
from html import escape

from coach.model import Language, Review
from coach.report.escape import clean
from coach.report.markdown import call, failures, summary
from coach.report.shown import FileError
from coach.report.wording import counted, number, say

MOST = 900_000
"""Bytes; the limit is 1,048,576."""


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,  # noqa: ARG001  # the workflow's log has it
    *,
    everything: bool = False,
    redacted: bool | None = None,  # noqa: ARG001  # placeholders show it
) -> str:
    """What GitHub shows on the page of the run."""
    language: Language = reviews[0].report_language if reviews else "en"
    blocks = summary(reviews, language) + failures(errors, language)
    size = sum(len(block.encode("utf-8", "replace")) for block in blocks)
    left_out = 0
    for review in reviews:
        folded = _folded(review, everything=everything)
        size += len(folded.encode("utf-8", "replace"))
        if size > MOST:
            left_out += 1
        else:
            blocks.append(folded)
    if left_out:
        blocks.append(counted("left-out", left_out, language))
    return "\n\n".join(blocks) + "\n"


def _folded(review: Review, *, everything: bool) -> str:
    overall, language = review.scorecard.overall, review.report_language
    score = say("no-score", language) if overall is None else number(overall, language)
    head = f"<details><summary>{escape(clean(review.conversation.transcript.path))}: {score}</summary>"
    return "\n\n".join([head, *call(review, everything=everything, level=2), "</details>"])
