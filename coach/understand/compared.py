"""What is asked of a call's words by all that compare turns, found once."""

from collections.abc import Sequence
from itertools import chain

from coach.model import Language
from coach.understand.kin import Kin
from coach.understand.questions import questions
from coach.understand.uptake import content
from coach.understand.words import Words


class Compared:
    """The distinct words of a call, which of them have content, which are alike, and the questions of each turn."""

    __slots__ = ("asked", "distinct", "kin", "weighty")

    def __init__(self, words: Sequence[Words], language: Language) -> None:
        """Makes the turns' words ready."""
        self.distinct = tuple(dict.fromkeys(chain.from_iterable(item.words for item in words)))
        self.weighty = frozenset(content(self.distinct, language))
        self.kin = Kin(self.distinct)
        self.asked = [questions(item, language) for item in words]
