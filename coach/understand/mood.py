"""The customer's mood per turn, as the wording shows it; 0 is satisfied and no more."""

from collections.abc import Sequence

from coach.model import Language, Utterance
from coach.understand.words import Words

_PULL = {
    "delight": 70, "thanks": 30, "commitment": 25, "agreement": 12, "interest": 20, "displeasure": -55, "complaint": -40,
    "worry": -30, "impatience": -40, "repetition": -20, "objection": -20, "refusal": -20, "closing": -15,
}


def moods(utterances: Sequence[Utterance], words: Sequence[Words], language: Language) -> list[float]:
    """-100 to 100 for each turn; 0 for turns that are not the customer's."""
    values: list[float] = []
    for item in utterances:
        if item.role != "customer":
            values.append(0)
            continue
        pull = sum(weight * item.acts[name].score / 100 for name, weight in _PULL.items() if name in item.acts)
        values.append(round(max(-100.0, min(100.0, pull))))
    return values
