"""How far a turn takes up the other side's turn before it.

Uptake is the research term (Demszky et al. 2021): building on what the other said. Measured here from shared content words
(inflections and parts of compounds count), numbers and names that come back, an acknowledgement, and a question or pronoun
that points back. The share of words that come back is the baseline that the authors report.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path

from coach.model import Language
from coach.understand.kin import Kin, Known
from coach.understand.phrases import is_number
from coach.understand.words import default_stop_words, folded

_POINTING = {
    "de": frozenset(
        "das dies da damit dabei dafuer davon daran darauf dazu darueber deswegen deshalb so sowas genau stimmt".split()
    ),
    "en": frozenset("that that's this those it's exactly so then true".split()),
}


@lru_cache(maxsize=2)
def stop_words(language: Language) -> frozenset[str]:
    """Words without content of their own."""
    return frozenset(folded(word) for word in default_stop_words(language)) | _SPOKEN


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


def share(words: Sequence[str], found: AbstractSet[str]) -> float:
    """The share of the words that are among those found, 0 to 1; 0 without words."""
    return sum([word in found for word in words]) / len(words) if words else 0.0


def uptake(before: Sequence[str], words: Sequence[str], language: Language) -> int:
    """How far the words take up those before, 0 to 100."""
    if not words or not before:
        return 0
    said, replied = content(before, language), content(words, language)
    kin = Kin([*said, *replied])
    return uptake_of(Known(said, kin), Known(replied, kin), replied, words, language)


def uptake_of(said: Known, reply: Known, replied: Sequence[str], words: Sequence[str], language: Language) -> int:
    """The same of words with content made ready; `replied` are those of the reply in order, `words` all of its words."""
    back = len(said.again(reply)) / len(said.words) if said.words else 0.0
    pointing = not _POINTING[language].isdisjoint(words[:6])
    score = 55 * min(1.0, 2 * back) + 30 * share(replied, reply.again(said)) + 15 * pointing
    return round(min(100.0, score))


FOLDER = Path(__file__).resolve().parent.parent / "data"
UNLISTED = 140
"""The rarity of a word that is not among the common ones."""
ALIKE = 8
"""Tenths that a word counts that comes back inflected or as a part of a compound."""
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
    kin = Kin([*before, *words])
    return weight_of(Known(before, kin), Known(words, kin), language)


def weight_of(said: Known, reply: Known, language: Language) -> int:
    """The same of words made ready."""
    known = rarities(language)
    equal = said.equal(reply)
    total = 10 * sum([known.get(word, UNLISTED) for word in equal])
    total += ALIKE * sum([known.get(word, UNLISTED) for word in said.alike(reply) if word not in equal])
    return min(MOST_WEIGHT, round(total / 10))
