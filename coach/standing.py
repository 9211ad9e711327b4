"""How findings stand: new, known from an earlier run, or waived. The call's score stays what it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coach.brief import Brief
from coach.model import Review, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is to be said of a call's findings, by their position; those that are not named are new."""

    findings: Mapping[int, tuple[State, str]] = field(default_factory=dict)
    """Position → state and reason."""
    notices: tuple[str, ...] = ()


def together(baseline: Standing, waivers: Standing) -> Standing:
    """Both at once; what is waived is waived, known or not."""
    said = {at: pair for at, pair in waivers.findings.items() if pair[0] == "waived" or at not in baseline.findings}
    return Standing(
        findings={**baseline.findings, **said},
        notices=(*baseline.notices, *waivers.notices),
    )


def restated(review: Review, standing: Standing) -> Review:
    """The review with its findings as they stand; only new ones are left among the things to work on."""
    if standing == Standing():
        return review
    findings = tuple(
        replace(item, state=standing.findings[at][0], state_reason=standing.findings[at][1])
        if at in standing.findings
        else item
        for at, item in enumerate(review.findings)
    )
    now = {id(old): new for old, new in zip(review.findings, findings, strict=True)}
    focus = []
    for item in review.focus:
        left = tuple(new for old in item.findings if (new := now.get(id(old), old)).state == "new")
        if left:
            focus.append(replace(item, findings=left))
    same_lead = bool(focus) and focus[0].cause == review.focus[0].cause
    return replace(
        review,
        findings=findings,
        focus=tuple(focus),
        exercise=review.exercise if same_lead else None,
        notices=(*review.notices, *standing.notices),
    )


def restated_brief(brief: Brief, standing: Standing) -> Brief:
    """The same of a review in brief, whose findings are those of the review in their order."""
    findings = tuple(
        replace(item, state=standing.findings[at][0]) if at in standing.findings else item
        for at, item in enumerate(brief.findings)
    )
    return replace(brief, findings=findings, notices=(*brief.notices, *standing.notices))
