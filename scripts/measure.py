"""Measures the coach against labelled calls: phrases alone, the model alone, and both, in one table.

Of the test split it prints only figures. *Phrases* means cues and structure (`--no-model`); *model* means the learned
probabilities alone, each held against the least that its rule asks for, without a rule's other conditions; *both* is
what a review says.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.check import check
from coach.corpus import SIGNAL_OF, Call, Label, calls_of
from coach.errors import CoachError
from coach.measure import CORE, Comparison, Counts, compare, interval, pairs_in_order, per_rule, total
from coach.model import Conversation
from coach.rulebook import RuleBook
from coach.rules import load_rules
from coach.score import ScoreSettings, scorecard
from coach.scorefile import load_settings
from coach.understand import Choices, understand

HOW = {"both": "cues and model", "phrases": "cues and structure alone", "model": "model alone"}
GROUPS = ("all", "de", "en", "written", "asr")


@dataclass
class Figures:
    """What one way of looking at the calls comes to."""

    findings: dict[str, list[Comparison]] = field(default_factory=lambda: defaultdict(list))
    strengths: dict[str, list[Comparison]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    off: list[float] = field(default_factory=list)
    wrong_agent: int = 0
    refused: list[str] = field(default_factory=list)
    good: int = 0
    false_good: int = 0


def by_model_alone(talk: Conversation, book: RuleBook) -> set[Label]:
    """What would be said of a call if each rule were nothing but the least probability that its signal must reach."""
    found = set()
    for rule, (signal, _) in SIGNAL_OF.items():
        bounds = [
            bound.least
            for way in book.rules[rule].ways
            for step in way.steps
            for bound in step.signals
            if bound.signal == signal and bound.least is not None
        ]
        if not bounds:
            continue
        turns = [item.turn.number for item in talk.utterances if item.signals.get(signal, 0) >= min(bounds)]
        found |= {(rule, turn) for turn in (turns[:1] if book.rules[rule].once else turns)}
    return found


def understood(call: Call, book: RuleBook, figures: Figures, *, model: bool) -> Conversation:
    """The call as a review understands it that is told nothing; with the right roles where it gets them wrong."""
    choices = Choices(model=model)
    speakers = tuple(replace(speaker, role="unknown") for speaker in call.transcript.speakers)
    try:
        talk = understand(replace(call.transcript, speakers=speakers, language=None), book, choices=choices)
    except CoachError as error:
        figures.refused.append(f"{call.name}: {type(error).__name__}")
        return understand(call.transcript, book, choices=choices)
    roles = {speaker.label: speaker.role for speaker in talk.transcript.speakers}
    if all((roles[one.label] == "agent") == (one.role == "agent") for one in call.transcript.speakers):
        return talk
    figures.wrong_agent += 1
    return understand(call.transcript, book, choices=choices)


def measured(calls: Sequence[Call], book: RuleBook, settings: ScoreSettings, how: str) -> Figures:
    """The calls looked at in one of the ways of HOW."""
    figures = Figures()
    for call in calls:
        talk = understood(call, book, figures, model=how != "phrases")
        found, good_ones = check(talk, book, report_language=call.language)
        reported = {(item.rule, item.turn) for item in found if item.confidence != "low"}
        praised = {(item.rule, item.turn) for item in good_ones}
        if how == "model":
            alone = by_model_alone(talk, book)
            reported = {label for label in alone if book.rules[label[0]].kind == "finding"}
            praised = alone - reported
        one = compare(call.name, reported, call.findings, call.optional)
        two = compare(call.name, praised, call.strengths, call.optional)
        for key in ("all", call.language, call.style):
            figures.findings[key].append(one)
            figures.strengths[key].append(two)
        if call.quality == "good":
            figures.good += 1
            figures.false_good += sum(counts.false for counts in one.rules.values())
        card = scorecard(talk, found, good_ones, settings)
        if card.overall is not None:
            figures.marks[f"{call.author}/{call.scenario}"].append((call.score, card.overall))
            figures.off.append(abs(call.score - card.overall))
    return figures


def show(value: float | None) -> str:
    """A figure with two digits, or a dash."""
    return " –  " if value is None else f"{value:.2f}"


def prf(counts: Counts) -> str:
    """Precision, recall and F1."""
    return f"P {show(counts.precision)} R {show(counts.recall)} F1 {show(counts.f1)}"


def summary(calls: Sequence[Call], figures: Figures, errors: Collection[str], how: str) -> list[str]:
    """The figures over all rules."""
    lines = [f"{len(calls)} calls, {len({call.author for call in calls})} authors"]
    if how != "model":
        lines[0] += f"; roles wrong {figures.wrong_agent}, refused {len(figures.refused)}"
    for title, group in (("findings", figures.findings), ("strengths", figures.strengths)):
        for key in GROUPS:
            low, high = interval(group[key])
            lines.append(f"{title:10}{key:8} {prf(total(group[key]))} [{low:.2f}–{high:.2f}]")
    core, grave = total(figures.findings["all"], CORE), total(figures.findings["all"], errors)
    lines.append(f"core F1 {show(core.f1)}; errors P {show(grave.precision)} R {show(grave.recall)}")
    lines.append(f"false alarms per good call {figures.false_good / max(1, figures.good):.2f} ({figures.good} calls)")
    if how != "model":
        right, pairs = pairs_in_order(figures.marks)
        off = sum(figures.off) / max(1, len(figures.off))
        lines.append(f"pairs in order {right}/{pairs}; score off by {off:.1f} in the mean")
    return lines


def table(by_way: dict[str, Figures]) -> list[str]:
    """Rule by rule: the three ways side by side, and F1 of both by language."""
    ways = [how for how in ("phrases", "model", "both") if how in by_way]
    lines = [
        f"  {'':22}     " + "".join(f"  {how:14}" for how in ways) + "   F1 of the last",
        f"  {'rule':22}   n " + "  P    R    F1  " * len(ways) + "   de   en",
    ]
    for kind in ("findings", "strengths"):
        counts = {how: {key: per_rule(getattr(by_way[how], kind)[key]) for key in GROUPS[:3]} for how in ways}
        for rule in sorted(counts[ways[-1]]["all"]):
            here = counts[ways[-1]]["all"][rule]
            row = f"  {rule:22} {here.hits + here.missed:3} "
            for how in ways:
                one = counts[how]["all"].get(rule, Counts())
                row += f"  {show(one.precision)} {show(one.recall)} {show(one.f1)}"
            by_language = (counts[ways[-1]][key].get(rule, Counts()) for key in ("de", "en"))
            lines.append(row + "   " + " ".join(show(one.f1) for one in by_language))
    return lines


def list_errors(calls: Sequence[Call], figures: Figures, rule: str) -> None:
    """Prints where the coach and the labels disagree on a rule."""
    by_name = {call.name: call for call in calls}
    for group in (figures.findings, figures.strengths):
        for item in group["all"]:
            for word, labels in (("false", item.false), ("missed", item.missed)):
                for _, turn in (label for label in labels if label[0] == rule):
                    print(f"--- {word} {item.name}:{turn}")
                    for one in by_name[item.name].transcript.turns[max(0, turn - 2) : turn + 1]:
                        print(f"    {one.number} {one.speaker}: {one.text[:200]}")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "corpus")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--authors", default="", help="calls of these authors alone, parted by commas")
    parser.add_argument("--only", choices=tuple(HOW), help="one way alone (all three)")
    parser.add_argument("--errors", default="", help="list the disagreements of this rule (not for the test split)")
    options = parser.parse_args()
    calls = calls_of(options.folder, splits=None if options.split == "all" else options.split.split(","))
    if options.authors:
        calls = [call for call in calls if call.author in options.authors.split(",")]
    book = load_rules()
    settings = load_settings(book.folders)
    errors = [rule.id for rule in book.rules.values() if rule.severity == "error" and rule.kind == "finding"]
    by_way = {}
    for how in [options.only] if options.only else HOW:
        figures = by_way[how] = measured(calls, book, settings, how)
        print(f"{options.split}, {HOW[how]}\n" + "\n".join(summary(calls, figures, errors, how)) + "\n")
        if options.split in ("dev", "train"):
            print("".join(f"{line}\n" for line in figures.refused), end="")
    print("\n".join(table(by_way)))
    if options.errors and options.split in ("dev", "train"):
        list_errors(calls, by_way[options.only or "both"], options.errors)


if __name__ == "__main__":
    main()
