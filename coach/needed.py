"""A rule, without each of its conditions in turn: what the law "every condition is needed" tries out.

Ways that rest on a learned probability or on time stamps are left alone: examples are read without the model and
carry no times. So is the precedence of findings over a strength: it keeps a report free of contradictions between what
phrases and what the model see.

What says nothing is not dropped: a step's role where its acts, its probabilities or its place next to a turn of the
other side already imply who speaks, and the default window where none is looked at (of the first step; of a step that
must not come before the next one), and both beside a signal that tells whose turns stand round it.
"""

from collections.abc import Iterator
from dataclasses import replace

from coach.model import Role
from coach.rulebook import Bound, Rule, RuleBook, Step, Way
from coach.signals import LIKELY

_TIMED = frozenset({"overlap", "cut-off", "latency", "stretch-seconds"})
"""Signals that need time stamps, which examples do not carry."""
_BETWEEN = frozenset({"asked-again"})
"""Signals only of turns with one of the other side just before and just after."""
_AGENTS_ALONE = frozenset({"question-open", "question-closed"})
"""Built-in acts that only the agent's turns carry."""


def lacking(rule: Rule, book: RuleBook) -> Iterator[tuple[str, Rule]]:
    """Each condition's name, and the rule without it."""
    if rule.once is not None:
        yield f"“once: {rule.once}”", replace(rule, once=None)
    if rule.whole_call:
        yield "“whole-call”", replace(rule, whole_call=False)
    for other in rule.yields_to if rule.kind == "finding" else ():
        rest = tuple(name for name in rule.yields_to if name != other)
        yield f"“yields-to: {other}”", replace(rule, yields_to=rest)
    for index, way in enumerate(rule.ways):
        if any(bound.signal in LIKELY or bound.signal in _TIMED for step in way.steps for bound in step.signals):
            continue
        where = f" of way {index + 1}" if len(rule.ways) > 1 else ""
        for what, variant in _ways_lacking(way, book):
            ways = (*rule.ways[:index], variant, *rule.ways[index + 1 :])
            yield f"{what}{where}", replace(rule, ways=ways)


def _ways_lacking(way: Way, book: RuleBook) -> Iterator[tuple[str, Way]]:
    for what, bounds in _bounds_lacking(way.call):
        yield f"“{what}” of the call", replace(way, call=bounds)
    if way.until is not None:
        yield "“until”", replace(way, until=None)
        for what, step in _steps_lacking(way.until, book):
            yield f"{what} of “until”", replace(way, until=step)
    for index, step in enumerate(way.steps):
        before, after = way.steps[:index], way.steps[index + 1 :]
        if step.absent:
            yield f"the absent step “{step.name}”", replace(way, steps=(*before, *after))
        placed = any(
            bound.signal in _BETWEEN for near in way.steps[max(0, index - 1) : index + 2] for bound in near.signals
        )
        for what, variant in _steps_lacking(step, book, before=_present(before), placed=placed):
            yield f"{what} of the step “{step.name}”", replace(way, steps=(*before, variant, *after))
        if _has_window(way, index) and not placed:
            variant = replace(step, within=None)
            yield f"“within: {step.within}” of the step “{step.name}”", replace(way, steps=(*before, variant, *after))
        if step.report:
            variant = replace(step, report=False)
            yield f"“report” of the step “{step.name}”", replace(way, steps=(*before, variant, *after))


def _steps_lacking(
    step: Step, book: RuleBook, *, before: Step | None = None, placed: bool = False
) -> Iterator[tuple[str, Step]]:
    if not placed and not _role_implied(step, book, before):
        yield f"“role: {step.role}”", replace(step, role=None)
    for act in step.any:
        yield f"“any: {act}”", replace(step, any=_other_than(act, step.any))
    for act in step.all:
        yield f"“all: {act}”", replace(step, all=_other_than(act, step.all))
    for act in step.none:
        yield f"“none: {act}”", replace(step, none=_other_than(act, step.none))
    for what, bounds in _bounds_lacking(step.signals):
        yield f"“{what}”", replace(step, signals=bounds)


def _bounds_lacking(bounds: tuple[Bound, ...]) -> Iterator[tuple[str, tuple[Bound, ...]]]:
    """Each comparison's name, and the bounds without it."""
    for index, bound in enumerate(bounds):
        before, after = bounds[:index], bounds[index + 1 :]
        parts = {
            name: value
            for name, value in (("least", bound.least), ("most", bound.most), ("over", bound.over))
            if value is not None
        }
        for name, value in parts.items():
            rest = (_unbound(bound, name),) if len(parts) > 1 else ()
            yield f"{bound.signal}: {name} {value}", (*before, *rest, *after)


def _unbound(bound: Bound, name: str) -> Bound:
    return replace(
        bound,
        least=None if name == "least" else bound.least,
        most=None if name == "most" else bound.most,
        over=None if name == "over" else bound.over,
    )


def _has_window(way: Way, index: int) -> bool:
    """The step's window is a condition; the default is none where a window has no meaning."""
    step = way.steps[index]
    if step.within is None:
        return False
    first = _present(way.steps[:index]) is None
    between = step.absent and any(not later.absent for later in way.steps[index + 1 :])
    return step.within != 1 or not (first or between)


def _role_implied(step: Step, book: RuleBook, before: Step | None) -> bool:
    """Who speaks follows from the rest of the step: dropping the role could change nothing."""
    if step.role is None or any(_only(act, step.role, book) for act in step.all):
        return True
    if step.any and all(_only(act, step.role, book) for act in step.any):
        return True
    return before is not None and step.within == 1 and before.role != step.role


def _only(act: str, role: Role, book: RuleBook) -> bool:
    spec = book.acts.get(act)
    if spec is None:
        return act in _AGENTS_ALONE and role == "agent"
    return spec.roles == frozenset({role})


def _present(steps: tuple[Step, ...]) -> Step | None:
    return next((step for step in reversed(steps) if not step.absent), None)


def _other_than(act: str, acts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in acts if name != act)
