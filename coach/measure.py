"""How well findings and strengths agree with human labels, as the accuracy chapter defines it.

Micro-F1 over (call, rule, exact turn). Rules that hold once a call match anywhere in it; optional labels are
neutral; `flat-refusal` and `bare-answer` stand for each other.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Label = tuple[str, int]
"""(rule id, turn number)."""

ONCE = frozenset({"no-needs-analysis", "no-graceful-exit", "late-contact", "no-next-step", "enthusiasm-drop"})
CORE = frozenset({"ignored-statement", "pitch-after-refusal", "bare-answer", "flat-refusal"})
ALIKE: Mapping[str, str] = {"flat-refusal": "bare-answer", "bare-answer": "flat-refusal"}


@dataclass(slots=True)
class Counts:
    """Hits, false alarms and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Hits of all that was reported; None where nothing was."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else None

    @property
    def recall(self) -> float | None:
        """Hits of all that is labelled; None where nothing is."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there is nothing to find and nothing was found."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else None

    def add(self, other: "Counts") -> None:
        """Adds another's counts."""
        self.hits += other.hits
        self.false += other.false
        self.missed += other.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One call: what was reported against what is labelled, per rule."""

    name: str
    rules: Mapping[str, Counts] = field(default_factory=dict)
    false: tuple[Label, ...] = ()
    missed: tuple[Label, ...] = ()


def compare(
    name: str, reported: Collection[Label], labelled: Collection[Label], optional: Collection[Label]
) -> Comparison:
    """Reported findings (or strengths) against labels; optional ones count neither way."""
    counts: dict[str, Counts] = defaultdict(Counts)
    open_labels = set(labelled)
    false: list[Label] = []
    for rule, turn in sorted(reported):
        match = _match((rule, turn), open_labels)
        if match is not None:
            open_labels.discard(match)
            counts[match[0]].hits += 1
        elif _match((rule, turn), set(optional)) is None and _match((rule, turn), set(labelled)) is None:
            counts[rule].false += 1
            false.append((rule, turn))
    neutral = set(optional)
    missed = sorted(label for label in open_labels if label not in neutral)
    for rule, _ in missed:
        counts[rule].missed += 1
    return Comparison(name=name, rules=dict(counts), false=tuple(false), missed=tuple(missed))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAgreement:
    """How far coach and people agree on one rule, or on several together."""

    rule: str
    kind: str
    """`finding` or `strength`; `all` for both together."""
    counts: Counts
    kappa: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A place where only one of both sees something."""

    call: str
    rule: str
    turn: int
    line: int | None
    seen_by: Literal["coach", "people"]
    speaker: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreAgreement:
    """How far the coach's scores agree with people's marks, over the calls that have both."""

    calls: int
    spearman: float | None
    in_order: int
    pairs: int
    """Pairs of versions of one scenario whose marks differ."""
    mean_error: float | None
    """Points, whatever the sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The coach against people, over all calls of a folder."""

    calls: int
    turns: int
    totals: tuple[RuleAgreement, ...]
    """Findings, strengths, both."""
    rules: tuple[RuleAgreement, ...]
    """Each rule that somebody saw, by kind and name."""
    scores: ScoreAgreement
    noisiest: str | None
    """The rule with the most false alarms; None where there is none."""
    disagreements: tuple[Disagreement, ...]


def _match(label: Label, known: Collection[Label]) -> Label | None:
    if label in known:
        return label
    rule, turn = label
    other = (ALIKE.get(rule, rule), turn)
    if other in known:
        return other
    if rule in ONCE:
        return next((item for item in sorted(known) if item[0] == rule), None)
    return None


def total(comparisons: Iterable[Comparison], rules: Collection[str] | None = None) -> Counts:
    """The counts of all calls together, for some rules or all."""
    summed = Counts()
    for comparison in comparisons:
        for rule, counts in comparison.rules.items():
            if rules is None or rule in rules:
                summed.add(counts)
    return summed


def per_rule(comparisons: Iterable[Comparison]) -> dict[str, Counts]:
    """The counts of all calls, rule by rule."""
    summed: dict[str, Counts] = defaultdict(Counts)
    for comparison in comparisons:
        for rule, counts in comparison.rules.items():
            summed[rule].add(counts)
    return dict(summed)


def interval(
    comparisons: Sequence[Comparison], rules: Collection[str] | None = None, *, draws: int = 1000, seed: int = 7
) -> tuple[float, float]:
    """The 95 % interval of F1 by bootstrap over calls; (0, 1) without calls."""
    if not comparisons:
        return 0.0, 1.0
    chance = random.Random(seed)  # noqa: S311 - a bootstrap, not a secret
    values = sorted(total(chance.choices(comparisons, k=len(comparisons)), rules).f1 or 0.0 for _ in range(draws))
    return values[int(0.025 * draws)], values[int(0.975 * draws) - 1]


def pairs_in_order(scores: Mapping[str, Sequence[tuple[float, float]]]) -> tuple[int, int]:
    """(pairs in the right order, pairs) over scenarios; each holds (trainer's mark, coach's score) of its versions."""
    right = pairs = 0
    for versions in scores.values():
        for at, (mark, score) in enumerate(versions):
            for other_mark, other_score in versions[at + 1 :]:
                if abs(mark - other_mark) < 1:
                    continue
                pairs += 1
                right += (mark > other_mark) == (score > other_score) and score != other_score
    return right, pairs


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """The rank correlation, ties sharing a rank; None for fewer than three pairs or where one side is level."""
    if len(pairs) < 3:
        return None
    marks, scores = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    mean = (len(pairs) + 1) / 2
    spread = math.sqrt(sum((rank - mean) ** 2 for rank in marks) * sum((rank - mean) ** 2 for rank in scores))
    if not spread:
        return None
    return sum((one - mean) * (other - mean) for one, other in zip(marks, scores, strict=True)) / spread


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    first = {value: at for at, value in reversed(list(enumerate(ordered, start=1)))}
    count = Counter(values)
    return [first[value] + (count[value] - 1) / 2 for value in values]


def kappa(counts: Counts, cells: int) -> float | None:
    """Cohen's kappa over all cells (turns × rules) in which a label could stand; None where it is undefined."""
    if not cells:
        return None
    both, only_one, only_other = counts.hits, counts.false, counts.missed
    neither = cells - both - only_one - only_other
    observed = (both + neither) / cells
    expected = ((both + only_one) * (both + only_other) + (neither + only_one) * (neither + only_other)) / cells**2
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def most(labels: Iterable[Label]) -> list[tuple[str, int]]:
    """Rules by how often they stand among the labels."""
    return Counter(rule for rule, _ in labels).most_common()
