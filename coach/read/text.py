"""Plain text as people have it: `Label: words`, time stamps, Markdown, a talk told in a blog."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coach.errors import UnreadableTranscriptError
from coach.model import Metadata, Transcript
from coach.read.dashes import with_colons
from coach.read.dates import date_before, date_in
from coach.read.evidence import choose
from coach.read.handles import exchanged
from coach.read.header import Field, header_fields, metadata
from coach.read.lines import Cue, Line, parse_lines
from coach.read.narrative import OPENERS, end_of_first_quote, spoken
from coach.read.notices import is_notice
from coach.read.pace import possible
from coach.read.programs import refuse_program
from coach.read.remarks import only_remark, split_remarks
from coach.read.source import Gives, Source
from coach.read.stamps import Stamp, without_end_marks
from coach.read.turns import HOW_TO_WRITE, Segment, build_transcript

NAME = "text"
TITLE = "plain text"
READS: frozenset[Gives] = frozenset({"speakers", "times", "metadata"})
SAMPLE = "examples/de-rente-schlecht.txt"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_QUOTED_SHARE = 0.6
"""From this share of quoted lines on, the talk is told: what is not quoted is no speech."""
_DATED_LINES = 200
"""The call's date is looked for in so many lines before the talk."""
_FOREIGN = (
    (re.compile(r"WEBVTT\b"), "WebVTT subtitles"),
    (re.compile(r"\{\\rtf"), "an RTF document; save it as plain text"),
    (re.compile(r"<(?:!DOCTYPE|\?xml|html|head|body|svg)\b", re.IGNORECASE), "HTML or XML"),
    (re.compile(r"[\[{]\s*(?:[\[{\"]|\])"), "JSON"),
)


@dataclass(slots=True)
class _Stretch:
    """A labelled line with the lines that go on from it; grows while reading."""

    line: Line
    cue: Cue
    stamp: Stamp | None
    parts: list[str] = field(default_factory=list)
    end: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    segments: tuple[Segment, ...]
    left_out: int
    """Lines between the first and the last turn that were not read as speech."""
    taken: int
    """Paragraphs without a label that were read as part of the turn before."""


def detect(source: Source) -> bool:
    """Any text may be a transcript."""
    return source.text is not None


def read(source: Source) -> Transcript:
    """The talk in the text; UnreadableTranscriptError where there is none of two people."""
    handled = exchanged(_plain_spaces(source.text or ""))
    if not handled:
        refuse_program(source)
    lines = _lines_of(source.text or "")
    fields = header_fields(lines)
    keys, narrative = _speakers(lines, skip=fields)
    if handled and not keys:
        return build_transcript(source, handled, name=NAME, meta=metadata((), today=source.today))
    dashed = None if keys or source.alternate else with_colons(source.text or "")
    if dashed is not None:
        lines = _lines_of(dashed)
        fields = header_fields(lines)
        keys, narrative = _speakers(lines, skip=fields)
    if not keys:
        keys = _only_one(lines)
        if not keys or not source.one_sided or source.alternate:
            return _unnamed(source, lines, skip=fields)
        refuse_program(source, talk=False)
    places = _talk_places(lines, keys, skip=fields, narrative=narrative)
    talk = _narrated(lines, places) if narrative else _plain(lines, places)
    meta = metadata(tuple(fields.values()), today=source.today)
    before = [line.text for line in lines[max(0, places[0] - _DATED_LINES) : places[0]]]
    if meta.call_date is None:
        meta = replace(meta, call_date=date_before(before, today=source.today))
    segments, meta = _from_zero(talk.segments, [lines[place].cue for place in places], meta, source=source)
    segments, untimed = possible(segments)
    notes = (*_notes(lines, places, talk, fields), *untimed)
    return build_transcript(source, segments, name=NAME, meta=meta, notes=notes)


def labelled_lines(text: str) -> int:
    """How many lines of the text begin with the label of one who talks."""
    lines = _lines_of(text)
    fields = header_fields(lines)
    keys, narrative = _speakers(lines, skip=fields)
    if not keys and (dashed := with_colons(text)) is not None:
        return labelled_lines(dashed) if dashed != text else 0
    return len(_talk_places(lines, keys, skip=fields, narrative=narrative)) if keys else 0


def _lines_of(text: str) -> list[Line]:
    """The lines; what a tool says around the talk parts it like a rule."""
    return [
        line._replace(kind="rule", cue=None) if line.kind == "text" and is_notice(line.text) else line
        for line in parse_lines(_plain_spaces(text))
    ]


def _plain_spaces(text: str) -> str:
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def _speakers(lines: Sequence[Line], *, skip: Collection[int]) -> tuple[frozenset[str], bool]:
    """The labels' keys, and whether what they say stands in quotation marks; no keys where there is no talk."""
    quoted = choose(lines, skip=skip, quoted=True)
    if len(quoted) >= 2:
        cues = [line.cue for index, line in enumerate(lines) if line.cue and index not in skip]
        cues = [cue for cue in cues if cue.key in quoted]
        if sum(cue.quoted for cue in cues) >= _QUOTED_SHARE * len(cues):
            return quoted, True
    keys = choose(lines, skip=skip)
    return (keys if len(keys) >= 2 else frozenset()), False


def _talk_places(lines: Sequence[Line], keys: Collection[str], *, skip: Collection[int], narrative: bool) -> list[int]:
    """The indexes of the labelled lines. In a told talk a label without quotation marks counts inside it only."""
    places = [index for index, line in enumerate(lines) if line.cue and line.cue.key in keys and index not in skip]
    if not narrative:
        # `00:12 Anna` alone in a line is a label only in files that are written so throughout.
        forms = Counter(cue.form for place in places if (cue := lines[place].cue))
        bare = forms["bare"] > forms["colon"] + forms["header"]
        return [place for place in places if (cue := lines[place].cue) and (bare or cue.form != "bare")]
    quoted = [place for place in places if (cue := lines[place].cue) and cue.quoted]
    return [place for place in places if quoted[0] <= place <= quoted[-1]]


def _plain(lines: Sequence[Line], places: Sequence[int]) -> _Talk:
    """Turns with the lines that go on from them.

    A paragraph without a label inside the talk belongs to the turn before it where the turns, too, are
    paragraphs; else it is commentary. After the last turn it is always commentary.
    """
    apart = sum(lines[place - 1].kind == "blank" for place in places[1:]) * 2 > len(places) - 1
    stamped = _stamped_without_brackets(lines, places)
    left_out = taken = 0
    stretches: list[_Stretch] = []
    for place, following in zip(places, (*places[1:], len(lines)), strict=True):
        stretch = _begin(lines, place)
        stretches.append(stretch)
        last = following == len(lines)
        kept, dropped, paragraphs = _continuation(lines[place + 1 : following], stretch, apart=apart and not last)
        for line in kept:
            stretch.parts.append(_words(line, stamped=stamped))
            if line.stamp:
                stretch.end = line.stamp.end
        left_out += 0 if last else dropped
        taken += paragraphs
    return _Talk(segments=tuple(_segment(stretch) for stretch in stretches), left_out=left_out, taken=taken)


def _continuation(lines: Sequence[Line], stretch: _Stretch, *, apart: bool) -> tuple[list[Line], int, int]:
    """The lines that go on from a labelled line, how many are left out, how many paragraphs are taken in."""
    kept: list[Line] = []
    left_out = paragraphs = 0
    empty, after_blank, over = not stretch.cue.rest, False, False
    for line in lines:
        if line.kind == "blank":
            after_blank = True
        elif line.kind == "stamp":
            continue
        elif line.kind in ("heading", "rule"):
            over = True
            left_out += line.kind == "heading"
        elif only_remark(line.text):
            kept.append(line)
        elif over or (after_blank and not empty and not apart):
            over = True
            left_out += 1
        else:
            paragraphs += after_blank and not empty
            kept.append(line)
            empty = after_blank = False
    return kept, left_out, paragraphs


def _narrated(lines: Sequence[Line], places: Sequence[int]) -> _Talk:
    """Turns of a told talk: what stands in quotation marks, on the line or on those right below."""
    stretches: list[_Stretch] = []
    left_out = 0
    for place, following in zip(places, (*places[1:], len(lines)), strict=True):
        stretch = _begin(lines, place)
        stretches.append(stretch)
        below = list(_block(lines[place + 1 : following]))
        used = _quoted_below(stretch, below)
        if following < len(lines):
            left_out += sum(line.kind == "text" for line in lines[place + 1 + used : following])
    segments = tuple(_segment(stretch, narrative=True) for stretch in stretches)
    return _Talk(segments=segments, left_out=left_out, taken=0)


def _block(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines up to the first that is no text."""
    for line in lines:
        if line.kind != "text":
            return
        yield line


def _quoted_below(stretch: _Stretch, below: Sequence[Line]) -> int:
    """Adds the lines on which the quotation goes on, and quoted lines right below; how many were used."""
    used = 0
    text = stretch.parts[0] if stretch.parts else ""
    if not text and below and below[0].text[0] in OPENERS:
        text, used = below[0].text, 1
        stretch.parts.append(text)
    if text[:1] in OPENERS and text and end_of_first_quote(text) is None:
        joined = "\n".join((text, *(line.text for line in below[used:])))
        end = end_of_first_quote(joined)
        if end is not None:
            count = joined.count("\n", 0, end)
            stretch.parts[0] = " ".join((text, *(line.text for line in below[used : used + count])))
            used += count
    while used < len(below) and below[used].text[0] in OPENERS and end_of_first_quote(below[used].text) is not None:
        stretch.parts.append(below[used].text)
        used += 1
    while used < len(below) and only_remark(below[used].text):
        stretch.parts.append(below[used].text)
        used += 1
    return used


def _begin(lines: Sequence[Line], place: int) -> _Stretch:
    line = lines[place]
    cue = line.cue
    if cue is None:
        raise AssertionError(f"line {line.number} has no label")
    stamp = cue.stamp or _stamp_above(lines, place)
    return _Stretch(line, cue, stamp, [cue.rest] if cue.rest else [], stamp.end if stamp else None)


def _stamp_above(lines: Sequence[Line], place: int) -> Stamp | None:
    """The stamp that stands alone in the line above, be a blank one between."""
    above = place - 2 if place > 1 and lines[place - 1].kind == "blank" else place - 1
    return lines[above].stamp if above >= 0 and lines[above].kind == "stamp" else None


def _stamped_without_brackets(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """True where `00:15 und dann` is a stamp and no speech, since the labels have such stamps as well."""
    bare = sum(bool(stamp and not stamp.bracketed) for stamp in (lines[place].stamp for place in places))
    return 2 * bare > len(places)


def _words(line: Line, *, stamped: bool) -> str:
    return line.unstamped if line.stamp and (line.stamp.bracketed or stamped) else line.text


def _segment(stretch: _Stretch, *, narrative: bool = False) -> Segment:
    said: list[str] = []
    remarks = [stretch.cue.remark] if stretch.cue.remark else []
    parts = stretch.parts if narrative else [" ".join(stretch.parts)]
    for part in parts:
        words, asides = spoken(part) if narrative else split_remarks(part)
        if words:
            said.append(words)
        remarks += asides
    stamp = stretch.stamp
    text, end = without_end_marks(" ".join(said))
    return Segment(
        speaker=stretch.cue.key,
        text=text,
        line=stretch.line.number,
        start=stamp.start if stamp else None,
        end=stretch.end if end is None else end,
        remarks=tuple(remarks),
    )


def _from_zero(
    segments: Sequence[Segment], cues: Sequence[Cue | None], meta: Metadata, *, source: Source
) -> tuple[list[Segment], Metadata]:
    """The segments under the labels as first written, times of a day counted from the beginning of the call."""
    spelled: dict[str, str] = {}
    day: str | None = None
    for cue in cues:
        if cue:
            spelled.setdefault(cue.key, cue.label)
            day = day or (cue.stamp.day if cue.stamp else None)
    zero = 0.0
    if day:
        meta = replace(meta, call_date=date_in(day, today=source.today) or meta.call_date)
        zero = next((segment.start for segment in segments if segment.start is not None), 0.0)
    return [
        replace(
            segment,
            speaker=spelled[segment.speaker or ""],
            start=None if segment.start is None else (segment.start - zero) % _DAY if day else segment.start,
            end=None if segment.end is None else (segment.end - zero) % _DAY if day else segment.end,
        )
        for segment in segments
    ], meta


_DAY = 86_400.0


def _notes(lines: Sequence[Line], places: Sequence[int], talk: _Talk, fields: Collection[int]) -> tuple[str, ...]:
    """What was not read as speech, one sentence each."""
    first = places[0]
    before = sum(line.kind in ("text", "heading") and i not in fields for i, line in enumerate(lines[:first]))
    last_line = talk.segments[-1].line or 0
    notes: list[str] = []
    if before:
        notes.append(f"Text before the talk was left out: {_lines(before)}.")
    if talk.left_out:
        notes.append(f"Text between the turns was left out as commentary: {_lines(talk.left_out)}.")
    if talk.taken:
        notes.append(f"Paragraphs without a label were read as part of the turn before them: {talk.taken}.")
    after = sum(line.kind == "heading" for line in lines[last_line:]) + _commentary_after(lines, places[-1])
    if after:
        notes.append(f"Text after the talk was left out: {_lines(after)}.")
    return tuple(notes)


def _commentary_after(lines: Sequence[Line], last: int) -> int:
    """Lines of text after the first blank line behind the last turn."""
    blank = next((i for i in range(last + 1, len(lines)) if lines[i].kind != "text"), len(lines))
    return sum(line.kind == "text" for line in lines[blank:])


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _unnamed(source: Source, lines: Sequence[Line], *, skip: Mapping[int, Field]) -> Transcript:
    """The lines of a text that names nobody, each a segment, where the user takes them so; else the error."""
    refuse_program(source, talk=False)
    foreign = any(pattern.match((source.text or "").lstrip()) for pattern, _ in _FOREIGN)
    if foreign or not (source.alternate or source.one_sided):
        raise _no_talk(source, lines)
    segments = []
    for index, line in enumerate(lines):
        if line.kind != "text" or index in skip:
            continue
        words, remarks = split_remarks(line.unstamped if line.stamp else line.text)
        stamp = line.stamp or _stamp_above(lines, index)
        start, end = (stamp.start, stamp.end) if stamp and stamp.day is None else (None, None)
        segments.append(Segment(speaker=None, text=words, line=line.number, start=start, end=end, remarks=remarks))
    return build_transcript(source, segments, name=NAME, meta=metadata(tuple(skip.values()), today=source.today))


def _only_one(lines: Sequence[Line]) -> frozenset[str]:
    """The key of the label that stands before most lines, where it is the only one."""
    counts = Counter(line.cue.key for line in lines if line.cue and line.cue.shape in ("role", "name", "titled"))
    usual = counts.most_common(1)
    return frozenset({usual[0][0]} if usual and usual[0][1] >= 2 and 2 * usual[0][1] >= sum(counts.values()) else ())


def _no_talk(source: Source, lines: Sequence[Line]) -> UnreadableTranscriptError:
    """What the file looks like, and what to do about it."""
    text = (source.text or "").lstrip()
    foreign = next((kind for pattern, kind in _FOREIGN if pattern.match(text)), None)
    if foreign:
        return UnreadableTranscriptError(
            f"No talk of two people was found; the file looks like {foreign}.", place=source.path, hint=HOW_TO_WRITE
        )
    written = [line for line in lines if line.kind == "text"]
    stamped = sum(line.stamp is not None for line in written) + sum(line.kind == "stamp" for line in lines)
    only = _only_one(written)
    if only:
        named = [line for line in written if line.cue and line.cue.key in only]
        first = named[0]
        label = first.cue.label if first.cue else ""
        return UnreadableTranscriptError(
            f'Only one speaker was found: "{label}", {len(named)} times.',
            place=f"{source.path}:{first.number}",
            hint=f"A review needs both sides of the call. {HOW_TO_WRITE}",
        )
    if 2 * stamped >= len(written) > 0:
        return UnreadableTranscriptError(
            "There are time stamps, but nobody is named who talks.",
            place=source.path,
            hint="Switch on speaker recognition in the tool that wrote the file, or use --alternate if each line is "
            f"the other speaker's. {HOW_TO_WRITE}",
        )
    return UnreadableTranscriptError(
        f"No talk of two people was found in {_lines(len(written))} of text.",
        place=source.path,
        hint=f"{HOW_TO_WRITE} If the lines are two speakers by turns, --alternate takes them so.",
    )
