"""Amazon Transcribe, plain, with speaker labels or with channels; and Bedrock Data Automation."""

from collections.abc import Iterator
from typing import Any

from coach.errors import UnreadableTranscriptError
from coach.model import Metadata
from coach.read.document import Table, first, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard, Word, in_order, language_code, segments_of
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="amazon-transcribe",
        title="Amazon Transcribe",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/amazon_speakers.json",
    ),
    FormatInfo(
        name="amazon-bda",
        title="Bedrock Data Automation",
        reads=frozenset({"speakers", "times", "metadata"}),
        sample="tests/read/samples/amazon_bda.json",
    ),
)


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By the items of Transcribe, the segments or the blueprint of Data Automation."""
    top = table(found)
    results = table(top.get("results"))
    if "items" in results and ("transcripts" in results or "jobName" in top):
        return "amazon-transcribe"
    if "audio_segments" in top or ("matched_blueprint" in top and "inference_result" in top):
        return "amazon-bda"
    return None


def heard(found: Any, name: str, source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Words by speaker label, channel, or nobody."""
    top = table(found)
    if name == "amazon-bda":
        return _automation(top, source)
    status = said(top.get("status")).upper()
    if status and status != "COMPLETED":
        raise UnreadableTranscriptError(
            f"The transcription is not complete: its status is {status[:30]}.",
            place=source.path,
            hint="Wait until the job is done, and fetch its result again.",
        )
    results = table(top.get("results"))
    channels = list(rows(table(results.get("channel_labels")).get("channels")))
    if channels:
        segments: list[Segment] = []
        for channel in channels:
            speaker = label(channel.get("channel_label"), prefix="Channel")
            segments += segments_of(_words(channel.get("items"), {}, speaker))
        segments = in_order(segments)
    else:
        segments = segments_of(_words(results.get("items"), _labels(results), None))
    code = results.get("language_code") or top.get("languageCode")
    job = said(top.get("jobName"))
    meta = Metadata(language=language_code(code), ids={"job": job} if job else {})
    return Heard(segments=segments, meta=meta)


def _labels(results: Table) -> dict[object, str | None]:
    """Speaker labels by the time at which the item begins, as written."""
    found: dict[object, str | None] = {}
    for segment in rows(table(results.get("speaker_labels")).get("segments")):
        for item in rows(segment.get("items")):
            found[str(item.get("start_time"))] = label(item.get("speaker_label") or segment.get("speaker_label"))
    return found


def _words(items: object, labels: dict[object, str | None], speaker: str | None) -> Iterator[Word]:
    for item in rows(items):
        best = first(item.get("alternatives"))
        text = said(best.get("content"))
        if item.get("type") == "punctuation":
            yield Word(text, speaker=speaker, glued=True)
            continue
        if labels or "speaker_label" in item:
            speaker = label(item.get("speaker_label")) or labels.get(str(item.get("start_time")))
        sure = number(best.get("confidence"))
        if sure == 0 and "redactions" in best:
            sure = number(first(best["redactions"]).get("confidence"))
        yield Word(text, seconds(item.get("start_time")), seconds(item.get("end_time")), speaker, sure)


def _automation(top: Table, source: Source) -> Heard:
    if "audio_segments" not in top:
        raise UnreadableTranscriptError(
            "This is custom output of Bedrock Data Automation: findings about a call, not its words.",
            place=source.path,
            hint="Give the standard output, the file with audio_segments.",
        )
    found = [row for row in rows(top["audio_segments"]) if row.get("type", "TRANSCRIPT") == "TRANSCRIPT"]
    speakers = [label(table(row.get("speaker")).get("speaker_label")) for row in found]
    if len(set(speakers) - {None}) < 2:
        channels = [label(table(row.get("channel")).get("channel_label"), prefix="Channel") for row in found]
        speakers = channels if len(set(channels) - {None}) >= 2 else speakers
    segments = [
        Segment(
            speaker=speaker,
            text=said(row.get("text")),
            start=seconds(row.get("start_timestamp_millis"), per_second=1000),
            end=seconds(row.get("end_timestamp_millis"), per_second=1000),
        )
        for row, speaker in zip(found, speakers, strict=True)
    ]
    about = table(top.get("metadata"))
    asset = said(about.get("s3_key"))
    meta = Metadata(
        language=language_code(about.get("dominant_asset_language")),
        duration=seconds(about.get("duration_millis"), per_second=1000),
        ids={"asset": asset} if asset else {},
    )
    return Heard(segments=in_order(segments), meta=meta)
