"""Prints what is in the corpus: counts per label, language, style and type; how alike the authors' calls are."""

import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.corpus import SPLITS, Call, calls_of  # noqa: E402

RUN = 4
"""Words in a run that is compared."""


def runs(call: Call) -> set[tuple[str, ...]]:
    """The runs of four words in a call."""
    words = " ".join(turn.text for turn in call.transcript.turns).lower().split()
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def main() -> None:
    """Prints the sheet."""
    calls = calls_of(ROOT / "corpus")
    turns = sum(len(call.transcript.turns) for call in calls)
    print(f"{len(calls)} calls, {turns} turns, {len({call.author for call in calls})} authors")
    for name, key in (
        ("language", lambda call: call.language),
        ("style", lambda call: call.style),
        ("quality", lambda call: call.quality),
        ("type", lambda call: call.type),
        ("split", lambda call: SPLITS.get(call.author, "train")),
    ):
        print(f"{name}: " + ", ".join(f"{what} {count}" for what, count in sorted(Counter(map(key, calls)).items())))
    for title, field in (("findings", "findings"), ("strengths", "strengths"), ("optional", "optional")):
        counts = Counter(rule for call in calls for rule, _ in getattr(call, field))
        print(f"{title}: " + ", ".join(f"{rule} {count}" for rule, count in counts.most_common()))
    acts = Counter(act for call in calls for given in call.acts for act in given)
    print("acts: " + ", ".join(f"{act} {count}" for act, count in acts.most_common()))
    by_author: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for call in calls:
        by_author[call.language, call.author] |= runs(call)
    shares = [
        len(by_author[one] & by_author[other]) / max(1, min(len(by_author[one]), len(by_author[other])))
        for one, other in combinations(sorted(by_author), 2)
        if one[0] == other[0]
    ]
    if shares:
        mean = sum(shares) / len(shares)
        print(f"four-word runs in common between two authors: {mean:.3f} in the mean, {max(shares):.3f} at most")


if __name__ == "__main__":
    main()
