"""What a turn takes up of the other side's turn just before it, sentence by sentence, and what that turn asked.

Uptake of a whole turn hides what is passed over: a reply that takes up a remark at the beginning may leave the question
at the end. So here each sentence is looked at for itself: how much of it comes back, how much weight is left, and whether
the other side says what was left once more in its next turn. For decision trees only; all values are whole numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from coach.model import Language, Role
from coach.understand.compared import Compared
from coach.understand.kin import Known
from coach.understand.questions import Question
from coach.understand.uptake import MOST_WEIGHT, UNLISTED, rarities
from coach.understand.words import Words

Integers = NDArray[np.int64]
_ASKED_FOR: Mapping[Language, tuple[AbstractSet[str], ...]] = {
    "de": (
        frozenset({"wann", "bis"}),
        frozenset({"viel", "wieviel", "hoch", "teuer", "kostet", "kosten"}),
        frozenset({"viele", "wieviele", "lange", "lang"}),
        frozenset({"wer", "wen", "wem"}),
        frozenset({"wo", "wohin", "woher"}),
        frozenset({"warum", "wieso", "weshalb"}),
        frozenset({"wie"}),
        frozenset({"was", "welche", "welcher", "welches", "welchen"}),
    ),
    "en": (
        frozenset({"when"}),
        frozenset({"much", "cost", "costs"}),
        frozenset({"many", "long"}),
        frozenset({"who", "whose"}),
        frozenset({"where"}),
        frozenset({"why"}),
        frozenset({"how"}),
        frozenset({"what", "which"}),
    ),
}
"""Words by which a question asks for a time, an amount, a number, a person, a place, a reason, a manner, a thing."""
_YES_NO: Mapping[Language, AbstractSet[str]] = {
    "de": frozenset("ja nein doch nee noe klar natuerlich genau leider jein selbstverstaendlich sicher".split()),
    "en": frozenset("yes no yeah nope yep sure course absolutely afraid correct".split()),
}
_OPENING = 5
"""Words of a reply among which a yes or no is looked for."""
_PARTS = ("best", "least", "last", "heaviest-left", "parts", "asked", "asked-left", "said-again", "asked-again")
_OWN = ("opening", "end", "own-matters")
_ASKS = tuple(f"asks-{what}" for what in "time amount number person place reason manner thing".split())
_NOTHING_ASKED = (0,) * len(_ASKS)
_KINDS = ("yes-no", "choice", "after-question", "question-at", "opens-yes-no", "numbers", "questions", "yes-no-words")
COLUMNS = (*_PARTS, *_OWN, *_ASKS, *_KINDS)
"""What is measured of each reply, in the order of the columns.

Percentages of content words that come back: of the sentence of which most does, of which least does, of the last one, of
the question; the weight of what is left, of the sentence of which most is and of the questions; the words that are left
and said again next. Of the reply: the percentage of its first and last sentence that takes something up, and how many of
its sentences take nothing up. Questions by what they ask for; words after the last one, and before it.
"""


def replied(
    words: Sequence[Words], roles: Sequence[Role], language: Language, compared: Compared | None = None
) -> Integers:
    """For each turn what it takes up of the turn before, zeros where its own side spoke before (turns × COLUMNS).

    `compared`, where it is at hand, is made of the same words.
    """
    found: list[Sequence[int]] = [_NO_REPLY] * len(words)
    compared = compared or Compared(words, language)
    numbers = frozenset(word for word in compared.distinct if any(char.isdigit() for char in word))
    split = [_sentences(item, compared.weighty) for item in words]
    known = [Known(chain.from_iterable(said for _, _, said in sentences), compared.kin) for sentences in split]
    for at in range(1, len(words)):
        before, item = words[at - 1], words[at]
        if roles[at] == roles[at - 1]:
            continue
        asked = compared.asked[at - 1]
        again = at + 1 < len(words) and roles[at + 1] == roles[at - 1]
        back = known[at - 1].again(known[at])
        repeated = known[at - 1].again(known[at + 1]) if again else _NONE
        found[at] = (
            *_taken(split[at - 1], asked, back, repeated, language),
            *_own(split[at], known[at].again(known[at - 1])),
            *_asks(before, asked, language),
            *_kinds(before, asked, item, numbers, language),
        )
    return np.array(found, dtype=np.int64).reshape(-1, len(COLUMNS))


_NO_REPLY = (0,) * len(COLUMNS)
_NONE: frozenset[str] = frozenset()
_Sentence = tuple[int, int, frozenset[str]]
"""First word, past the last, words with content."""


def _sentences(item: Words, weighty: frozenset[str]) -> list[_Sentence]:
    """The sentences that have content."""
    found = []
    for first, end in item.sentences():
        said = weighty.intersection(item.words[first:end])
        if said:
            found.append((first, end, said))
    return found


def _taken(
    sentences: Sequence[_Sentence],
    asked: Sequence[Question],
    back: AbstractSet[str],
    repeated: AbstractSet[str],
    language: Language,
) -> tuple[int, ...]:
    """The columns of _PARTS, from the words that come back and those that are said once more next."""
    if not sentences:
        return (0, 0, 0, 0, 0, -1, 0, 0, 0)
    shares, left_weights, said_again = [], [], 0
    question, question_left, question_again = -1, 0, 0
    for first, end, said in sentences:
        left = said - back
        share, weight = _percent(len(said) - len(left), len(said)), _weight(left, language)
        once_more = len(left & repeated)
        shares.append(share)
        left_weights.append(weight)
        said_again += once_more
        if any(one.first < end and one.end > first for one in asked):
            question = max(question, share)
            question_left = max(question_left, weight)
            question_again = max(question_again, _percent(once_more, len(said)))
    return (
        max(shares),
        min(shares),
        shares[-1],
        max(left_weights),
        len(shares),
        question,
        question_left,
        said_again,
        question_again,
    )


def _own(sentences: Sequence[_Sentence], taken: AbstractSet[str]) -> tuple[int, int, int]:
    """The columns of _OWN, from the reply's words that take something up."""
    if not sentences:
        return (0, 0, 0)
    shares = [_percent(len(said & taken), len(said)) for _, _, said in sentences]
    return shares[0], shares[-1], shares.count(0)


def _asks(before: Words, asked: Iterable[Question], language: Language) -> Sequence[int]:
    """The columns of _ASKS: how many questions ask for what."""
    said = [frozenset(before.words[one.first : one.end]) for one in asked if one.kind == "wh"]
    if not said:
        return _NOTHING_ASKED
    return [sum(not one.isdisjoint(signs) for one in said) for signs in _ASKED_FOR[language]]


def _kinds(
    before: Words, asked: Sequence[Question], reply: Words, numbers: AbstractSet[str], language: Language
) -> tuple[int, ...]:
    """The columns of _KINDS."""
    yes_no = [word in _YES_NO[language] for word in reply.words]
    return (
        sum(one.kind == "yes-no" for one in asked),
        sum(one.kind == "choice" for one in asked),
        len(before.words) - asked[-1].end if asked else 0,
        asked[-1].first if asked else 0,
        sum(yes_no[:_OPENING]),
        sum([word in numbers for word in reply.words]),
        len(asked),
        sum(yes_no),
    )


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole)


def _weight(words: Iterable[str], language: Language) -> int:
    """How much the words say, as they are rare."""
    known = rarities(language)
    return min(MOST_WEIGHT, sum(known.get(word, UNLISTED) for word in words))
