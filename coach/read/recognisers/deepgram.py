"""Deepgram: utterances, paragraphs, or the words of each channel, whichever the file holds."""

from collections.abc import Iterator
from typing import Any

from coach.model import Metadata
from coach.read.document import Table, first, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard, Word, in_order, language_code, segments_of
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="deepgram",
        title="Deepgram",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/deepgram.json",
    ),
)


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By channels with alternatives, or utterances with channels."""
    results = table(table(found).get("results"))
    channel = first(results.get("channels"))
    utterance = first(results.get("utterances"))
    return "deepgram" if "alternatives" in channel or ("transcript" in utterance and "start" in utterance) else None


def heard(found: Any, _name: str, _source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Words with speakers where there are any; a channel of its own is a speaker of its own."""
    top = table(found)
    results = table(top.get("results"))
    channels = list(rows(results.get("channels")))
    utterances = list(rows(results.get("utterances")))
    several = len(channels) > 1
    segments: list[Segment] = []
    if utterances:
        for row in utterances:
            channel = label(row.get("channel"), prefix="Channel") if several else None
            segments += _utterance(row, channel)
    else:
        for index, row in enumerate(channels):
            segments += _channel(first(row.get("alternatives")), f"Channel {index}" if several else None)
    about = table(top.get("metadata"))
    request = said(about.get("request_id"))
    language = next((row["detected_language"] for row in channels if "detected_language" in row), None)
    meta = Metadata(
        duration=seconds(about.get("duration")),
        language=language_code(language),
        ids={"request": request} if request else {},
    )
    return Heard(segments=in_order(segments), meta=meta)


def _label(speaker: object, channel: str | None) -> str | None:
    """The speaker of a recording with one channel; with several, the channel, and who it is if there are more on it."""
    if channel is None:
        return label(speaker)
    return channel if speaker in (None, 0, "0") else f"{channel}, {label(speaker)}"


def _utterance(row: Table, channel: str | None) -> list[Segment]:
    speaker = _label(row.get("speaker"), channel)
    found = segments_of(_words(row.get("words"), channel, otherwise=speaker))
    start, end = seconds(row.get("start")), seconds(row.get("end"))
    return found or [Segment(speaker=speaker, text=said(row.get("transcript")), start=start, end=end)]


def _channel(best: Table, channel: str | None) -> list[Segment]:
    words = segments_of(_words(best.get("words"), channel, otherwise=channel))
    if words:
        return words
    found: list[Segment] = []
    for paragraph in rows(table(best.get("paragraphs")).get("paragraphs")):
        speaker = _label(paragraph.get("speaker"), channel)
        for row in rows(paragraph.get("sentences")):
            start, end = seconds(row.get("start")), seconds(row.get("end"))
            found.append(Segment(speaker=speaker, text=said(row.get("text")), start=start, end=end))
    return found or [Segment(speaker=channel, text=said(best.get("transcript")))]


def _words(words: object, channel: str | None, *, otherwise: str | None) -> Iterator[Word]:
    for word in rows(words):
        speaker = _label(word["speaker"], channel) if word.get("speaker") is not None else otherwise
        text = said(word.get("punctuated_word") or word.get("word"))
        start, end = seconds(word.get("start")), seconds(word.get("end"))
        yield Word(text, start, end, speaker, number(word.get("confidence")))
