"""What to work on: at most three things, one per root cause, chosen by weight, frequency and confidence."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
        (finding for finding in findings if finding.confidence != "low" and weights.confidence[finding.confidence] > 0),
        key=lambda finding: (finding.turn, finding.rule),
    )
    groups: dict[str, list[Finding]] = {}
    owner = _owners(counted, weights)
    for finding, cause in zip(counted, owner, strict=True):
        groups.setdefault(cause, []).append(finding)
    chances = opportunities(conversation, weights)
    done_well = {strength.dimension for strength in strengths}
    worth = {cause: round(_worth(group, chances, done_well, weights), 6) for cause, group in groups.items()}
    return tuple(
        Focus(
            findings=shown,
            kind=_kind(cause, weights),
            cause=cause,
            phrase=weights.causes[cause].phrase if cause in weights.causes else {},
        )
        for cause, shown in _chosen(groups, worth)
    )


SAME_TURN = 0.5
"""What a cause weighs that shows only at turns that are quoted already: the same sentence twice teaches little more."""


def _chosen(
    groups: Mapping[str, Sequence[Finding]], worth: Mapping[str, float]
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """The weightiest causes, each with the finding to quote first, at a turn of its own where there is one."""
    left = {cause: sorted(group, key=_telling) for cause, group in groups.items()}
    taken: set[int] = set()
    for _ in range(min(MOST, len(groups))):
        leads = {cause: _lead(group, taken) for cause, group in left.items()}
        cause = min(
            left,
            key=lambda name: (
                -worth[name] * (SAME_TURN if leads[name].turn in taken else 1),
                min(finding.turn for finding in left[name]),
                name,
            ),
        )
        lead = leads[cause]
        taken.add(lead.turn)
        yield cause, (lead, *(finding for finding in left.pop(cause) if finding is not lead))


def _lead(group: Sequence[Finding], taken: Collection[int]) -> Finding:
    """The first finding at a turn that is not taken; a repetition, the customer's, only where it is first anyway."""
    return next(
        (item for item in group if item.turn not in taken and (item is group[0] or item.rule != REPEATED)), group[0]
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
