"""What the call remembers: what was refused and asked so far, the customer's mood, how late the contact is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.model import Language, Role, Transcript, Utterance
from coach.understand.dates import days_late
from coach.understand.mood import moods
from coach.understand.words import Words

ENDING = 6
"""Turns at a call's end in which somebody makes sure that all is settled."""
_ENDINGS: Mapping[Role, frozenset[str]] = {
    "agent": frozenset({"check-back"}),
    "customer": frozenset({"settled"}),
    "other": frozenset(),
    "unknown": frozenset(),
}


def remembered(
    utterances: Sequence[Utterance], transcript: Transcript, words: Sequence[Words], language: Language
) -> list[Utterance]:
    """Each turn with the signals that need the turns before and after it."""
    mood = moods(utterances, words, language)
    late = days_late(utterances, transcript.meta, language)
    customer = [value for item, value in zip(utterances, mood, strict=True) if item.role == "customer"]
    sums = [0.0]
    for value in reversed(customer):
        sums.append(sums[-1] + value)
    seen = 0
    refusals = 0
    result = []
    for index, item in enumerate(utterances):
        signals = dict(item.signals)
        signals["refusals-so-far"] = refusals
        signals["mood"] = mood[index]
        signals["mood-before"] = _mean(customer[max(0, seen - 4) : seen])
        left = len(customer) - seen - (item.role == "customer")
        signals["mood-after"] = round(sums[left] / left) if left else 0
        if index in late:
            signals["days-late"] = late[index]
        if item.role == "customer":
            seen += 1
            refusals += "refusal" in item.acts
        result.append(replace(item, signals=signals))
    return result


def call_signals(utterances: Sequence[Utterance]) -> dict[str, float]:
    """The signals of the whole call."""
    customer = [item for item in utterances if item.role == "customer"]
    agent = [item for item in utterances if item.role == "agent"]
    third = max(1, len(customer) // 3)
    mood = [item.signals["mood"] for item in customer]
    return {
        "turns": len(utterances),
        "agent-turns": len(agent),
        "customer-turns": len(customer),
        "words": sum(len(item.words) for item in utterances),
        "refusals": sum("refusal" in item.acts for item in customer),
        "questions-by-agent": sum(item.signals["questions"] for item in agent),
        "settled": sum(not _ENDINGS[item.role].isdisjoint(item.acts) for item in utterances[-ENDING:]),
        "mood-start": _mean(mood[:third]),
        "mood-end": _mean(mood[-third:]),
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values)) if values else 0
