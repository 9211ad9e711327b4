"""A file looked at: what reading shows, who is who and why, and whether a review would take it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from coach.config import Config
from coach.errors import CoachError, SpeakerRoleError, UnreadableTranscriptError
from coach.model import Language, Speaker, Transcript
from coach.read import READERS, read_path
from coach.read.turns import HOW_TO_WRITE, UNNAMED
from coach.report.inspection import Inspection, SpeakerSeen
from coach.rules import load_rules
from coach.understand import Choices, by_label, evidence_of_roles, understand
from coach.understand.language import NAMES, guess, language_of, refuse_stated

_SURE = 0.9
"""From this confidence on a role is written into a converted transcript."""


def inspect_file(path: str, config: Config) -> Inspection:
    """What the file holds; raises CoachError only where nothing at all can be read."""
    transcript = read_path(path, alternate=config.alternate, one_sided=True)
    sides = {turn.speaker for turn in transcript.turns if turn.text} - {UNNAMED}
    problem = _refusal(transcript) if len(sides) < 2 else None
    found = guess(turn.text for turn in transcript.turns)
    code = config.language or found.code
    speakers = transcript.speakers
    acts: Mapping[str, Mapping[Language, str]] = {}
    if problem is None and config.language is None:
        problem = _raised(lambda: refuse_stated(transcript.meta.language, path=path)) or _raised(
            lambda: language_of((turn.text for turn in transcript.turns), path=path)
        )
    if problem is None and code in ("de", "en"):
        choices = Choices(
            language="de" if code == "de" else "en",
            agents=config.agent,
            customers=config.customer,
            swap=config.swap,
            model=config.model,
        )
        book = load_rules(config.rules)
        acts = {name: act.describes for name, act in book.acts.items()}
        try:
            transcript = understand(transcript, book, choices=choices).transcript
            speakers = transcript.speakers
        except SpeakerRoleError as error:
            problem = error
            speakers = evidence_of_roles(transcript, book, choices=choices)
        except UnreadableTranscriptError as error:
            problem = error
            speakers = tuple(by_label(speaker) for speaker in speakers)
    else:
        speakers = tuple(by_label(speaker) for speaker in speakers)
    return _seen(transcript, speakers, language=code, problem=problem, acts=acts)


def with_roles(transcript: Transcript, config: Config) -> Transcript:
    """The transcript with language and roles, as far as they are sure; as it was where a review would refuse it."""
    found = guess(turn.text for turn in transcript.turns)
    code = config.language or transcript.language or (found.code if found.known else None)
    if code not in ("de", "en"):
        return transcript
    known = replace(transcript, language="de" if code == "de" else "en")
    sides = {turn.speaker for turn in transcript.turns if turn.text} - {UNNAMED}
    if len(sides) < 2 or any(speaker.role in ("agent", "customer") for speaker in transcript.speakers):
        return known
    choices = Choices(language=known.language, agents=config.agent, customers=config.customer, swap=config.swap)
    try:
        speakers = understand(known, load_rules(config.rules), choices=choices).transcript.speakers
    except CoachError:
        return known
    if any(speaker.confidence < _SURE for speaker in speakers):
        return known
    return replace(known, speakers=speakers)


def _refusal(transcript: Transcript) -> CoachError:
    """What a review says of a call without two sides; the file's own reader knows best why there are none."""
    again = None if transcript.path == "-" else _raised(lambda: read_path(transcript.path))
    return again or UnreadableTranscriptError("Fewer than two speakers are named.", hint=HOW_TO_WRITE)


def _raised(work: Callable[[], object]) -> CoachError | None:
    try:
        work()
    except CoachError as error:
        return error
    return None


def _seen(
    transcript: Transcript,
    speakers: tuple[Speaker, ...],
    *,
    language: str | None,
    problem: CoachError | None,
    acts: Mapping[str, Mapping[Language, str]],
) -> Inspection:
    turns = transcript.turns
    starts = [turn.start for turn in turns if turn.start is not None]
    ends = [time for turn in turns for time in (turn.start, turn.end) if time is not None]
    return Inspection(
        path=transcript.path,
        format=transcript.format,
        title=title_of(transcript.format),
        language=language,
        language_names=NAMES.get(language or "", {}),
        turns=len(turns),
        timed=len(starts),
        start=min(starts, default=None),
        end=max(ends, default=None),
        overlaps=sum(turn.overlap > 0 for turn in turns),
        silence=round(sum(turn.silence for turn in turns), 3),
        doubtful=sum(len(turn.doubtful) for turn in turns),
        speakers=tuple(
            SpeakerSeen(
                label=speaker.label,
                role=speaker.role,
                confidence=speaker.confidence,
                evidence=speaker.evidence,
                turns=sum(turn.speaker == speaker.label for turn in turns),
                words=sum(len(turn.text.split()) for turn in turns if turn.speaker == speaker.label),
            )
            for speaker in speakers
        ),
        meta=transcript.meta,
        notes=transcript.notes,
        problem=problem.message if problem else None,
        hint=problem.hint if problem else None,
        acts=acts,
    )


def title_of(name: str) -> str:
    """The format as people call it."""
    for reader in READERS:
        formats = getattr(reader, "FORMATS", ())
        found = next((item.title for item in formats if item.name == name), None)
        if found is None and name == reader.NAME:
            found = getattr(reader, "TITLE", None)
        if found:
            return str(found)
    return name
