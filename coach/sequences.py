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
    """Signals, from when one is asked for: a value for each turn, NaN where it has none."""
    masks: dict[str, NDArray[np.bool_]] = field(default_factory=dict, compare=False)
    """Acts and roles as they are asked for: which turns do or have them."""

    def column(self, signal: str) -> NDArray[np.float64]:
        """The signal's value at each turn, NaN where it has none."""
        if not self.columns:
            self.columns.update(_columns(self.utterances))
        found = self.columns.get(signal)
        return np.full(len(self.utterances), np.nan) if found is None else found

    def doing(self, act: str) -> NDArray[np.bool_]:
        """Which turns do it."""
        return self._mask(act, self.acts.get(act, ()))

    def spoken(self, role: Role) -> NDArray[np.bool_]:
        """Which turns are of that role."""
        return self._mask(f"@{role}", self.roles.get(role, ()))

    def _mask(self, name: str, places: Sequence[int]) -> NDArray[np.bool_]:
        found = self.masks.get(name)
        if found is None:
            found = self.masks[name] = np.zeros(len(self.utterances), dtype=np.bool_)
            found[np.asarray(places, dtype=np.int64)] = True
        return found


def _columns(utterances: Sequence[Utterance]) -> dict[str, NDArray[np.float64]]:
    """All signals as columns. Turns with the same names are put in together: there are but a few sorts of them."""
    sorts: dict[tuple[str, ...], list[int]] = {}
    for index, utterance in enumerate(utterances):
        sorts.setdefault(tuple(utterance.signals), []).append(index)
    column = {name: at for at, name in enumerate(dict.fromkeys(name for names in sorts for name in names))}
    table = np.full((len(utterances), len(column)), np.nan, order="F")
    for names, indices in sorts.items():
        values = [list(utterances[index].signals.values()) for index in indices]
        table[np.ix_(indices, [column[name] for name in names])] = values
    return {name: table[:, at] for name, at in column.items()}


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
    if last and len(fits[0][0]) + len(fits[1][0]) > FEW:
        one, two = _paired(fits[0][0], fits[1][0], groups[1][0].within)
        fits[0], fits[1] = (one, fits[0][1]), (two, fits[1][1])
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


def _paired(one: Sequence[int], two: Sequence[int], within: int | None) -> tuple[Sequence[int], Sequence[int]]:
    """Those of the turns that the first two steps fit which can matter; most that fit a step have no other beside them.

    Of the second step's turns those with one of the first's before them, near enough; of the first's the latest before
    each.
    """
    firsts, seconds = np.asarray(one, dtype=np.int64), np.asarray(two, dtype=np.int64)
    at = firsts.searchsorted(seconds) - 1
    near = at >= 0
    if within is not None:
        near &= seconds - firsts.take(at) <= within
    return np.unique(firsts.take(at.compress(near))).tolist(), seconds.compress(near).tolist()


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
        return _together(step, near, places, settings)
    return [index for index in near if _fits(step, places.utterances[index], settings)]


FEW = 20
"""Turns that are looked at one by one rather than together."""


def _together(step: Step, near: Sequence[int], places: Places, settings: Mapping[str, float]) -> Sequence[int]:
    """Those of many turns that a step fits, as `_fits` says it; its acts in `any` are theirs already."""
    indices = np.asarray(near, dtype=np.int64)
    fits = np.ones(len(indices), dtype=np.bool_)
    if step.role is not None:
        fits &= places.spoken(step.role).take(indices)
    if step.all and step.any:
        fits &= np.any([places.doing(act).take(indices) for act in step.any], axis=0)
    for act in step.all:
        fits &= places.doing(act).take(indices)
    for act in step.none:
        fits &= ~places.doing(act).take(indices)
    for bound in step.signals:
        fits &= _holding(bound, places.column(bound.signal).take(indices), settings)
    for bound in step.guard:
        values = places.column(bound.signal).take(indices)
        fits &= np.isnan(values) | _holding(bound, values, settings)
    found: list[int] = indices.compress(fits).tolist()
    return found


def _holding(bound: Bound, values: NDArray[np.float64], settings: Mapping[str, float]) -> NDArray[np.bool_]:
    """Where the comparison holds, as `holds` says it."""
    fits = ~np.isnan(values)
    if bound.least is not None:
        fits &= values >= bound.least
    if bound.most is not None:
        fits &= values <= bound.most
    if bound.over is not None:
        fits &= values > settings[bound.over]
    return fits


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
