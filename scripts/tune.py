"""Trains, then chooses the least probabilities that rules ask for, on out-of-fold predictions for the training calls.

Each rule is run as a review runs it, with what a model that never saw the author would say. For its `likely-…` signal
the threshold and the guard are taken together and written into the rule file: for grave findings those with the most
hits when a false alarm costs `PRICE` of them, for then no grave rule gains by a stricter and another by a laxer one;
for all others those with the best F-beta (beta below 1: precision counts more), with a little smoothing for rare rules.
It never looks at dev or test calls.
"""

import argparse
import multiprocessing
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import train
from train_fits import PROCESSES

from coach.check import matches_of_rule
from coach.corpus import SIGNAL_OF, Call
from coach.model import Conversation
from coach.rulebook import Bound, Rule, RuleBook
from coach.rules import load_rules
from coach.understand import grouped
from coach.understand.learned import with_model
from coach.understand.memory import call_signals, remembered

BETA2 = 0.8
PRICE = 3.0
"""Hits that a false alarm costs where a finding is grave; so nine of ten grave ones are right."""
HEARD = {"ignored-statement": 2.0, "pitch-after-refusal": 2.0, "missing-apology": 1.25}
"""What a hit is worth of grave findings that are the coach's reason to be, and of the one that is found least often."""
LEASTS = (*range(8, 92, 4), 92, 95)
GUARDS = (0.25, 0.5, 0.75, 1.0)
HOPELESS, FALLBACK = 0.2, 35
"""Below this F a threshold is noise; then the fallback stands."""
FLOORS = {"enthusiasm-drop": (20, 10)}
"""Least threshold and guard of a finding that cried wolf below them, on calls seen later."""
HELD = {"interruption": 30, "no-graceful-exit": 30}
"""Guards of rules that structure decides: the model only objects where it is sure."""
PRIOR = 4.0
"""False alarms and misses added to every count, so that a rare signal's threshold is not won by luck."""


def conversations(
    examples: Sequence[train.Example],
    likely: Mapping[str, np.ndarray],
    scores: Sequence[Sequence[Mapping[str, int]]],
    book: RuleBook,
) -> list[Conversation]:
    """The usual calls as a model understands them that has not seen their author."""
    found, at = [], 0
    role_of = dict(SIGNAL_OF.values())
    for example, said in zip(examples, scores, strict=True):
        utterances = []
        for item, acts in zip(example.utterances, said, strict=True):
            signals = {name: int(values[at]) for name, values in likely.items() if role_of[name] == item.role}
            utterances.append(replace(item, acts=with_model(item, acts, book), signals={**item.signals, **signals}))
            at += 1
        if not example.call.usual:
            continue
        call = example.call
        utterances = remembered(grouped(utterances, book), call.transcript, example.words, call.language)
        found.append(
            Conversation(
                transcript=call.transcript,
                language=call.language,
                address="sie",
                utterances=tuple(utterances),
                signals=call_signals(utterances),
            )
        )
    return found


def asking(rule: Rule, signal: str, least: int, guard: int) -> Rule:
    """The rule with other thresholds for its signal."""

    def bounds(items: tuple[Bound, ...], value: int) -> tuple[Bound, ...]:
        return tuple(
            replace(item, least=value) if item.signal == signal and item.over is None else item for item in items
        )

    ways = tuple(
        replace(
            way,
            steps=tuple(
                replace(step, signals=bounds(step.signals, least), guard=bounds(step.guard, guard))
                for step in way.steps
            ),
        )
        for way in rule.ways
    )
    return replace(rule, ways=ways)


def judged(rule: Rule, talks: Sequence[Conversation], calls: Sequence[Call]) -> tuple[int, int, int]:
    """Hits, false alarms and misses of a rule on calls.

    Once-a-call rules match anywhere, debatable labels count neither way.
    """
    hits = false = missed = 0
    for talk, call in zip(talks, calls, strict=True):
        sure = [match for match in matches_of_rule(rule, talk, rule.settings) if not match.contradicted]
        said = {talk.utterances[match.at].turn.number for match in sure}
        certain = {turn for name, turn in (call.findings | call.strengths) if name == rule.id}
        debatable = {turn for name, turn in call.optional if name == rule.id}
        if rule.once is not None:
            hits += bool(said and certain)
            missed += bool(certain and not said)
            false += bool(said and not certain and not debatable)
            continue
        hits += len(said & certain)
        missed += len(certain - said)
        false += len(said - certain - debatable)
    return hits, false, missed


def f_beta(hits: int, false: int, missed: int) -> float:
    """The smoothed F-beta."""
    return (1 + BETA2) * hits / ((1 + BETA2) * hits + BETA2 * (missed + PRIOR) + false + PRIOR)


def worth(rule: Rule, hits: int, false: int, missed: int) -> float:
    """What thresholds are chosen by."""
    if rule.kind == "finding" and rule.severity == "error":
        return HEARD.get(rule.id, 1.0) * hits - PRICE * false
    return f_beta(hits, false, missed)


def thresholds(rule: Rule, signal: str, talks: Sequence[Conversation], calls: Sequence[Call]) -> tuple[int, int, float]:
    """The least probability, the guard's, and their F."""

    def counts(least: int, share: float) -> tuple[int, int, int]:
        return judged(asking(rule, signal, least, max(5, round(least * share))), talks, calls)

    guarded = any(bound.signal == signal for way in rule.ways for step in way.steps for bound in step.guard)
    options = [(least, share) for least in LEASTS for share in (GUARDS if guarded else (0.5,))]
    found = {option: counts(*option) for option in options}
    least, share = max(options, key=lambda option: worth(rule, *found[option]))
    best = f_beta(*found[least, share])
    if best < HOPELESS:
        least, share = FALLBACK, 0.5
    floor, guard_floor = FLOORS.get(rule.id, (5, 5))
    return max(floor, least), HELD.get(rule.id, max(guard_floor, round(least * share))), best


def tuned(
    examples: Sequence[train.Example],
    likely: Mapping[str, np.ndarray],
    scores: Sequence[Sequence[Mapping[str, int]]],
    book: RuleBook,
) -> dict[str, tuple[int, int, float]]:
    """For each rule whose signal is learned: the least probability, the guard's, and their F."""
    talks = conversations(examples, likely, scores, book)
    calls = [example.call for example in examples if example.call.usual]
    rules = [rule for rule, (signal, _) in sorted(SIGNAL_OF.items()) if signal in likely]
    _SHARED.update(talks=talks, calls=calls, book=book)
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        found = dict(zip(rules, pool.imap(_of_rule, rules, 1), strict=True))
    _SHARED.clear()
    return found


_SHARED: dict = {}
"""What the forked processes see of this one."""


def _of_rule(rule: str) -> tuple[int, int, float]:
    return thresholds(_SHARED["book"].rules[rule], SIGNAL_OF[rule][0], _SHARED["talks"], _SHARED["calls"])


def main() -> None:
    """Trains, tunes, saves model and rule files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", default="train")
    options = parser.parse_args()
    examples = train.examples_of(train.material(ROOT / "corpus", options.splits.split(",")))
    fit, likely, scores = train.train(examples, log=False)
    train.save(fit, ROOT / "coach" / "data" / "model.npz")
    train.write_figures(examples, likely, scores)
    book = load_rules()
    for rule, (least, guard, value) in tuned(examples, likely, scores, book).items():
        signal = SIGNAL_OF[rule][0]
        print(f"{rule:22} least {least:3}, guard {guard:3}, F {value:.2f}", flush=True)
        path = ROOT / "rules" / book.rules[rule].dimension / f"{rule}.yml"
        text = path.read_text()
        text = re.sub(rf"(signals: {{[^\n]*{signal}: {{least: )\d+", rf"\g<1>{least}", text)
        text = re.sub(rf"(guard: {{[^\n]*{signal}: {{least: )\d+", rf"\g<1>{guard}", text)
        path.write_text(text)


if __name__ == "__main__":
    main()
