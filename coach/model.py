"""The values that flow from stage to stage. All are frozen; a stage returns new ones.

Vocabulary: a *transcript* holds *turns*; a turn is an uninterrupted stretch of one *speaker*.
Understanding a turn gives an *utterance*: its words, dialogue acts and signals.
Checking gives *findings* and *strengths*, scoring a *scorecard*, all together a *review*.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["agent", "customer", "other", "unknown"]
Language: TypeAlias = Literal["de", "en"]
Severity: TypeAlias = Literal["note", "warning", "error"]
Confidence: TypeAlias = Literal["low", "medium", "high"]
Address: TypeAlias = Literal["sie", "du"]
State: TypeAlias = Literal["new", "baseline", "waived"]

DIMENSIONS = ("listening", "respect", "eye-level", "honesty", "care", "enthusiasm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who talks in the call, under the label that the transcript uses."""

    label: str
    role: Role = "unknown"
    confidence: float = 0.0
    """0 to 1: how sure the role is."""
    evidence: tuple[str, ...] = ()
    """Why this role, in short English phrases such as `label "Kunde"`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An uninterrupted stretch of one speaker."""

    number: int
    """1-based."""
    speaker: str
    """The speaker's label."""
    text: str
    """What was said, without remarks; may be empty."""
    line: int | None = None
    """1-based line in the file where the turn begins; None where the format has no lines."""
    start: float | None = None
    """Seconds from the beginning of the call."""
    end: float | None = None
    remarks: tuple[str, ...] = ()
    """Remarks such as `lacht` or `crosstalk`: not speech."""
    overlap: float = 0.0
    """Seconds for which the turn overlaps the one before it."""
    silence: float = 0.0
    """Seconds of silence inside the turn, between its segments."""
    doubtful: tuple[str, ...] = ()
    """Words that the speech recogniser was not sure of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of the call beside its words."""

    call_date: date | None = None
    lead_date: date | None = None
    """When the customer enquired or complained, where a sidecar or header says so."""
    agent: str | None = None
    customer: str | None = None
    call_type: str | None = None
    duration: float | None = None
    """Seconds."""
    language: str | None = None
    """The language that the file states, as ISO 639-1 such as `de`, be it one that the coach knows or not."""
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A call as a reader understood it."""

    path: str
    format: str
    """The reader's name of the format: `text`, `webvtt`, …"""
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    """In the order in which they first talk."""
    language: Language | None = None
    meta: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
    """What was dropped or doubtful while reading, one sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """That a turn does something, how sure that is, and on which words it rests."""

    name: str
    score: int
    """0 to 100; 100 where a cue says so without doubt."""
    words: str = ""
    """The words of the turn that matched; empty where the model or the structure says so."""
    source: Literal["cue", "model", "structure"] = "cue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A turn with all that is understood of it."""

    turn: Turn
    role: Role
    words: tuple[str, ...]
    """Normalised words: lower case, umlauts kept, no punctuation."""
    acts: Mapping[str, Act]
    signals: Mapping[str, float] = field(default_factory=dict)
    """Measurements by name: `words`, `uptake`, `seconds`, …; a missing name is not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A transcript understood: who is who, which language, what each turn does."""

    transcript: Transcript
    language: Language
    address: Address
    """How agent and customer address each other in German; `sie` for English."""
    utterances: tuple[Utterance, ...]
    signals: Mapping[str, float] = field(default_factory=dict)
    """Measurements of the whole call."""
    profile: str | None = None
    profile_confidence: float = 0.0
    mood: tuple[tuple[int, float], ...] = ()
    """(turn number, −1…1) for the customer's turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another turn that belongs to a finding: what was refused, asked, said."""

    step: str
    turn: int
    quote: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to improve, at the turn where it shows. Texts are in the report's language."""

    rule: str
    dimension: str
    severity: Severity
    confidence: Confidence
    turn: int
    line: int | None
    title: str
    message: str
    why: str
    instead: str
    quote: str
    related: tuple[Related, ...] = ()
    basis: tuple[str, ...] = ()
    """What it rests on: words, position, probability; one short phrase each."""
    fingerprint: str = ""
    state: State = "new"
    """`baseline`: known from an earlier run; `waived`: accepted by the settings. Neither counts for a bar."""
    state_reason: str = ""
    """Why it is waived, or why a waiver no longer holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Something done well, at the agent's turn where it shows."""

    rule: str
    dimension: str
    turn: int
    line: int | None
    title: str
    message: str
    quote: str
    keep: str = ""
    """What it comes to as advice: “asking open questions”."""
    related: tuple[Related, ...] = ()
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase that the kind of call asks for, and that the call gave occasion for."""

    id: str
    title: str
    """In the report's language."""
    dimension: str
    turn: int | None
    """Where it first shows; None where it is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addend:
    """One line of the score's arithmetic."""

    dimension: str
    label: str
    points: float
    detail: str = ""
    load: float = 0.0
    """What the curve is taken of; faults and strengths each have their own sum."""
    unsure: bool = False
    """It rests on findings of low confidence alone."""


ZERO_LINE = 50.0
"""The score of a call by the book, without faults and without anything special."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """0 to 100 with the zero line at 50; None where there was nothing to judge."""

    overall: float | None
    dimensions: Mapping[str, float | None]
    addends: tuple[Addend, ...] = ()
    zero_line: float = ZERO_LINE
    knocked_out_by: str | None = None
    formula: tuple[str, ...] = ()
    """The arithmetic with its numbers, one line each, in no language: `50 + 50 · …`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What is usual for a metric, and who says so: a default, not a verdict."""

    metric: str
    unit: Literal["share", "words", "seconds", "count", "rate", "ratio"]
    label: Mapping[Language, str]
    source: Mapping[Language, str]
    least: float | None = None
    most: float | None = None
    languages: tuple[Language, ...] = ("de", "en")
    """The languages of the call for which the band holds."""
    profiles: tuple[str, ...] = ()
    """The kinds of call for which the band holds; empty: all, and calls whose kind is not known."""

    def holds(self, language: Language, profile: str | None) -> bool:
        """Whether the band holds for a call in this language and of this kind."""
        return language in self.languages and (not self.profiles or profile in self.profiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """One of the two or three things to work on: findings with one root cause."""

    findings: tuple[Finding, ...]
    """At least one; the first is the one to quote."""
    kind: Literal["start", "stop"]
    cause: str = ""
    """The root cause in `rules/scorecard.yml`; a rule's id where it belongs to none."""
    phrase: Mapping[Language, str] = field(default_factory=dict)
    """What to start or stop, in a few words; empty where the finding's title must do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that is known of one call; what every reporter renders."""

    conversation: Conversation
    findings: tuple[Finding, ...]
    """By turn, then rule; low confidence included."""
    strengths: tuple[Strength, ...]
    scorecard: Scorecard
    metrics: Mapping[str, float | None]
    focus: tuple[Focus, ...]
    report_language: Language
    address: Address
    rules_hash: str
    exercise: str | None = None
    """One exercise for the next call, in the report's language."""
    bands: Mapping[str, Band] = field(default_factory=dict)
    """What is usual, by metric."""
    phases: tuple[Phase, ...] = ()
    """Those that the kind of call asks for, in the order of a call."""
    checked: tuple[str, ...] = ()
    """The ids of the findings' rules that were run, in order; empty where that is not known."""
    notices: tuple[str, ...] = ()
    """What whoever reads the report must know about it, such as a waiver that has expired; one sentence each."""
