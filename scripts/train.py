"""Trains the shipped model from the corpus: seeded, the same bytes twice with any number of threads.

Three storeys, as `coach/understand/learned.py` reads them. What a storey learns from the one below is made out of fold
by author, so that it sees it as noisy as it will be on new calls.
"""

import argparse
import math
import os
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # sums of fractions hang on the number of threads, and a rounded result may then flip

import lightgbm
import numpy as np
from joblib import Parallel, delayed
from scipy import sparse as sp
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import model_figures
from course_fit import SIGNAL_ROLE, course_arrays, course_of, percent, table_of

from coach.corpus import SIGNAL_OF, Call, calls_of, exchanges_of
from coach.model import Utterance
from coach.rules import load_rules
from coach.understand import features, modelfile, observed, sparse
from coach.understand.course import Course
from coach.understand.cues import index_of
from coach.understand.fields import counted_fields
from coach.understand.forest import Trees, forest_of, joined
from coach.understand.hashing import SIZE
from coach.understand.learned import FACTOR_BITS, LEAF_BITS, SCALE
from coach.understand.replies import replied
from coach.understand.spoken import spoken
from coach.understand.words import Words, all_words

SEED = 7
ROLES = ("agent", "customer")
ACT_C, CONTEXT_C, ROLE_C = 0.5, 2.0, 0.3
CLOSE = 0.1
"""How near its optimum a linear fit may stop; a tenth of it ranks turns alike and takes half as long again."""
LEAST_CASES = 8
FOLDS = 3
LEAST_TURNS = 18
"""Turns that a feature occurs in, at least, to be learned from."""
TREES = 200
DEBATABLE = 0.2
"""What trees take a label for that only one of two trainers would give: rather none, but nearer to one than others."""
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
AT_ONCE = 200
"""Calls that a process looks at before it hands them over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A call, observed, with its feature rows and labels."""

    call: Call
    utterances: Sequence[Utterance]
    words: Sequence[Words]
    rows: Sequence[Sequence[int]]
    plain_rows: Sequence[Sequence[int]]
    """What is known of each turn from its words alone."""
    fields: np.ndarray
    replies: np.ndarray


def material(folder: Path, splits: Sequence[str]) -> list[Call]:
    """The calls of the splits; with those of `train` also the cuttings."""
    return calls_of(folder, splits=splits) + (exchanges_of(folder / "exchanges") if "train" in splits else [])


def examples_of(calls: Sequence[Call]) -> list[Example]:
    """The calls, with what cues and structure show; looked at by several processes, a few hundred at a time."""
    parts = [calls[at : at + AT_ONCE] for at in range(0, len(calls), AT_ONCE)]
    done = Parallel(n_jobs=PROCESSES)(delayed(_examples)(part) for part in parts)
    return [example for made in done for example in made]


def _examples(calls: Sequence[Call]) -> list[Example]:
    book = load_rules()
    indexes = {language: index_of(book.acts.values(), language) for language in ("de", "en")}
    made = []
    for call in calls:
        turns = call.transcript.turns
        words = all_words([turn.text for turn in turns], call.language)
        seen = observed(call.transcript, words, call.roles, call.language, book, indexes[call.language])
        if call.cutting:
            seen = in_mid_call(seen, call.name)
        made.append(
            Example(
                call=call,
                utterances=seen,
                words=words,
                rows=sparse.rows(seen, words, call.language),
                plain_rows=sparse.words_only(words),
                fields=counted_fields(spoken(item.words for item in words), call.language),
                replies=replied(words, [item.role for item in seen], call.language),
            )
        )
    return made


def in_mid_call(utterances: Sequence[Utterance], name: str) -> list[Utterance]:
    """The turns of a cutting as if they stood somewhere in a call, which the name decides."""
    before, after = 4 + zlib.crc32(name.encode()) % 7, 3 + zlib.crc32(name[::-1].encode()) % 6
    whole = before + len(utterances) + after
    placed = []
    for at, item in enumerate(utterances):
        signals = {
            **item.signals,
            "turn": at + 1 + before,
            "turns-left": len(utterances) - 1 - at + after,
            "position": round(100 * (at + before) / (whole - 1)),
            "asked-so-far": item.signals["asked-so-far"] + 2,
        }
        acts = {act: found for act, found in item.acts.items() if act not in ("first-turn", "last-turn")}
        placed.append(replace(item, signals=signals, acts=acts))
    return placed


WHOLE_CALL = ("no-needs-analysis", "no-next-step", "enthusiasm-drop", "no-graceful-exit", "late-contact", "monologue")
"""Rules of which a cutting tells nothing."""


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


@dataclass
class Fit:
    """Everything that is trained."""

    acts: LinearFit
    act_tables: np.ndarray
    context: LinearFit
    trees: dict[str, TreeFit]
    course: Course
    roles: LinearFit
    role_table: np.ndarray


def whole_of(examples: Sequence[Example]) -> np.ndarray:
    """For every turn, whether it belongs to a whole call."""
    return np.array([not example.call.cutting for example in examples for _ in example.utterances])


def usual_of(examples: Sequence[Example]) -> np.ndarray:
    """For every turn, whether it belongs to a call that tells how often things come."""
    return np.array([example.call.usual for example in examples for _ in example.utterances])


def targets_of(examples: Sequence[Example]) -> tuple[dict, dict, dict, dict, dict]:
    """Masks and targets of acts and of signals over all turns, and the turns to leave out of each signal."""
    roles = np.array([item.role for example in examples for item in example.utterances])
    act_names = sorted(
        {
            f"{role[0]}:{act}"
            for example in examples
            for role, acts in zip(example.call.roles, example.call.acts, strict=True)
            for act in acts
        }
    )
    given = [
        frozenset(f"{role[0]}:{act}" for act in acts)
        for example in examples
        for role, acts in zip(example.call.roles, example.call.acts, strict=True)
    ]
    act_targets = {name: np.array([name in have for have in given]) for name in act_names}
    whole = whole_of(examples)
    act_masks = {name: (roles == {"a": "agent", "c": "customer"}[name[0]]) & whole for name in act_names}
    signal_targets, signal_masks, ignored = {}, {}, {}
    for rule, (signal, role) in SIGNAL_OF.items():
        flags, skip = [], []
        for example in examples:
            certain = {turn for name, turn in (*example.call.findings, *example.call.strengths) if name == rule}
            debatable = {turn for name, turn in example.call.optional if name == rule}
            for number in range(1, len(example.utterances) + 1):
                flags.append(number in certain)
                skip.append(number in debatable and number not in certain)
        signal_targets[signal] = np.array(flags)
        ignored[signal] = np.array(skip)
        signal_masks[signal] = (roles == role) & (whole | (rule not in WHOLE_CALL))
    return act_masks, act_targets, signal_masks, signal_targets, ignored


def score_dicts(
    examples: Sequence[Example], fit: LinearFit, tables: np.ndarray, sums: np.ndarray
) -> list[list[dict[str, int]]]:
    """Per call and turn, the act percentages as the tool would keep them."""
    percentages = np.stack([percent(tables[at], sums[:, at]) for at in range(len(fit.labels))], axis=1)
    result, at = [], 0
    for example in examples:
        turns = []
        for item in example.utterances:
            row = percentages[at]
            turns.append(
                {
                    label[2:]: int(value)
                    for label, value in zip(fit.labels, row, strict=True)
                    if label[0] == item.role[0] and value >= 5
                }
            )
            at += 1
        result.append(turns)
    return result


def dense_of(examples: Sequence[Example], scores: list[list[dict[str, int]]], names: Sequence[str]) -> np.ndarray:
    """The dense view of all turns."""
    return np.concatenate(
        [
            features.dense(example.utterances, found, names, example.fields, example.replies)
            for example, found in zip(examples, scores, strict=True)
        ]
    )


def fold_of(examples: Sequence[Example]) -> np.ndarray:
    """A fold for every turn, by author and scenario."""
    groups = sorted({(e.call.author, e.call.scenario) for e in examples})
    authors = sorted({author for author, _ in groups})
    if len(authors) >= FOLDS:
        number = {group: authors.index(group[0]) % FOLDS for group in groups}
    else:
        number = {group: at % FOLDS for at, group in enumerate(groups)}
    return np.array([number[e.call.author, e.call.scenario] for e in examples for _ in e.utterances])


def train(
    examples: Sequence[Example], *, log: bool = True
) -> tuple[Fit, dict[str, np.ndarray], list[list[dict[str, int]]]]:
    """The model, and out-of-fold percentages of each signal and of acts on the same calls."""
    act_masks, act_targets, masks, targets, ignored = targets_of(examples)
    x = matrix([row for example in examples for row in example.rows])
    folds = fold_of(examples)
    used = sorted(set(folds))
    acts = linear(x, act_masks, act_targets, ACT_C)
    oof = np.zeros((x.shape[0], len(acts.labels)), dtype=np.int64)
    for fold in used:
        inside, outside = folds != fold, folds == fold
        part = linear(
            x[inside],
            {k: v[inside] for k, v in act_masks.items()},
            {k: v[inside] for k, v in act_targets.items()},
            ACT_C,
        )
        sums = part.sums(x[outside])
        for at, label in enumerate(part.labels):
            if label in acts.labels:
                oof[outside, acts.labels.index(label)] = sums[:, at]
    act_tables = np.stack(
        [
            table_of(oof[act_masks[label], at], act_targets[label][act_masks[label]])
            for at, label in enumerate(acts.labels)
        ]
    )
    scores = score_dicts(examples, acts, act_tables, oof)
    names = sorted({label[2:] for label in acts.labels})
    dense = dense_of(examples, scores, names)
    context = linear(x, masks, targets, CONTEXT_C, ignored)
    labels = context.labels
    oof_linear = np.zeros((x.shape[0], len(labels)), dtype=np.int64)
    oof_trees = np.zeros_like(oof_linear)
    degrees = {x: np.where(ignored[x], DEBATABLE, targets[x]).astype(np.float32) for x in labels}
    for fold in used:
        inside, outside = folds != fold, folds == fold
        part = linear(
            x[inside],
            {k: v[inside] for k, v in masks.items()},
            {k: v[inside] for k, v in targets.items()},
            CONTEXT_C,
            {k: v[inside] for k, v in ignored.items()},
        )
        sums = part.sums(x[outside])
        for at, label in enumerate(part.labels):
            if label in labels:
                oof_linear[outside, labels.index(label)] = sums[:, at]
        keeps = {label: inside & masks[label] for label in labels}
        learnable = [label for label, keep in keeps.items() if targets[label][keep].sum() >= LEAST_CASES]
        for label, fit in zip(learnable, grown(dense, degrees, {x: keeps[x] for x in learnable}), strict=True):
            oof_trees[outside, labels.index(label)] = fit.sums(dense[outside])
    trees = dict(zip(labels, grown(dense, degrees, {x: masks[x] for x in labels}), strict=True))
    if log:
        for label in labels:
            print(f"{label:28} {int(targets[label].sum()):4} cases", file=sys.stderr)
    roles_of_calls = [example.call.roles for example in examples]
    learned = {label: masks[label] & ~ignored[label] & usual_of(examples) for label in labels}
    course, corrected = course_of(roles_of_calls, oof_linear, oof_trees, learned, targets, folds)
    likely = {
        label: np.where(masks[label], percent(course.table[at], corrected[:, at]), 0)
        for at, label in enumerate(course.labels)
    }
    role_rows = matrix([row for example in examples for row in example.plain_rows])
    agent = np.array([item.role == "agent" for example in examples for item in example.utterances])
    roles = linear(role_rows, {"agent": np.ones(len(agent), dtype=bool)}, {"agent": agent}, ROLE_C)
    fit = Fit(acts, act_tables, context, trees, course, roles, np.zeros((1, 100), dtype=np.int64))
    return fit, likely, scores


def save(fit: Fit, path: Path) -> None:
    """The model as one file of integer arrays; the same bytes for the same model."""
    trees = {role: [fit.trees[x].trees for x in fit.context.labels if SIGNAL_ROLE[x] == role] for role in ROLES}
    columns = np.unique(np.concatenate([part.feature[part.feature >= 0] for parts in trees.values() for part in parts]))
    data: dict[str, np.ndarray] = {"columns": columns.astype(np.int32)}
    for role, parts in trees.items():
        acts = [at for at, label in enumerate(fit.acts.labels) if label[0] == role[0]]
        data |= linear_arrays(f"{role}_acts", fit.acts, fit.act_tables, acts)
        signals = [at for at, label in enumerate(fit.context.labels) if SIGNAL_ROLE[label] == role]
        data |= linear_arrays(f"{role}_context", fit.context, None, signals)
        arrays = joined(parts)
        arrays["columns"] = np.searchsorted(columns, arrays["columns"]).astype(np.int32)
        data |= {f"{role}_{name}": array for name, array in arrays.items()}
    data |= linear_arrays("roles", fit.roles, fit.role_table, [0]) | course_arrays(fit.course)
    path.parent.mkdir(parents=True, exist_ok=True)
    modelfile.write(path, data)


def write_figures(
    examples: Sequence[Example], likely: dict[str, np.ndarray], scores: list[list[dict[str, int]]]
) -> None:
    """The page that says how good the out-of-fold predictions are."""
    act_masks, act_targets, masks, targets, ignored = targets_of(examples)
    usual = usual_of(examples)
    model_figures.write(
        likely,
        scores,
        {name: (masks[name] & ~ignored[name] & usual, targets[name]) for name in masks},
        {name: (act_masks[name], act_targets[name]) for name in act_masks},
    )


def linear_arrays(name: str, fit: LinearFit, tables: np.ndarray | None, chosen: list[int]) -> dict[str, np.ndarray]:
    """The arrays of the chosen labels, without features that carry next to nothing for any label of the fit."""
    weights = fit.weights[:, chosen]
    kept = np.flatnonzero((np.abs(fit.weights).max(axis=1) >= 3) & weights.any(axis=1))
    return {
        f"{name}_labels": np.array([fit.labels[at].rpartition(":")[2] for at in chosen]),
        f"{name}_buckets": fit.buckets[kept].astype(np.int32),
        f"{name}_bias": fit.bias[chosen],
        f"{name}_table": (np.zeros((0, 100)) if tables is None else tables[chosen]).astype(np.int32),
        **modelfile.packed_weights(name, weights[kept]),
    }


def main() -> None:
    """Trains on the train split and writes the model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    parser.add_argument("--splits", default="train")
    parser.add_argument("--out", type=Path, default=ROOT / "coach" / "data" / "model.npz")
    options = parser.parse_args()
    examples = examples_of(material(options.corpus, options.splits.split(",")))
    print(f"{len(examples)} calls and cuttings, {len(whole_of(examples))} turns", file=sys.stderr)
    fit, likely, scores = train(examples)
    save(fit, options.out)
    write_figures(examples, likely, scores)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
