"""The dense view of turns, for decision trees, and what a feature of the sparse view weighs.

The dense view is a row of integers: probabilities of acts for the turn and its neighbours, measurements, and word fields. All values
are integers, so that a model's verdict does not hang on how a machine adds up fractions.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from coach.model import Role, Utterance

Integers = NDArray[np.int64]
Dense = NDArray[np.int32]
"""In half the memory; nothing in it is large."""
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
    replies: Integers,
) -> Dense:
    """For each turn a row of what the trees see.

    Act scores (0-100) of the turn and its neighbours, measurements of it and of those beside it, the history of the call,
    whether its speaker's side says no more, and how often each word field occurs in it and beside it, which `fields` says
    (turns × fields), and what it takes up of the turn before, as `replies` has it (turns × `replies.COLUMNS`).
    """
    measured = [[round(item.signals.get(name, 0)) for name in DENSE_SIGNALS] for item in utterances]
    roles = [item.role for item in utterances]
    last = {role: at for at, role in enumerate(roles)}
    named = sorted({*acts, *REMEMBERED, *OWN_REMEMBERED})
    table = _table(scores, named)
    scored, others, own = (
        table.take([named.index(name) for name in names], axis=1) for names in (acts, REMEMBERED, OWN_REMEMBERED)
    )
    tables = (
        (scored, NEIGHBOURS),
        (np.array(measured, dtype=np.int64).reshape(len(utterances), len(DENSE_SIGNALS)), BESIDE),
        (_histories(roles, (others, own)), (0,)),
        (np.array([[last[role] == at] for at, role in enumerate(roles)], dtype=np.int64).reshape(-1, 1), (0,)),
        (fields, BESIDE),
        (replies, (0,)),
    )
    rows = np.zeros((len(utterances), sum(table.shape[1] * len(seen) for table, seen in tables)), dtype=np.int32)
    begin = 0
    for table, seen in tables:
        for offset in seen:
            _see(rows[:, begin : begin + table.shape[1]], table, offset)
            begin += table.shape[1]
    return rows


def _table(found: Sequence[Mapping[str, int]], names: Sequence[str]) -> Integers:
    """The values of the names, 0 where there is none (turns × names)."""
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(found), len(names)), dtype=np.int64)
    for row, values in zip(table, found, strict=True):
        for name, value in values.items():
            if name in place:
                row[place[name]] = value
    return table


def _see(rows: Dense, table: Integers, offset: int) -> None:
    """Puts down for each turn the row of the turn that stands so far from it; where there is none, zeros stay.

    Zeros and no other number, so that what is or is not keeps two values: of three, the trees' trainer never parts the upper two.
    """
    if offset < 0:
        rows[-offset:] = table[:offset]
    else:
        rows[: len(table) - offset] = table[offset:]


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


def _histories(roles: Sequence[Role], tables: tuple[Integers, Integers]) -> Integers:
    """Per turn: for acts of the other sides, then of its own, the sum of scores so far and the best of the last turns."""
    found = [np.zeros((*table.shape, 2), dtype=np.int64) for table in tables]
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
