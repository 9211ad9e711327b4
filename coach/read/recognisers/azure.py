"""Azure speech: batch and fast transcription, results of the real-time recogniser, and conversations for analysis."""

from collections.abc import Iterator
from typing import Any

from coach.model import Metadata, Speaker
from coach.read.document import Table, first, label, number, rows, said, table
from coach.read.parts import one_call
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Gives, Source
from coach.read.spoken import Heard, doubtful, in_order, language_code, speaker
from coach.read.units import TICKS, seconds

_SPEECH: frozenset[Gives] = frozenset({"speakers", "times", "confidence", "metadata"})
FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="azure-batch",
        title="Azure batch transcription",
        reads=_SPEECH,
        sample="tests/read/samples/azure_batch.json",
    ),
    FormatInfo(
        name="azure-fast",
        title="Azure fast transcription",
        reads=_SPEECH,
        sample="tests/read/samples/azure_fast.json",
    ),
    FormatInfo(
        name="azure-conversation",
        title="Azure conversation",
        reads=frozenset({"speakers", "roles", "metadata"}),
        sample="tests/read/samples/azure_conversation.json",
    ),
)


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By the phrases or conversation items."""
    if isinstance(found, list):
        head = first(found)
        return "azure-batch" if "RecognitionStatus" in head and "NBest" in head else None
    top = table(found)
    if "recognizedPhrases" in top:
        return "azure-batch"
    if "phrases" in top and ("combinedPhrases" in top or "durationMilliseconds" in top):
        return "azure-fast"
    return "azure-conversation" if any("conversationItems" in row for row in _conversations(top)) else None


def heard(found: Any, name: str, source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Phrases by speaker, or by channel where speakers were not told apart."""
    if name == "azure-conversation":
        return _conversation(table(found), source)
    top = table(found)
    if isinstance(found, list):
        phrases, failed = _phrases(_real_time(found))
    else:
        phrases, failed = _phrases(rows(top.get("recognizedPhrases", top.get("phrases"))))
    speakers = [label(_best(row).get("speaker", row.get("speaker"))) for row in phrases]
    if len(set(speakers) - {None}) < 2:
        channels = [label(row.get("channel"), prefix="Channel") for row in phrases]
        speakers = channels if len(set(channels) - {None}) >= 2 else speakers
    segments = [_segment(row, who) for row, who in zip(phrases, speakers, strict=True)]
    length = (
        _time(top, "durationMilliseconds", 1000)
        or _time(top, "durationInTicks", TICKS)
        or _time(top, "durationTicks", TICKS)
        or _time(top, "duration", 1000)
    )
    locale = next((row["locale"] for row in phrases if row.get("locale")), top.get("locale"))
    notes = (f"Phrases that were not recognised were left out: {failed}.",) if failed else ()
    return Heard(
        segments=in_order(segments), meta=Metadata(language=language_code(locale), duration=length), notes=notes
    )


def _phrases(found: Iterator[Table]) -> tuple[list[Table], int]:
    """The phrases that were recognised, and how many were not."""
    phrases, failed = [], 0
    for row in found:
        if row.get("recognitionStatus", "Success") == "Success":
            phrases.append(row)
        else:
            failed += 1
    return phrases, failed


def _real_time(found: list[Any]) -> Iterator[Table]:
    """Results of the real-time recogniser under the names of batch transcription."""
    for row in rows(found):
        best = first(row.get("NBest"))
        yield {
            "recognitionStatus": row.get("RecognitionStatus", "Success"),
            "offsetInTicks": row.get("Offset"),
            "durationInTicks": row.get("Duration"),
            "speaker": row.get("SpeakerId"),
            "channel": row.get("Channel"),
            "nBest": [{"display": best.get("Display"), "lexical": best.get("Lexical")}],
        }


def _best(row: Table) -> Table:
    return first(row.get("nBest"))


def _segment(row: Table, who: str | None) -> Segment:
    best = _best(row) or row
    start = _begin(row)
    length = _length(row)
    words = best.get("displayWords") or best.get("words")
    return Segment(
        speaker=who,
        text=said(best.get("display") or best.get("text") or best.get("lexical")),
        start=start,
        end=round(start + length, 3) if start is not None and length is not None else None,
        doubtful=doubtful(
            (said(word.get("word") or word.get("displayText") or word.get("text")), number(word.get("confidence")))
            for word in rows(best.get("words") or words)
        ),
    )


def _time(row: Table, key: str, per_second: float) -> float | None:
    return seconds(row[key], per_second=per_second) if key in row else None


def _begin(row: Table) -> float | None:
    for key, unit in (("offsetInTicks", TICKS), ("offsetMilliseconds", 1000), ("offset", 1000)):
        if (found := _time(row, key, unit)) is not None:
            return found
    return None


def _length(row: Table) -> float | None:
    for key, unit in (("durationInTicks", TICKS), ("durationMilliseconds", 1000), ("duration", 1000)):
        if (found := _time(row, key, unit)) is not None:
            return found
    return None


def _conversations(top: Table) -> list[Table]:
    source = table(top.get("analysisInput")) or top
    found = list(rows(source.get("conversations")))
    if not found and "conversationItems" in source:
        return [source]
    return found


def _conversation(top: Table, source: Source) -> Heard:
    found = _conversations(top)
    chosen = one_call(found, [said(row.get("id")) for row in found], source)
    segments: list[Segment] = []
    speakers: dict[str, Speaker] = {}
    for row in rows(chosen.get("conversationItems")):
        who = label(row.get("participantId"))
        known = speaker(who, row.get("role"), where="role") or speaker(who, who, where="participantId") if who else None
        if who and known:
            speakers.setdefault(who, known)
        text = said(row.get("text") or row.get("lexical"))
        segments.append(Segment(speaker=who, text=text))
    call = said(chosen.get("id"))
    meta = Metadata(language=language_code(chosen.get("language")), ids={"conversation": call} if call else {})
    return Heard(segments=segments, meta=meta, speakers=tuple(speakers.values()))
