"""The report as workflow commands of GitHub: each finding is shown at its line in the pull request.

GitHub shows ten errors and ten warnings a step, so the graver findings come first. Known findings are counted only.
"""

from collections.abc import Mapping, Sequence

from coach.model import Finding, Review, Severity
from coach.report.content import place
from coach.report.escape import as_path, for_command, for_property
from coach.report.shown import FileError, known, reported
from coach.report.wording import counted, quotation, say

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_ORDER = ("error", "warning", "notice")


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,  # noqa: ARG001  # an annotation has no place for it
    *,
    everything: bool = False,
    redacted: bool | None = None,  # noqa: ARG001  # nor for this
) -> str:
    """One command a line: files that could not be reviewed, findings from grave to slight, then what is known."""
    lines = [_command("error", " ".join(filter(None, (e["message"], e["hint"]))), file=e["path"]) for e in errors]
    found: dict[str, list[str]] = {level: [] for level in _ORDER}
    last: list[str] = []
    for review in reviews:
        for item in reported(review, everything=everything):
            found[_level(item)].append(_annotation(review, item))
        path = review.conversation.transcript.path
        old = len(known(review, everything=everything))
        if old:
            last.append(_command("notice", counted("known-count", old, review.report_language), file=path))
        last += [_command("warning", notice, file=path) for notice in review.notices]
    return "".join(f"{line}\n" for some in (lines, *found.values(), last) for line in some)


def _level(finding: Finding) -> str:
    return "notice" if finding.state == "waived" else _LEVELS[finding.severity]


def _annotation(review: Review, finding: Finding) -> str:
    language = review.report_language
    words = [place(finding.turn, None, language) + f": {quotation(finding.quote, language)}", finding.message]
    if finding.instead:
        words.append(f"{say('instead', language)} {finding.instead}")
    if finding.state == "waived":
        words.append(say("waived", language, reason=finding.state_reason))
    elif finding.state_reason:
        words.append(finding.state_reason)
    message = "\n".join(words)
    path = review.conversation.transcript.path
    title = f"{finding.title} ({finding.rule})"
    return _command(_level(finding), message, file=path, line=finding.line, title=title)


def _command(level: str, message: str, *, file: str, line: int | None = None, title: str = "") -> str:
    properties = [f"file={for_property(as_path(file))}"]
    if line is not None:
        properties.append(f"line={line}")
    if title:
        properties.append(f"title={for_property(title)}")
    return f"::{level} {','.join(properties)}::{for_command(message)}"
