"""The report as JSON Lines: one call a line with the keys of version 1, one line for each file that was no call."""

import json
from collections.abc import Sequence

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
    lines: list[dict[str, object]] = []
    for review in reviews:
        head: dict[str, object] = {"schema": SCHEMA, "version": version, "rules": review.rules_hash}
        if redacted is not None:
            head["redacted"] = redacted
        lines.append({**head, **report_of(review, everything=everything)})
    for item in errors:
        error = {"message": item["message"], "hint": item["hint"]}
        lines.append({"schema": SCHEMA, "version": version, "path": item["path"], "error": error})
    text = "".join(json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n" for line in lines)
    return text.encode("utf-8", "replace").decode()
