"""Writes how common words are in talk, from the train calls: `coach/data/frequency-de.tsv` and `-en.tsv`.

A word's weight is ten times the binary logarithm of (turns / turns that hold it), rounded; a word that is not listed
has the weight of one that stands in a single turn.
"""

import math
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.corpus import calls_of
from coach.understand.words import all_words

LEAST = 3
"""Turns that hold a word, at least, for it to be listed."""


def main() -> None:
    """Counts and writes."""
    calls = calls_of(ROOT / "corpus" / "calls", splits=("train",))
    for language in ("de", "en"):
        counts: Counter[str] = Counter()
        turns = 0
        for call in calls:
            if call.language != language:
                continue
            for said in all_words([turn.text for turn in call.transcript.turns], language):
                counts.update(set(said.words))
                turns += 1
        lines = [f"*\t{round(10 * math.log2(turns))}"]
        lines += [
            f"{word}\t{round(10 * math.log2(turns / count))}"
            for word, count in sorted(counts.items())
            if count >= LEAST
        ]
        path = ROOT / "coach" / "data" / f"frequency-{language}.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(lines) - 1} words of {turns} turns")


if __name__ == "__main__":
    main()
