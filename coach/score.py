"""Findings and strengths → a scorecard: 0 to 100, the zero line at 50, every point accounted for.

The formula, with the constants of `rules/scorecard.yml`:

    load of a rule    = weight × min(cap, sum of its findings' confidences × typical ÷ max(typical, opportunities))
    rise(x)           = 1 − exp(−(x ÷ scale)^steepness), with the constants for strengths
    fall(x)           = the same, with the constants for faults
    overall           = 50 + 50 · rise(all strengths' loads) − 50 · fall(all faults' loads)
    a dimension       = the same over its own loads, each times `dimension-share`

Opportunities (questions asked, pitches, turns that say something) stop a long call from collecting faults by its
length alone: from the typical number on, the share counts and no longer the number. In `overall` each load is
multiplied by its dimension's weight. Both curves only rise and opportunities depend on the call alone, so that taking
a finding away or adding a strength never lowers anything. A dimension that had no opportunity is None; it bears no
load, and there is no denominator that it could dilute. Faults of several dimensions add up: a call weak in four of
them lies below each.
Findings of low confidence count by what they are likely to be worth: as often as they turn out right. Phases that the
kind of call asks for and that are missing are small faults, each its share of those asked for.
"""
# arithmetic in its own signs

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from coach.model import (
    DIMENSIONS,
    ZERO_LINE,
    Addend,
    Confidence,
    Conversation,
    Finding,
    Language,
    Phase,
    Role,
    Scorecard,
    Severity,
    Strength,
    Utterance,
)

PER_CALL = "call"
PHASE = "phase:"
"""Stands before a phase's title in the addends where it is missing."""
MOOD = "mood"
"""Stands for a rule in the addends where the customer's mood rose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """How fast loads saturate: at `scale` 63 % are reached; above 1, `steepness` makes the first few count less."""

    scale: float
    steepness: float

    def __call__(self, load: float) -> float:
        """0 to 1, rising with the load."""
        return -math.expm1(-((load / self.scale) ** self.steepness))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """Turns at which a fault or a strength could have come about."""

    role: Role
    acts: tuple[str, ...] = ()
    """One of them suffices; none named: any turn that is not small talk."""
    least_words: int = 0
    typical: float = 10.0
    """How many a call of about twenty turns has at most; beyond, shares count instead of numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWeight:
    """What one rule weighs; None stands for the default of its kind and severity."""

    weight: float | None = None
    cap: float | None = None
    per: str | None = None
    """The opportunity it is counted against; `call`: the number counts however long the call; None: the default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionWeight:
    """What a dimension weighs in the overall score and what there must be for it to be judged."""

    weight: float = 1.0
    opportunities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One root cause of several findings: what to start or stop, and how to practise it."""

    kind: Literal["start", "stop"]
    rules: tuple[str, ...]
    phrase: Mapping[Language, str]
    """What to start or stop, in a few words."""
    exercise: Mapping[Language, str]
    rule_exercises: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    """For rules that the cause's exercise does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSettings:
    """The constants of the score and of the choice of what to work on; `rules/scorecard.yml` explains them."""

    strengths: Curve
    faults: Curve
    dimension_share: float
    severity: Mapping[Severity, float]
    confidence: Mapping[Confidence, float]
    dimensions: Mapping[str, DimensionWeight]
    opportunities: Mapping[str, Opportunity]
    small_talk: frozenset[str]
    fault: RuleWeight
    strength: RuleWeight
    rules: Mapping[str, RuleWeight] = field(default_factory=dict)
    mood_weight: float = 0.0
    mood_least_rise: float = 100.0
    """On the scale −100 to 100; a smaller rise counts for nothing."""
    phase_weight: float = 0.0
    """What it weighs if all phases that are asked for are missing."""
    knock_out: Mapping[str, int] = field(default_factory=dict)
    """Rule → the number of findings that fails the call."""
    knocked_out_score: float = 10.0
    focus_severity: Mapping[Severity, float] = field(default_factory=dict)
    """What a finding weighs when it is chosen what to work on; severities not named weigh as in the score."""
    causes: Mapping[str, Cause] = field(default_factory=dict)
    exercises: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    """By dimension, for rules that belong to no cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    """What one rule puts on the faults' or the strengths' scale."""

    dimension: str
    rule: str
    label: str
    value: float
    """Not yet multiplied by the dimension's weight."""
    detail: str
    fault: bool
    unsure: bool = False
    """Nothing but findings of low confidence."""


def scorecard(
    conversation: Conversation,
    findings: Sequence[Finding],
    strengths: Sequence[Strength],
    settings: ScoreSettings,
    *,
    phases: Sequence[Phase] = (),
) -> Scorecard:
    """The score of a call by dimension and overall, 0 to 100, one decimal; None where there is nothing to judge.

    `phases` are those that the kind of call asks for; each that is missing counts as its share of them all.
    """
    counted = [finding for finding in findings if settings.confidence[finding.confidence] > 0]
    chances = opportunities(conversation, settings)
    loads = [*_fault_loads(counted, chances, settings), *_strength_loads(strengths, chances, settings)]
    loads += _mood_load(conversation, settings)
    loads += _phase_loads(phases, settings)
    formula: list[str] = []
    dimensions: dict[str, float | None] = {}
    for name in DIMENSIONS:
        own = [load for load in loads if load.dimension == name]
        wanted = settings.dimensions[name].opportunities
        judged = bool(own) or any(chances[chance] for chance in wanted)
        dimensions[name] = None
        if judged:
            share = settings.dimension_share
            dimensions[name], line = _points(share * _sum(own, fault=False), share * _sum(own, fault=True), settings)
            if own:
                formula.append(f"{name}: {line}")
    if not loads and not _talk(conversation):
        return Scorecard(overall=None, dimensions=dimensions, formula=tuple(formula))
    raised, fallen = (_sum(loads, fault=fault, settings=settings) for fault in (False, True))
    overall, line = _points(raised, fallen, settings)
    formula.append(f"overall: {line}")
    addends = _addends(loads, raised, fallen, overall, settings)
    failed = _knocked_out([finding for finding in counted if finding.confidence != "low"], settings)
    if failed is not None and overall > settings.knocked_out_score:
        fault = min((item for item in counted if item.rule == failed), key=lambda item: item.turn)
        missing = round(settings.knocked_out_score - overall, 1)
        addends.append(
            Addend(
                dimension=fault.dimension,
                label=fault.title,
                points=missing,
                detail=f"≥ {settings.knock_out[failed]} → max. {settings.knocked_out_score:g}",
            )
        )
        overall = settings.knocked_out_score
    return Scorecard(
        overall=overall,
        dimensions=dimensions,
        addends=tuple(addends),
        zero_line=ZERO_LINE,
        knocked_out_by=failed,
        formula=tuple(formula),
    )


def opportunities(conversation: Conversation, settings: ScoreSettings) -> dict[str, int]:
    """How many turns of the call were opportunities of each kind; findings have no say in it."""
    return {
        name: sum(_is_chance(utterance, chance, settings) for utterance in conversation.utterances)
        for name, chance in settings.opportunities.items()
    }


def _is_chance(utterance: Utterance, chance: Opportunity, settings: ScoreSettings) -> bool:
    if utterance.role != chance.role or len(utterance.words) < chance.least_words:
        return False
    if chance.acts:
        return any(act in utterance.acts for act in chance.acts)
    acts = frozenset(utterance.acts)
    return not (acts & settings.small_talk) or bool(acts - settings.small_talk - {"first-turn", "last-turn"})


def _talk(conversation: Conversation) -> bool:
    """Both sides say something."""
    spoken = {utterance.role for utterance in conversation.utterances if utterance.words}
    return {"agent", "customer"} <= spoken


def _fault_loads(findings: Sequence[Finding], chances: Mapping[str, int], settings: ScoreSettings) -> Iterable[_Load]:
    for rule in sorted({finding.rule for finding in findings}):
        own = [finding for finding in findings if finding.rule == rule]
        weighing = settings.rules.get(rule, settings.fault)
        weight = weighing.weight
        if weight is None:
            weight = max(settings.severity[finding.severity] for finding in own)
        count = math.fsum(settings.confidence[finding.confidence] for finding in own)
        value, detail = _load(count, weight, weighing, settings.fault, chances, settings)
        yield _Load(
            dimension=min(finding.dimension for finding in own),
            rule=rule,
            label=min(finding.title for finding in own),
            value=value,
            detail=detail,
            fault=True,
            unsure=all(finding.confidence == "low" for finding in own),
        )


def _strength_loads(
    strengths: Sequence[Strength], chances: Mapping[str, int], settings: ScoreSettings
) -> Iterable[_Load]:
    for rule in sorted({strength.rule for strength in strengths}):
        own = [strength for strength in strengths if strength.rule == rule]
        weighing = settings.rules.get(rule, settings.strength)
        weight = 1.0 if weighing.weight is None else weighing.weight
        value, detail = _load(len(own), weight, weighing, settings.strength, chances, settings)
        yield _Load(
            dimension=min(strength.dimension for strength in own),
            rule=rule,
            label=min(strength.title for strength in own),
            value=value,
            detail=detail,
            fault=False,
        )


def _load(
    count: float,
    weight: float,
    weighing: RuleWeight,
    default: RuleWeight,
    chances: Mapping[str, int],
    settings: ScoreSettings,
) -> tuple[float, str]:
    """The rule's load and how it came about."""
    extent, detail = count, f"{count:.3g}"
    per = weighing.per or default.per or PER_CALL
    if per != PER_CALL:
        typical = settings.opportunities[per].typical
        if chances[per] > typical:
            extent = count * typical / chances[per]
            detail += f" × {typical:g}/{chances[per]}"
    cap = weighing.cap if weighing.cap is not None else default.cap
    if cap is not None and extent > cap:
        extent = cap
        detail += f", max. {cap:g}"
    return weight * extent, f"{weight:g} × ({detail})" if " " in detail else f"{weight:g} × {detail}"


def _mood_load(conversation: Conversation, settings: ScoreSettings) -> list[_Load]:
    """A customer whose mood rises is a merit; one whose mood falls is a finding, not counted twice."""
    start, end = conversation.signals.get("mood-start"), conversation.signals.get("mood-end")
    if start is None or end is None or not settings.mood_weight:
        return []
    least = settings.mood_least_rise
    share = min(1.0, max(0.0, (end - start - least) / (200 - least)))
    if not share:
        return []
    detail = f"{settings.mood_weight:g} × ({end:+.0f} − ({start:+.0f}) − {least:g})/{200 - least:g}"
    value = settings.mood_weight * share
    return [_Load(dimension="enthusiasm", rule=MOOD, label=MOOD, value=value, detail=detail, fault=False)]


def _phase_loads(phases: Sequence[Phase], settings: ScoreSettings) -> list[_Load]:
    """A fault for each phase that is missing; those that were not asked for stand in no denominator."""
    missing = [phase for phase in phases if phase.turn is None]
    return [
        _Load(
            dimension=phase.dimension,
            rule=f"{PHASE}{phase.id}",
            label=f"{PHASE}{phase.title}",
            value=settings.phase_weight / len(phases),
            detail=f"{settings.phase_weight:g} × 1/{len(phases)}",
            fault=True,
        )
        for phase in missing
        if settings.phase_weight
    ]


def _weight(dimension: str, settings: ScoreSettings) -> float:
    return settings.dimensions[dimension].weight


def _sum(loads: Iterable[_Load], *, fault: bool, settings: ScoreSettings | None = None) -> float:
    """The loads of one sign together, times their dimensions' weights where settings are given."""
    return math.fsum(
        load.value * (_weight(load.dimension, settings) if settings else 1.0) for load in loads if load.fault is fault
    )


def _points(raised: float, fallen: float, settings: ScoreSettings) -> tuple[float, str]:
    """The score of these two loads and the line that shows it."""
    rise, fall = 50 * settings.strengths(raised), 50 * settings.faults(fallen)
    score = round(min(100.0, max(0.0, ZERO_LINE + rise - fall)), 1)
    line = (
        f"{ZERO_LINE:g} + 50 · (1 − e^−({raised:.2f}/{settings.strengths.scale:g})^{settings.strengths.steepness:g})"
        f" − 50 · (1 − e^−({fallen:.2f}/{settings.faults.scale:g})^{settings.faults.steepness:g})"
        f" = {ZERO_LINE:g} + {rise:.1f} − {fall:.1f} = {score:.1f}"
    )
    return score, line


def _addends(
    loads: Sequence[_Load], raised: float, fallen: float, overall: float, settings: ScoreSettings
) -> list[Addend]:
    """Each rule's part of the rise or fall, by load; to the tenth they make up the way from 50 to the score."""
    exact = []
    for load in loads:
        value = load.value * _weight(load.dimension, settings)
        total, curve, sign = (fallen, settings.faults, -1) if load.fault else (raised, settings.strengths, 1)
        exact.append(sign * 50 * curve(total) * value / total if total else 0.0)
    tenths = _rounded_to(exact, round((overall - ZERO_LINE) * 10))
    made = [
        Addend(
            dimension=load.dimension,
            label=load.label,
            points=part / 10,
            detail=load.detail,
            load=round(load.value * _weight(load.dimension, settings), 4),
            unsure=load.unsure,
        )
        for load, part in zip(loads, tenths, strict=True)
    ]
    return sorted(made, key=lambda item: (DIMENSIONS.index(item.dimension), -item.points, item.label))


def _rounded_to(values: Sequence[float], total: int) -> list[int]:
    """The values in whole tenths that add up to the total; those nearest to the next tenth give way first."""
    floors = [math.floor(value * 10) for value in values]
    missing = total - sum(floors)
    by_rest = sorted(range(len(values)), key=lambda at: (floors[at] - values[at] * 10, at))
    for at in by_rest[: max(0, missing)]:
        floors[at] += 1
    return floors


def _knocked_out(findings: Sequence[Finding], settings: ScoreSettings) -> str | None:
    for rule, least in sorted(settings.knock_out.items()):
        if sum(finding.rule == rule for finding in findings) >= least:
            return rule
    return None
