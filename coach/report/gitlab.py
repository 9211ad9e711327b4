"""The report as GitLab's code quality widget reads it: a JSON list, one entry for each finding.

A known finding is left out; a waived one stays as mere information, with its reason.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from coach.model import Finding, Review, Severity
from coach.report.content import place
from coach.report.escape import as_path, clean
from coach.report.shown import FileError, reported
from coach.report.wording import quotation, say

_SEVERITIES: Mapping[Severity, str] = {"error": "critical", "warning": "major", "note": "minor"}


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,  # noqa: ARG001  # the format has no place for it
    *,
    everything: bool = False,
    redacted: bool | None = None,  # noqa: ARG001  # nor for this
) -> str:
    """The entries by call, turn and rule; files that could not be reviewed are blockers."""
    seen: Counter[str] = Counter()
    entries = []
    for review in reviews:
        for finding in reported(review, everything=everything):
            seen[finding.fingerprint] += 1
            times = seen[finding.fingerprint]
            fingerprint = finding.fingerprint if times == 1 else f"{finding.fingerprint}-{times}"
            entries.append(_entry(review, finding, fingerprint))
    for item in errors:
        path = as_path(item["path"])
        entries.append(
            {
                "description": clean(" ".join(filter(None, (item["message"], item["hint"])))),
                "check_name": "unreadable",
                "fingerprint": f"unreadable:{path}",
                "severity": "blocker",
                "location": {"path": path, "lines": {"begin": 1}},
            }
        )
    text = json.dumps(entries, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode() + "\n"


def _entry(review: Review, finding: Finding, fingerprint: str) -> dict[str, object]:
    language = review.report_language
    words = [f"{finding.title}, {place(finding.turn, None, language)}: {quotation(finding.quote, language)}"]
    if finding.instead:
        words.append(f"{say('instead', language)} {finding.instead}")
    if finding.state == "waived":
        words.append(f"({say('waived', language, reason=finding.state_reason)})")
    elif finding.state_reason:
        words.append(f"({finding.state_reason})")
    return {
        "description": clean(" ".join(words)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": "info" if finding.state == "waived" else _SEVERITIES[finding.severity],
        "location": {"path": as_path(review.conversation.transcript.path), "lines": {"begin": finding.line or 1}},
    }
