"""What training learns from: the calls as cues and structure show them, and their labels as arrays over all turns."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from coach.corpus import SIGNAL_OF, Call, calls_of, exchanges_of
from coach.model import Utterance
from coach.rules import load_rules
from coach.understand import observed, sparse
from coach.understand.cues import index_of
from coach.understand.fields import counted_fields
from coach.understand.replies import replied
from coach.understand.spoken import spoken
from coach.understand.words import Words, all_words

FOLDS = 3
PROCESSES = 2
"""That look at calls side by side."""
AT_ONCE = 200
"""Calls that a process looks at before it hands them over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A call, observed, with its feature rows and labels."""

    call: Call
    utterances: Sequence[Utterance]
    words: Sequence[Words]
    rows: Sequence[Sequence[int]]
    plain_rows: Sequence[Sequence[int]]
    """What is known of each turn from its words alone."""
    fields: np.ndarray
    replies: np.ndarray


def material(folder: Path, splits: Sequence[str]) -> list[Call]:
    """The calls of the splits; with those of `train` also the cuttings."""
    return calls_of(folder, splits=splits) + (exchanges_of(folder / "exchanges") if "train" in splits else [])


def examples_of(calls: Sequence[Call]) -> list[Example]:
    """The calls, with what cues and structure show; looked at by several processes, a few hundred at a time."""
    parts = [calls[at : at + AT_ONCE] for at in range(0, len(calls), AT_ONCE)]
    done = Parallel(n_jobs=PROCESSES)(delayed(_examples)(part) for part in parts)
    return [example for made in done for example in made]


def _examples(calls: Sequence[Call]) -> list[Example]:
    book = load_rules()
    indexes = {language: index_of(book.acts.values(), language) for language in ("de", "en")}
    made = []
    for call in calls:
        turns = call.transcript.turns
        words = all_words([turn.text for turn in turns], call.language)
        seen = observed(call.transcript, words, call.roles, call.language, book, indexes[call.language])
        if call.cutting:
            seen = in_mid_call(seen, call.name)
        made.append(
            Example(
                call=call,
                utterances=seen,
                words=words,
                rows=sparse.rows(seen, words, call.language),
                plain_rows=sparse.words_only(words),
                fields=counted_fields(spoken(item.words for item in words), call.language),
                replies=replied(words, [item.role for item in seen], call.language),
            )
        )
    return made


def in_mid_call(utterances: Sequence[Utterance], name: str) -> list[Utterance]:
    """The turns of a cutting as if they stood somewhere in a call, which the name decides."""
    before, after = 4 + zlib.crc32(name.encode()) % 7, 3 + zlib.crc32(name[::-1].encode()) % 6
    whole = before + len(utterances) + after
    placed = []
    for at, item in enumerate(utterances):
        signals = {
            **item.signals,
            "turn": at + 1 + before,
            "turns-left": len(utterances) - 1 - at + after,
            "position": round(100 * (at + before) / (whole - 1)),
            "asked-so-far": item.signals["asked-so-far"] + 2,
        }
        acts = {act: found for act, found in item.acts.items() if act not in ("first-turn", "last-turn")}
        placed.append(replace(item, signals=signals, acts=acts))
    return placed


WHOLE_CALL = ("no-needs-analysis", "no-next-step", "enthusiasm-drop", "no-graceful-exit", "late-contact", "monologue")
"""Rules of which a cutting tells nothing."""


def whole_of(examples: Sequence[Example]) -> np.ndarray:
    """For every turn, whether it belongs to a whole call."""
    return np.array([not example.call.cutting for example in examples for _ in example.utterances])


def usual_of(examples: Sequence[Example]) -> np.ndarray:
    """For every turn, whether it belongs to a call that tells how often things come."""
    return np.array([example.call.usual for example in examples for _ in example.utterances])


def targets_of(examples: Sequence[Example]) -> tuple[dict, dict, dict, dict, dict]:
    """Masks and targets of acts and of signals over all turns, and the turns to leave out of each signal."""
    roles = np.array([item.role for example in examples for item in example.utterances])
    act_names = sorted(
        {
            f"{role[0]}:{act}"
            for example in examples
            for role, acts in zip(example.call.roles, example.call.acts, strict=True)
            for act in acts
        }
    )
    given = [
        frozenset(f"{role[0]}:{act}" for act in acts)
        for example in examples
        for role, acts in zip(example.call.roles, example.call.acts, strict=True)
    ]
    act_targets = {name: np.array([name in have for have in given]) for name in act_names}
    whole = whole_of(examples)
    act_masks = {name: (roles == {"a": "agent", "c": "customer"}[name[0]]) & whole for name in act_names}
    signal_targets, signal_masks, ignored = {}, {}, {}
    for rule, (signal, role) in SIGNAL_OF.items():
        flags, skip = [], []
        for example in examples:
            certain = {turn for name, turn in (*example.call.findings, *example.call.strengths) if name == rule}
            debatable = {turn for name, turn in example.call.optional if name == rule}
            for number in range(1, len(example.utterances) + 1):
                flags.append(number in certain)
                skip.append(number in debatable and number not in certain)
        signal_targets[signal] = np.array(flags)
        ignored[signal] = np.array(skip)
        signal_masks[signal] = (roles == role) & (whole | (rule not in WHOLE_CALL))
    return act_masks, act_targets, signal_masks, signal_targets, ignored


def fold_of(examples: Sequence[Example]) -> np.ndarray:
    """A fold for every turn, by author and scenario."""
    groups = sorted({(e.call.author, e.call.scenario) for e in examples})
    authors = sorted({author for author, _ in groups})
    if len(authors) >= FOLDS:
        number = {group: authors.index(group[0]) % FOLDS for group in groups}
    else:
        number = {group: at % FOLDS for at, group in enumerate(groups)}
    return np.array([number[e.call.author, e.call.scenario] for e in examples for _ in e.utterances])
