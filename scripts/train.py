"""Trains the shipped model from the corpus: seeded, the same bytes twice with any number of threads.

Three storeys, as `coach/understand/learned.py` reads them. What a storey learns from the one below is made out of fold
by author, so that it sees it as noisy as it will be on new calls.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"  # sums of fractions hang on the number of threads, and a rounded result may then flip

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import model_figures
from course_fit import SIGNAL_ROLE, course_arrays, course_of, percent, table_of
from train_examples import Example, examples_of, fold_of, material, targets_of, usual_of, whole_of
from train_fits import LEAST_CASES, ROLES, LinearFit, TreeFit, grown, linear, matrix

from coach.understand import features, modelfile
from coach.understand.course import Course
from coach.understand.forest import joined

ACT_C, CONTEXT_C, ROLE_C = 0.5, 2.0, 0.3
DEBATABLE = 0.2
"""What trees take a label for that only one of two trainers would give: rather none, but nearer to one than others."""


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


def train(
    examples: Sequence[Example], *, log: bool = True
) -> tuple[Fit, dict[str, np.ndarray], list[list[dict[str, int]]]]:
    """The model, and out-of-fold percentages of each signal and of acts on the same calls."""
    began = time.monotonic()

    def told(what: str) -> None:
        if log:
            print(f"{time.monotonic() - began:5.0f} s  {what}", file=sys.stderr)

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
    told("acts")
    act_tables = np.stack(
        [
            table_of(oof[act_masks[label], at], act_targets[label][act_masks[label]])
            for at, label in enumerate(acts.labels)
        ]
    )
    scores = score_dicts(examples, acts, act_tables, oof)
    names = sorted({label[2:] for label in acts.labels})
    dense = dense_of(examples, scores, names)
    told("the dense view")
    context = linear(x, masks, targets, CONTEXT_C, ignored)
    told("signals in context")
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
        told("context and trees of a fold")
    trees = dict(zip(labels, grown(dense, degrees, {x: masks[x] for x in labels}), strict=True))
    told(f"trees of {len(labels)} signals")
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
