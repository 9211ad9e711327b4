"""The trained model: probabilities of acts and of what a turn does in its context."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coach.model import Language, Utterance
from coach.rulebook import RuleBook
from coach.understand.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights, as integers so that every machine adds them up alike."""

    def applied(
        self, utterances: Sequence[Utterance], words: Sequence[Words], language: Language, book: RuleBook
    ) -> list[Utterance]:
        """The utterances with the model's acts and `likely-…` signals added."""
        raise NotImplementedError

    def agent_log_odds(self, words: Words, language: Language) -> float:
        """How much a turn's words speak for the agent."""
        raise NotImplementedError


@lru_cache(maxsize=1)
def load_model() -> Model | None:
    """The shipped model, or None where none is shipped."""
    return None
