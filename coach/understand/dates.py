"""How many days late a contact is, from what is said and from the call's metadata."""

from collections.abc import Sequence

from coach.model import Language, Metadata, Utterance


def days_late(utterances: Sequence[Utterance], meta: Metadata, language: Language) -> dict[int, float]:
    """Index of an agent's turn → days since the enquiry that it answers."""
    del utterances, meta, language
    return {}
