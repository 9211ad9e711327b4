"""Word classes: groups of words that stand in the same surroundings in large amounts of text (Brown et al. 1992).

What the model learns of one word of a class holds for the others. `coach/data/classes-de.txt` and `-en.txt` hold the
classes of common words, a line each: `1f3 leider wohl vielleicht`; `scripts/lookups.py` takes them from spaCy's
lookup tables (package spacy-lookups-data, MIT).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from coach.model import Language

FOLDER = Path(__file__).resolve().parent.parent / "data"


def classes_of(words: Sequence[str], language: Language) -> list[str | None]:
    """For each normalised word the name of its class, which holds the language; None for a word without one."""
    known = _classes(language)
    return [known.get(word) for word in words]


@lru_cache(maxsize=2)
def _classes(language: Language) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in (FOLDER / f"classes-{language}.txt").read_text(encoding="utf-8").splitlines():
        name, *words = line.split(" ")
        found.update(dict.fromkeys(words, f"{language}{name}"))
    return found
