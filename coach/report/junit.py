"""The report as JUnit XML: a suite for each call, in it a case for each rule; findings are failures.

A rule whose findings are all waived or known is skipped, with the reason. Findings of low confidence never fail.
What went well stands in the suite's output, the score in its properties.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from tempfile import SpooledTemporaryFile
from xml.etree import ElementTree as ET

from coach.model import DIMENSIONS, Finding, Review
from coach.report.content import gravity, place, quotes, role
from coach.report.escape import as_path, clean, for_xml
from coach.report.shown import FileError, known, reported
from coach.report.wording import quotation, say

IN_MEMORY = 4_000_000
"""Bytes of suites above which they wait in a file without a name."""
_GRAVITY = {"error": 0, "warning": 1, "note": 2}


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> str:
    """A document in UTF-8; a file that could not be reviewed is a suite with an error."""
    return "".join(parts(reviews, errors, version, everything=everything, redacted=redacted))


def parts(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> Iterator[str]:
    """The document suite by suite; they wait in a file, as the sums over all of them stand in the head."""
    seen = cache(lambda: {finding.rule for review in reviews for finding in review.findings})
    made = (_suite(review, version, seen, everything=everything, redacted=redacted) for review in reviews)
    sums = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    sizes = []
    with SpooledTemporaryFile(max_size=IN_MEMORY) as waiting:
        for suite in chain(made, map(_unread, errors)):
            for name in sums:
                sums[name] += int(suite.get(name, "0"))
            ET.indent(suite, level=1)
            sizes.append(waiting.write(ET.tostring(suite, encoding="unicode").encode("utf-8", "surrogatepass")))
        root = ET.Element("testsuites", {"name": "coach", **{name: str(count) for name, count in sums.items()}})
        if sizes:
            root.text = "\n"
        head, end, _ = ET.tostring(root, encoding="unicode").partition("</testsuites>")
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
        waiting.seek(0)
        for size in sizes:
            yield f"  {waiting.read(size).decode('utf-8', 'surrogatepass')}\n"
        yield f"{end}\n"


def _suite(
    review: Review, version: str, seen: Callable[[], set[str]], *, everything: bool, redacted: bool | None
) -> ET.Element:
    path = as_path(review.conversation.transcript.path)
    found: dict[str, list[Finding]] = {}
    for finding in (*reported(review, everything=everything), *known(review, everything=everything)):
        found.setdefault(finding.rule, []).append(finding)
    rules = sorted({*review.checked, *found} if review.checked else seen())
    cases = [_case(review, rule, found.get(rule, ())) for rule in rules]
    suite = ET.Element(
        "testsuite",
        {
            "name": clean(path),
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "errors": "0",
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
        },
    )
    facts = {"coach": version, "rules": review.rules_hash, "language": review.conversation.language}
    if redacted is not None:
        facts["redacted"] = str(redacted).lower()
    if review.conversation.profile:
        facts["profile"] = review.conversation.profile
    for name, value in (
        ("score", review.scorecard.overall),
        *((key, review.scorecard.dimensions.get(key)) for key in DIMENSIONS),
    ):
        if value is not None:
            facts[name] = f"{value + 0.0:.1f}"
    properties = ET.SubElement(suite, "properties")
    for name, text in (*facts.items(), *(("notice", notice) for notice in review.notices)):
        ET.SubElement(properties, "property", {"name": name, "value": clean(text)})
    suite.extend(cases)
    if review.strengths:
        ET.SubElement(suite, "system-out").text = for_xml(_strengths(review))
    return suite


def _case(review: Review, rule: str, findings: Sequence[Finding]) -> ET.Element:
    path = as_path(review.conversation.transcript.path)
    case = ET.Element("testcase", {"classname": clean(path), "name": clean(rule), "file": clean(path)})
    failing = [item for item in findings if item.state == "new" and item.confidence != "low"]
    unsure = [item for item in findings if item.state == "new" and item.confidence == "low"]
    excused = [item for item in findings if item.state != "new"]
    lead = next(iter([*failing, *excused, *unsure]), None)
    if lead is not None and lead.line is not None:
        case.set("line", str(lead.line))
    language = review.report_language
    if failing:
        turns = "; ".join(place(item.turn, item.line, language) for item in failing)
        worst = min(failing, key=lambda item: _GRAVITY[item.severity])
        failure = ET.SubElement(case, "failure", {"type": worst.severity, "message": clean(f"{worst.title}: {turns}")})
        failure.text = for_xml("\n\n".join(_text(review, item) for item in failing))
    elif excused:
        waived = next((item for item in excused if item.state == "waived"), None)
        reason = say("waived", language, reason=waived.state_reason) if waived else say("known", language)
        skipped = ET.SubElement(case, "skipped", {"message": clean(reason)})
        skipped.text = for_xml("\n\n".join(_text(review, item) for item in excused))
    others = [*unsure, *(excused if failing else ())]
    if others:
        ET.SubElement(case, "system-out").text = for_xml("\n\n".join(_text(review, item) for item in others))
    return case


def _text(review: Review, finding: Finding) -> str:
    """The quotes in the order of the call, what was noticed, why it matters, what is better."""
    language = review.report_language
    lines = [f"{finding.title} ({gravity(finding, language)})"]
    for said in quotes(review, finding):
        who = say(f"role-{role(review, said.turn)}", language)
        lines.append(f"{who}, {place(said.turn, said.line, language)}: {quotation(said.quote, language)}")
    lines += [finding.message, f"{say('why', language)} {finding.why}"]
    if finding.instead:
        lines.append(f"{say('instead', language)} {finding.instead}")
    return "\n".join(lines)


def _strengths(review: Review) -> str:
    language = review.report_language
    lines = [say("strengths", language)]
    lines += [
        f"+ {item.title}, {place(item.turn, item.line, language)}: {quotation(item.quote, language)}"
        for item in review.strengths
    ]
    return "\n".join(lines)


def _unread(item: FileError) -> ET.Element:
    path = clean(as_path(item["path"]))
    suite = ET.Element("testsuite", {"name": path, "tests": "1", "failures": "0", "errors": "1", "skipped": "0"})
    case = ET.SubElement(suite, "testcase", {"classname": path, "name": "readable", "file": path})
    error = ET.SubElement(case, "error", {"type": "unreadable", "message": clean(item["message"])})
    if item["hint"]:
        error.text = for_xml(item["hint"])
    return suite
