"""Segments of speech become the turns of a transcript: the last step of every reader."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from coach.errors import UnreadableTranscriptError
from coach.model import Language, Metadata, Speaker, Transcript, Turn
from coach.read.glued import unglued
from coach.read.phantoms import without_phantoms
from coach.read.segment import UNPRINTABLE, Segment
from coach.read.source import Source
from coach.read.units import MOST

__all__ = ["ALTERNATING", "HOW_TO_WRITE", "UNNAMED", "Segment", "build_transcript"]

HOW_TO_WRITE = "Write each turn on a line of its own, as `Name: words`, for both people in the call."
_TYPED = frozenset({"text", "docx", "meeting", "coach-text"})
"""Formats that people write by hand."""
_EXPORT_AGAIN = "Export the file again with the words of everybody who talks."
UNNAMED = "?"
"""The label of what nobody is named for; never the agent nor the customer."""
ALTERNATING = ("Speaker 1", "Speaker 2")
_ASK_FOR_SPEAKERS = (
    "Switch on speaker recognition or separate channels in the tool that wrote the file; "
    "or use --alternate if the two speakers take turns line by line."
)


def build_transcript(
    source: Source,
    segments: Iterable[Segment],
    *,
    name: str,
    meta: Metadata | None = None,
    notes: tuple[str, ...] = (),
    language: Language | None = None,
    speakers: Iterable[Speaker] = (),
    recognised: bool = False,
) -> Transcript:
    """The transcript of the segments, given in the order of the call; `name` is the format's.

    `speakers` holds roles that the format itself states, with evidence such as `ParticipantRole AGENT`; they go
    before what words and labels suggest, and give way to a user's own choice. `recognised` says that the words come
    from a speech recogniser or from subtitles: what recognisers make up in silence is dropped, and an answer glued to
    the question is given to the other speaker where that is obvious, each with a note.

    Raises UnreadableTranscriptError where fewer than two speakers say something, unless `source.one_sided` allows
    it; with `source.alternate` the segments of a file that names nobody are two speakers by turns.
    """
    kept = [_clean(segment) for segment in segments]
    if recognised:
        kept, made_up = without_phantoms(kept)
        kept, glued = unglued(kept)
        notes = (*notes, *made_up, *glued)
    kept, odd = _plausible_times(kept)
    kept, named = _named(kept, alternate=source.alternate)
    turns = _turns(kept)
    labels = tuple(dict.fromkeys(turn.speaker for turn in turns))
    talking = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.text))
    if not talking or (len(set(talking) - {UNNAMED}) < 2 and not source.one_sided):
        typed = HOW_TO_WRITE if name in _TYPED else _EXPORT_AGAIN
        raise _one_sided(source.path, turns, labels, talking, advice=_ASK_FOR_SPEAKERS if recognised else typed)
    if len(set(talking) - {UNNAMED}) < 2:
        named = (*named, "Fewer than two speakers are named; such a call cannot be reviewed.")
    given = {speaker.label: speaker for speaker in speakers}
    unnamed = Speaker(label=UNNAMED, role="other", confidence=1.0, evidence=("nobody is named",))
    return Transcript(
        path=source.path,
        format=name,
        turns=turns,
        speakers=tuple(given.get(label, unnamed if label == UNNAMED else Speaker(label=label)) for label in labels),
        language=language,
        meta=meta or Metadata(),
        notes=(*source.notes, *notes, *odd, *named),
    )


_LONGEST_LABEL = 80


def _clean(segment: Segment) -> Segment:
    """The segment with texts that can be printed, and a label on one line."""
    who = segment.speaker
    if who is not None and (len(who) > _LONGEST_LABEL or not who.isprintable() or who != who.strip()):
        who = " ".join(UNPRINTABLE.sub(" ", who).split())[:_LONGEST_LABEL].rstrip() or None
    text = segment.text
    if UNPRINTABLE.search(text):
        text = " ".join(UNPRINTABLE.sub(" ", text).split())
    doubtful = tuple(word for word in segment.doubtful if not UNPRINTABLE.search(word))
    if who == segment.speaker and text == segment.text and len(doubtful) == len(segment.doubtful):
        return segment
    return replace(segment, speaker=who, text=text, doubtful=doubtful)


def _named(segments: list[Segment], *, alternate: bool) -> tuple[list[Segment], tuple[str, ...]]:
    """The segments each with a label, and what was doubtful about it."""
    missing = sum(segment.speaker is None for segment in segments if segment.text)
    labels = {segment.speaker for segment in segments if segment.speaker is not None}
    if alternate and len(labels) < 2:
        turn = 0
        found = []
        for segment in segments:
            found.append(replace(segment, speaker=ALTERNATING[turn % 2]))
            turn += bool(segment.text)
        return found, ("Nobody is named in the file: its lines were taken as two speakers by turns, as asked.",)
    segments = _sounds_placed(segments)
    notes = ("The file names its speakers, so --alternate was not used.",) if alternate else ()
    if missing and labels:
        notes = (*notes, f"Segments for which nobody is named, under the label “{UNNAMED}”: {missing}.")
    return [replace(s, speaker=UNNAMED) if s.speaker is None else s for s in segments], notes


def _sounds_placed(segments: list[Segment]) -> list[Segment]:
    """A sound without a name is a remark in the turn before it; at the beginning, in the first turn."""
    found: list[Segment] = []
    latest = next((segment.speaker for segment in segments if segment.text), None)
    for segment in segments:
        latest = segment.speaker if segment.text else latest
        if segment.speaker is None and not segment.text:
            found.append(replace(segment, speaker=latest, start=None, end=None))
        else:
            found.append(segment)
    return found


def _plausible_times(segments: list[Segment]) -> tuple[list[Segment], tuple[str, ...]]:
    """The segments without times that cannot be: negative, endless, an end before its beginning."""
    found: list[Segment] = []
    odd = 0
    for segment in segments:
        start, end = _possible(segment.start), _possible(segment.end)
        if start is not None and end is not None and end < start:
            end = None
        if start != segment.start or end != segment.end:
            odd += 1
            found.append(replace(segment, start=start, end=end))
        else:
            found.append(segment)
    return found, (f"Times that cannot be were left out: {odd}.",) if odd else ()


def _possible(time: float | None) -> float | None:
    return time if time is not None and 0 <= time <= MOST else None


def _turns(segments: Iterable[Segment]) -> tuple[Turn, ...]:
    stretches: list[list[Segment]] = []
    for segment in segments:
        if stretches and stretches[-1][0].speaker == segment.speaker:
            stretches[-1].append(segment)
        else:
            stretches.append([segment])
    turns: list[Turn] = []
    until: float | None = None
    for number, stretch in enumerate(stretches, start=1):
        turn = _turn(number, stretch, until=until)
        until = turn.end
        turns.append(turn)
    return tuple(turns)


def _turn(number: int, stretch: Sequence[Segment], *, until: float | None) -> Turn:
    """The turn of a stretch of segments; `until` is the end of the turn before it."""
    first = stretch[0]
    end = max((segment.end for segment in stretch if segment.end is not None), default=None)
    # A sound without a time before or after the words does not take theirs away.
    spoken = [segment for segment in stretch if segment.text] or stretch
    start = spoken[0].start
    over = 0.0
    if until is not None and start is not None:
        over = max(0.0, min(until, until if end is None else end) - start)
    return Turn(
        number=number,
        speaker=first.speaker or UNNAMED,
        text=" ".join(segment.text for segment in stretch if segment.text),
        line=first.line,
        start=start,
        end=end if spoken[-1].end is not None else None,
        remarks=tuple(remark for segment in stretch for remark in segment.remarks),
        overlap=round(over, 3),
        silence=round(sum((_gap(one, two) for one, two in pairwise(stretch)), 0.0), 3),
        doubtful=tuple(word for segment in stretch for word in segment.doubtful),
    )


def _gap(one: Segment, two: Segment) -> float:
    """Seconds of silence between two segments of one turn."""
    return max(0.0, two.start - one.end) if one.end is not None and two.start is not None else 0.0


def _one_sided(
    path: str, turns: Sequence[Turn], labels: Sequence[str], talking: Sequence[str], *, advice: str
) -> UnreadableTranscriptError:
    line = turns[0].line if turns else None
    place = path if line is None else f"{path}:{line}"
    if not labels or (set(labels) == {UNNAMED} and not talking):
        return UnreadableTranscriptError(
            "Nobody says anything in this file.", place=place, hint="Check that the right file was exported, and whole."
        )
    named = ", ".join(f'"{label}"' for label in (talking or labels)[:5] if label != UNNAMED)
    if not named:
        return UnreadableTranscriptError("Nobody is named who talks.", place=place, hint=_ASK_FOR_SPEAKERS)
    message = f"Only one speaker says something: {named}." if talking else f"The labels {named} have no words."
    return UnreadableTranscriptError(message, place=place, hint=f"A review needs both sides of the call. {advice}")
