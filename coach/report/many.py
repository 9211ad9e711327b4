"""Figures over many calls: the mean, what is found most often, the call to learn from; nobody is ranked."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from coach.brief import Brief, Noticed
from coach.model import ZERO_LINE, Language
from coach.report.wording import say

Titles: TypeAlias = Mapping[str, Mapping[Language, str]]
"""What rules are called: by rule, then by language."""
OFTEN = 5
"""How many kinds of findings are named as the most frequent."""
FEW = 3
"""Fewer calls of an agent than this say little; that is said beside the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """A kind of finding or strength, how often it was found and in how many calls."""

    rule: str
    title: str
    times: int
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What some calls have in common."""

    calls: int
    mean: float | None
    """Of the calls that have a score."""
    frequent: tuple[Frequent, ...]
    """The most frequent first."""
    strengths: tuple[Frequent, ...]
    """The most frequent first."""


def figures_of(briefs: Sequence[Brief]) -> Figures:
    """The figures over these calls; known, waived and uncertain findings do not count."""
    scores = [brief.score for brief in briefs if brief.score is not None]
    faults = [[(item.rule, item.title) for item in brief.findings if counts(item)] for brief in briefs]
    found = _frequent(faults)
    return Figures(
        calls=len(briefs),
        mean=sum(scores) / len(scores) if scores else None,
        frequent=tuple(sorted(found, key=lambda item: (-item.calls, -item.times, item.rule))),
        strengths=tuple(
            sorted(_frequent([brief.strengths for brief in briefs]), key=lambda item: (-item.times, item.rule))
        ),
    )


def counts(item: Noticed) -> bool:
    """The finding is new and sure enough to be counted."""
    return item.state == "new" and item.confidence != "low"


def _frequent(calls: Sequence[Sequence[tuple[str, str]]]) -> list[Frequent]:
    """Of each rule how often, and in how many of the calls; each call is its (rule, title) pairs."""
    times = Counter(rule for call in calls for rule, _ in call)
    spread = Counter(rule for call in calls for rule in {rule for rule, _ in call})
    titles = {rule: title for call in reversed(calls) for rule, title in call}
    return [Frequent(rule=rule, title=titles[rule], times=times[rule], calls=spread[rule]) for rule in times]


def to_learn_from(briefs: Iterable[Brief]) -> Brief | None:
    """The call whose strengths lift its score most, the first of several; None where none has any.

    A call below the zero line is nobody's model, whatever shone in it.
    """
    best: Brief | None = None
    for brief in briefs:
        above = brief.score is not None and brief.score >= ZERO_LINE
        if above and brief.lift > (best.lift if best else 0.0):
            best = brief
    return best


def agents_of(briefs: Sequence[Brief], *, hidden: bool) -> list[str]:
    """What to call each call's agent: the name, or, where names are hidden, a number, the same in all calls."""
    if not hidden:
        return [brief.agent for brief in briefs]
    language = briefs[0].language if briefs else "en"
    known = list(dict.fromkeys(brief.agent for brief in briefs if brief.agent))
    shown = {name: say("summary-agent", language, n=number) for number, name in enumerate(known, start=1)}
    return [shown.get(brief.agent, "") for brief in briefs]


def by_agent(briefs: Iterable[Brief]) -> dict[str, list[Brief]]:
    """The calls of each agent, by name; numbers in names go by their value."""
    groups: dict[str, list[Brief]] = {}
    for brief in briefs:
        groups.setdefault(brief.agent, []).append(brief)
    return dict(sorted(groups.items(), key=lambda item: [_natural(part) for part in re.split("([0-9]+)", item[0])]))


def _natural(part: str) -> tuple[int, str]:
    return (len(part.lstrip("0")), part) if part.isdecimal() else (0, part)
