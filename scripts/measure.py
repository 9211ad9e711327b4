"""Measures the coach against labelled calls; of the test split it prints only figures."""

import argparse
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.check import check
from coach.corpus import calls_of
from coach.measure import CORE, Comparison, compare, interval, pairs_in_order, per_rule, total
from coach.rules import load_rules
from coach.score import scorecard
from coach.scorefile import load_settings
from coach.understand import Choices, understand


def show(value: float | None) -> str:
    """A figure with two digits, or a dash."""
    return " –  " if value is None else f"{value:.2f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "corpus")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--errors", default="", help="list the disagreements of this rule (not for the test split)")
    options = parser.parse_args()
    calls = calls_of(options.folder, splits=None if options.split == "all" else options.split.split(","))
    book = load_rules()
    settings = load_settings(book.folders)
    findings: dict[str, list[Comparison]] = defaultdict(list)
    strengths: dict[str, list[Comparison]] = defaultdict(list)
    errors = [rule.id for rule in book.rules.values() if rule.severity == "error" and rule.kind == "finding"]
    marks: dict[str, list[tuple[float, float]]] = defaultdict(list)
    wrong_agent = refused = false_good = good = 0
    off: list[float] = []
    for call in calls:
        bare = Choices(model=not options.no_model)

        unknown = replace(
            call.transcript, speakers=tuple(replace(s, role="unknown") for s in call.transcript.speakers), language=None
        )
        try:
            talk = understand(unknown, book, choices=bare)
            roles = {s.label: s.role for s in talk.transcript.speakers}
            ok = all((roles[s.label] == "agent") == (s.role == "agent") for s in call.transcript.speakers)
            wrong_agent += not ok
        except Exception as error:
            refused += 1
            ok = False
            print(call.name if options.split != "test" else "", type(error).__name__)
        if not ok:
            talk = understand(call.transcript, book, choices=bare)
        found, good_ones = check(talk, book, report_language=call.language)
        reported = {(f.rule, f.turn) for f in found if f.confidence != "low"}
        praised = {(s.rule, s.turn) for s in good_ones}
        one = compare(call.name, reported, call.findings, call.optional)
        two = compare(call.name, praised, call.strengths, call.optional)
        for key in ("all", call.language, call.style):
            findings[key].append(one)
            strengths[key].append(two)
        if call.quality == "good":
            good += 1
            false_good += sum(c.false for c in one.rules.values())
        card = scorecard(talk, found, good_ones, settings)
        if card.overall is not None:
            marks[f"{call.author}/{call.scenario}"].append((call.score, card.overall))
            off.append(abs(call.score - card.overall))
        if options.errors and options.split != "test":
            for word, labels in (("false", one.false + two.false), ("missed", one.missed + two.missed)):
                for rule, turn in labels:
                    if rule == options.errors:
                        print(f"--- {word} {call.name}:{turn}")
                        for t in call.transcript.turns[max(0, turn - 2) : turn + 1]:
                            print(f"    {t.number} {t.speaker}: {t.text[:200]}")
    print(f"{len(calls)} calls, {len({c.author for c in calls})} authors; roles wrong {wrong_agent}, refused {refused}")
    for title, group in (("findings", findings), ("strengths", strengths)):
        for key in ("all", "de", "en", "written", "asr"):
            sums = total(group[key])
            low, high = interval(group[key])
            figures = f"P {show(sums.precision)} R {show(sums.recall)} F1 {show(sums.f1)}"
            print(f"{title:10}{key:8} {figures} [{low:.2f}–{high:.2f}]")
    core, err = total(findings["all"], CORE), total(findings["all"], errors)
    print(f"core F1 {show(core.f1)}; errors P {show(err.precision)} R {show(err.recall)}")
    print(f"false alarms per good call {false_good / max(1, good):.2f} ({good} calls)")
    right, pairs = pairs_in_order(marks)
    print(f"pairs in order {right}/{pairs}; score off by {sum(off) / max(1, len(off)):.1f} in the mean")
    for group in (findings, strengths):
        for rule, counts in sorted(per_rule(group["all"]).items()):
            figures = f"P {show(counts.precision)} R {show(counts.recall)} F1 {show(counts.f1)}"
            print(f"  {rule:22} n {counts.hits + counts.missed:3} {figures}")


if __name__ == "__main__":
    main()
