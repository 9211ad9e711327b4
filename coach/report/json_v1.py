"""The report for machines, version 1, frozen: converted key by key, never a dump of the values inside.

New keys may come within version 1; none goes and none changes its meaning. The same reviews give the same bytes.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from coach.model import DIMENSIONS, Finding, Review, Strength, Turn, Utterance
from coach.report.indented import indented
from coach.report.shown import FileError, known, reported

SCHEMA = "coach-report/1"
_ROLES = ("agent", "customer", "other", "unknown")


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    rules: str | None = None,
    everything: bool = False,
    redacted: bool | None = None,
) -> str:
    """The report as JSON with a line break at its end.

    `rules` is the hash of rules and model, taken from the reviews where it is not given. Findings of low confidence
    appear with `everything` only. `redacted` says whether personal data have been replaced; None: nobody knows.
    """
    return "".join(parts(reviews, errors, version, rules=rules, everything=everything, redacted=redacted))


def parts(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    rules: str | None = None,
    everything: bool = False,
    redacted: bool | None = None,
    ready_of: Callable[[int], tuple[str, str]] | None = None,
) -> Iterator[str]:
    """The report piece by piece, one call at a time.

    `ready_of` gives a call's path and what `ready` once made of its review, empty where it was never made: such a
    review is not looked at again.
    """
    if rules is None and reviews:
        rules = reviews[0].rules_hash
    yield "{\n"
    for name, value in (("schema", SCHEMA), ("version", version), ("rules", rules), ("redacted", redacted)):
        yield f'  "{name}": {_json(value, 1)},\n'
    yield from _listed("reports", _calls(reviews, everything=everything, ready_of=ready_of))
    yield ",\n"
    told = ({"path": item["path"], "message": item["message"], "hint": item["hint"]} for item in errors)
    yield from _listed("errors", (_json(item, 2) for item in told))
    yield "\n}\n"


def _calls(
    reviews: Sequence[Review], *, everything: bool, ready_of: Callable[[int], tuple[str, str]] | None
) -> Iterator[str]:
    for at in range(len(reviews)):
        path, rest = ready_of(at) if ready_of and not everything else ("", "")
        if rest:
            yield f'{{\n      "path": {_json(path, 3)},{rest}'
        else:
            yield _json(report_of(reviews[at], everything=everything), 2)


def ready(review: Review) -> str:
    """The report of one call as it stands among others, from the end of its path on: the call may lie elsewhere."""
    report = report_of(review, everything=False)
    del report["path"]
    return _json(report, 2).removeprefix("{")


def _listed(name: str, pieces: Iterable[str]) -> Iterator[str]:
    before = f'  "{name}": [\n    '
    for piece in pieces:
        yield before
        yield piece
        before = ",\n    "
    yield f'  "{name}": []' if before[0] == " " else "\n  ]"


def _json(value: object, depth: int) -> str:
    """The value as it stands that deep in the report."""
    return indented(value, "  " * depth).encode("utf-8", "replace").decode()


def report_of(review: Review, *, everything: bool) -> dict[str, object]:
    """One call with all keys of version 1."""
    conversation = review.conversation
    transcript = conversation.transcript
    return {
        "path": transcript.path,
        "format": transcript.format,
        "language": conversation.language,
        "profile": conversation.profile,
        "speakers": [
            {"label": item.label, "role": item.role, "confidence": _number(item.confidence, 2)}
            for item in transcript.speakers
        ],
        "turns": [_turn(item.turn, item) for item in conversation.utterances],
        "score": {
            "overall": _number(review.scorecard.overall, 1),
            "zero_line": _whole(review.scorecard.zero_line),
            "dimensions": {name: _number(review.scorecard.dimensions.get(name), 1) for name in DIMENSIONS},
        },
        "metrics": {name: _number(value, 4) for name, value in sorted(review.metrics.items())},
        "findings": [_finding(item) for item in reported(review, everything=everything)],
        "strengths": [_strength(item) for item in sorted(review.strengths, key=lambda item: (item.turn, item.rule))],
        "mood": [{"turn": turn, "value": _number(value, 2)} for turn, value in conversation.mood],
        "known": [_finding(item) for item in known(review, everything=everything)],
        "notices": list(review.notices),
        "phases": [{"phase": item.id, "present": item.turn is not None, "turn": item.turn} for item in review.phases],
    }


def _turn(turn: Turn, utterance: Utterance) -> dict[str, object]:
    return {
        "number": turn.number,
        "line": turn.line,
        "speaker": turn.speaker,
        "role": utterance.role,
        "start": _number(turn.start, 3),
        "end": _number(turn.end, 3),
        "text": turn.text,
        "acts": sorted(utterance.acts),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "turn": finding.turn,
        "dimension": finding.dimension,
        "message": finding.message,
        "why": finding.why,
        "instead": finding.instead,
        "quote": finding.quote,
        "related": [{"step": item.step, "turn": item.turn, "quote": item.quote} for item in finding.related],
        "fingerprint": finding.fingerprint,
        "state": finding.state,
        "state_reason": finding.state_reason,
    }


def _strength(strength: Strength) -> dict[str, object]:
    return {
        "rule": strength.rule,
        "turn": strength.turn,
        "dimension": strength.dimension,
        "message": strength.message,
        "quote": strength.quote,
    }


def _number(value: float | None, digits: int) -> float | None:
    """Rounded, never minus nought; None for what JSON cannot write."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of the report; further keys are allowed, those named are always there."""
    text: Mapping[str, object] = {"type": "string"}
    maybe_text: Mapping[str, object] = {"type": ["string", "null"]}
    maybe_number: Mapping[str, object] = {"type": ["number", "null"]}
    place: Mapping[str, object] = {"type": "integer", "minimum": 1}
    dimension: Mapping[str, object] = {"enum": list(DIMENSIONS)}
    points: Mapping[str, object] = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
    related = _object(step=text, turn=place, quote=text)
    finding = _object(
        rule=text,
        severity={"enum": ["note", "warning", "error"]},
        confidence={"enum": ["low", "medium", "high"]},
        turn=place,
        dimension=dimension,
        message=text,
        why=text,
        instead=text,
        quote=text,
        related=_list(related),
        fingerprint={"type": "string", "pattern": "^([0-9a-f]{16})?$"},
        state={"enum": ["new", "baseline", "waived"]},
        state_reason=text,
    )
    report = _object(
        path=text,
        format=text,
        language={"enum": ["de", "en"]},
        profile=maybe_text,
        speakers=_list(
            _object(label=text, role={"enum": list(_ROLES)}, confidence={"type": "number", "minimum": 0, "maximum": 1})
        ),
        turns=_list(
            _object(
                number=place,
                line={"type": ["integer", "null"], "minimum": 1},
                speaker=text,
                role={"enum": list(_ROLES)},
                start=maybe_number,
                end=maybe_number,
                text=text,
                acts=_list(text),
            )
        ),
        score=_object(
            overall=points,
            zero_line={"type": "number"},
            dimensions=_object(**dict.fromkeys(DIMENSIONS, points)),
        ),
        metrics={"type": "object", "additionalProperties": maybe_number},
        findings=_list(finding),
        strengths=_list(_object(rule=text, turn=place, dimension=dimension, message=text, quote=text)),
        mood=_list(_object(turn=place, value={"type": "number", "minimum": -1, "maximum": 1})),
        known=_list(finding),
        notices=_list(text),
        phases=_list(
            _object(phase=text, present={"type": "boolean"}, turn={"type": ["integer", "null"], "minimum": 1})
        ),
    )
    whole = _object(
        schema={"const": SCHEMA},
        version=text,
        rules=maybe_text,
        redacted={"type": ["boolean", "null"]},
        reports=_list(report),
        errors=_list(_object(path=text, message=text, hint=maybe_text)),
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coach report, version 1", **whole}


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}
