"""The report as SARIF 2.1.0, the standard for what tools find: rules, results, code flows, suppressions.

A call's turns that belong together are a code flow in the order in which they were said. Fingerprints rest on rule and
quotes, so that a line that moved is no new result. Paths are relative to %SRCROOT%, the folder where the coach ran.
"""

from collections.abc import Iterator, Mapping, Sequence

from coach.model import Finding, Language, Review
from coach.report.content import place, role, sentence
from coach.report.escape import as_path, as_uri, clean, for_markdown
from coach.report.indented import indented
from coach.report.shown import FileError, known, reported
from coach.report.wording import quotation, say

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
_STEP = "  "
_NONE = '"results": []'
"""Where the results go; within a text its quotation marks would be escaped."""
_PROBLEM: Mapping[str, str] = {"error": "error", "warning": "warning", "note": "recommendation"}


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> str:
    """One run; known and waived findings are results with a suppression. Ends with a line break."""
    return "".join(parts(reviews, errors, version, everything=everything, redacted=redacted))


def parts(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> Iterator[str]:
    """The report piece by piece; the calls are looked at twice, as rules stand before results."""
    rules: dict[str, dict[str, object]] = {}
    facts: dict[str, object] = {}
    languages: set[Language] = set()
    notices: list[str] = []
    for review in reviews:
        for finding in _found(review, everything=everything):
            if finding.rule not in rules:
                rules[finding.rule] = _rule(review, finding)
        facts.setdefault("rulesHash", review.rules_hash)
        languages.add(review.report_language)
        notices += review.notices
    order = {name: index for index, name in enumerate(sorted(rules))}
    if redacted is not None:
        facts["redacted"] = redacted
    driver: dict[str, object] = {"name": "coach", "version": version, "rules": [rules[name] for name in order]}
    run: dict[str, object] = {
        "tool": {"driver": driver},
        "invocations": [_invocation(notices, errors)],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which the coach ran."}}},
        "columnKind": "unicodeCodePoints",
        "results": [],
    }
    if len(languages) == 1:
        run["language"] = next(iter(languages))
    if facts:
        run["properties"] = facts
    before, mark, after = _json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, 0).partition(_NONE)
    yield before
    between = _NONE.removesuffix("]")
    for review in reviews:
        for finding in _found(review, everything=everything):
            yield f"{between}\n{_STEP * 4}{_json(_result(review, finding, order[finding.rule]), 4)}"
            between = ","
    yield (f"\n{_STEP * 3}]" if between == "," else mark) + after + "\n"


def _found(review: Review, *, everything: bool) -> list[Finding]:
    """By turn, then rule, known ones among them."""
    found = [*reported(review, everything=everything), *known(review, everything=everything)]
    return sorted(found, key=lambda item: (item.turn, item.rule))


def _json(value: object, depth: int) -> str:
    """The value as it stands that deep in the report."""
    return indented(value, _STEP * depth).encode("utf-8", "replace").decode()


def _rule(review: Review, finding: Finding) -> dict[str, object]:
    """The rule as its finding tells it, in the report's language."""
    language = review.report_language
    lines = [finding.message, f"{say('why', language)} {finding.why}"]
    marked = [for_markdown(finding.message), f"**{say('why', language)}** {for_markdown(finding.why)}"]
    if finding.instead:
        lines.append(f"{say('instead', language)} {finding.instead}")
        marked.append(f"**{say('instead', language)}** {for_markdown(finding.instead)}")
    return {
        "id": finding.rule,
        "name": "".join(part.capitalize() for part in finding.rule.split("-")),
        "shortDescription": {"text": finding.title},
        "fullDescription": {"text": finding.message},
        "help": {"text": "\n\n".join(lines), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": finding.severity},
        "properties": {"tags": [finding.dimension], "problem.severity": _PROBLEM[finding.severity]},
    }


def _result(review: Review, finding: Finding, index: int) -> dict[str, object]:
    language = review.report_language
    quote = quotation(clean(finding.quote), language)
    text, marked = f"{finding.title}: {quote}", f"**{for_markdown(finding.title)}:** {for_markdown(quote)}"
    if finding.instead:
        text += f"\n{say('instead', language)} {finding.instead}"
        marked += f"\n\n**{say('instead', language)}** {for_markdown(finding.instead)}"
    if finding.state == "new" and finding.state_reason:
        text += f"\n{finding.state_reason}"
        marked += f"\n\n{for_markdown(finding.state_reason)}"
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": text, "markdown": marked},
        "locations": [_location(review, finding.turn, finding.line, finding.quote)],
        "partialFingerprints": {
            "coachFinding/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "properties": {
            "turn": finding.turn,
            "dimension": finding.dimension,
            "confidence": finding.confidence,
            "state": finding.state,
        },
    }
    others = [item for item in finding.related if item.turn != finding.turn]
    if others:
        related = [
            {
                "id": number,
                **_location(review, item.turn, item.line, item.quote),
                "message": {"text": _said(review, item.turn, item.line, item.quote)},
            }
            for number, item in enumerate(others, start=1)
        ]
        steps = sorted(
            [*((item.turn, item.line, item.quote) for item in others), (finding.turn, finding.line, finding.quote)],
            key=lambda step: step[0],
        )
        flow = [
            {
                "location": {**_location(review, *step), "message": {"text": _said(review, *step)}},
                "executionOrder": number,
                "importance": "essential",
            }
            for number, step in enumerate(steps, start=1)
        ]
        result["relatedLocations"] = related
        result["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
    if finding.state == "baseline":
        result["baselineState"] = "unchanged"
        result["suppressions"] = [_suppression(sentence(say("known", language)))]
    elif finding.state == "waived":
        result["suppressions"] = [_suppression(finding.state_reason)]
    return result


def _suppression(reason: str) -> dict[str, object]:
    return {"kind": "external", "status": "accepted", "justification": reason}


def _location(review: Review, turn: int, line: int | None, quote: str) -> dict[str, object]:
    """The line where the turn begins, where the format has lines, and the turn by its number."""
    physical: dict[str, object] = {"artifactLocation": _artifact(review.conversation.transcript.path)}
    if line is not None:
        physical["region"] = {"startLine": line, "snippet": {"text": quote}}
    name = place(turn, None, review.report_language)
    path = as_path(review.conversation.transcript.path)
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"name": name, "fullyQualifiedName": f"{path}#{turn}", "kind": "turn"}],
    }


def _said(review: Review, turn: int, line: int | None, quote: str) -> str:
    language = review.report_language
    who = say(f"role-{role(review, turn)}", language)
    return f"{who}, {place(turn, line, language)}: {quotation(clean(quote), language)}"


def _artifact(path: str) -> dict[str, object]:
    uri = as_uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": ROOT}


def _invocation(notices: Sequence[str], errors: Sequence[FileError]) -> dict[str, object]:
    """Whether all files could be reviewed; what could not, and what the settings say in vain."""
    invocation: dict[str, object] = {"executionSuccessful": not errors}
    unread = [
        {
            "level": "error",
            "message": {"text": " ".join(filter(None, (item["message"], item["hint"])))},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact(item["path"])}}],
        }
        for item in errors
    ]
    if unread:
        invocation["toolExecutionNotifications"] = unread
    if notices:
        invocation["toolConfigurationNotifications"] = [
            {"level": "warning", "message": {"text": notice}} for notice in notices
        ]
    return invocation
