"""Whisper and what was built on it: segments with texts, often words with times, sometimes speakers."""

from collections.abc import Iterator
from typing import Any

from coach.model import Metadata
from coach.read.document import Table, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import DOUBT, Heard, Word, doubtful, language_code, segments_of
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="whisper",
        title="Whisper (also whisper-ctranslate2, whisper-timestamped, faster-whisper, whisper.cpp)",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/whisper_ctranslate2.json",
    ),
    FormatInfo(
        name="whisperx",
        title="WhisperX",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/whisperx.json",
    ),
)
_ALIGNED_DOUBT = 0.4
"""WhisperX scores how well a word fits the sound at its place; short words that are right score lower there."""
_SURE = ("probability", "confidence", "score")
_OWN = frozenset(("tokens", "seek", "avg_logprob", "no_speech_prob", "words", "temperature"))
"""What only Whisper and its kin write into a segment."""
_FIELDS = 9
"""Fields of a segment that was dumped as a list: id, seek, start, end, text, tokens, …"""


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """`whisperx` where words carry a score or stand beside the segments; `whisper` for all others."""
    segments = _segments(found)
    head = segments[:3] if isinstance(segments, list) else []
    if not any(_is_segment(segment) for segment in head):
        return None
    if isinstance(found, list) and not any(isinstance(row, list) or _OWN & table(row).keys() for row in head):
        return None  # a list of contributions of whatever origin
    words = next((word for segment in head for word in rows(table(segment).get("words"))), {})
    return "whisperx" if "word_segments" in table(found) or "score" in words else "whisper"


def heard(found: Any, name: str, _source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Segments; one in which the speaker changes from word to word is cut there."""
    doubt = _ALIGNED_DOUBT if name == "whisperx" else DOUBT
    segments: list[Segment] = []
    for row in _rows(_segments(found)):
        segments += _spoken(row, doubt)
    top = table(found)
    info = table(top.get("info"))
    language = top.get("language") or info.get("language") or table(top.get("result")).get("language")
    duration = seconds(top.get("duration", info.get("duration")))
    return Heard(segments=segments, meta=Metadata(language=language_code(language), duration=duration))


def _segments(found: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(found, list):
        return found
    top = table(found)
    # The last two: insanely-fast-whisper with and without speakers.
    return next((top[key] for key in ("segments", "transcription", "speakers", "chunks") if top.get(key)), None)


def _is_segment(row: Any) -> bool:  # noqa: ANN401 - any JSON value
    if isinstance(row, list):
        return len(row) >= _FIELDS and isinstance(row[4], str) and number(row[2]) is not None
    row = table(row)
    if not isinstance(row.get("text"), str):
        return False
    return ("start" in row and "end" in row) or "offsets" in row or isinstance(row.get("timestamp"), list)


def _rows(segments: Any) -> Iterator[Table]:  # noqa: ANN401 - any JSON value
    """The segments as objects, whichever way they were dumped."""
    for item in segments if isinstance(segments, list) else ():
        if isinstance(item, list):
            if _is_segment(item):
                words = next((part for part in item[5:] if isinstance(part, list) and part and not _plain(part[0])), [])
                yield {"start": item[2], "end": item[3], "text": item[4], "words": list(_dumped(words))}
            continue
        row = table(item)
        stamp, offsets = row.get("timestamp"), table(row.get("offsets"))
        if isinstance(stamp, list) and len(stamp) == 2:
            yield {**row, "start": stamp[0], "end": stamp[1]}
        elif offsets:
            begin, end = (seconds(offsets.get(key), per_second=1000) for key in ("from", "to"))
            yield {**row, "start": begin, "end": end, "words": None}
        else:
            yield row


def _plain(item: object) -> bool:
    return isinstance(item, int | float | str)


def _dumped(words: list[Any]) -> Iterator[Table]:
    for word in words:
        if isinstance(word, list) and len(word) == 4:
            yield dict(zip(("start", "end", "word", "probability"), word, strict=True))


def _spoken(row: Table, doubt: float) -> list[Segment]:
    speaker = label(row.get("speaker"))
    words = row.get("words")
    labels = {word["speaker"] for word in rows(words) if isinstance(word.get("speaker"), str)}
    start, end = seconds(row.get("start")), seconds(row.get("end"))
    if len(labels) > 1:
        return segments_of(_words(words, speaker, start), doubt=doubt)
    speaker = speaker or (label(next(iter(labels))) if labels else None)
    text = said(row.get("text"))
    if not text:
        return []
    # Most words are sure: only the others are looked at further.
    low = (word for word in rows(words) if (sure := _sure(word)) is not None and sure < doubt)
    unsure = doubtful(((_text(word), 0.0) for word in low), doubt=doubt)
    return [Segment(speaker=speaker, text=text, start=start, end=end, doubtful=unsure)]


def _words(words: object, speaker: str | None, start: float | None) -> Iterator[Word]:
    """Words with their speakers; numbers, which cannot be aligned, belong to the speaker before them."""
    for word in rows(words):
        speaker = label(word.get("speaker")) or speaker
        begin, end = seconds(word.get("start")), seconds(word.get("end"))
        start = begin if begin is not None else start
        yield Word(said(_text(word)), start, end, speaker, _sure(word))


def _text(word: Table) -> str:
    return said(word.get("word") or word.get("text"))


def _sure(word: Table) -> float | None:
    for key in _SURE:
        if key in word:
            return number(word[key])
    return None
