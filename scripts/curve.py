"""Writes docs/learning-curve.md: what trainings on growing parts of the train authors find on dev and test calls.

Each part is trained and its least probabilities are chosen as `scripts/tune.py` does it for all of them; the last line
is what is shipped. Of the test calls only figures are shown.
"""

import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import measure
import train
import tune
from train_fits import SEED

import coach.understand
from coach.corpus import SIGNAL_OF, Call
from coach.measure import CORE, Counts, per_rule, total
from coach.rulebook import RuleBook
from coach.rules import load_rules
from coach.scorefile import load_settings
from coach.understand.learned import load_model

PARTS = (8, 4, 2)
"""An eighth, a quarter and half of the authors; each part holds the smaller ones."""


def fitted(calls: Sequence[Call], book: RuleBook, folder: Path) -> RuleBook:
    """Trains on the calls, lets reviews use that model, and gives the rules with their least probabilities for it."""
    examples = train.examples_of(calls)
    fit, likely, scores = train.train(examples, log=False)
    path = folder / f"{len(calls)}.npz"
    train.save(fit, path)
    model = load_model(path)
    coach.understand.load_model = lambda: model
    rules = dict(book.rules)
    for rule, (least, guard, _) in tune.tuned(examples, likely, scores, book).items():
        rules[rule] = tune.asking(book.rules[rule], SIGNAL_OF[rule][0], least, guard)
    return replace(book, rules=rules, hash=f"{book.hash}-{len(calls)}")


def main() -> None:
    """Trains, measures and writes."""
    book, calls = load_rules(), train.material(ROOT / "corpus", ["train"])
    settings = load_settings(book.folders)
    judged = train.material(ROOT / "corpus", ["dev", "test"])
    errors = [rule.id for rule in book.rules.values() if rule.severity == "error" and rule.kind == "finding"]
    authors = sorted({call.author for call in calls})
    random.Random(SEED).shuffle(authors)  # noqa: S311  # a fixed order
    rows, columns = [], []
    with tempfile.TemporaryDirectory() as folder:
        for part in (*PARTS, 1):
            chosen = set(authors[: len(authors) // part])
            own = [call for call in calls if call.author in chosen]
            shipped = part == 1
            if shipped:
                coach.understand.load_model = load_model
            rules = book if shipped else fitted(own, book, Path(folder))
            figures = measure.measured(judged, rules, settings, "both")
            findings, strengths = figures.findings["all"], figures.strengths["all"]
            grave, core, praise = total(findings, errors), total(findings, CORE), total(strengths)
            whole = sum(not call.cutting for call in own)
            rows.append(
                f"| {whole} | {len(chosen)} | {measure.prf(total(findings))} | {measure.show(core.f1)} | "
                f"{measure.show(grave.precision)} / {measure.show(grave.recall)} | {measure.show(praise.f1)} |"
            )
            columns.append((whole, per_rule([*findings, *strengths])))
            print(rows[-1], flush=True)
    (ROOT / "docs" / "learning-curve.md").write_text(page(rows, columns), encoding="utf-8")


def page(rows: Sequence[str], columns: Sequence[tuple[int, dict[str, Counts]]]) -> str:
    """The curve over all rules, and rule by rule."""
    last = columns[-1][1]
    by_rule = [
        f"| `{rule}` | {last[rule].hits + last[rule].missed} | "
        + " | ".join(measure.show(found.get(rule, Counts()).f1) for _, found in columns)
        + " |"
        for rule in SIGNAL_OF
        if rule in last
    ]
    return "\n".join(
        [
            "# Learning curve",
            "",
            "Written by `scripts/curve.py`: models and least probabilities from growing parts of the train authors,",
            "measured on the calls of dev and test together. The last line is what is shipped.",
            "",
            "| train calls | authors, with those of cuttings | findings | core F1 | errors P / R | strengths F1 |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "F1 by rule; `n` is how often the label occurs.",
            "",
            "| rule | n | " + " | ".join(f"{whole} calls" for whole, _ in columns) + " |",
            "|---|---|" + "---|" * len(columns),
            *by_rule,
            "",
        ]
    )


if __name__ == "__main__":
    main()
