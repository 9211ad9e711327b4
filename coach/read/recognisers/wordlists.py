"""Words here, speakers there: Speechmatics, IBM Watson, and BBC Kaldi list words and match speakers by time."""

from collections.abc import Iterator
from typing import Any

from coach.model import Metadata
from coach.read.document import Table, first, known_version, label, number, rows, said, table
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Gives, Source
from coach.read.spoken import Heard, Word, by_interval, in_order, language_code, segments_of
from coach.read.units import seconds

_ALL: frozenset[Gives] = frozenset({"speakers", "times", "confidence"})
FORMATS: tuple[FormatInfo, ...] = (
    FormatInfo(
        name="speechmatics",
        title="Speechmatics",
        reads=frozenset({"speakers", "times", "confidence", "metadata"}),
        sample="tests/read/samples/speechmatics.json",
    ),
    FormatInfo(name="ibm-watson", title="IBM Watson", reads=_ALL, sample="tests/read/samples/ibm_watson.json"),
    FormatInfo(name="bbc-kaldi", title="BBC Kaldi", reads=_ALL, sample="tests/read/samples/bbc_kaldi.json"),
)
_HESITATION = "%HESITATION"
_NOBODY = frozenset(("UU", "Speaker UU"))
"""Speechmatics' label where it cannot tell."""


def named(found: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """By the shape of words and of what says who talks."""
    top = table(found)
    kaldi = table(top.get("retval")) or top
    if "punct" in first(kaldi.get("words")) or ("words" in kaldi and "segmentation" in kaldi):
        return "bbc-kaldi"
    if "name" in first(top.get("words")) and "time" in first(top["words"]):
        return "speechmatics"
    results = first(top.get("results"))
    if "alternatives" in results and ("start_time" in results or "type" in results):
        return "speechmatics"
    inner = first(results.get("results")) or results
    best = first(inner.get("alternatives"))
    watson = isinstance(best.get("timestamps"), list) or "word_confidence" in best or "speaker_labels" in results
    return "ibm-watson" if watson else None


def heard(found: Any, name: str, source: Source) -> Heard:  # noqa: ANN401 - any JSON value
    """Segments of one speaker each."""
    top = table(found)
    if name == "bbc-kaldi":
        kaldi = table(top.get("retval")) or top
        return Heard(segments=segments_of(by_interval(_kaldi_words(kaldi), _kaldi_speakers(kaldi))))
    if name == "ibm-watson":
        return Heard(segments=_watson(top))
    known_version(top.get("format"), ("1", "2"), source=source, title="Speechmatics JSON")
    return _speechmatics(top)


def _kaldi_words(kaldi: Table) -> Iterator[Word]:
    for word in rows(kaldi.get("words")):
        text = said(word.get("punct") or word.get("word"))
        yield Word(text, seconds(word.get("start")), seconds(word.get("end")), None, number(word.get("confidence")))


def _kaldi_speakers(kaldi: Table) -> Iterator[tuple[float, float, str | None]]:
    for row in rows(table(kaldi.get("segmentation")).get("segments")):
        start, length = seconds(row.get("start")), seconds(row.get("duration"))
        if start is not None and length is not None:
            yield start, start + length, label(table(row.get("speaker")).get("@id"))


def _watson(top: Table) -> list[Segment]:
    parts = [row for row in rows(top.get("results")) if "results" in row] or [top]
    segments: list[Segment] = []
    for part in parts:
        speakers = {seconds(row.get("from")): label(row.get("speaker")) for row in rows(part.get("speaker_labels"))}
        words: list[Word] = []
        for result in rows(part.get("results")):
            words += _watson_words(first(result.get("alternatives")), speakers)
        segments += segments_of(words)
    return segments


def _watson_words(best: Table, speakers: dict[float | None, str | None]) -> Iterator[Word]:
    """Words by their time; the transcript where there are no times. Hesitations are no words."""
    stamps = best.get("timestamps")
    sure = best.get("word_confidence")
    if not isinstance(stamps, list) or not stamps:
        text = said(best.get("transcript")).replace(_HESITATION, "")
        yield Word(said(text), confidence=number(best.get("confidence")))
        return
    for at, stamp in enumerate(stamps):
        if not isinstance(stamp, list) or len(stamp) < 3 or said(stamp[0]) in ("", _HESITATION):
            continue
        pair = sure[at] if isinstance(sure, list) and at < len(sure) else None
        confidence = number(pair[1]) if isinstance(pair, list) and len(pair) > 1 else None
        start = seconds(stamp[1])
        yield Word(said(stamp[0]), start, seconds(stamp[2]), speakers.get(start), confidence)


def _speechmatics(top: Table) -> Heard:
    job = table(top.get("job"))
    chosen = table(table(top.get("metadata")).get("transcription_config"))
    number_or_name = job.get("id")
    ident = f"{number_or_name:d}" if isinstance(number_or_name, int) else said(number_or_name)
    meta = Metadata(
        duration=seconds(job.get("duration")),
        language=language_code(chosen.get("language") or job.get("lang")),
        ids={"job": ident} if ident else {},
    )
    if "results" not in top:
        return Heard(segments=segments_of(by_interval(_old_words(top), _old_speakers(top))), meta=meta)
    words = list(_words(top))
    channels = [row.get("channel") for row in rows(top["results"]) if row.get("channel") is not None]
    if not channels:
        return Heard(segments=segments_of(words), meta=meta)
    segments: list[Segment] = []
    for channel in dict.fromkeys(word.speaker for word in words):
        segments += segments_of(word for word in words if word.speaker == channel)
    return Heard(segments=in_order(segments), meta=meta)


def _words(top: Table) -> Iterator[Word]:
    for row in rows(top["results"]):
        best = first(row.get("alternatives"))
        kind = row.get("type")
        if kind not in ("word", "punctuation", "entity"):
            continue
        who = label(best.get("speaker"))
        channel = label(row.get("channel"), prefix="Channel")
        speaker = None if who in _NOBODY else who
        if channel:
            speaker = channel if speaker in (None, "S1") else f"{channel}, {speaker}"
        glued = kind == "punctuation" and row.get("attaches_to", "previous") == "previous"
        start, end = seconds(row.get("start_time")), seconds(row.get("end_time"))
        sure = number(best.get("confidence")) if kind != "punctuation" else None
        yield Word(said(best.get("content")), start, end, speaker, sure, glued)


def _old_words(top: Table) -> Iterator[Word]:
    for word in rows(top.get("words")):
        start, length = seconds(word.get("time")), seconds(word.get("duration"))
        end = round(start + length, 3) if start is not None and length is not None else None
        text = said(word.get("name"))
        glued = bool(text) and not any(character.isalnum() for character in text)
        yield Word(text, start, end, None, None if glued else number(word.get("confidence")), glued)


def _old_speakers(top: Table) -> Iterator[tuple[float, float, str | None]]:
    for row in rows(top.get("speakers")):
        start, length = seconds(row.get("time")), seconds(row.get("duration"))
        if start is not None and length is not None:
            yield start, start + length, label(row.get("name"))
