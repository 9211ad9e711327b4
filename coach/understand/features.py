"""The dense view of turns, for decision trees, and what a feature of the sparse view weighs.

The dense view is a row of integers: probabilities of acts for the turn and its neighbours, measurements, and word fields. All values
are integers, so that a model's verdict does not hang on how a machine adds up fractions.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.model import Role, Utterance

Integers = NDArray[np.int64]
DENSE_SIGNALS = (
    "words", "before-words", "sentences", "questions", "turn", "turns-left", "position", "uptake", "taken-up", "said-before", "restates",
    "superlatives", "asked-so-far", "broken", "stretch-words", "stretch-questions", "overlap",
)  # fmt: skip
NEIGHBOURS = (0, -1, -2, 1, 2)
"""Turns whose acts the dense view sees, relative to the turn."""
BESIDE = (0, -1, 1)
"""Turns whose measurements and word fields it sees."""


LONGEST = 2000
"""Features of a turn from which on a longer turn weighs no less."""
FACTOR = tuple(round(4096 * (200 / max(40, count)) ** 0.35) for count in range(LONGEST + 1))
"""Number of features → what each weighs, in 4096ths: a long turn has many features, each of which says less."""


def factor(count: int) -> int:
    """What each of so many features weighs, in 4096ths."""
    weight: int = FACTOR[min(count, LONGEST)]
    return weight


def dense(
    utterances: Sequence[Utterance],
    scores: Sequence[Mapping[str, int]],
    acts: Sequence[str],
    fields: Integers,
) -> Integers:
    """For each turn a row of what the trees see.

    Act scores (0-100) of the turn and its neighbours, measurements of it and of those beside it, the history of the call,
    whether its speaker's side says no more, and how often each word field occurs in it and beside it (`fields`, turns × fields).
    """
    scored = _table(scores, acts)
    measured = np.array(
        [[round(item.signals.get(name, 0)) for name in DENSE_SIGNALS] for item in utterances], dtype=np.int64
    ).reshape(len(utterances), len(DENSE_SIGNALS))
    roles = [item.role for item in utterances]
    last = {role: at for at, role in enumerate(roles)}
    ending = np.array([last[role] == at for at, role in enumerate(roles)], dtype=np.int64)
    return np.concatenate(
        [
            *(_seen(scored, offset) for offset in NEIGHBOURS),
            *(_seen(measured, offset) for offset in BESIDE),
            _histories(roles, scores),
            ending[:, np.newaxis],
            *(_seen(fields, offset) for offset in BESIDE),
        ],
        axis=1,
    )


def _table(found: Sequence[Mapping[str, int]], names: Sequence[str]) -> Integers:
    """The values of the names, 0 where there is none (turns × names)."""
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(found), len(names)), dtype=np.int64)
    for row, values in zip(table, found, strict=True):
        for name, value in values.items():
            if name in place:
                row[place[name]] = value
    return table


def _seen(table: Integers, offset: int) -> Integers:
    """For each turn the row of the turn that stands so far from it, zeros where there is none.

    Zeros and no other number, so that what is or is not keeps two values: of three, the trees' trainer never parts the upper two.
    """
    seen = np.zeros_like(table)
    if offset < 0:
        seen[-offset:] = table[:offset]
    else:
        seen[: len(table) - offset] = table[offset:]
    return seen


REMEMBERED = (
    "refusal",
    "complaint",
    "worry",
    "commitment",
    "question-wh",
    "question-yes-no",
    "fact",
    "wish",
    "displeasure",
)
OWN_REMEMBERED = ("pitch", "apology", "question-open", "question-closed", "acceptance", "date", "introduction")
RECENT = 3
"""Turns of a side that count as recent."""


def _histories(roles: Sequence[Role], scores: Sequence[Mapping[str, int]]) -> Integers:
    """Per turn: for acts of the other sides, then of its own, the sum of scores so far and the best of the last turns."""
    tables = (_table(scores, REMEMBERED), _table(scores, OWN_REMEMBERED))
    found = [np.zeros((len(roles), len(names), 2), dtype=np.int64) for names in (REMEMBERED, OWN_REMEMBERED)]
    for side in sorted(set(roles)):
        spoken = np.array([role == side for role in roles])
        before = spoken.cumsum() - spoken
        for own, (table, seen) in enumerate(zip(tables, found, strict=True)):
            asking = spoken if own else ~spoken
            said = np.concatenate([np.zeros((RECENT, table.shape[1]), dtype=np.int64), table[spoken]])
            so_far = said.cumsum(axis=0)[RECENT - 1 :].take(before, axis=0)
            recent = np.max([said[at : len(said) - RECENT + 1 + at] for at in range(RECENT)], axis=0)
            seen[asking, :, 0] += so_far[asking]
            seen[asking, :, 1] = np.maximum(seen[asking, :, 1], recent.take(before, axis=0)[asking])
    rows = np.concatenate([seen.reshape(len(roles), 2 * seen.shape[1]) for seen in found], axis=1)
    rows[:, ::2] = np.minimum(1000, rows[:, ::2])
    return rows
