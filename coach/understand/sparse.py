"""The sparse view of turns: for each the hashed names of what is there, for linear models.

Words, their stems, pairs, runs of three and letter n-grams of the turn; words of its neighbours; word fields and classes;
acts that cues found; measurements in steps. A turn's row holds the buckets of its features, sorted, each once.

What turns say is made into codes once, whatever turn looks at it and from where; `hashing` makes the buckets.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.model import Language, Utterance
from coach.understand import codes
from coach.understand.codes import Coded, merged
from coach.understand.hashing import SIZE, bucket, buckets
from coach.understand.spoken import Spoken, spoken
from coach.understand.words import Words

Row = NDArray[np.int64]
"""Indices of a turn's features, sorted, each once."""
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
BLOCK = 256
"""Turns whose features are sorted together; more would need more memory and be no faster."""
_BITS = SIZE.bit_length() - 1
_INITIALS = "acou"
"""Of the roles."""
_SPACES = {
    offset: tuple(f"{initial}{offset:+d}" if offset else f"{initial}0" for initial in _INITIALS)
    for offset in (0, -1, 1, -2)
}


def _seen(utterances: Sequence[Utterance], said: Spoken, language: Language) -> Mapping[int, tuple[Coded, ...]]:
    """What a turn sees of another that stands so far from it.

    Words and stems, acts and word fields of the turn itself and of its neighbours; pairs of words and word classes of
    those right beside it, too; of neighbours the length; all else of the turn itself.
    """
    words = codes.worded(said)
    fields, classes = codes.fields(said, language), codes.classes(said, language)
    everyone = merged(words.forms, codes.named("a", [item.acts for item in utterances]), fields.single)
    near = merged(words.pairs, classes.single)
    own = merged(words.ends, codes.runs(said), fields.further, classes.further)
    length = codes.lengths(said)
    beside = (everyone, near, length)
    return {0: (everyone, near, own, codes.letters(said)), -1: beside, 1: beside, -2: (everyone, length)}


def rows(utterances: Sequence[Utterance], words: Sequence[Words], language: Language) -> list[Row]:
    """For each turn the indices of its features, context included."""
    seen = _seen(utterances, spoken(item.words for item in words), language)
    roles = np.array([_INITIALS.index(item.role[0]) for item in utterances], dtype=np.int64)
    done: list[Row] = []
    for begin in range(0, len(utterances), BLOCK):
        end = min(begin + BLOCK, len(utterances))
        keys = [_keys(*_steps(utterances[begin:end], roles[begin:end]))]
        crossed = [_crossed(utterances, at) for at in range(begin, end)]
        keys.append(_keys(np.arange(end - begin).repeat([len(row) for row in crossed]), np.concatenate(crossed)))
        for offset, parts in seen.items():
            first, last = max(0, begin + offset), min(len(utterances), end + offset)
            for part in parts if first < last else ():
                found, at = part.of(first, last)
                keys.append(_keys(at - (begin + offset), buckets(found, _SPACES[offset], roles.take(at))))
        done += _rows(np.concatenate(keys), end - begin)
    return done


def _keys(turns: Row, features: Row) -> NDArray[np.int32]:
    """Turn and feature in one number, so that sorting brings a turn's features together."""
    return (turns << _BITS | features).astype(np.int32)


def _rows(keys: NDArray[np.int32], turns: int) -> list[Row]:
    """Each turn's features, sorted, each once."""
    keys.sort()
    once = keys.compress(np.diff(keys, prepend=-1) != 0)
    marks = once.searchsorted(np.arange(turns + 1, dtype=np.int64) << _BITS).tolist()
    features = (once & (SIZE - 1)).astype(np.int64)
    return [features[first:end] for first, end in pairwise(marks)]


_OWNERS = np.array([at for at, marks in enumerate(STEPS.values()) for _ in marks], dtype=np.int64)
_MARKS = np.array([mark for marks in STEPS.values() for mark in marks], dtype=np.float64)


def _steps(utterances: Sequence[Utterance], roles: Row) -> tuple[Row, Row]:
    """Measurements as the steps that they reach: turn and bucket of each."""
    values = np.array([[item.signals.get(name, 0) for name in STEPS] for item in utterances], dtype=np.float64)
    turns, marks = np.nonzero(values[:, _OWNERS] >= _MARKS)
    return turns, _step_buckets()[roles.take(turns), marks]


@lru_cache(maxsize=1)
def _step_buckets() -> Row:
    """Role × step → bucket."""
    names = [f"{name}>={mark}" for name, marks in STEPS.items() for mark in marks]
    return np.array([[bucket(f"{initial}0{name}") for name in names] for initial in _INITIALS], dtype=np.int64)


def _crossed(utterances: Sequence[Utterance], at: int) -> list[int]:
    """Acts of the turn before crossed with length, uptake and cues of this one."""
    if not at:
        return [bucket("first")]
    here, before = utterances[at], utterances[at - 1]
    length = bisect_right((4, 9, 20), here.signals["words"])
    taken = bisect_right((1, 30, 60), here.signals["uptake"])
    found = [bucket(f"x:{here.role[0]}{before.role[0]}{length}{taken}")]
    for name in before.acts:
        found += (bucket(f"xl:{name}:{length}"), bucket(f"xu:{name}:{taken}"))
        found += [bucket(f"xa:{name}:{other}") for other in here.acts]
    return found


def words_only(words: Iterable[Words]) -> list[Row]:
    """For each turn the features of its words when nobody knows yet who speaks."""
    said = spoken(item.words for item in words)
    known = codes.worded(said)
    seen = merged(known.forms, known.pairs, known.ends)
    done: list[Row] = []
    turns = len(said.by_turn)
    for begin in range(0, turns, BLOCK):
        end = min(begin + BLOCK, turns)
        found, at = seen.of(begin, end)
        done += _rows(_keys(at - begin, buckets(found, ("r",), np.zeros_like(at))), end - begin)
    return done
