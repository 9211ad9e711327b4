"""What acts and rules are, once loaded: the values that `rules.py` makes and the stages read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from coach.model import Confidence, Language, Role, Severity

Kind: TypeAlias = Literal["finding", "strength"]
Texts: TypeAlias = Mapping[Language, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A phrase that says what an utterance does; `coach/understand/phrases.py` tells the notation."""

    phrase: str
    score: int = 90
    """0 to 100: how sure the act is where the phrase stands."""
    unless: tuple[str, ...] = ()
    """Phrases in the same turn that block this one."""
    negatable: bool = True
    """A negation up to three words before cancels the cue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSpec:
    """What one utterance does, and how to recognise it."""

    id: str
    roles: frozenset[Role]
    describes: Texts
    cues: Mapping[Language, tuple[Cue, ...]] = field(default_factory=dict)
    tokens: Mapping[Language, tuple[tuple[Mapping[str, object], ...], ...]] = field(default_factory=dict)
    """spaCy token patterns, for what phrases cannot say."""
    members: tuple[str, ...] = ()
    """Acts any of which makes this one: a group has no cues of its own."""
    least: int = 50
    """The least score, 0 to 100, from which the act counts as present."""
    examples: Mapping[Language, "ActExamples"] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActExamples:
    """Turns that do and turns that do not perform the act."""

    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A comparison of a signal with numbers, or with a named setting of the rule."""

    signal: str
    least: float | None = None
    most: float | None = None
    over: str | None = None
    """The setting that the signal must exceed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One turn in a sequence: who speaks, what the turn does and does not, what it measures."""

    name: str
    role: Role | None
    """None: whoever speaks; files always name a role, the laws ask what becomes of a rule without it."""
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    signals: tuple[Bound, ...] = ()
    guard: tuple[Bound, ...] = ()
    """Comparisons with `likely-…` signals that hold where the model does not run."""
    within: int | None = 1
    """How many turns after the step before it may come; 1 is the adjacency pair, None the whole call."""
    absent: bool = False
    """The step must not come within its window."""
    report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One sequence of steps by which a rule can hold."""

    steps: tuple[Step, ...]
    confidence: Confidence
    until: Step | None = None
    """A turn that cancels what has been matched so far."""
    call: tuple[Bound, ...] = ()
    """Comparisons of the whole call's signals."""
    message: Texts | None = None
    """What was noticed this way, in place of the rule's message; `{signal}` holds the place of a signal's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to say instead, or what was noticed, for the cases in which it fits."""

    texts: Texts
    step: str | None = None
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A short call with the turns at which the rule fires; none where it must stay silent."""

    turns: tuple[tuple[Role, str], ...]
    marked: tuple[int, ...] = ()
    better: Mapping[int, str] = field(default_factory=dict)
    """Turn number → the agent's better turn (for findings that fire)."""
    also: tuple[str, ...] = ()
    """Other rules that may fire on this example."""
    whole: bool = False
    """The example is a whole call, from greeting to farewell, not a cutting."""
    meta: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a sequence of turns must not do (finding) or does well (strength)."""

    id: str
    kind: Kind
    dimension: str
    severity: Severity
    title: Texts
    message: Texts
    why: Texts
    source: str
    instead: tuple[Advice, ...]
    limits: Texts
    ways: tuple[Way, ...]
    once: Literal["first", "last"] | None = None
    """Reported once a call, at the first or last turn where it holds."""
    yields_to: tuple[str, ...] = ()
    """Rules that, where they hold at the same turn, take this one's place."""
    whole_call: bool = False
    """The rule speaks of a whole call and is silent on a cutting."""
    keep: Texts | None = None
    """What a strength comes to as advice; its title where the file says nothing."""
    messages: tuple[Advice, ...] = ()
    """What takes the message's place in some cases."""
    symmetric: str | None = None
    """Why the rule may hold with the roles swapped, if it may."""
    settings: Mapping[str, float] = field(default_factory=dict)
    examples: Mapping[Language, tuple[Example, ...]] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """All acts and rules that are loaded, with the hash that names them in a report."""

    acts: Mapping[str, ActSpec]
    rules: Mapping[str, Rule]
    hash: str
    scorecard: Mapping[str, object] = field(default_factory=dict)
    folders: tuple[str, ...] = ()


def shipped_rules() -> Path:
    """The folder with the rules that come with the tool: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "_rules"
    return inside if inside.is_dir() else package.parent / "rules"
