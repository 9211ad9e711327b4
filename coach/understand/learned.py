"""The trained model: probabilities of acts, and of what a turn does in its context.

Three storeys. Below, a linear model over hashed words, letters, cues and measurements gives a score to each dialogue act.
Above, a linear model over the same features and boosted decision trees over the acts of the turn and its neighbours together give the
`likely-…` signals, which the course of the whole call corrects (`course.py`). Weights, thresholds and leaves are integers, sums are exact, and a probability is read from a table
of whole numbers: the same call gives the same percentages on every machine and with any number of threads.
`scripts/train` makes the file; `docs/model-card.md` tells what it was made from and how good it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.model import Act, Language, Role, Utterance
from coach.rulebook import RuleBook
from coach.understand import features, modelfile, sparse
from coach.understand.compared import Compared
from coach.understand.course import Course
from coach.understand.fields import counted_fields
from coach.understand.forest import FOREST_ARRAYS, Forest, forest_of
from coach.understand.hashing import SIZE
from coach.understand.replies import replied
from coach.understand.spoken import spoken
from coach.understand.words import Words

Integers = NDArray[np.int64]
MODEL_FILE = Path(__file__).resolve().parent.parent / "data" / "model.npz"
FACTOR_BITS = 12
BLOCK = 16
"""Turns whose weights are looked up together, so many that these stay at hand for the summing."""
MOST_IN_32_BITS = 1 << 16
"""Weights of 16 bits whose sum has 32 at most, which is found in less time than one of 64."""
LEAST_SCORE = 5
"""Percentages below are not kept as acts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Integer weights of hashed features for some labels; sums are turned into percentages by a table."""

    labels: tuple[str, ...]
    rows: NDArray[np.int32]
    """bucket → row of `weights`, 0 for a bucket that carries nothing."""
    weights: NDArray[np.int16]
    """Row 0 is all zeros."""
    bias: Integers
    table: Integers
    """labels × 100: the least sum for 1 %, 2 %, … 100 %."""

    def sums(self, found: Sequence[sparse.Row]) -> Integers:
        """For each turn's features the label sums (turns × labels), each feature weighed by how many there are."""
        totals = np.zeros((len(found), len(self.labels)), dtype=np.int64)
        for begin in range(0, len(found), BLOCK):
            block = found[begin : begin + BLOCK]
            chosen = self.rows.take(np.concatenate(block))
            known = np.flatnonzero(chosen > 0)
            weights = self.weights.take(chosen.take(known), axis=0)
            exact = np.int32 if len(known) < MOST_IN_32_BITS else np.int64
            first = 0
            for at, end in enumerate(known.searchsorted(np.cumsum([len(row) for row in block])).tolist(), begin):
                np.add.reduce(weights[first:end], axis=0, dtype=exact, out=totals[at])
                first = end
        factors = np.array([features.factor(len(row)) for row in found], dtype=np.int64)
        summed: Integers = (totals * factors[:, np.newaxis] >> FACTOR_BITS) + self.bias
        return summed

    def percentages(self, found: Sequence[sparse.Row]) -> Integers:
        """For each turn's features, each label's probability, 0 to 100 (turns × labels)."""
        sums = self.sums(found)
        columns = [np.searchsorted(self.table[at], sums[:, at], side="right") for at in range(len(self.labels))]
        return np.stack(columns, axis=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What is learned of the turns of one role."""

    acts: Linear
    """Acts."""
    context: Linear
    """`likely-…` signals; without a table, for the sum of this and the trees is corrected first."""
    forest: Forest
    """The trees of the same signals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """All that is shipped, and how it is put on a call."""

    sides: Mapping[Role, Side]
    course: Course
    roles: Linear
    """One label: the agent's words against the customer's."""

    def scores(self, utterances: Sequence[Utterance], rows: Sequence[sparse.Row]) -> list[dict[str, int]]:
        """Per turn, the percentage of each act that its role can perform."""
        found: list[dict[str, int]] = [{} for _ in utterances]
        for role, side in self.sides.items():
            own = [index for index, item in enumerate(utterances) if item.role == role]
            values = side.acts.percentages([rows[index] for index in own])
            turns, labels = np.nonzero(values >= LEAST_SCORE)
            kept = values[turns, labels].tolist()
            for turn, label, value in zip(turns.tolist(), labels.tolist(), kept, strict=True):
                found[own[turn]][side.acts.labels[label]] = value
        return found

    def applied(
        self,
        utterances: Sequence[Utterance],
        words: Sequence[Words],
        compared: Compared,
        book: RuleBook,
        language: Language,
    ) -> list[Utterance]:
        """The utterances with the model's acts and `likely-…` signals added; cues keep their word."""
        rows = sparse.rows(utterances, words, language)
        scores = self.scores(utterances, rows)
        fields = counted_fields(spoken(item.words for item in words), language)
        replies = replied(words, [item.role for item in utterances], language, compared)
        likely = self.likely(utterances, rows, scores, fields, replies)
        return [
            replace(item, acts=with_model(item, found, book), signals={**item.signals, **signals})
            for item, found, signals in zip(utterances, scores, likely, strict=True)
        ]

    def likely(
        self,
        utterances: Sequence[Utterance],
        rows: Sequence[sparse.Row],
        scores: Sequence[Mapping[str, int]],
        fields: Integers,
        replies: Integers,
    ) -> list[dict[str, int]]:
        """Per turn, the percentage of each `likely-…` signal of its role."""
        if not utterances:
            return []
        names = sorted({label for side in self.sides.values() for label in side.acts.labels})
        view = features.dense(utterances, scores, names, fields, replies)
        found: list[dict[str, int]] = [{} for _ in utterances]
        linear: Integers = np.zeros((len(utterances), len(self.course.labels)), dtype=np.int64)
        trees = np.zeros_like(linear)
        for role, side in self.sides.items():
            own = [index for index, item in enumerate(utterances) if item.role == role]
            if not own:
                continue
            places = [self.course.labels.index(label) for label in side.context.labels]
            linear[np.ix_(own, places)] = side.context.sums([rows[index] for index in own])
            trees[np.ix_(own, places)] = side.forest.sums(view[own]).T >> LEAF_BITS
        percentages = self.course.percentages(linear, trees, [item.role for item in utterances])
        for role in self.sides:
            places = [at for at, owner in enumerate(self.course.roles) if owner == role]
            names = [self.course.labels[at] for at in places]
            own = [index for index, item in enumerate(utterances) if item.role == role]
            for index, values in zip(own, percentages[np.ix_(own, places)].tolist(), strict=True):
                found[index] = dict(zip(names, values, strict=True))
        return found

    def agent_log_odds(self, words: Sequence[Words]) -> list[float]:
        """For each turn, how much its words speak for the agent, in natural log-odds, cut to ±4."""
        sums = self.roles.sums(sparse.words_only(words))[:, 0]
        return [max(-4.0, min(4.0, total / ROLE_SCALE)) for total in sums.tolist()]


SCALE = 256
"""Integer weights are log-odds times this."""
LEAF_BITS = 4
"""Leaves of trees are finer by this many bits."""
ROLE_SCALE = float(SCALE)


def with_model(item: Utterance, scores: Mapping[str, int], book: RuleBook) -> dict[str, Act]:
    """The acts of a turn with the model's added; cues keep their word."""
    acts = dict(item.acts)
    for name, score in scores.items():
        spec = book.acts.get(name)
        least = spec.least if spec is not None else 50
        known = acts.get(name)
        if score >= least and (known is None or (known.source == "structure" and known.score < score)):
            acts[name] = Act(name=name, score=score, source="model")
    return acts


@lru_cache(maxsize=1)
def load_model(path: Path = MODEL_FILE) -> Model | None:
    """The shipped model, or None where none is shipped."""
    if not path.is_file():
        return None
    data = modelfile.read(path)
    roles: tuple[Role, Role] = ("agent", "customer")
    return Model(
        sides={role: _side(data, role) for role in roles},
        course=_course(data),
        roles=_linear(data, "roles"),
    )


def _course(data: modelfile.Arrays) -> Course:
    customer = data["course_customer"].astype(bool)
    arrays = ("signs", "slopes", "shifts", "levels", "logs", "usual", "weights", "bias", "table")
    return Course(
        labels=tuple(str(label) for label in data["course_labels"]),
        roles=tuple("customer" if one else "agent" for one in customer),
        **{name: data[f"course_{name}"].astype(np.int64) for name in arrays},
    )


def _side(data: modelfile.Arrays, role: Role) -> Side:
    arrays = {name: data[f"{role}_{name}"] for name in FOREST_ARRAYS}
    arrays["columns"] = data["columns"].take(arrays["columns"])  # what all trees read is numbered in the file
    return Side(
        acts=_linear(data, f"{role}_acts"),
        context=_linear(data, f"{role}_context"),
        forest=forest_of(arrays),
    )


def _linear(data: modelfile.Arrays, name: str) -> Linear:
    kept, labels = data[f"{name}_buckets"], data[f"{name}_labels"]
    rows = np.zeros(SIZE, dtype=np.int32)
    rows[kept] = np.arange(1, len(kept) + 1, dtype=np.int32)
    return Linear(
        labels=tuple(str(label) for label in labels),
        rows=rows,
        weights=modelfile.weights_of(data, name, features=len(kept), labels=len(labels)),
        bias=data[f"{name}_bias"].astype(np.int64),
        table=data[f"{name}_table"].astype(np.int64),
    )
