"""How good what is learned is, out of fold by author: the page that a training leaves in docs/model-figures.md."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from coach.corpus import SIGNAL_OF

PAGE = Path(__file__).resolve().parent.parent / "docs" / "model-figures.md"
FEWEST = 20
"""Cases of an act below which a figure means nothing."""
HEAD = """# What the model knows, act by act

Written by `scripts/train.py` from its own predictions for the train calls, each made by a model that never saw the
call's author; what a review reports is measured in `accuracy.md`. *AP* is the average precision, 0 to 1: how far the
turns that have it are ranked above those that do not.
"""


def write(
    likely: Mapping[str, np.ndarray],
    scores: Sequence[Sequence[Mapping[str, int]]],
    signals: Mapping[str, tuple[np.ndarray, np.ndarray]],
    acts: Mapping[str, tuple[np.ndarray, np.ndarray]],
) -> None:
    """Writes the page; `signals` and `acts` give for each name the turns it can be judged at, and whether it is there.

    `likely` and `scores` are percentages: of each signal at each turn, and per call and turn of each act of its role.
    """
    found = [turn for call in scores for turn in call]
    by_act = {
        name: (np.array([found[at].get(name[2:], 0) for at in np.flatnonzero(turns)]), there[turns])
        for name, (turns, there) in acts.items()
        if there[turns].sum() >= FEWEST
    }
    by_signal = {
        name: (likely[name][turns], there[turns]) for name, (turns, there) in signals.items() if name in likely
    }
    rule_of = {signal: rule for rule, (signal, _) in SIGNAL_OF.items()}
    parts = [
        HEAD,
        "## Are the percentages right?\n",
        "How often it was there, of all turns at which the model said so many per cent.\n",
        reliability(by_act, by_signal),
        "\n## Acts\n",
        table({f"{'agent' if name[0] == 'a' else 'customer'}: {name[2:]}": pair for name, pair in by_act.items()}),
        "\n## Findings and strengths\n",
        table({rule_of[name]: pair for name, pair in by_signal.items()}),
    ]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def reliability(*groups: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> str:
    """Said and true percentages in tens, for acts and for signals."""
    pooled = [
        (np.concatenate([said for said, _ in group.values()]), np.concatenate([true for _, true in group.values()]))
        for group in groups
    ]
    lines = ["| said | acts: turns | true | findings, strengths: turns | true |", "|---|---|---|---|---|"]
    for least in range(0, 100, 10):
        last = 100 if least == 90 else least + 9
        row = f"| {least}–{last} % "
        for said, true in pooled:
            here = (said >= least) & (said <= last)
            row += f"| {here.sum():,} | {100 * true[here].mean():.0f} % "
        lines.append(row + "|")
    return "\n".join(lines)


def table(pairs: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> str:
    """Cases and average precision, the best first."""
    rows = [(float(average_precision_score(true, said)), int(true.sum()), name) for name, (said, true) in pairs.items()]
    mean = sum(value for value, _, _ in rows) / len(rows)
    lines = [f"{len(rows)}, mean AP {mean:.2f}.\n", "| | cases | AP |", "|---|---|---|"]
    lines += [f"| {name} | {cases} | {value:.2f} |" for value, cases, name in sorted(rows, reverse=True)]
    return "\n".join(lines)
