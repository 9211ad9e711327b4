"""How far a turn takes up the other side's turn before it.

Uptake is the research term (Demszky et al. 2021): building on what the other said. Measured here from shared content words
(inflections and parts of compounds count), numbers and names that come back, an acknowledgement, and a question or pronoun
that points back. The share of words that come back is the baseline that the authors report.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from coach.model import Language
from coach.understand.cues import is_number
from coach.understand.words import folded, pipeline

_POINTING = {
    "de": frozenset(
        "das dies da damit dabei dafuer davon daran darauf dazu darueber deswegen deshalb so sowas genau stimmt".split()
    ),
    "en": frozenset("that that's this those it's exactly so then true".split()),
}
STEM = 5
"""Letters by which two words count as the same; shorter words must be equal."""


@lru_cache(maxsize=2)
def stop_words(language: Language) -> frozenset[str]:
    """Words without content of their own."""
    return frozenset(folded(word) for word in pipeline(language).Defaults.stop_words) | _SPOKEN


_SPOKEN = frozenset(
    "aeh aehm hm mhm ja nein nee na naja ne gell halt mal eben schon okay ok gut also ach oh um uh er erm yeah yes no well right "
    "hab hatt grad ham nich net nix bissl bisschen i'm i've i'll it's that's don't there's we're we've you're you've can't "
    "like just really got get frau herr mr mrs".split()
)


def content(words: Sequence[str], language: Language) -> tuple[str, ...]:
    """The words with content, in order, doubles included."""
    stops = stop_words(language)
    return tuple(
        word for word in words if (len(word) > 2 and word not in stops) or (is_number(word) and word.isdigit())
    )


def same_word(one: str, other: str) -> bool:
    """Equal, inflected alike, or one is a part of the other as in a compound."""
    if one == other:
        return True
    if one[:3] != other[:3] and len(one) < STEM and len(other) < STEM:
        return False
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) < STEM - 1:
        return False
    shared = max(STEM - 1, (2 * len(shorter) + 2) // 3)
    if shorter[:shared] == longer[:shared]:
        return True
    return len(shorter) >= STEM and shorter in longer


def overlap(words: Sequence[str], earlier: Collection[str]) -> float:
    """The share of the words that come back among the earlier ones, 0 to 1; 0 without words."""
    if not words or not earlier:
        return 0.0
    hits = sum(word in earlier or any(same_word(word, known) for known in earlier) for word in words)
    return hits / len(words)


def uptake(before: Sequence[str], words: Sequence[str], language: Language) -> int:
    """How far the words take up those before, 0 to 100."""
    said = frozenset(content(before, language))
    replied = content(words, language)
    if not words or not before:
        return 0
    back = overlap(tuple(said), frozenset(replied)) if said else 0.0
    share = overlap(replied, said)
    pointing = any(word in _POINTING[language] for word in words[:6])
    score = 55 * min(1.0, 2 * back) + 30 * share + 15 * pointing
    return round(min(100.0, score))


FOLDER = Path(__file__).resolve().parent.parent / "data"
UNLISTED = 140
"""The rarity of a word that is not among the common ones."""
ALIKE = 0.8
"""What a word counts that comes back inflected or as a part of a compound."""
LEAST_LETTERS = 4
"""Letters of words that may come back in another form."""
MOST_WEIGHT = 1000


@lru_cache(maxsize=2)
def rarities(language: Language) -> Mapping[str, int]:
    """How much a word says that comes back, 0 for the commonest; `scripts/lookups.py` makes the table."""
    found: dict[str, int] = {}
    for line in (FOLDER / f"rarity-{language}.txt").read_text(encoding="utf-8").splitlines():
        rarity, *words = line.split(" ")
        found.update(dict.fromkeys(words, int(rarity)))
    return found


def weight_taken_up(before: Sequence[str], words: Sequence[str], language: Language) -> int:
    """How much of what was said before comes back: the summed rarity of those words, less for other forms of a word.

    On classroom talk that people rated for uptake (Demszky et al. 2021) it goes with the raters' judgement more closely
    than the share of words that come back.
    """
    known = rarities(language)
    replied = frozenset(words)
    long = [word for word in replied if len(word) >= LEAST_LETTERS]
    total = 0.0
    for word in frozenset(before):
        if word in replied:
            total += known.get(word, UNLISTED)
        elif len(word) >= LEAST_LETTERS and any(same_word(word, other) for other in long):
            total += ALIKE * known.get(word, UNLISTED)
    return min(MOST_WEIGHT, round(total))
