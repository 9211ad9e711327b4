"""What is left of a review when many calls are looked at together: figures, ids and places, no words of the call."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.model import DIMENSIONS, Confidence, Language, Review, Severity, State
from coach.rolewords import ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A finding in a line."""

    rule: str
    severity: Severity
    confidence: Confidence
    turn: int
    title: str
    state: State = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One call among many."""

    path: str
    language: Language
    """The report's."""
    agent: str
    """Who serves: the name in the metadata, else the labels that are names; empty where nobody is named."""
    profile: str | None
    score: float | None
    dimensions: Mapping[str, float | None]
    findings: tuple[Noticed, ...]
    strengths: tuple[tuple[str, str], ...]
    """(rule id, title) of each."""
    lift: float
    """Points by which strengths raise the score; what is worth showing to others."""
    notes: tuple[str, ...] = ()
    """What was doubtful while reading."""
    notices: tuple[str, ...] = field(default=())
    """What must be known about the report."""


_WORD = re.compile(r"[^\W\d_]+")


def _names(label: str) -> bool:
    """The label names somebody, unlike `Er`, `A`, `Agent` and `SPEAKER_00`, which are others in each call."""
    words = [word.casefold() for word in _WORD.findall(label)]
    return any(len(word) > 1 and word not in ROLES for word in words)


def brief_of(review: Review) -> Brief:
    """The review in brief."""
    transcript = review.conversation.transcript
    labels = [speaker.label for speaker in transcript.speakers if speaker.role == "agent" and _names(speaker.label)]
    return Brief(
        path=transcript.path,
        language=review.report_language,
        agent=transcript.meta.agent or ", ".join(labels),
        profile=review.conversation.profile,
        score=review.scorecard.overall,
        dimensions={name: review.scorecard.dimensions.get(name) for name in DIMENSIONS},
        findings=tuple(
            Noticed(
                rule=item.rule,
                severity=item.severity,
                confidence=item.confidence,
                turn=item.turn,
                title=item.title,
                state=item.state,
            )
            for item in review.findings
        ),
        strengths=tuple((item.rule, item.title) for item in review.strengths),
        lift=sum(item.points for item in review.scorecard.addends if item.points > 0),
        notes=transcript.notes,
        notices=review.notices,
    )


def as_line(brief: Brief) -> bytes:
    """The brief as one line of JSON, without its path."""
    row = [
        brief.language,
        brief.agent,
        brief.profile,
        brief.score,
        list(brief.dimensions.values()),
        [
            [item.rule, item.severity, item.confidence, item.turn, item.title]
            for item in brief.findings
            if item.state == "new"
        ],
        brief.strengths,
        brief.lift,
        brief.notes,
        brief.notices,
    ]
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def from_line(line: bytes, path: str) -> Brief:
    """The brief that the line holds; ValueError where it holds none."""
    language, agent, profile, score, dimensions, findings, strengths, lift, notes, notices = json.loads(line)
    return Brief(
        path=path,
        language=language,
        agent=agent,
        profile=profile,
        score=score,
        dimensions=dict(zip(DIMENSIONS, dimensions, strict=True)),
        findings=tuple(
            [
                Noticed(rule=rule, severity=severity, confidence=confidence, turn=turn, title=title)
                for rule, severity, confidence, turn, title in findings
            ]
        ),
        strengths=tuple([(rule, title) for rule, title in strengths]),
        lift=lift,
        notes=tuple(notes),
        notices=tuple(notices),
    )
