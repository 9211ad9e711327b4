"""The JSON report is the contract: every key, the same bytes, a schema that it fits."""
# dashes as people write them

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from coach.model import DIMENSIONS, Review, Scorecard
from coach.report.json_v1 import render, schema
from coach.report.shown import FileError

GOLDEN = Path(__file__).parent / "golden"
ERRORS: list[FileError] = [
    {"path": "kaputt.txt", "message": "The file is empty.", "hint": "Check that the right file was named."},
    {"path": "x.txt", "message": "Nur eine Person spricht – „Monolog“.", "hint": None},
]
KEYS = {
    "": "schema version rules reports errors".split(),
    "reports": (
        "path format language profile speakers turns score metrics findings strengths mood known notices".split()
    ),
    "speakers": "label role confidence".split(),
    "turns": "number line speaker role start end text acts".split(),
    "score": "overall zero_line dimensions".split(),
    "dimensions": list(DIMENSIONS),
    "findings": (
        "rule severity confidence turn dimension message why instead quote related fingerprint".split()
        + "state state_reason".split()
    ),
    "related": "step turn quote".split(),
    "strengths": "rule turn dimension message quote".split(),
    "mood": "turn value".split(),
    "errors": "path message hint".split(),
}
"""The keys of version 1. New ones may be added to this list; none may be taken away."""


def test_the_report_is_the_golden_one(german: Review, english: Review, *, rewrite_golden: bool) -> None:
    """Two calls and two files that could not be read."""
    text = render([german, english], ERRORS, "0.1.0", everything=True)
    path = GOLDEN / "report.json"
    if rewrite_golden:
        path.write_text(text, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == text


def test_every_key_of_version_1_is_there(german: Review) -> None:
    """In every object, whatever its values."""
    report = json.loads(render([german], ERRORS, "0.1.0"))

    def check(name: str, value: object) -> None:
        if isinstance(value, list):
            for item in value:
                check(name, item)
        elif isinstance(value, dict):
            if name in KEYS:
                assert KEYS[name] == [key for key in value if key in KEYS[name]]
                seen.add(name)
            for key, item in value.items():
                check(key, item)

    seen: set[str] = set()
    check("", report)
    assert seen == set(KEYS)


@pytest.mark.parametrize("everything", [False, True])
def test_the_report_fits_its_schema(german: Review, english: Review, flawless: Review, *, everything: bool) -> None:
    """Also where there is no score, no profile, no metric and no review at all."""
    bare = replace(
        flawless,
        scorecard=Scorecard(overall=None, dimensions={}),
        metrics={},
        conversation=replace(flawless.conversation, profile=None, mood=(), utterances=()),
    )
    validator = Draft202012Validator(schema())

    for reviews in ([], [german], [german, english, flawless, bare]):
        report = json.loads(render(reviews, ERRORS, "0.1.0", everything=everything))
        assert list(validator.iter_errors(report)) == []


def test_the_schema_is_valid_and_asks_for_every_key(german: Review) -> None:
    """A report without one of its keys does not fit."""
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    report = json.loads(render([german], ERRORS, "0.1.0"))

    for key in KEYS[""]:
        assert not validator.is_valid({name: value for name, value in report.items() if name != key})
    for key in KEYS["reports"]:
        lacking = {name: value for name, value in report["reports"][0].items() if name != key}
        assert not validator.is_valid({**report, "reports": [lacking]})
    assert validator.is_valid({**report, "later": 1})


def test_the_same_reviews_give_the_same_bytes(german: Review) -> None:
    """Whatever the order in which metrics, findings and dimensions came."""
    turned = replace(
        german,
        metrics=dict(reversed(list(german.metrics.items()))),
        findings=tuple(reversed(german.findings)),
        strengths=tuple(reversed(german.strengths)),
        scorecard=replace(german.scorecard, dimensions=dict(reversed(list(german.scorecard.dimensions.items())))),
    )
    apart = replace(turned, findings=tuple(sorted(turned.findings, key=lambda item: (item.turn, item.rule))))

    assert render([german], ERRORS, "0.1.0") == render([apart], ERRORS, "0.1.0") == render([turned], ERRORS, "0.1.0")


def test_findings_are_ordered_by_turn_then_rule(german: Review) -> None:
    """As the contract says."""
    found = json.loads(render([german], [], "0.1.0", everything=True))["reports"][0]["findings"]

    assert found == sorted(found, key=lambda item: (item["turn"], item["rule"]))
    assert len(found) == len(german.findings)


def test_findings_of_low_confidence_appear_with_everything_only(german: Review) -> None:
    """The fault of the last turn is unsure."""
    rules = [
        {item["rule"] for item in json.loads(render([german], [], "1", everything=all_))["reports"][0]["findings"]}
        for all_ in (False, True)
    ]

    assert rules[1] - rules[0] == {"no-next-step"}


def test_numbers_are_rounded_and_what_json_cannot_write_is_null(german: Review) -> None:
    """No minus nought, no NaN, no seventeen digits."""
    odd = replace(
        german,
        metrics={"a": 1 / 3, "b": float("nan"), "c": float("inf"), "d": -0.00001, "e": None},
        scorecard=replace(german.scorecard, overall=100 / 3),
    )
    text = render([odd], [], "0.1.0")
    report = json.loads(text)["reports"][0]

    assert report["metrics"] == {"a": 0.3333, "b": None, "c": None, "d": 0.0, "e": None}
    assert report["score"]["overall"] == 33.3
    assert "-0.0" not in text


def test_words_are_written_as_they_are_read(german: Review) -> None:
    """No escapes for umlauts; half a surrogate pair does not stop the report."""
    turns = german.conversation.utterances
    broken = replace(turns[0], turn=replace(turns[0].turn, text="halb \ud83d"))
    text = render(
        [replace(german, conversation=replace(german.conversation, utterances=(broken, *turns[1:])))], [], "1"
    )

    assert "Abrechnung vom März" in text
    assert text.encode("utf-8")
    assert "halb ?" in text
    assert text.endswith("}\n")


def test_the_hash_of_the_rules_is_that_of_the_reviews_or_the_one_given(german: Review) -> None:
    """Null only where there is neither."""
    told = [
        json.loads(text)["rules"]
        for text in (render([german], [], "1"), render([], [], "1", rules="feed"), render([], [], "1"))
    ]

    assert told == ["0123456789abcdef", "feed", None]
