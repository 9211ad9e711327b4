"""How often the kind of call is guessed right: a table of the labelled kinds against the guessed ones.

Only calls of the splits named are read; `test` is for the last measurement.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.corpus import calls_of
from coach.profiles import guessed, load_profiles
from coach.rules import load_rules
from coach.understand import understand

UNSURE = "(not sure)"


def main() -> None:
    """Prints the table and the share of right guesses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "corpus" / "calls")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--list", action="store_true", help="list the wrong guesses (not for the test split)")
    options = parser.parse_args()
    book = load_rules()
    profiles = load_profiles(book)
    table: Counter[tuple[str, str]] = Counter()
    for call in calls_of(options.folder, splits=options.split.split(",")):
        kind, sure = guessed(understand(call.transcript, book), profiles)
        table[call.type, kind or UNSURE] += 1
        if options.list and options.split != "test" and kind not in (call.type, None):
            print(f"{call.name}: {call.type}, guessed {kind} ({sure:.2f})")
    print(rendered(table, sorted(profiles)))


def rendered(table: Counter[tuple[str, str]], kinds: list[str]) -> str:
    """A row for each labelled kind, a column for each guess, and the figures in all."""
    wide = max(len(kind) for kind in kinds)
    columns = [*kinds, UNSURE]
    lines = [" ".join([f"{'labelled':{wide}}", *(f"{name[:10]:>10}" for name in columns), "    recall"])]
    for kind in kinds:
        row = [table[kind, other] for other in columns]
        recall = table[kind, kind] / max(1, sum(row))
        lines.append(" ".join([f"{kind:{wide}}", *(f"{count:10}" for count in row), f"{recall:10.2f}"]))
    calls, right = sum(table.values()), sum(table[kind, kind] for kind in kinds)
    unsure = sum(table[kind, UNSURE] for kind in kinds)
    said = calls - unsure
    lines.append(f"{calls} calls: {right} right, {said - right} wrong, {unsure} not sure")
    lines.append(f"right of those guessed {right / max(1, said):.2f}, right of all {right / max(1, calls):.2f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
