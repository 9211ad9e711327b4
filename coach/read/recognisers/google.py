"""Google Speech-to-Text, versions 1 and 2: with speakers told apart, the last result repeats all words of the call."""

from collections.abc import Iterator, Mapping
from typing import Any

from coach.model import Metadata
from coach.read.document import Table, first, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Heard, Word, in_order, language_code, segments_of
from coach.read.units import seconds

FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="google-stt",
        title="Google Speech-to-Text (v1, v2)",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/google_diarised.json",
    ),
)


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By results whose alternatives are transcripts, also inside an operation or a batch answer."""
    for result in _results(found)[:3]:
        best = first(result.get("alternatives"))
        words = first(best.get("words"))
        if "transcript" in best and not {"timestamps", "word_confidence"} & best.keys():
            return "google-stt"
        if "word" in words and {"startTime", "startOffset", "start_time", "start_offset"} & words.keys():
            return "google-stt"
    return None


def heard(found: Any, _name: str, _source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """The words of the last result where it repeats the others with speakers; else all results in their order."""
    results = _results(found)
    spoken = [result for result in results if table(first(result.get("alternatives")))]
    if len(spoken) > 1 and _repeats(spoken):
        spoken = spoken[-1:]
    channels = {number(_either(result, "channelTag", "channel_tag")) for result in spoken}
    segments: list[Segment] = []
    until = 0.0
    for result in spoken:
        channel = _either(result, "channelTag", "channel_tag")
        beside = label(channel, prefix="Channel") if len(channels) > 1 else None
        best = first(result["alternatives"])
        words = list(_words(best, beside))
        ended = seconds(_either(result, "resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset"))
        if words:
            segments += segments_of(words)
        else:
            segments.append(Segment(speaker=beside, text=said(best.get("transcript")), start=until, end=ended))
        until = ended if ended is not None else until
    codes = (_either(result, "languageCode", "language_code") for result in results)
    language = next((code for code in map(language_code, codes) if code), None)
    return Heard(segments=in_order(segments) if len(channels) > 1 else segments, meta=Metadata(language=language))


def _results(found: Any) -> list[Table]:  # noqa: ANN401 - any JSON value
    top = table(found)
    top = table(top.get("response")) or top
    results = top.get("results")
    if isinstance(results, Mapping):  # a batch: file → its transcript
        answers = [table(answer) for answer in results.values()]
        inline = [table(answer.get("inlineResult")) or answer for answer in answers]
        found_in = [table(answer.get("transcript")).get("results") for answer in inline]
        results = next((each for each in found_in if isinstance(each, list)), [])
    return list(rows(results))


def _either(row: Table, *keys: str) -> Any:  # noqa: ANN401 - any JSON value
    return next((row[key] for key in keys if key in row), None)


def _repeats(results: list[Table]) -> bool:
    """The last result holds all words again: the only ones with speakers, or as many as all others have."""
    counts = [list(rows(first(result["alternatives"]).get("words"))) for result in results]
    last, before = counts[-1], [word for words in counts[:-1] for word in words]
    if not last or not any(_speaker(word) for word in last):
        return False
    if not any(_speaker(word) for word in before):
        return True
    return len(last) >= 0.9 * len(before) and _start(last[0]) <= _start(before[0])


def _start(word: Table) -> float:
    return seconds(_either(word, "startTime", "startOffset", "start_time", "start_offset")) or 0.0


def _speaker(word: Table) -> str | None:
    """The speaker; tag 0 is Google's word for none."""
    tag = _either(word, "speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
    return label(tag) if tag not in (0, "0", "") else None


def _words(best: Table, channel: str | None) -> Iterator[Word]:
    for word in rows(best.get("words")):
        end = seconds(_either(word, "endTime", "endOffset", "end_time", "end_offset"))
        sure = number(word.get("confidence"))
        # Confidence 0 is how Google says that it gives none.
        speaker = channel or _speaker(word)
        yield Word(said(word.get("word")).replace("▁", " "), _start(word), end, speaker, sure or None)
