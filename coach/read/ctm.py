"""NIST CTM: a word a line with recording, channel, time, length and confidence, as `sclite` and Kaldi use it.

The format is that of the NIST scoring toolkit (SCTK, `doc/infmts.htm`): `file channel start length word [confidence
[type [speaker]]]`, comments after `;;`. Who talks is told by the eighth column, or else by the channels, or else by
recordings that are named after people, as Gecko writes them (`Anna_00012_audio`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from coach.model import Transcript
from coach.read.parts import chosen_part, only_call
from coach.read.segment import Segment
from coach.read.source import FormatInfo, Source
from coach.read.spoken import Word, in_order, segments_of
from coach.read.turns import build_transcript
from coach.read.units import seconds

NAME = "ctm"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="NIST CTM (Kaldi, sclite, Gecko)",
        reads=frozenset({"speakers", "times", "confidence"}),
        sample="tests/read/samples/gecko.ctm",
    ),
)
_ROW = re.compile(
    r"(?P<file>[^\s;]\S{0,200})[ \t]{1,9}(?P<channel>[A-Za-z0-9]{1,3})[ \t]{1,9}(?P<start>[0-9]{1,7}(?:\.[0-9]{1,9})?)"
    r"[ \t]{1,9}(?P<length>[0-9]{1,7}(?:\.[0-9]{1,9})?)[ \t]{1,9}(?P<word>\S{1,200})"
    r"(?:[ \t]{1,9}(?P<sure>-?[0-9]{0,3}(?:\.[0-9]{1,12})?|NA|null))?"
    r"(?:[ \t]{1,9}(?P<type>[a-z-]{2,8}))?(?:[ \t]{1,9}(?P<speaker>\S{1,80}))?[ \t]{0,99}"
)
_SEEN = 40
"""So many lines at the top decide."""
_LEAST = 3
_GECKO = re.compile(r"(.{1,150})_[0-9]{5}_audio")
_NO_SPEECH = frozenset(("non-lex", "misc", "noise"))
_ALTERNATIVE, _ALTERNATIVES_END = "<ALT>", "<ALT_END>"


class _Row(NamedTuple):
    file: str
    channel: str
    speaker: str | None
    word: Word


def detect(source: Source) -> bool:
    """Nearly all of the first lines are rows of this format."""
    lines = [line for line in _lines((source.text or "")[:20_000]) if not line.startswith(";;") and "<ALT" not in line]
    lines = lines[:_SEEN]
    rows = sum(_ROW.fullmatch(line) is not None for line in lines)
    return rows >= _LEAST and 10 * rows >= 9 * len(lines)


def read(source: Source) -> Transcript:
    """The words as segments of speakers; UnreadableTranscriptError where nothing tells who talks."""
    rows, notes = _rows(source.text or "")
    people = {row.file: match[1] for row in rows if (match := _GECKO.fullmatch(row.file))}
    if all(row.file in people for row in rows):
        only_call(source)
        named = [(people[row.file], row) for row in rows]
    else:
        part = chosen_part(source, [row.file for row in rows], what="recordings")
        named = [(_who(row), row) for row in rows if row.file == part]
        if not any(row.speaker for _, row in named) and len({row.channel for _, row in named}) < 2:
            named = [("", row) for _, row in named]
    return build_transcript(source, _segments(named), name=NAME, notes=notes, recognised=True)


def _who(row: _Row) -> str:
    return row.speaker or f"Channel {row.channel}"


def _segments(named: Sequence[tuple[str, _Row]]) -> list[Segment]:
    """The segments of each speaker, in the order in which they begin."""
    said: dict[str, list[Word]] = {}
    for who, row in named:
        known = None if who.startswith("<") else who or None  # Gecko writes `<NA>`
        said.setdefault(who, []).append(replace(row.word, speaker=known))
    return in_order(segment for words in said.values() for segment in segments_of(_by_time(words)))


def _by_time(words: Iterable[Word]) -> list[Word]:
    return sorted(words, key=lambda word: word.start or 0.0)


def _rows(text: str) -> tuple[list[_Row], tuple[str, ...]]:
    """The words, of alternatives the first, and what was left out."""
    rows: list[_Row] = []
    broken = sounds = 0
    other = False
    for line in _lines(text):
        if line.startswith(";;"):
            continue
        if "<ALT" in line:
            other = _ALTERNATIVE in line and _ALTERNATIVES_END not in line
            continue
        found = _ROW.fullmatch(line)
        if found is None:
            broken += 1
        elif _is_sound(found):
            sounds += 1
        elif not other:
            rows.append(_row(found))
    notes = (f"Lines that are no words with times were left out: {broken}.",) if broken else ()
    return rows, (*notes, f"Sounds and marks of no word were left out: {sounds}.") if sounds else notes


def _is_sound(row: re.Match[str]) -> bool:
    word = row["word"]
    return row["type"] in _NO_SPEECH or word == "@" or word[0] in "<[" or word.casefold().startswith("%hes")


def _row(row: re.Match[str]) -> _Row:
    start, length = seconds(row["start"]), seconds(row["length"])
    end = round(start + length, 3) if start is not None and length is not None else None
    given = row["sure"] or ""
    sure = float(given) if given.strip("-.") and given[0] in ".0123456789" else None
    word = Word(row["word"], start, end, None, sure if sure is not None and sure <= 1 else None)
    return _Row(row["file"], row["channel"], row["speaker"], word)


def _lines(text: str) -> Iterator[str]:
    return (line for raw in text.split("\n") if (line := raw.strip()))
