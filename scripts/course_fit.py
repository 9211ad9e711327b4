"""Fits what turns sums into probabilities, and the storey that corrects them by the course of the call."""

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from coach.corpus import SIGNAL_OF
from coach.model import Role
from coach.rules import load_rules
from coach.understand.course import BITS, COMMON, LARGEST, OWN, Course
from coach.understand.learned import SCALE

STRENGTH = 0.1
"""Inverse of the regularisation."""
SIGNAL_ROLE = dict(SIGNAL_OF.values())


def platt(sums: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Slope and shift that turn sums over SCALE into log-odds."""
    if y.sum() < 3 or y.all():
        return 1.0, 0.0
    model = LogisticRegression(C=10.0, solver="lbfgs").fit(sums[:, None] / SCALE, y)
    return max(0.05, float(model.coef_[0][0])), float(model.intercept_[0])


def table_of(sums: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The least sum for each percentage 1..100."""
    slope, shift = platt(sums, y)
    levels = np.arange(1, 101) / 100 - 0.005
    return np.ceil((np.log(levels / (1 - levels)) - shift) / slope * SCALE).astype(np.int64)


def percent(table: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """The percentage of each sum."""
    return np.searchsorted(table, sums, side="right")


def course_of(
    calls: Sequence[Sequence[Role]],
    linear: np.ndarray,
    trees: np.ndarray,
    used: Mapping[str, np.ndarray],
    targets: Mapping[str, np.ndarray],
    folds: np.ndarray,
) -> tuple[Course, np.ndarray]:
    """The third storey, fitted on the out-of-fold sums of the second (turns × signals each), and its own such sums.

    `calls` are the roles of the turns, call by call; `used` says for each signal which turns it is learned from.
    """
    labels, sums = list(used), linear // 2 + trees
    fits = [platt(sums[keep, at], targets[label][keep]) for at, (label, keep) in enumerate(used.items())]
    levels = np.arange(1, 1001) / 1000 - 0.0005
    rules = load_rules().rules
    faults = {signal for rule, (signal, _) in SIGNAL_OF.items() if rules[rule].kind == "finding"}
    course = Course(
        labels=tuple(labels),
        roles=tuple(SIGNAL_ROLE[label] for label in labels),
        signs=np.array([0 if SIGNAL_ROLE[label] == "customer" else 1 if label in faults else 2 for label in labels]),
        slopes=np.array([round(slope * SCALE) for slope, _ in fits]),
        shifts=np.array([round(shift * SCALE) for _, shift in fits]),
        levels=np.ceil(np.log(levels / (1 - levels)) * SCALE).astype(np.int64),
        logs=np.round(np.log((np.arange(LARGEST + 1) + 20) / 1000) * SCALE).astype(np.int64),
        usual=np.array([round(1000 * targets[label][keep].mean()) for label, keep in used.items()]),
        weights=np.zeros((len(labels), OWN + 2 * COMMON), dtype=np.int64),
        bias=np.zeros(len(labels), dtype=np.int64),
        table=np.zeros((len(labels), 100), dtype=np.int64),
    )
    views, corrected = views_of(calls, linear, trees, course), np.zeros_like(sums)
    for at, (label, keep) in enumerate(used.items()):
        view, y = views[at], targets[label]
        for fold in sorted(set(folds)):
            inside, outside = keep & (folds != fold), folds == fold
            weights, bias = corrections(view[inside], y[inside])
            corrected[outside, at] = (view[outside] @ weights + bias) >> BITS
        course.weights[at], course.bias[at] = corrections(view[keep], y[keep])
        course.table[at] = table_of(corrected[keep, at], y[keep])
    return course, corrected


def views_of(
    calls: Sequence[Sequence[Role]], linear: np.ndarray, trees: np.ndarray, course: Course
) -> list[np.ndarray]:
    """For each signal, what the course corrects by, at every turn."""
    parts, at = [], 0
    for roles in calls:
        end = at + len(roles)
        parts.append(course.inputs(linear[at:end], trees[at:end], roles))
        at = end
    return [np.concatenate([part[at] for part in parts]) for at in range(len(course.labels))]


def corrections(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, int]:
    """Whole-numbered weights and bias, all inputs being made alike in spread before they are fitted."""
    middle, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit((x - middle) / spread, y)
    weights = model.coef_[0] / spread * SCALE
    bias = float(model.intercept_[0]) * SCALE - float(weights @ middle)
    return np.round(weights * (1 << BITS)).astype(np.int64), round(bias * (1 << BITS))


def course_arrays(course: Course) -> dict[str, np.ndarray]:
    """The third storey as arrays."""
    names = ("signs", "slopes", "shifts", "levels", "logs", "usual", "weights", "bias", "table")
    return {
        "course_labels": np.array(course.labels),
        "course_customer": np.array([role == "customer" for role in course.roles], dtype=np.int8),
        **{f"course_{name}": getattr(course, name) for name in names},
    }
