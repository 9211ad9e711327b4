"""Writes what spaCy's lookup tables know of common words: `coach/data/classes-de.txt`, `rarity-de.txt`, and English.

The tables (package spacy-lookups-data, MIT) give for a million words of each language the Brown cluster and the
logarithm of the probability. Of spellings that are normalised alike the most probable decides. A word's rarity is ten
times the negative natural logarithm of its probability, less that of a word which is every seventh.
"""

import sys
from collections import defaultdict
from pathlib import Path

import spacy_lookups_data
import srsly

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.understand.words import folded

MOST = 40_000
"""Words of each language, the most probable ones."""
COMMONEST = 2.0


def main() -> None:
    """Reads and writes."""
    folder = Path(spacy_lookups_data.__file__).parent / "data"
    for language in ("de", "en"):
        clusters = srsly.read_gzip_json(folder / f"{language}_lexeme_cluster.json.gz")
        likely = srsly.read_gzip_json(folder / f"{language}_lexeme_prob.json.gz")
        best: dict[str, tuple[float, int]] = {}
        for word, cluster in clusters.items():
            form, value = folded(word), likely.get(word, -99.0)
            if form.replace("'", "").isalpha() and value > best.get(form, (-100.0, 0))[0]:
                best[form] = (value, cluster)
        common = sorted(best, key=lambda form: (-best[form][0], form))[:MOST]
        members: defaultdict[int, list[str]] = defaultdict(list)
        for form in common:
            members[best[form][1]].append(form)
        lines = [f"{cluster:x} {' '.join(sorted(words))}" for cluster, words in sorted(members.items())]
        path = ROOT / "coach" / "data" / f"classes-{language}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(common)} words in {len(lines)} classes")
        alike: defaultdict[int, list[str]] = defaultdict(list)
        for form in common:
            alike[max(0, round(10 * (-best[form][0] - COMMONEST)))].append(form)
        lines = [f"{rarity} {' '.join(sorted(words))}" for rarity, words in sorted(alike.items())]
        (path.parent / f"rarity-{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
