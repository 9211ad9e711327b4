"""Segments of speech become the turns of a transcript: the last step of every reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.errors import UnreadableTranscriptError
from coach.model import Language, Metadata, Speaker, Transcript, Turn
from coach.read.source import Source

HOW_TO_WRITE = "Write each turn on a line of its own, as `Name: words`, for both people in the call."


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of one speaker as a file marks it; several in a row are one turn."""

    speaker: str
    text: str
    line: int | None = None
    start: float | None = None
    """Seconds from the beginning of the call."""
    end: float | None = None
    remarks: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def build_transcript(
    source: Source,
    segments: Iterable[Segment],
    *,
    name: str,
    meta: Metadata | None = None,
    notes: tuple[str, ...] = (),
    language: Language | None = None,
) -> Transcript:
    """The transcript of the segments, given in the order of the call; `name` is the format's.

    Raises UnreadableTranscriptError where fewer than two speakers say something.
    """
    turns = _turns(segments)
    labels = tuple(dict.fromkeys(turn.speaker for turn in turns))
    talking = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.text))
    if len(talking) < 2:
        raise _one_sided(source.path, turns, labels, talking)
    return Transcript(
        path=source.path,
        format=name,
        turns=turns,
        speakers=tuple(Speaker(label=label) for label in labels),
        language=language,
        meta=meta or Metadata(),
        notes=(*source.notes, *notes),
    )


def _turns(segments: Iterable[Segment]) -> tuple[Turn, ...]:
    stretches: list[list[Segment]] = []
    for segment in segments:
        if stretches and stretches[-1][0].speaker == segment.speaker:
            stretches[-1].append(segment)
        else:
            stretches.append([segment])
    return tuple(_turn(number, stretch) for number, stretch in enumerate(stretches, start=1))


def _turn(number: int, stretch: Sequence[Segment]) -> Turn:
    first, last = stretch[0], stretch[-1]
    return Turn(
        number=number,
        speaker=first.speaker,
        text=" ".join(segment.text for segment in stretch if segment.text),
        line=first.line,
        start=first.start,
        end=last.end,
        remarks=tuple(remark for segment in stretch for remark in segment.remarks),
        silence=sum((_gap(one, two) for one, two in pairwise(stretch)), 0.0),
        doubtful=tuple(word for segment in stretch for word in segment.doubtful),
    )


def _gap(one: Segment, two: Segment) -> float:
    """Seconds of silence between two segments of one turn."""
    return max(0.0, two.start - one.end) if one.end is not None and two.start is not None else 0.0


def _one_sided(
    path: str, turns: Sequence[Turn], labels: Sequence[str], talking: Sequence[str]
) -> UnreadableTranscriptError:
    line = turns[0].line if turns else None
    place = path if line is None else f"{path}:{line}"
    if not labels:
        return UnreadableTranscriptError("Nobody says anything in this file.", place=place, hint=HOW_TO_WRITE)
    named = ", ".join(f'"{label}"' for label in (talking or labels)[:5])
    message = f"Only one speaker says something: {named}." if talking else f"The labels {named} have no words."
    return UnreadableTranscriptError(
        message, place=place, hint=f"A review needs both sides of the call. {HOW_TO_WRITE}"
    )
