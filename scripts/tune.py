"""Chooses the least probabilities that rules ask for, on out-of-fold predictions for the training calls.

For each `likely-…` signal the threshold with the best F-beta is taken (beta below 1: precision counts more), with a
little smoothing for rare ones, and written into the rule files, guards at a fraction of it. It never looks at dev or
test calls.
"""

import argparse
import re
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import train

from coach.corpus import SIGNAL_OF, calls_of
from coach.rules import load_rules

BETA2 = {"error": 0.3, "warning": 0.7, "note": 0.7, "strength": 0.8}
GUARD = 0.5
HOPELESS, FALLBACK = 0.2, 35
"""Below this F a threshold is noise; then the fallback stands."""
PRIOR = 2.0
"""False alarms and misses added to every count, so that a rare signal's threshold is not won by luck."""


def threshold(values: np.ndarray, truth: np.ndarray, beta2: float) -> tuple[int, float]:
    """The percentage with the best smoothed F-beta, and that F."""
    best, chosen = -1.0, 50
    for least in range(12, 80, 2):
        said = values >= least
        hits, false, missed = (said & truth).sum(), (said & ~truth).sum(), (~said & truth).sum()
        score = (1 + beta2) * hits / ((1 + beta2) * hits + beta2 * (missed + PRIOR) + false + PRIOR)
        if score > best + 1e-9:
            best, chosen = float(score), least
    return (chosen if best >= HOPELESS else FALLBACK), best


def main() -> None:
    """Trains, tunes, saves model and rule files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", default="train")
    options = parser.parse_args()
    examples = train.examples_of(calls_of(ROOT / "corpus", splits=options.splits.split(",")))
    fit, likely = train.train(examples, log=False)
    train.save(fit, ROOT / "coach" / "data" / "model.npz")
    _, _, masks, targets, ignored = train.targets_of(examples)
    book = load_rules()
    for rule, (signal, _) in sorted(SIGNAL_OF.items()):
        if signal not in likely:
            print(f"{signal:28} too few cases")
            continue
        keep = masks[signal] & ~ignored[signal]
        spec = book.rules[rule]
        beta2 = BETA2["strength" if spec.kind == "strength" else spec.severity]
        least, value = threshold(likely[signal][keep], targets[signal][keep], beta2)
        print(f"{signal:28} {int(targets[signal].sum()):4} cases, least {least:3}, F {value:.2f}")
        path = ROOT / "rules" / spec.dimension / f"{rule}.yml"
        text = path.read_text()
        text = re.sub(rf"(signals: {{[^\n]*{signal}: {{least: )\d+", rf"\g<1>{least}", text)
        text = re.sub(rf"(guard: {{[^\n]*{signal}: {{least: )\d+", rf"\g<1>{max(5, round(least * GUARD))}", text)
        path.write_text(text)


if __name__ == "__main__":
    main()
