"""Answers glued to the question in one segment, as in `Haben Sie Kinder? Ja, zwei.` under one name.

Where speaker recognition missed the change, the answer stands under the name of the one who asked. It is given to the
other speaker only at an obvious point: two speakers, a question put to the other, then as the segment's end a short
sentence that begins with yes or no and says nothing to the other in turn. What only looks like it is counted and left.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from coach.read.segment import Segment

MOST_WORDS = 6
"""Words of an answer; who goes on talking may be answering themselves."""
_ASKED = re.compile(r"\?\s+")
_SENTENCE_END = re.compile(r"[.!?…]\s")
_TO_YOU = re.compile(
    r"\b(?:sie|ihnen|ihr|ihre|ihren|ihrer|du|dir|dich|dein|deine|euch|you|your|yours)\b", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:ja|jo|jawohl|nein|nee|nö|doch|klar|genau|yes|yeah|yep|yup|no|nope|nah|sure)\b(?!,? (?:ja|nein|oder|or)\b)",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"^(?:ja|nein|no|yes|yeah|genau|sure|klar|doch)[.,!]?\s*"
    r"(?:gut|okay|ok|super|prima|dann|also|schön|right|well|great|then|so|let's|let me|moment)\b",
    re.IGNORECASE,
)
"""How someone goes on after a question of their own: `Ja, dann …`."""


def unglued(segments: Sequence[Segment]) -> tuple[list[Segment], tuple[str, ...]]:
    """The segments with obvious answers given to the other speaker, and notes on these and on what only looks so."""
    names = {segment.speaker for segment in segments if segment.text}
    found: list[Segment] = []
    moved: list[str] = []
    open_ = 0
    pair = sorted(name for name in names if name is not None)
    for segment in segments:
        at = _answer_at(segment.text) if "?" in segment.text and None not in names and len(pair) == 2 else None
        if at is None:
            found.append(segment)
            continue
        answer = segment.text[at:]
        if not _is_obvious(segment.text[:at], answer):
            open_ += 1
            found.append(segment)
            continue
        other = pair[0] if segment.speaker == pair[1] else pair[1]
        found += _cut(segment, at, other)
        moved.append(f"“{answer}”")
    return found, _notes(moved, open_)


def _answer_at(text: str) -> int | None:
    """Where something like an answer begins, right behind a question in the same segment."""
    for question in _ASKED.finditer(text):
        if _ANSWER.match(text, question.end()):
            return question.end()
    return None


def _is_obvious(before: str, answer: str) -> bool:
    question = before.rstrip()
    start = max((match.end() for match in _SENTENCE_END.finditer(question)), default=0)
    words = answer.split()
    return (
        bool(_TO_YOU.search(question[start:]))
        and len(words) <= MOST_WORDS
        and "?" not in answer
        and not _TO_YOU.search(answer)
        and not _SELF.match(answer)
    )


def _cut(segment: Segment, at: int, other: str) -> tuple[Segment, Segment]:
    """Question and answer; when the one ends and the other begins is not known."""
    question, answer = segment.text[:at].rstrip(), segment.text[at:]
    said = set(re.findall(r"\w+(?:['’-]\w+)*", answer))
    late = tuple(word for word in segment.doubtful if word in said)
    early = tuple(word for word in segment.doubtful if word not in said or word in question)
    return (
        replace(segment, text=question, end=None, doubtful=early),
        replace(segment, speaker=other, text=answer, start=None, remarks=(), doubtful=late),
    )


def _notes(moved: Sequence[str], open_: int) -> tuple[str, ...]:
    notes: list[str] = []
    if moved:
        shown = ", ".join(moved[:3]) + (", …" if len(moved) > 3 else "")
        notes.append(f"Answers glued to the question were given to the other speaker: {len(moved)} ({shown}).")
    if open_:
        notes.append(f"Questions with what may be the other speaker's answer in the same segment were left: {open_}.")
    return tuple(notes)
