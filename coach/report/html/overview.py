"""What the overview says of each call, kept while the calls themselves pass by one after the other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.model import Address, Language, Review
from coach.report.html.texts import words
from coach.report.shown import reported
from coach.report.wording import number

OFTEN = 5
"""How many kinds of findings, and of strengths, are named as the most frequent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A call in the overview."""

    path: str
    language: Language
    address: Address
    score: float | None
    zero: float
    strengths: int
    faults: int
    titles: Mapping[str, Mapping[str, str]]
    """By kind, then by rule: what was found in it, each once."""
    rules: str
    """The hash of the rules."""


def row_of(review: Review) -> Row:
    """The call's row."""
    faults = reported(review, everything=False)
    return Row(
        path=review.conversation.transcript.path,
        language=review.report_language,
        address=review.address,
        score=review.scorecard.overall,
        zero=review.scorecard.zero_line,
        strengths=len(review.strengths),
        faults=len(faults),
        titles={
            "fault": {item.rule: item.title for item in faults},
            "strength": {item.rule: item.title for item in review.strengths},
        },
        rules=review.rules_hash,
    )


def frequent(rows: Sequence[Row], kind: str) -> list[tuple[str, str]]:
    """The titles of the findings or strengths that most calls have, and in how many; one call is not enough."""
    calls = Counter(rule for row in rows for rule in row.titles[kind])
    language = rows[0].language if rows else "en"
    ordered = sorted(rows, key=lambda row: row.language != language)  # the page's own language has the last word
    titles = {rule: title for row in reversed(ordered) for rule, title in row.titles[kind].items()}
    ranked = sorted(((count, rule) for rule, count in calls.items() if count > 1), key=lambda item: (-item[0], item[1]))
    return [
        (titles[rule], words("in-calls", language, n=number(count, language, digits=0)))
        for count, rule in ranked[:OFTEN]
    ]


def mean(rows: Sequence[Row], language: Language) -> str | None:
    """The mean of the scores; None where no call has one."""
    scores = [row.score for row in rows if row.score is not None]
    return number(sum(scores) / len(scores), language) if scores else None
