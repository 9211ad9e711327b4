"""Whether people can have talked as fast as the times of a transcript say."""

from collections.abc import Sequence
from dataclasses import replace

from coach.read.segment import Segment

FASTEST = 8.0
"""Words a second that nobody speaks, not even two at once."""
LEAST_TIMED = 4
"""Segments with a time, fewer of which tell nothing."""
NOTE = "Times were left out, for nobody talks so fast; they may be times of the day."


def possible(segments: Sequence[Segment]) -> tuple[list[Segment], tuple[str, ...]]:
    """The segments, without their times where these cannot be, and the note that says so.

    `[14:02]` is read as minutes and seconds. In a chat it is the time of the day, and then whole conversations would
    fit into some seconds.
    """
    timed = [at for at, segment in enumerate(segments) if segment.start is not None]
    if len(timed) < LEAST_TIMED or any(segment.end is not None for segment in segments):
        return list(segments), ()
    first, last = timed[0], timed[-1]
    seconds = (segments[last].start or 0.0) - (segments[first].start or 0.0)
    words = sum(len(segment.text.split()) for segment in segments[first:last])
    if seconds < 0 or words <= FASTEST * max(1.0, seconds):
        return list(segments), ()
    return [replace(segment, start=None) for segment in segments], (NOTE,)
