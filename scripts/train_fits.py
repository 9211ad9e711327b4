"""Linear fits and boosted trees, made of whole numbers; several labels side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from course_fit import SIGNAL_ROLE
from joblib import Parallel, delayed
from scipy import sparse as sp
from sklearn.linear_model import LogisticRegression

from coach.understand import features
from coach.understand.forest import Trees, forest_of, joined
from coach.understand.hashing import SIZE
from coach.understand.learned import FACTOR_BITS, LEAF_BITS, SCALE

SEED = 7
ROLES = ("agent", "customer")
CLOSE = 0.6
"""How near its optimum a linear fit may stop; a sixth of it ranks turns alike and takes half as long again."""
LEAST_CASES = 8
LEAST_TURNS = 20
"""Turns that a feature occurs in, at least, to be learned from."""
TREES = 200
BOOSTING = {
    "objective": "cross_entropy",
    "extra_trees": True,
    "learning_rate": 0.1,
    "num_leaves": 24,
    "min_data_in_leaf": 15,
    "lambda_l2": 5,
    "feature_fraction": 0.2,
    "max_bin": 63,
    "use_missing": False,
    "seed": SEED,
    "deterministic": True,
    "force_col_wise": True,
    "num_threads": 1,
    "feature_pre_filter": False,
    "verbose": -1,
}
BINNING = {
    name: BOOSTING[name]
    for name in (
        "max_bin",
        "use_missing",
        "force_col_wise",
        "deterministic",
        "num_threads",
        "feature_pre_filter",
        "verbose",
    )
}
"""What LightGBM must know before it puts values into bins."""
PROCESSES = 2
"""That fit side by side, one label each."""


def matrix(rows: Sequence[Sequence[int]]) -> sp.csr_matrix:
    """Presence features as a sparse matrix, each weighed by how many its row has."""
    lengths = [len(row) for row in rows]
    weights = np.repeat([features.factor(length) / (1 << FACTOR_BITS) for length in lengths], lengths)
    indices = np.fromiter((index for row in rows for index in row), dtype=np.int64, count=sum(lengths))
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return sp.csr_matrix((weights, indices, pointers), shape=(len(rows), SIZE))


def fitted(x: sp.csr_matrix, y: np.ndarray, turns: np.ndarray | None, strength: float) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression on these turns, or on all."""
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, random_state=SEED, max_iter=300, tol=CLOSE)
    model.fit(*((x, y) if turns is None else (x[turns], y[turns])))
    return model.coef_[0], float(model.intercept_[0])


@dataclass
class LinearFit:
    """Integer weights for labels."""

    labels: list[str]
    buckets: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def sums(self, x: sp.csr_matrix) -> np.ndarray:
        """The label sums of each row, as the tool adds them up, give or take one."""
        return np.floor((x[:, self.buckets] @ self.weights.astype(np.float64)) + self.bias).astype(np.int64)


def linear(
    x: sp.csr_matrix,
    masks: dict[str, np.ndarray],
    targets: dict[str, np.ndarray],
    strength: float,
    ignore: dict[str, np.ndarray] | None = None,
) -> LinearFit:
    """One logistic regression a label, on the turns of its mask; rounded to integers."""
    counts = x.getnnz(axis=0)
    kept = np.flatnonzero(counts >= LEAST_TURNS)
    reduced = x[:, kept]
    labels, jobs = [], []
    parts: dict[bytes, sp.csr_matrix] = {}
    for label in sorted(targets):
        mask = masks[label] if ignore is None else masks[label] & ~ignore[label]
        if targets[label][mask].sum() < LEAST_CASES or targets[label][mask].all():
            continue
        labels.append(label)
        if ignore is None:  # then many labels share their turns
            key = mask.tobytes()
            if key not in parts:
                parts[key] = reduced[mask]
            jobs.append(delayed(fitted)(parts[key], targets[label][mask], None, strength))
        else:
            jobs.append(delayed(fitted)(reduced, targets[label], mask, strength))
    fits = Parallel(n_jobs=PROCESSES)(jobs)
    columns = [np.clip(np.round(weights * SCALE), -32000, 32000).astype(np.int16) for weights, _ in fits]
    biases = [round(bias * SCALE) for _, bias in fits]
    return LinearFit(labels, kept, np.stack(columns, axis=1), np.array(biases, dtype=np.int64))


class TreeFit:
    """Boosted decision trees with a random threshold at each split, turned into integer arrays."""

    def __init__(self, data: lightgbm.Dataset) -> None:
        booster = lightgbm.train(BOOSTING, data, TREES)
        roots: list[int] = []
        nodes: list[tuple[int, int, int]] = []
        for tree in booster.dump_model()["tree_info"]:
            roots.append(len(nodes))
            _add(tree["tree_structure"], nodes)
        columns = [np.array(column) for column in zip(*nodes, strict=True)]
        self.trees = Trees(
            roots=np.array(roots),
            feature=columns[0].astype(np.int16),
            value=columns[1].astype(np.int32),
            larger=columns[2].astype(np.int32),
        )

    def sums(self, x: np.ndarray) -> np.ndarray:
        """Log-odds times SCALE for each row."""
        return forest_of(joined([self.trees])).sums(x.astype(np.int64))[0] >> LEAF_BITS


def _add(tree: dict, nodes: list[tuple[int, int, int]]) -> None:
    """Adds a tree, the branch of smaller values first: column, threshold or leaf, way to the larger values."""
    if "leaf_value" in tree:
        nodes.append((-1, round(tree["leaf_value"] * (SCALE << LEAF_BITS)), 0))
        return
    if tree["decision_type"] != "<=":
        raise SystemExit(f"A tree asks {tree['decision_type']}, which is no threshold.")
    at = len(nodes)
    nodes.append((-1, 0, 0))
    _add(tree["left_child"], nodes)
    nodes[at] = (tree["split_feature"], math.floor(tree["threshold"]), len(nodes) - at)
    _add(tree["right_child"], nodes)


def grown(x: np.ndarray, targets: dict[str, np.ndarray], turns: dict[str, np.ndarray]) -> list[TreeFit]:
    """The trees of each label on its turns; targets are 0 to 1."""
    jobs, done = [], {}
    for role in ROLES:
        labels = [label for label in turns if SIGNAL_ROLE[label] == role]
        rows = np.flatnonzero(np.any([turns[label] for label in labels], axis=0)) if labels else np.array([], dtype=int)
        for at in range(min(PROCESSES, len(labels))):
            part = labels[at::PROCESSES]
            kept = {label: np.flatnonzero(turns[label][rows]) for label in part}
            jobs.append(delayed(_grown)(x[rows], {label: targets[label][rows] for label in part}, kept))
    for found in Parallel(n_jobs=PROCESSES)(jobs):
        done |= found
    return [done[label] for label in turns]


def _grown(x: np.ndarray, targets: dict[str, np.ndarray], turns: dict[str, np.ndarray]) -> dict[str, TreeFit]:
    """The same for labels of one role; the values of the columns are put into bins once for them all."""
    whole = lightgbm.Dataset(x, np.zeros(len(x), dtype=np.float32), params=BINNING, free_raw_data=False).construct()
    done = {}
    for label, keep in turns.items():
        part = whole.subset(keep).construct()
        part.set_label(targets[label][keep])
        done[label] = TreeFit(part)
    return done
