"""One call of many: known from the cache, or reviewed and kept; whatever goes wrong with it is a value."""

import json
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from coach import cache
from coach.brief import Brief, as_line, brief_of, from_line
from coach.callfile import STANDARD_INPUT, CallFile, call_file
from coach.config import Config
from coach.decisive import call_key
from coach.errors import CoachError, RuleFileError, SpeakerRoleError, UnreadableTranscriptError
from coach.model import Review
from coach.stored import packed

_REFUSALS: Mapping[str, type[CoachError]] = {
    kind.__name__: kind for kind in (UnreadableTranscriptError, SpeakerRoleError)
}
"""Errors that the same file would bring again."""
HORIZONS = (366, 31, 7)
"""Days ahead for which a date without a year is tried out: so long the result is used at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreviewed:
    """A file that could not be reviewed, and why."""

    path: str
    message: str
    """What is wrong, in one sentence."""
    place: str
    """The path, or the place in the file where one is known."""
    hint: str | None
    """What to do next."""
    trace: str = ""
    """Where it happened."""


def unreviewed(path: str, error: Exception) -> Unreviewed:
    """What is to be said of an error that concerns this file alone."""
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, CoachError):
        return Unreviewed(path=path, message=error.message, place=error.place or path, hint=error.hint, trace=trace)
    message = f"Something went wrong that should not ({type(error).__name__}: {error})."
    return Unreviewed(path=path, message=message, place=path, hint="--debug shows the traceback.", trace=trace)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A call to be reviewed."""

    at: int
    path: str
    config: Config
    cache: Path | None
    """Where results are kept; None: nowhere."""
    file: CallFile | None = None
    """What was read already, of standard input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task: a review, a refusal, or an error that concerns all calls."""

    at: int
    brief: Brief | None = None
    body: bytes = b""
    """The packed review."""
    review: Review | None = None
    refused: Unreviewed | None = None
    fatal: Exception | None = None


def looked_up(task: Task) -> Outcome | Task:
    """What the cache knows of the call, or the task for somebody to do. Standard input is read here, and never kept."""
    if task.path == STANDARD_INPUT:
        return replace(task, file=call_file(task.path), cache=None)
    if task.cache is None:
        return task
    try:
        return _known(task, call_file(task.path)) or task
    except CoachError as error:
        return Outcome(at=task.at, refused=unreviewed(task.path, error))


def _known(task: Task, file: CallFile) -> Outcome | None:
    if task.cache is None:
        return None
    entry = cache.get(task.cache, call_key(file, task.config))
    if entry is None:
        return None
    try:
        days, _, line = entry.head.partition(b" ")
        if not _holds(days):
            return None
        if entry.body:
            return Outcome(at=task.at, brief=from_line(line, task.path), body=entry.body)
        kind, message, place, hint = json.loads(line)
        error = _REFUSALS[kind](message, place=task.path + place, hint=hint)
    except (ValueError, KeyError, TypeError):
        return None
    return Outcome(at=task.at, refused=unreviewed(task.path, error))


def done(task: Task, *, live: bool = False) -> Outcome:
    """The task done; `live` gives the review as it is instead of packed."""
    from coach.call import book_for, cue_mistakes, review_file
    from coach.report.json_v1 import ready
    from coach.understand.phrases import CueSyntaxError

    try:
        book = book_for(task.config)
    except CoachError as error:
        return Outcome(at=task.at, fatal=error)
    file = task.file
    try:
        file = file or call_file(task.path)
        review = review_file(file, book, task.config)
    except RuleFileError as error:
        return Outcome(at=task.at, fatal=error)
    except CueSyntaxError as error:
        return Outcome(at=task.at, fatal=next(iter(cue_mistakes(book)), error))
    except Exception as error:  # noqa: BLE001  # one call must not take the others with it; --debug shows it
        if file is not None and type(error).__name__ in _REFUSALS:
            _keep_refusal(task, file, error)
        return Outcome(at=task.at, refused=unreviewed(task.path, error))
    brief = brief_of(review)
    body = b"" if live and task.cache is None else packed(review, report="" if live else ready(review))
    if task.cache is not None:
        head = _days(file, task.config, review) + b" " + as_line(brief)
        cache.put(task.cache, call_key(file, task.config), cache.Entry(head=head, body=body))
    return Outcome(at=task.at, brief=brief, body=b"" if live else body, review=review if live else None)


def _days(file: CallFile, config: Config, review: Review) -> bytes:
    """From which to which day the result holds, where a date was read; `-`: always.

    A date without a year is understood against the day on which it is read.
    """
    from coach.call import transcript_of

    meta = review.conversation.transcript.meta
    if meta.call_date is None and meta.lead_date is None:
        return b"-"
    today = date.today()  # noqa: DTZ011  # the reader's own today
    for days in HORIZONS:
        last = today + timedelta(days=days)
        other = transcript_of(file, config, today=last).meta
        if (other.call_date, other.lead_date) == (meta.call_date, meta.lead_date):
            break
    else:
        last = today
    return f"{today.isoformat()}..{last.isoformat()}".encode()


def _holds(days: bytes) -> bool:
    first, _, last = days.decode("ascii").partition("..")
    return first == "-" or first <= date.today().isoformat() <= last  # noqa: DTZ011  # as above


def _keep_refusal(task: Task, file: CallFile, error: Exception) -> None:
    """A file that is no transcript is none the next time either."""
    if task.cache is None or not isinstance(error, CoachError):
        return
    place = error.place or ""
    named = task.path in f"{error.message} {error.hint}"  # which would be wrong of the same file elsewhere
    if place.startswith(task.path) and not named:
        row = [type(error).__name__, error.message, place.removeprefix(task.path), error.hint]
        line = json.dumps(row, ensure_ascii=True).encode("ascii")
        cache.put(task.cache, call_key(file, task.config), cache.Entry(head=b"- " + line))
