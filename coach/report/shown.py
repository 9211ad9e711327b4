"""Which findings every report shows: all that are sure enough; those that a baseline knows stand apart."""

from typing import TypedDict

from coach.model import Finding, Review


class FileError(TypedDict):
    """A file that could not be reviewed."""

    path: str
    message: str
    hint: str | None


def reported(review: Review, *, everything: bool) -> list[Finding]:
    """The new findings and the waived ones, by turn, then rule; those of low confidence with `everything` only."""
    return [item for item in _sure(review, everything=everything) if item.state != "baseline"]


def known(review: Review, *, everything: bool) -> list[Finding]:
    """The findings that a baseline knows, by turn, then rule; those of low confidence with `everything` only."""
    return [item for item in _sure(review, everything=everything) if item.state == "baseline"]


def _sure(review: Review, *, everything: bool) -> list[Finding]:
    found = (item for item in review.findings if everything or item.confidence != "low")
    return sorted(found, key=lambda item: (item.turn, item.rule))
