"""The customer's mood per turn, as the wording shows it; 0 is satisfied and no more.

What a turn does (thanks, complaint, delight, repetition …) pulls the value up or down; so does the valence of its words, after
the VADER and GerVADER lexica (mean of ten raters each), with negation, intensifiers and a few signs of irony taken into account.
It describes wording, it is no diagnosis of a person.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from coach.model import Language, Utterance
from coach.understand.cues import NEGATORS
from coach.understand.words import Words

PULL: Mapping[str, int] = {
    "delight": 60, "thanks": 25, "commitment": 15, "agreement": 8, "interest": 15, "displeasure": -50, "complaint": -30,
    "worry": -20, "impatience": -35, "repetition": -20, "objection": -15, "refusal": -15, "closing": -10,
}  # fmt: skip
"""Points that a surely recognised act gives."""
SORROW = "misfortune"
"""The act of telling of a death, an illness, work lost: however politely it is said, it is no warm moment."""
INTENSIFIERS: Mapping[Language, frozenset[str]] = {
    "de": frozenset("sehr total wirklich echt so extrem absolut richtig wahnsinnig unglaublich furchtbar ganz".split()),
    "en": frozenset("very really so extremely absolutely totally incredibly awfully quite such properly".split()),
}
IRONY: Mapping[Language, tuple[str, ...]] = {
    "de": (
        "na toll",
        "na super",
        "na prima",
        "na bravo",
        "na klasse",
        "ja toll",
        "ja super",
        "herzlichen dank auch",
        "na danke",
        "schoene bescherung",
    ),
    "en": (
        "thanks for nothing",
        "oh great",
        "oh lovely",
        "oh brilliant",
        "just great",
        "how lovely",
        "right charming",
        "lovely thanks for",
    ),
}
VALENCE_FOLDER = Path(__file__).resolve().parent.parent / "data"
WORD_SHARE = 0.8
"""Points per tenth of valence, for the strongest words of a turn."""
STRONGEST = 3


@lru_cache(maxsize=2)
def valences(language: Language) -> Mapping[str, int]:
    """Word → ten times its mean valence, -40 to 40."""
    lines = (VALENCE_FOLDER / f"valence-{language}.tsv").read_text(encoding="utf-8").splitlines()
    return {word: int(value) for word, _, value in (line.partition("\t") for line in lines)}


def moods(utterances: Sequence[Utterance], words: Sequence[Words], language: Language) -> list[float]:
    """-100 to 100 for each turn; 0 for turns that are not the customer's."""
    return [
        _mood(item, said, language) if item.role == "customer" else 0.0
        for item, said in zip(utterances, words, strict=True)
    ]


def _mood(item: Utterance, said: Words, language: Language) -> float:
    text = " ".join(said.words)
    if any(sign in text for sign in IRONY[language]):
        return -60.0
    pull = sum(PULL[name] * act.score / 100 for name, act in item.acts.items() if name in PULL)
    value = pull + WORD_SHARE * sum(_strongest(said, language))
    if item.turn.text.rstrip().endswith("!") and value:
        value *= 1.2
    warmest = 0.0 if SORROW in item.acts else 100.0
    return float(round(max(-100.0, min(warmest, value))))


def _strongest(said: Words, language: Language) -> list[float]:
    """The valences of the turn's strongest words, negated and intensified where their neighbours say so."""
    known = valences(language)
    found: list[float] = []
    for at, word in enumerate(said.words):
        value = known.get(word)
        if value is None:
            continue
        before = said.words[max(0, at - 3) : at]
        strength = float(value)
        if any(other in INTENSIFIERS[language] for other in before[-1:]):
            strength *= 1.3
        if any(other in NEGATORS for other in before):
            strength *= -0.5
        found.append(strength)
    return sorted(found, key=abs, reverse=True)[:STRONGEST]
