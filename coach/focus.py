"""What to work on: at most three things, one per root cause, chosen by weight, frequency and confidence."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from coach.model import DIMENSIONS, Address, Conversation, Finding, Focus, Language, Strength
from coach.score import PER_CALL, ScoreSettings, opportunities

MOST = 3
REPEATED = "customer-repeats"
"""The one finding at a customer's turn: what the agent did just before is its cause."""
_AIM: Mapping[Language, str] = {
    "de": "{Nehmen Sie sich|Nimm dir} für das nächste Gespräch vor:",
    "en": "Make this your aim for the next call:",
}
"""Before the better sentence of a rule without a cause; in quotes it speaks to the customer and stays as it is."""
_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_RANK: Mapping[str, int] = {"error": 0, "warning": 1, "note": 2, "high": 0, "medium": 1, "low": 2}


def focus(
    findings: Sequence[Finding], strengths: Sequence[Strength], conversation: Conversation, weights: ScoreSettings
) -> tuple[Focus, ...]:
    """At most three root causes, the weightiest first; findings of low confidence are left out.

    Frequency is the number of findings against the opportunities of the rule, as in the score. What an agent also did
    well elsewhere in the same call weighs a little less: it is a matter of doing it always, not of learning it.
    """
    counted = sorted(
        (finding for finding in findings if weights.confidence[finding.confidence] > 0),
        key=lambda finding: (finding.turn, finding.rule),
    )
    groups: dict[str, list[Finding]] = {}
    owner = _owners(counted, weights)
    for finding, cause in zip(counted, owner, strict=True):
        groups.setdefault(cause, []).append(finding)
    chances = opportunities(conversation, weights)
    done_well = {strength.dimension for strength in strengths}
    ranked = sorted(
        groups.items(),
        key=lambda item: (-round(_worth(item[1], chances, done_well, weights), 6), item[1][0].turn, item[0]),
    )
    return tuple(
        Focus(
            findings=tuple(sorted(group, key=_telling)),
            kind=_kind(cause, weights),
            cause=cause,
            phrase=weights.causes[cause].phrase if cause in weights.causes else {},
        )
        for cause, group in ranked[:MOST]
    )


def exercise(
    chosen: Sequence[Focus],
    weights: ScoreSettings,
    *,
    language: Language,
    address: Address = "sie",
) -> str | None:
    """One exercise for the next call: that of the first thing to work on; None where there is nothing to work on."""
    if not chosen:
        return None
    first = chosen[0]
    cause = weights.causes.get(first.cause)
    lead = first.findings[0]
    if cause:
        text = cause.rule_exercises.get(lead.rule, cause.exercise)[language]
    else:
        text = _AIM[language] if lead.instead else weights.exercises[lead.dimension][language]
    resolved = _CHOICE.sub(lambda found: found[1] if address == "sie" else found[2], text)
    return resolved if cause or not lead.instead else f"{resolved} {lead.instead}"


def _owners(findings: Sequence[Finding], weights: ScoreSettings) -> list[str]:
    """Each finding's root cause; a customer's repetition belongs to what the agent did at the turn before."""
    named = {rule: name for name, cause in weights.causes.items() for rule in cause.rules}
    at: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.rule != REPEATED:
            at.setdefault(finding.turn, []).append(finding)
    found = []
    for finding in findings:
        before = at.get(finding.turn - 1, []) if finding.rule == REPEATED else []
        source = min(before, key=_telling) if before else finding
        found.append(named.get(source.rule, source.rule))
    return found


def _worth(group: Sequence[Finding], chances: Mapping[str, int], done_well: set[str], weights: ScoreSettings) -> float:
    """Weight times frequency times confidence, added up over the findings."""
    worth = []
    for finding in group:
        weighing = weights.rules.get(finding.rule, weights.fault)
        weight = weights.focus_severity.get(finding.severity, weights.severity[finding.severity])
        weight *= 1.0 if weighing.weight is None else weighing.weight
        per = weighing.per or weights.fault.per or PER_CALL
        share = 1.0
        if per in weights.opportunities:
            typical = weights.opportunities[per].typical
            share = typical / max(typical, chances[per])
        known = 0.9 if finding.dimension in done_well else 1.0
        dimension = weights.dimensions[finding.dimension].weight if finding.dimension in DIMENSIONS else 1.0
        worth.append(weight * share * known * dimension * weights.confidence[finding.confidence])
    return math.fsum(worth)


def _telling(finding: Finding) -> tuple[bool, int, int, bool, int, str]:
    """The finding to quote comes first: at an agent's turn, grave, sure, with what it answers to, early."""
    return (
        finding.rule == REPEATED,
        _RANK[finding.severity],
        _RANK[finding.confidence],
        not finding.related,
        finding.turn,
        finding.rule,
    )


def _kind(cause: str, weights: ScoreSettings) -> Literal["start", "stop"]:
    """A fault without a phrase is named by its title, which can only be advice to stop."""
    known = weights.causes.get(cause)
    return known.kind if known else "stop"
