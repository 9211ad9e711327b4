"""A question that comes back as a scrap: “Do I send the router back?” – “Anything else?” – “The router?”."""

from collections.abc import Sequence

from coach.model import Role
from coach.understand.compared import Compared
from coach.understand.kin import Known
from coach.understand.words import Words

SCRAP = 5
"""Words of a turn that asks again no more than that."""


def reasked(roles: Sequence[Role], words: Sequence[Words], compared: Compared) -> list[int]:
    """Per turn 1 where the other side asked before it, and asks for the same in a few words right after it, else 0.

    The same are words with content that the turn between them does not hold, inflected or in a compound.
    """
    found = [0] * len(words)
    for at in range(1, len(words) - 1):
        after = words[at + 1]
        if not after.asked or len(after.words) > SCRAP or roles[at - 1] != roles[at + 1] or roles[at] == roles[at + 1]:
            continue
        first = _content(_of_questions(words[at - 1]), compared)
        shared = _content(after.words, compared).again(first)
        found[at] = int(bool(shared) and not Known(shared, compared.kin).again(_content(words[at].words, compared)))
    return found


def _of_questions(words: Words) -> list[str]:
    """The words of the sentences with a question mark."""
    asked = [part for at, part in enumerate(words.sentences()) if at in words.asked]
    return [word for first, end in asked for word in words.words[first:end]]


def _content(words: Sequence[str], compared: Compared) -> Known:
    return Known([word for word in words if word in compared.weighty], compared.kin)
