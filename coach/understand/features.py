"""The dense view of turns, for decision trees, and what a feature of the sparse view weighs.

The dense view is a row of integers: probabilities of acts for the turn and its neighbours, and measurements. All values
are integers, so that a model's verdict does not hang on how a machine adds up fractions.
"""

from collections.abc import Mapping, Sequence

from coach.model import Role, Utterance

DENSE_SIGNALS = (
    "words", "before-words", "sentences", "questions", "turn", "turns-left", "position", "uptake", "taken-up", "said-before", "restates",
    "superlatives", "asked-so-far", "broken", "stretch-words", "stretch-questions", "overlap",
)  # fmt: skip
NEIGHBOURS = (0, -1, -2, 1, 2)
"""Turns whose acts the dense view sees, relative to the turn."""


LONGEST = 2000
"""Features of a turn from which on a longer turn weighs no less."""
FACTOR = tuple(round(4096 * (200 / max(40, count)) ** 0.35) for count in range(LONGEST + 1))
"""Number of features → what each weighs, in 4096ths: a long turn has many features, each of which says less."""


def factor(count: int) -> int:
    """What each of so many features weighs, in 4096ths."""
    weight: int = FACTOR[min(count, LONGEST)]
    return weight


def dense(utterances: Sequence[Utterance], scores: Sequence[Mapping[str, int]], acts: Sequence[str]) -> list[list[int]]:
    """For each turn a row: act scores (0-100) of the turn and its neighbours, then measurements of it and its neighbours."""
    rows = []
    histories = _histories(utterances, scores)
    last = {item.role: at for at, item in enumerate(utterances)}
    scored = [[found.get(name, 0) for name in acts] for found in scores]
    measured = [[round(item.signals.get(name, -1)) for name in DENSE_SIGNALS] for item in utterances]
    outside, unmeasured = [-1] * len(acts), [-1] * len(DENSE_SIGNALS)
    for at, utterance in enumerate(utterances):
        row: list[int] = []
        for offset in NEIGHBOURS:
            other = at + offset
            row += scored[other] if 0 <= other < len(utterances) else outside
        for offset in (0, -1, 1):
            other = at + offset
            row += measured[other] if 0 <= other < len(utterances) else unmeasured
        row.extend(histories[at])
        row.append(int(last[utterance.role] == at))
        rows.append(row)
    return rows


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


def _histories(utterances: Sequence[Utterance], scores: Sequence[Mapping[str, int]]) -> list[list[int]]:
    """Per turn: for acts of the other side, then of its own, the sum of scores so far and the best of the last turns."""
    sums: dict[Role, dict[str, int]] = {}
    recent: dict[Role, list[Mapping[str, int]]] = {}
    rows = []
    for utterance, found in zip(utterances, scores, strict=True):
        row = []
        for own, names in ((False, REMEMBERED), (True, OWN_REMEMBERED)):
            roles = [role for role in sums if (role == utterance.role) is own]
            latest = [turn for role in roles for turn in recent[role]]
            for name in names:
                row.append(min(1000, sum([sums[role].get(name, 0) for role in roles])))
                row.append(max([turn.get(name, 0) for turn in latest], default=0))
        rows.append(row)
        total = sums.setdefault(utterance.role, {})
        for name, score in found.items():
            total[name] = total.get(name, 0) + score
        recent[utterance.role] = [*recent.get(utterance.role, [])[-(RECENT - 1) :], found]
    return rows
