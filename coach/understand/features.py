"""Turns → features, the same for training and for reviews.

Two views of a turn in its context:

* `sparse`: hashed presence features (words, pairs of words, letter n-grams of the turn; words of its neighbours; cues;
  measurements in steps), for linear models. A feature is an index below SIZE.
* `dense`: a row of integers (probabilities of acts for the turn and its neighbours, measurements), for decision trees.

All values are integers, so that a model's verdict does not hang on how a machine adds up fractions.
"""

import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from coach.model import Language, Role, Utterance
from coach.understand.classes import classes_of
from coach.understand.fields import fields_of
from coach.understand.words import Words

Row = NDArray[np.int64]
"""Indices of a turn's features, sorted, each once."""
SIZE = 1 << 20
"""Number of hash buckets."""
LETTERS = (3, 4, 5)
STEPS: Mapping[str, tuple[float, ...]] = {
    "words": (1, 2, 3, 4, 6, 8, 12, 18, 26, 40, 60, 90, 120),
    "before-words": (1, 3, 6, 12, 25, 50),
    "sentences": (1, 2, 3, 4, 6),
    "questions": (1, 2, 3),
    "turn": (2, 3, 4, 6),
    "turns-left": (1, 2, 3, 4, 6),
    "uptake": (1, 15, 30, 45, 60, 80),
    "taken-up": (20, 60, 120, 200, 320),
    "said-before": (1, 20, 50),
    "restates": (1, 20, 40, 60, 80),
    "superlatives": (1, 2, 3),
    "asked-so-far": (1, 2, 4),
    "broken": (1,),
    "stretch-words": (60, 90, 110, 121, 140),
}
DENSE_SIGNALS = (
    "words", "before-words", "sentences", "questions", "turn", "turns-left", "position", "uptake", "taken-up", "said-before", "restates",
    "superlatives", "asked-so-far", "broken", "stretch-words", "stretch-questions", "overlap",
)  # fmt: skip
NEIGHBOURS = (0, -1, -2, 1, 2)
"""Turns whose acts the dense view sees, relative to the turn."""


LONGEST = 2000
"""Features of a turn from which on a longer turn weighs no less."""
FACTOR = tuple(round(4096 * (200 / max(40, count)) ** 0.35) for count in range(LONGEST + 1))
"""Number of features → what each weighs, in 4096ths: a long turn has many features, each of which says less."""


def factor(count: int) -> int:
    """What each of so many features weighs, in 4096ths."""
    weight: int = FACTOR[min(count, LONGEST)]
    return weight


def bucket(feature: str) -> int:
    """The hash bucket of a feature's name; the same on every machine."""
    return zlib.crc32(feature.encode()) & (SIZE - 1)


@lru_cache(maxsize=100_000)
def _word_features(word: str, space: str, letters: int) -> tuple[int, ...]:
    found = [bucket(f"{space}w:{word}")]
    if len(word) > 6:
        found.append(bucket(f"{space}s:{word[:6]}"))
    if letters:
        found += _buckets(f"{space}l:", _letters(f"<{word}>"))
    return tuple(found)


def _letters(word: str) -> list[bytes]:
    """The letter n-grams."""
    return [word[at : at + size].encode() for size in LETTERS for at in range(len(word) - size + 1)]


def _runs(words: Sequence[str], length: int) -> list[bytes]:
    """The runs of so many words."""
    return [" ".join(words[at : at + length]).encode() for at in range(len(words) - length + 1)]


def _pairs(words: Sequence[str]) -> list[bytes]:
    """The pairs of adjacent words, beginning and end included."""
    return _runs(("<", *words, ">"), 2)


def _buckets(space: str, names: Iterable[bytes]) -> list[int]:
    """The buckets of features with the same beginning."""
    before = zlib.crc32(space.encode())
    return [zlib.crc32(name, before) & (SIZE - 1) for name in names]


def steps(signals: Mapping[str, float], space: str) -> list[int]:
    """Measurements as the steps that they reach."""
    found: list[int] = []
    for (name, marks), buckets in zip(STEPS.items(), _steps(space), strict=True):
        found += buckets[: bisect_right(marks, signals.get(name, 0))]
    return found


@lru_cache(maxsize=16)
def _steps(space: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(bucket(f"{space}{name}>={mark}") for mark in marks) for name, marks in STEPS.items())


@lru_cache(maxsize=200_000)
def _field(space: str, name: str, count: int) -> tuple[int, ...]:
    found = [bucket(f"{space}F:{name}")]
    return tuple(found if count < 2 else [*found, bucket(f"{space}F2:{name}")])


@lru_cache(maxsize=200_000)
def _field_pair(space: str, one: str, other: str) -> int:
    return bucket(f"{space}FF:{one} {other}")


@lru_cache(maxsize=100_000)
def _class(space: str, name: str) -> int:
    return bucket(f"{space}K:{name}")


@lru_cache(maxsize=200_000)
def _class_pair(space: str, one: str, other: str) -> int:
    return bucket(f"{space}KK:{one} {other}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A turn's words, their pairs, and the fields and classes that they belong to."""

    words: Words
    pairs: Sequence[bytes]
    fields: Mapping[str, int]
    classes: Sequence[str | None]


def own_features(utterance: Utterance, said: Said) -> set[int]:
    """Features of the turn's own words, word fields and classes, cues and measurements, the role kept apart."""
    words, fields = said.words, said.fields
    role = utterance.role[0]
    space = f"{role}0"
    found: set[int] = set()
    for word in words.words:
        found.update(_word_features(word, space, 1))
    found.update(_buckets(f"{space}b:", said.pairs))
    found.update(_buckets(f"{space}t:", _runs(words.words, 3)))
    if words.words:
        found.add(bucket(f"{space}f:{words.words[0]}"))
        found.add(bucket(f"{space}f2:{' '.join(words.words[:2])}"))
        found.add(bucket(f"{space}e:{words.words[-1]}"))
    found.update(bucket(f"{space}a:{name}") for name in utterance.acts)
    found.update(steps(utterance.signals, space))
    for name, count in fields.items():
        found.update(_field(space, name, count))
    found.update(_field_pair(space, one, other) for one, other in combinations(sorted(fields), 2))
    found.update(_class(space, name) for name in said.classes if name)
    found.update(_class_pair(space, one, other) for one, other in pairwise(said.classes) if one and other)
    return found


def neighbour_features(utterance: Utterance, said: Said, offset: int) -> set[int]:
    """Features of a turn before or after, without letter n-grams."""
    words, fields = said.words, said.fields
    space = f"{utterance.role[0]}{offset:+d}"
    found: set[int] = set()
    for word in words.words:
        found.update(_word_features(word, space, 0))
    if abs(offset) == 1:
        found.update(_buckets(f"{space}b:", said.pairs[1:-1]))
        found.update(_class(space, name) for name in said.classes if name)
    found.update(bucket(f"{space}a:{name}") for name in utterance.acts)
    found.add(bucket(f"{space}len:{min(6, len(words.words) // 5)}"))
    for name in fields:
        found.update(_field(space, name, 1))
    return found


def sparse(utterances: Sequence[Utterance], words: Sequence[Words], language: Language) -> list[Row]:
    """For each turn the indices of its features, context included."""
    said = [
        Said(
            words=item,
            pairs=_pairs(item.words),
            fields=fields_of(item.words, language),
            classes=classes_of(item.words, language),
        )
        for item in words
    ]
    rows = []
    for at in range(len(utterances)):
        found = own_features(utterances[at], said[at])
        for offset in (-2, -1, 1):
            other = at + offset
            if 0 <= other < len(utterances):
                found |= neighbour_features(utterances[other], said[other], offset)
        found |= _crossed(utterances, at)
        rows.append(_row(found))
    return rows


def _row(found: Collection[int]) -> Row:
    return np.sort(np.fromiter(found, dtype=np.int64, count=len(found)))


def _crossed(utterances: Sequence[Utterance], at: int) -> set[int]:
    """Acts of the turn before crossed with length, uptake and cues of this one."""
    if not at:
        return {bucket("first")}
    here, before = utterances[at], utterances[at - 1]
    length = sum(here.signals["words"] >= mark for mark in (4, 9, 20))
    taken = sum(here.signals["uptake"] >= mark for mark in (1, 30, 60))
    found = {bucket(f"x:{here.role[0]}{before.role[0]}{length}{taken}")}
    for name in before.acts:
        found.add(bucket(f"xl:{name}:{length}"))
        found.add(bucket(f"xu:{name}:{taken}"))
        found.update(bucket(f"xa:{name}:{other}") for other in here.acts)
    return found


def dense(utterances: Sequence[Utterance], scores: Sequence[Mapping[str, int]], acts: Sequence[str]) -> list[list[int]]:
    """For each turn a row: act scores (0-100) of the turn and its neighbours, then measurements of it and its neighbours."""
    rows = []
    histories = _histories(utterances, scores)
    last = {item.role: at for at, item in enumerate(utterances)}
    scored = [[found.get(name, 0) for name in acts] for found in scores]
    measured = [[round(item.signals.get(name, -1)) for name in DENSE_SIGNALS] for item in utterances]
    outside, unmeasured = [-1] * len(acts), [-1] * len(DENSE_SIGNALS)
    for at, utterance in enumerate(utterances):
        row: list[int] = []
        for offset in NEIGHBOURS:
            other = at + offset
            row += scored[other] if 0 <= other < len(utterances) else outside
        for offset in (0, -1, 1):
            other = at + offset
            row += measured[other] if 0 <= other < len(utterances) else unmeasured
        row.extend(histories[at])
        row.append(int(last[utterance.role] == at))
        rows.append(row)
    return rows


REMEMBERED = (
    "refusal",
    "complaint",
    "worry",
    "commitment",
    "question-wh",
    "question-yes-no",
    "fact",
    "wish",
    "displeasure",
)
OWN_REMEMBERED = ("pitch", "apology", "question-open", "question-closed", "acceptance", "date", "introduction")
RECENT = 3
"""Turns of a side that count as recent."""


def _histories(utterances: Sequence[Utterance], scores: Sequence[Mapping[str, int]]) -> list[list[int]]:
    """Per turn: for acts of the other side, then of its own, the sum of scores so far and the best of the last turns."""
    sums: dict[Role, dict[str, int]] = {}
    recent: dict[Role, list[Mapping[str, int]]] = {}
    rows = []
    for utterance, found in zip(utterances, scores, strict=True):
        row = []
        for own, names in ((False, REMEMBERED), (True, OWN_REMEMBERED)):
            roles = [role for role in sums if (role == utterance.role) is own]
            latest = [turn for role in roles for turn in recent[role]]
            for name in names:
                row.append(min(1000, sum([sums[role].get(name, 0) for role in roles])))
                row.append(max([turn.get(name, 0) for turn in latest], default=0))
        rows.append(row)
        total = sums.setdefault(utterance.role, {})
        for name, score in found.items():
            total[name] = total.get(name, 0) + score
        recent[utterance.role] = [*recent.get(utterance.role, [])[-(RECENT - 1) :], found]
    return rows


def words_only(words: Words) -> Row:
    """Features of a turn's words when nobody knows yet who speaks."""
    found: set[int] = set()
    for word in words.words:
        found.update(_word_features(word, "r", 0))
    found.update(_buckets("rb:", _pairs(words.words)))
    return _row(found)
