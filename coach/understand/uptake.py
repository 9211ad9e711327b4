"""How far a turn takes up the other side's turn before it.

Uptake is the research term (Demszky et al. 2021): building on what the other said. Measured here from shared content words
(inflections and parts of compounds count), numbers and names that come back, an acknowledgement, and a question or pronoun
that points back. The share of words that come back is the baseline that the authors report.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
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


FREQUENCIES = Path(__file__).resolve().parent.parent / "data"
MOST_WEIGHT = 1000


@lru_cache(maxsize=2)
def weights(language: Language) -> Mapping[str, int]:
    """How much a word says that comes back: ten times the bits of its rarity in talk; `*` stands for unlisted words."""
    lines = (FREQUENCIES / f"frequency-{language}.tsv").read_text(encoding="utf-8").splitlines()
    return {word: int(weight) for word, _, weight in (line.partition("\t") for line in lines)}


def weight_taken_up(before: Sequence[str], words: Sequence[str], language: Language) -> int:
    """How much of what was said before comes back: the weight of the words that both turns have, rare words counting more.

    Adjacent pairs that come back count once more. On classroom talk that people rated for uptake (Demszky et al. 2021)
    it goes with the raters' judgement more closely than the share of words that come back.
    """
    known = weights(language)
    unlisted = known["*"]
    total = sum(known.get(word, unlisted) for word in set(before) & set(words))
    pairs = set(pairwise(before)) & set(pairwise(words))
    return min(MOST_WEIGHT, total + sum(min(known.get(word, unlisted) for word in pair) for pair in pairs))
