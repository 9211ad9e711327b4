"""Where the steps of a way bind to turns, in order. Pure: no files, no spaCy.

Each way of a rule is a sequence of steps. Going once through the turns that some step fits, the matcher keeps for each
step the latest partial match that ends there, so that the cost is at most linear in the turns.
A step must come within its window after the step before it; `absent` steps must not come within theirs;
`until` drops what is matched so far. (The sequence idea is that of the Event Query Language.)
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.model import Conversation, Role, Utterance
from coach.rulebook import Bound, Step, Way

Bindings: TypeAlias = tuple[tuple[str, int], ...]
"""Names of steps, each with the index of the turn that it is bound to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The turns of a call by what they do and who speaks, as indices in order."""

    utterances: Sequence[Utterance]
    acts: Mapping[str, Sequence[int]]
    roles: Mapping[Role, Sequence[int]]
    columns: dict[str, NDArray[np.float64]] = field(default_factory=dict, compare=False)
    """Signals as they are asked for: a value for each turn, NaN where it has none."""

    def column(self, signal: str) -> NDArray[np.float64]:
        """The signal's value at each turn, NaN where it has none."""
        found = self.columns.get(signal)
        if found is None:
            found = np.array([item.signals.get(signal, np.nan) for item in self.utterances], dtype=np.float64)
            self.columns[signal] = found
        return found


def places_of(conversation: Conversation) -> Places:
    """The places of a call, gathered in one pass."""
    acts: dict[str, list[int]] = {}
    roles: dict[Role, list[int]] = {}
    for index, utterance in enumerate(conversation.utterances):
        roles.setdefault(utterance.role, []).append(index)
        for name in utterance.acts:
            acts.setdefault(name, []).append(index)
    return Places(utterances=conversation.utterances, acts=acts, roles=roles)


def is_possible(way: Way, places: Places) -> bool:
    """Each step that must come finds its acts somewhere; without them there is no need to look for its place."""
    said = places.acts.keys()
    return all(
        step.absent or (said >= frozenset(step.all) and (not step.any or not said.isdisjoint(step.any)))
        for step in way.steps
    )


@dataclass(slots=True)
class _Partial:
    bound: Bindings
    last: int


def sequences(way: Way, places: Places, settings: Mapping[str, float]) -> Iterator[tuple[int, Bindings]]:
    """(index reported at, steps bound to indices) for each place where the way holds."""
    groups, absent_after = _grouped(way.steps)
    last = len(groups) - 1
    fits: list[tuple[Sequence[int], list[Sequence[int]]]] = []
    for step, absent_before in groups:
        present = _where(step, places, settings)
        if not present:
            return
        fits.append((present, [_where(absent, places, settings) for absent in absent_before]))
    unwanted = [(_where(absent, places, settings), absent.within) for absent in absent_after]
    events = [(index, -position) for position, (present, _) in enumerate(fits) for index in present]
    if way.until is not None:
        events += [(index, -len(groups)) for index in _where(way.until, places, settings)]
    latest: list[_Partial | None] = [None] * len(groups)
    for index, negative in sorted(events):  # at one turn: first what cancels, then later steps before earlier ones
        position = -negative
        if position == len(groups):
            latest = [None] * len(groups)
            continue
        before = latest[position - 1] if position else _Partial(bound=(), last=index)
        step, barred = groups[position][0], fits[position][1]
        if before is None or not _follows(step, index, before, barred):
            continue
        partial = _Partial(bound=(*before.bound, (step.name, index)), last=index)
        if position < last:
            latest[position] = partial
        elif not any(_between(found, index, None if most is None else index + most + 1) for found, most in unwanted):
            yield _result(partial, way)


def _follows(step: Step, index: int, before: _Partial, barred: Sequence[Sequence[int]]) -> bool:
    """The step's turn comes within its window, and none that must not come lies between."""
    near = step.within is None or index - before.last <= step.within
    return near and not any(_between(found, before.last, index) for found in barred)


def _grouped(steps: Sequence[Step]) -> tuple[list[tuple[Step, tuple[Step, ...]]], tuple[Step, ...]]:
    """Each present step with the absent steps just before it, and the absent steps after the last."""
    groups: list[tuple[Step, tuple[Step, ...]]] = []
    absent: list[Step] = []
    for step in steps:
        if step.absent:
            absent.append(step)
        else:
            groups.append((step, tuple(absent)))
            absent = []
    return groups, tuple(absent)


def _where(step: Step, places: Places, settings: Mapping[str, float]) -> Sequence[int]:
    """The indices of the turns that a step fits, in order; only those that do what is asked for are looked at."""
    near: Sequence[int]
    if step.all:
        near = min((places.acts.get(act, ()) for act in step.all), key=len)
    elif step.any:
        near = sorted({index for act in step.any for index in places.acts.get(act, ())})
    elif step.role is not None:
        near = places.roles.get(step.role, ())
    else:
        near = range(len(places.utterances))
    if len(near) > FEW:
        for bound in step.signals:
            near = _within(bound, near, places.column(bound.signal), settings)
        if step.none:
            unwanted = {index for act in step.none for index in places.acts.get(act, ())}
            near = [index for index in near if index not in unwanted]
        if not (step.all or step.any or step.guard):
            return near
    return [index for index in near if _fits(step, places.utterances[index], settings)]


FEW = 20
"""Turns that are looked at one by one rather than together."""


def _within(
    bound: Bound, near: Sequence[int], column: NDArray[np.float64], settings: Mapping[str, float]
) -> Sequence[int]:
    """The turns at which the comparison holds, as `holds` says it."""
    indices = np.asarray(near, dtype=np.int64)
    values = column.take(indices)
    fits = ~np.isnan(values)
    if bound.least is not None:
        fits &= values >= bound.least
    if bound.most is not None:
        fits &= values <= bound.most
    if bound.over is not None:
        fits &= values > settings[bound.over]
    found: list[int] = indices.compress(fits).tolist()
    return found


def _between(indices: Sequence[int], after: int, before: int | None) -> bool:
    """One of the indices, which are in order, lies strictly between two others; None: the end of the call."""
    at = bisect_right(indices, after)
    return at < len(indices) and (before is None or indices[at] < before)


def _result(partial: _Partial, way: Way) -> tuple[int, Bindings]:
    reported = next((step.name for step in way.steps if step.report), partial.bound[-1][0])
    return dict(partial.bound)[reported], partial.bound


def _fits(step: Step, utterance: Utterance, settings: Mapping[str, float]) -> bool:
    if step.role is not None and utterance.role != step.role:
        return False
    acts = utterance.acts.keys()
    if step.any and acts.isdisjoint(step.any):
        return False
    if (step.all and not acts >= frozenset(step.all)) or (step.none and not acts.isdisjoint(step.none)):
        return False
    signals = utterance.signals
    for bound in step.signals:
        if not holds(bound, signals, settings):
            return False
    return all(bound.signal not in signals or holds(bound, signals, settings) for bound in step.guard)


def holds(bound: Bound, signals: Mapping[str, float], settings: Mapping[str, float]) -> bool:
    """The comparison holds; one with a missing signal fails."""
    value = signals.get(bound.signal)
    if value is None:
        return False
    if bound.least is not None and value < bound.least:
        return False
    if bound.most is not None and value > bound.most:
        return False
    return bound.over is None or value > settings[bound.over]
