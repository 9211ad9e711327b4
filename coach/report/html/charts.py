"""The geometry of the page's charts. Widths are percentages, so that they fit a phone and a sheet; heights are pixels.

A position along the call goes by time where all turns have one, by words otherwise.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.model import Review, Utterance

MOOD_TOP, MOOD_HEIGHT = 26, 150
"""Pixels: the room above for the uppermost marks, and the height from +1 to −1."""
SHARE_HEIGHT = 110
MOST_POINTS = 160
"""Points of the curve; more are taken together, which nobody would see apart."""
APART = 4.2
"""Percent between two marks of a kind; nearer ones become one with their number."""
STEM = 17
"""Pixels from the curve to its marks: strengths above, findings below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Findings or strengths at one place of the curve."""

    x: float
    y: float
    curve: float
    """Pixels from the top: where the curve is."""
    kind: Literal["fault", "strength"]
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """The customer's mood along the call."""

    line: str
    """The path of the curve in a box of 1000 × `height`."""
    area: str
    """The path of the area between the curve and the zero line."""
    points: tuple[tuple[float, float], ...]
    """(percent, pixels) of single turns; empty where there are too many to show."""
    zero: float
    height: float
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A part of the call and the agent's share of it."""

    x: float
    width: float
    agent: float | None
    """0 to 1; None where nothing is said."""
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkShare:
    """Who talks how much in the course of the call."""

    columns: tuple[Column, ...]
    thirds: tuple[float | None, float | None, float | None]
    by_time: bool


def positions(review: Review) -> list[tuple[float, float]]:
    """Where each turn begins and ends, 0 to 100."""
    items = review.conversation.utterances
    if review.metrics.get("by_time"):
        length = max((item.turn.end or 0.0 for item in items), default=0.0) or 1.0
        return [(100 * (item.turn.start or 0.0) / length, 100 * (item.turn.end or 0.0) / length) for item in items]
    sizes = [max(1, len(item.words)) for item in items]
    ends = list(itertools.accumulate(sizes))
    whole = ends[-1] if ends else 1
    return [(100 * (end - size) / whole, 100 * end / whole) for end, size in zip(ends, sizes, strict=True)]


def mood(review: Review, faults: Sequence[int], strengths: Sequence[int]) -> Mood | None:
    """The curve with the turns of findings and strengths on it; None for fewer than two of the customer's turns."""
    where = _middles(review)
    points = _thinned([(where[turn], value) for turn, value in review.conversation.mood if turn in where])
    if len(points) < 2:
        return None
    drawn = [(x, _pixel(value)) for x, value in points]
    zero = _pixel(0.0)
    path = " L".join(f"{10 * x:.1f} {y:.1f}" for x, y in drawn)
    return Mood(
        line=f"M{path}",
        area=f"M{10 * drawn[0][0]:.1f} {zero:.1f} L{path} L{10 * drawn[-1][0]:.1f} {zero:.1f} Z",
        points=tuple(drawn) if len(drawn) <= 40 else (),
        zero=zero,
        height=MOOD_TOP * 2 + MOOD_HEIGHT,
        marks=(*_marks(strengths, "strength", where, drawn), *_marks(faults, "fault", where, drawn)),
        ticks=_ticks(review.conversation.utterances, where),
    )


def talk_share(review: Review) -> TalkShare | None:
    """The agent's share for each part of the call; None where only one side talks."""
    items = review.conversation.utterances
    if review.metrics.get("agent_talk_share") is None:
        return None
    number = min(24, max(4, len(items) // 3))
    return TalkShare(
        columns=tuple(_columns(review, number)),
        thirds=tuple(column.agent for column in _columns(review, 3)),  # type: ignore[arg-type]  # three of them
        by_time=bool(review.metrics.get("by_time")),
    )


def _middles(review: Review) -> dict[int, float]:
    return {
        item.turn.number: min(99.0, max(1.0, (begin + end) / 2))
        for item, (begin, end) in zip(review.conversation.utterances, positions(review), strict=True)
    }


def _pixel(value: float) -> float:
    return MOOD_TOP + (1 - max(-1.0, min(1.0, value))) / 2 * MOOD_HEIGHT


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """As many points as can be seen: neighbours are taken together, with the mean of both their numbers."""
    size = -(-len(points) // MOST_POINTS) or 1
    groups = [points[at : at + size] for at in range(0, len(points), size)]
    return [(sum(x for x, _ in group) / len(group), sum(y for _, y in group) / len(group)) for group in groups]


def _at(x: float, drawn: Sequence[tuple[float, float]]) -> float:
    """The height of the curve at a position; before its beginning and after its end that of its ends."""
    if x <= drawn[0][0]:
        return drawn[0][1]
    for (left, above), (right, below) in itertools.pairwise(drawn):
        if x <= right:
            return above + (below - above) * (x - left) / (right - left or 1.0)
    return drawn[-1][1]


def _marks(
    turns: Sequence[int],
    kind: Literal["fault", "strength"],
    where: dict[int, float],
    drawn: Sequence[tuple[float, float]],
) -> list[Mark]:
    groups: list[list[int]] = []
    for turn in sorted(turn for turn in turns if turn in where):
        if groups and where[turn] - where[groups[-1][0]] < APART:
            groups[-1].append(turn)
        else:
            groups.append([turn])
    marks = []
    for group in groups:
        x = where[group[0]]
        curve = _at(x, drawn)
        y = curve - STEM if kind == "strength" else curve + STEM
        marks.append(Mark(x=x, y=y, curve=curve, kind=kind, turns=tuple(group)))
    return marks


def _ticks(items: Sequence[Utterance], where: dict[int, float]) -> tuple[tuple[float, int], ...]:
    """Turn numbers under the curve: the first, the last, and a few between that do not crowd."""
    ticks: list[tuple[float, int]] = []
    for item in items:
        number = item.turn.number
        if not ticks or (where[number] - ticks[-1][0] >= 16 and where[number] <= 90):
            ticks.append((where[number], number))
    if items and len(items) > 1:
        ticks.append((where[items[-1].turn.number], items[-1].turn.number))
    return tuple(ticks)


def _columns(review: Review, number: int) -> list[Column]:
    """The call in parts of equal length; a turn that reaches over a border counts on both sides by its share."""
    items, width = review.conversation.utterances, 100 / number
    agent, both = [0.0] * number, [0.0] * number
    first, last = [0] * number, [0] * number
    for item, (begin, end) in zip(items, positions(review), strict=True):
        if not item.words:
            continue
        for part in range(max(0, int(begin / width)), min(number - 1, int(end / width)) + 1):
            share = min(end, (part + 1) * width) - max(begin, part * width)
            if share <= 0:
                continue
            both[part] += share
            agent[part] += share if item.role == "agent" else 0.0
            first[part] = first[part] or item.turn.number
            last[part] = item.turn.number
    return [
        Column(
            x=part * width,
            width=width,
            agent=agent[part] / both[part] if both[part] else None,
            first=first[part],
            last=last[part],
        )
        for part in range(number)
    ]
