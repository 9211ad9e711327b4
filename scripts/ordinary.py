"""Adds to coach/data/ordinary-LANG.txt words of the training calls that are nobody's name; those written by hand stay.

A word counts when it is written in lower case in a call that has capitals; a German noun, or a word of a call without
capitals, when several scenarios use it and it seldom follows a title. The authors on whose calls the finding of names
is measured (MEASURED) are left out, and with them those of the splits; so are given names that no call with capitals
writes small.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.corpus import SPLITS  # noqa: E402
from coach.errors import CoachError  # noqa: E402
from coach.model import Transcript  # noqa: E402
from coach.read import read_path  # noqa: E402
from coach.redact.vocabulary import GIVEN, key_of  # noqa: E402

MEASURED = {"a01", "a02", "a03"}
LEAST_SCENARIOS = 2
CAPITALS = 0.02
WORD = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)*")
TITLES = frozenset("frau herr herrn mr mrs ms miss dr".split())


def calls(language: str) -> list[tuple[str, Transcript]]:
    """Each call with its scenario; what cannot be read is of no use here."""
    found = []
    for path in sorted((ROOT / "corpus" / "calls").glob(f"*/{language}-*.txt")):
        if path.parent.name not in MEASURED | set(SPLITS):
            try:
                found.append((f"{path.parent.name}/{path.name.rsplit('-', 1)[0]}", read_path(str(path))))
            except CoachError:
                continue
    return found


def main() -> None:
    """One sorted word a line, lower case."""
    for language in ("de", "en"):
        scenarios: dict[str, set[str]] = defaultdict(set)
        total: dict[str, int] = defaultdict(int)
        titled: dict[str, int] = defaultdict(int)
        lower: set[str] = set()
        for scenario, transcript in calls(language):
            text = "\n".join(turn.text for turn in transcript.turns)
            cased = sum(map(str.isupper, text)) > CAPITALS * len(text)
            before = ""
            for match in WORD.finditer(text):
                word = match[0].replace("’", "'").replace("‘", "'")
                key = word.casefold()
                total[key] += 1
                titled[key] += before in TITLES
                before = key
                if cased and word.islower():
                    lower.add(key)
                elif language == "de" or word.islower():
                    scenarios[key].add(scenario)
        several = {key for key, places in scenarios.items() if len(places) >= LEAST_SCENARIOS}
        found = {word for word in lower | several if len(word) > 1 and titled[word] * 4 < total[word]}
        named = {word for word in several - lower if key_of(word) in GIVEN}
        target = ROOT / "coach" / "data" / f"ordinary-{language}.txt"
        words = sorted(found - named | set(target.read_text(encoding="utf-8").split()))
        target.write_text("\n".join(words) + "\n", encoding="utf-8")
        print(language, len(words))


main()
