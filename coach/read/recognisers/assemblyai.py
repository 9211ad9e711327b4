"""AssemblyAI's utterances or words, and Rev.ai's monologues of elements."""

from collections.abc import Iterator
from typing import Any

from coach.errors import UnreadableTranscriptError
from coach.model import Metadata
from coach.read.document import Table, first, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard, Word, doubtful, in_order, language_code, segments_of
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="assemblyai",
        title="AssemblyAI",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/assemblyai.json",
    ),
    FormatInfo(
        name="rev-ai",
        title="Rev.ai",
        reads=frozenset({"speakers", "times", "confidence"}),
        sample="tests/read/samples/rev_ai.json",
    ),
)


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By the names of the models or the job, and the monologues' elements."""
    top = table(found)
    if any("elements" in row for row in rows(top.get("monologues"))):
        return "rev-ai"
    marks = {"acoustic_model", "language_model", "audio_url", "audio_duration", "speech_model"} & top.keys()
    spoken = {"utterances", "words", "text", "error"} & top.keys()
    return "assemblyai" if len(marks) >= 2 and spoken else None


def heard(found: Any, name: str, source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """What each speaker says, in order."""
    top = table(found)
    if name == "rev-ai":
        return Heard(segments=in_order(_monologues(top)))
    status = said(top.get("status"))
    if status not in ("", "completed"):
        raise UnreadableTranscriptError(
            f"The transcription is not complete: its status is {status[:30]}.",
            place=source.path,
            hint="Wait until it is done, and fetch its result again.",
        )
    utterances = list(rows(top.get("utterances")))
    if utterances:
        segments = in_order(_utterance(row) for row in utterances)
    else:
        segments = segments_of(_words(top.get("words"))) or [Segment(speaker=None, text=said(top.get("text")))]
    call = said(top.get("id"))
    meta = Metadata(
        duration=seconds(top.get("audio_duration")),
        language=language_code(top.get("language_code")),
        ids={"transcript": call} if call else {},
    )
    return Heard(segments=segments, meta=meta)


def _who(row: Table) -> str | None:
    return label(row.get("speaker")) or label(row.get("channel"), prefix="Channel")


def _utterance(row: Table) -> Segment:
    words = ((said(word.get("text")), number(word.get("confidence"))) for word in rows(row.get("words")))
    return Segment(
        speaker=_who(row),
        text=said(row.get("text")),
        start=seconds(row.get("start"), per_second=1000),
        end=seconds(row.get("end"), per_second=1000),
        doubtful=doubtful(words),
    )


def _words(words: object) -> Iterator[Word]:
    for word in rows(words):
        start, end = (seconds(word.get(key), per_second=1000) for key in ("start", "end"))
        yield Word(said(word.get("text")), start, end, _who(word), number(word.get("confidence")))


def _monologues(top: Table) -> list[Segment]:
    names = {str(row.get("id")): label(row.get("name")) for row in rows(top.get("speakers"))}
    segments: list[Segment] = []
    for row in rows(top.get("monologues")):
        speaker = names.get(str(row.get("speaker"))) or label(row.get("speaker"))
        segments += segments_of(_elements(row, speaker))
    return segments


def _elements(row: Table, speaker: str | None) -> Iterator[Word]:
    """Rev.ai writes the spaces itself, as punctuation."""
    spaced = first(row.get("elements")).get("type") is not None
    glued = True
    for element in rows(row.get("elements")):
        value = element.get("value")
        if not isinstance(value, str):
            continue
        if element.get("type") == "punct":
            if value.strip():
                yield Word(value.strip(), speaker=speaker, glued=True)
            glued = value == value.rstrip()
            continue
        start, end = seconds(element.get("ts")), seconds(element.get("end_ts"))
        yield Word(said(value), start, end, speaker, number(element.get("confidence")), glued=glued and spaced)
        glued = True
