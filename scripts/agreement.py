"""Prints how far two agree who labelled the same calls apart: `corpus/second` against the authors' labels."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.corpus import Label, calls_of
from coach.measure import CORE, Comparison, compare, interval, total
from coach.yamlfile import load


def labels(data: dict[str, object], name: str) -> set[Label]:
    """The labels of one list."""
    items = data.get(name)
    return {(item["rule"], item["turn"]) for item in items} if isinstance(items, list) else set()


def main() -> None:
    """Compares and prints."""
    first = {call.name: call for call in calls_of(ROOT / "corpus" / "calls")}
    findings: list[Comparison] = []
    strengths: list[Comparison] = []
    off, debated, shared = [], 0, 0
    for path in sorted((ROOT / "corpus" / "second").rglob("*.yaml")):
        call = first[f"{path.parent.name}/{path.stem}"]
        data = load(path.read_text(encoding="utf-8"), path=str(path)).data
        if not isinstance(data, dict):
            raise SystemExit(f"{path}: no labels")
        debatable = labels(data, "optional")
        findings.append(compare(call.name, labels(data, "findings"), call.findings, call.optional))
        strengths.append(compare(call.name, labels(data, "strengths"), call.strengths, call.optional))
        off.append(abs(float(str(data["score"])) - call.score))
        debated += len(debatable | call.optional)
        shared += len(debatable & call.optional)
    print(f"{len(findings)} calls labelled twice")
    for title, group in (("findings", findings), ("strengths", strengths)):
        sums = total(group)
        low, high = interval(group)
        print(f"{title:10} F1 {sums.f1 or 0:.2f} [{low:.2f}–{high:.2f}]")
    print(f"core F1 {total(findings, CORE).f1 or 0:.2f}; marks off by {sum(off) / len(off):.1f} in the mean")
    print(f"of {debated} labels that one or both call debatable, both do so of {shared}")


if __name__ == "__main__":
    main()
