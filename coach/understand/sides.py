"""Whether a talk has two sides at all: meetings, lectures, and two who sound alike.

A review of these is no review of a call. A user who knows better names the sides, and all of this is left aside.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.errors import SpeakerRoleError
from coach.model import Speaker, Transcript
from coach.understand.roles import LEAST_EVIDENCE, label_evidence

DOUBTED = 0.6
"""The most that a role's confidence can be where the talk may have no two sides."""
_SOME, _MUCH = 0.03, 0.08
"""Shares of all words from which somebody takes part, and from which somebody is one of two or three main speakers."""
_SHORT = 6
"""Turns below which a talk shows too little of its two sides, unless labels tell them."""
_MANY = 4
_THREE = 3
_CLEAR = 3.0
"""Log-odds of each main speaker's words, of three or more, below which it is open whose side that is."""
_ALIKE = 4.0
"""Log-odds on the same side from which two speakers both sound like the one who serves, or the one who is served."""
_LECTURE, _LONG = 0.93, 300
"""Share of the words, and words in all, from which somebody holds a lecture; in calls it is seldom above .85."""
_ADVICE = "Findings are at most fairly sure; --agent says who serves."

Evidence = Mapping[str, tuple[float, tuple[str, ...]]]
"""Per label, the log-odds from the words that its speaker is the agent, and the reasons."""


def doubted(
    transcript: Transcript, speakers: Sequence[Speaker], said: Evidence
) -> tuple[tuple[Speaker, ...], tuple[str, ...]]:
    """The speakers with less confidence, and a note, where it is doubtful that the talk has two sides.

    Two agents, a couple and a transfer are three people, each clearly on a side; four are rather a meeting.
    """
    note = _doubt(transcript, said)
    if note is None:
        return tuple(speakers), ()
    return tuple(replace(item, confidence=min(item.confidence, DOUBTED)) for item in speakers), (f"{note} {_ADVICE}",)


def refuse_lecture(transcript: Transcript) -> None:
    """Raises SpeakerRoleError where one person says nearly everything in a long talk, and no label tells a part in a call."""
    shares, words = _shares(transcript)
    label = max(shares, key=lambda name: shares[name])
    named = any(abs(label_evidence(speaker.label)[0]) >= LEAST_EVIDENCE for speaker in transcript.speakers)
    if words < _LONG or shares[label] < _LECTURE or named:
        return
    shown = f'"{label}"' if " " in label else label
    raise SpeakerRoleError(
        f"“{label}” says {shares[label]:.0%} of {words} words: this is rather a lecture, or the recording of one side.",
        place=transcript.path,
        hint=f"Check the speaker recognition; if it is a call all the same, say who serves, for instance --agent {shown}.",
    )


def _doubt(transcript: Transcript, said: Evidence) -> str | None:
    shares, _ = _shares(transcript)
    labels = {speaker.label: label_evidence(speaker.label)[0] for speaker in transcript.speakers}
    if any(score >= LEAST_EVIDENCE for score in labels.values()):
        return None
    turns = sum(bool(turn.text) for turn in transcript.turns)
    if turns < _SHORT and not any(score <= -LEAST_EVIDENCE for score in labels.values()):
        return f"With {turns} turns this is too short to be judged as a call, and no label tells who serves."
    beside = {speaker.label for speaker in transcript.speakers if speaker.role == "other"}
    many = sum(share > _SOME and label not in beside for label, share in shares.items())
    if many >= _MANY:
        return f"This may be no talk of two sides: {many} people say much, and no label tells who serves."
    scores = {label: said[label][0] + labels[label] for label, share in shares.items() if share > _MUCH}
    if len(scores) >= _THREE:
        return _unclear(scores)
    named = any(abs(score) >= LEAST_EVIDENCE for score in labels.values())
    return None if named or len(scores) < 2 else _alike(scores)


def _unclear(scores: Mapping[str, float]) -> str | None:
    label = min(scores, key=lambda name: abs(scores[name]))
    if abs(scores[label]) >= _CLEAR:
        return None
    return f"Three people say much, and it is not clear whose side “{label}” is on."


def _alike(scores: Mapping[str, float]) -> str | None:
    if all(score > _ALIKE for score in scores.values()):
        return "Both main speakers sound like the one who serves."
    if all(score < -_ALIKE for score in scores.values()):
        return "Both main speakers sound like the one who is served."
    return None


def _shares(transcript: Transcript) -> tuple[dict[str, float], int]:
    """Each label's share of all words, and how many there are."""
    spoken: dict[str, int] = defaultdict(int)
    for turn in transcript.turns:
        spoken[turn.speaker] += len(turn.text.split())
    total = sum(spoken.values())
    return {label: count / max(1, total) for label, count in spoken.items()}, total
