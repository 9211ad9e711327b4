"""What a recogniser was not sure of carries no finding alone.

A phrase counts only where a word with content in it was heard for sure. What the trained model and the structure make
of a turn that is mostly doubtful stays, but a finding that rests on it is of low confidence, and a strength is none: see
`coach.check`.
"""

from collections.abc import Mapping

from coach.model import Act, Language, Turn
from coach.understand.cues import Doubt
from coach.understand.uptake import stop_words
from coach.understand.words import Words, words_of


def doubt_of(turn: Turn, language: Language) -> Doubt | None:
    """The turn's doubtful words as they are compared; None where all was heard for sure."""
    if not turn.doubtful:
        return None
    return Doubt(words=frozenset(words_of(" ".join(turn.doubtful), language).words), weak=stop_words(language))


def sure_acts(acts: Mapping[str, Act], turn: Turn, language: Language) -> dict[str, Act]:
    """The acts without those whose words are all doubtful."""
    doubt = doubt_of(turn, language)
    if doubt is None:
        return dict(acts)
    return {name: act for name, act in acts.items() if not doubt.covers(words_of(act.words, language).words)}


def doubtful_share(turn: Turn, item: Words, language: Language) -> int:
    """The share of the turn's words that were not heard for sure, or of those with content if that is more; 0 to 100."""
    doubt = doubt_of(turn, language)
    if doubt is None or not item.words:
        return 0
    weighty = [word for word in item.words if word not in doubt.weak]
    unsure = sum(word in doubt.words for word in weighty)
    shares = [len(turn.doubtful) / len(item.words), unsure / len(weighty) if weighty else 0.0]
    return min(100, round(100 * max(shares)))
