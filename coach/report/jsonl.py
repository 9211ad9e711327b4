"""The report as JSON Lines: one call a line with the keys of version 1, one line for each file that was no call."""

import json
from collections.abc import Iterator, Sequence

from coach.model import Review
from coach.report.json_v1 import SCHEMA, report_of
from coach.report.shown import FileError


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> str:
    """Each line is an object: `schema`, `version`, `rules` and the keys of a report, or `path` and `error`."""
    return "".join(parts(reviews, errors, version, everything=everything, redacted=redacted))


def parts(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> Iterator[str]:
    """The report line by line, one call at a time."""
    for review in reviews:
        head: dict[str, object] = {"schema": SCHEMA, "version": version, "rules": review.rules_hash}
        if redacted is not None:
            head["redacted"] = redacted
        yield _line({**head, **report_of(review, everything=everything)})
    for item in errors:
        error = {"message": item["message"], "hint": item["hint"]}
        yield _line({"schema": SCHEMA, "version": version, "path": item["path"], "error": error})


def _line(value: dict[str, object]) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"
    return text.encode("utf-8", "replace").decode()
