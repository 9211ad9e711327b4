"""Who says the words of a cue: voice tags, labels before the words, dashes where somebody else goes on."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from coach.read.cues import Cue
from coach.read.evidence import choose
from coach.read.labels import shape
from coach.read.lines import parse_lines
from coach.read.remarks import split_remarks
from coach.read.turns import Segment

MAX_LABEL = 80
_TAG = re.compile(r"<(/?[A-Za-z][^<>]*|/|[0-9:.]*)>")
_VOICE = re.compile(r"v(?:\.[^\s<>]*)?(?:\s+(.*))?", re.DOTALL)
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LABEL = re.compile(r"\s*(?:[-–—]\s*|>>\s*)?([^\s:][^:\n]{0,79}?)\s*:(?:\s+|$)")
_DASH = re.compile(r"\s*(?:[-–—‐‑](?!-)|>>)\s*(?=\S)")
_STAMP = re.compile(r"\[[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?\]|\(\.{1,10}\)")
"""A time among the words, or a pause as noScribe marks it."""
_OVERLAP = re.compile(r"^//|//$")
_ENDS = frozenset(".,;:!?…")
_THROUGHOUT = 0.8
"""From this share of cues with a label on, labels stand before all cues, and their shape does not matter."""
_ONCE = 0.95
"""From this share on, a label that occurs once is one, too."""
_REPEATED = 0.1
"""Where more neighbours than this share carry one and the same label, labels do not stand at changes only."""


class Piece(NamedTuple):
    """Words of a cue that one person says, as far as the cue tells."""

    cue: Cue
    voice: str | None
    text: str
    """Without tags; may have several lines."""


def segments_of(cues: Iterable[Cue]) -> list[Segment]:
    """The segments of the cues, in order; their speaker is None where nobody is named."""
    pieces = [piece for cue in cues for piece in _pieces(cue)]
    if any(piece.voice for piece in pieces):
        renamed = _renamed(pieces)
        return _shared([voiced_segment(piece.cue._replace(text=piece.text), piece.voice) for piece in renamed])
    above = _named_above(pieces)
    if above:
        return [_segment(piece, name, words) for piece, (name, words) in zip(pieces, above, strict=True)]
    return _shared(_labelled(pieces, _labels(pieces)) or _dashed(pieces))


def _renamed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the voice that stands before their words, where it is another of the file's voices.

    noScribe 0.7 writes the label of whoever begins into a cue that still has the tag of the one before.
    """
    voices = {piece.voice.casefold(): piece.voice for piece in pieces if piece.voice}
    if len(voices) < 2:
        return list(pieces)
    found: list[Piece] = []
    for piece in pieces:
        before, colon, _ = piece.text.partition(":")
        other = voices.get(before.strip().casefold()) if colon and len(before) <= MAX_LABEL else None
        found.append(piece if other is None else piece._replace(voice=other))
    return found


def voiced_segment(cue: Cue, speaker: str | None) -> Segment:
    """The cue's words as a segment of this speaker, without the speaker's name before them."""
    piece = Piece(cue, speaker, cue.text)
    return _segment(piece, speaker, _without_label(piece))


def plain_label(text: str) -> str | None:
    """A label on one line, without entities and of bounded length; None where nothing is left."""
    return " ".join(_unescaped(text).split())[:MAX_LABEL].strip() or None


def _unescaped(text: str) -> str:
    """The text with its entities resolved, once."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _pieces(cue: Cue) -> list[Piece]:
    """The cue's words by voice; words outside the tags belong to the only voice, if there is just one."""
    text = _OVERRIDE.sub("", cue.text) if "{\\" in cue.text else cue.text
    if "<" not in text:
        return [Piece(cue, None, _unescaped(text))]
    found: list[Piece] = []
    voice: str | None = None
    parts: list[str] = []
    position = 0
    for tag in _TAG.finditer(text):
        parts.append(text[position : tag.start()])
        position = tag.end()
        content = tag[1].strip()
        opening = _VOICE.fullmatch(content)
        if opening is not None or content in ("/v", "/"):
            found.append(Piece(cue, voice, _unescaped("".join(parts))))
            parts = []
            voice = plain_label(opening[1] or "") if opening is not None else None
    found.append(Piece(cue, voice, _unescaped("".join((*parts, text[position:])))))
    found = [piece for piece in found if piece.text.strip()] or found[:1]
    voices = {piece.voice for piece in found} - {None}
    if len(voices) != 1:
        return found
    return [Piece(cue, voices.pop(), "\n".join(piece.text for piece in found))]


def _without_label(piece: Piece) -> str:
    """The words without the voice's own name before them, and without the marks of somebody talking across."""
    name = piece.voice
    text = piece.text.strip()
    if name is None:
        return text
    if text.startswith("//") or name.startswith("//") or text.endswith("//"):
        text = _OVERLAP.sub("", text).strip()
    name = name.strip("/ ")
    if text[: len(name)].casefold() == name.casefold() and text[len(name) : len(name) + 1] == ":":
        text = text[len(name) + 1 :].strip()
    return text


def _named_above(pieces: Sequence[Piece]) -> list[tuple[str | None, str]] | None:
    """Name and words of each cue, where the first line of the cues is the name of who talks; else None."""
    split = [piece.text.partition("\n") for piece in pieces]
    names = Counter(first.strip() for first, _, words in split if words.strip())
    if sum(names.values()) < _THROUGHOUT * len(pieces) or len(names) < 2:
        return None
    usual = {name for name, count in names.items() if _may_be_name(name) and (count > 1 or _is_name(name))}
    again = any(names[name] > 1 for name in usual)
    if not again or len(usual) < 2 or sum(names[name] for name in usual) < _THROUGHOUT * len(pieces):
        return None
    return [
        (plain_label(first), words) if words.strip() and first.strip()[-1:] not in _ENDS else (None, f"{first} {words}")
        for first, _, words in split
    ]


def _may_be_name(text: str) -> bool:
    return 0 < len(text) <= MAX_LABEL and text[-1] not in _ENDS


def _is_name(text: str) -> bool:
    """True also for `Müller, Anna (Extern)`."""
    return shape(" ".join(reversed(text.split(", ", 1)))) in ("role", "name") or shape(text) in ("role", "name")


def _labels(pieces: Sequence[Piece]) -> frozenset[str]:
    """The labels that stand before words, case-folded; none where fewer than two do."""
    first = [match[1].casefold() for piece in pieces if (match := _LABEL.match(piece.text))]
    if not first:
        return frozenset()
    counts = Counter(first)
    solid = {key for key, count in counts.items() if count > 1}
    covered = sum(counts[key] for key in solid)
    spoken = sum(bool(piece.text.strip()) for piece in pieces)
    if len(solid) >= 2 and covered >= _THROUGHOUT * spoken:
        once = len(first) >= _ONCE * spoken
        return frozenset(key for key, count in counts.items() if count > 1 or once or shape(key.title()) != "none")
    lines = parse_lines("\n".join(piece.text for piece in pieces))
    keys = choose([line for line in lines if line.kind != "blank"])
    chosen = frozenset(line.cue.key for line in lines if line.cue and line.cue.form == "colon" and line.cue.key in keys)
    bracketed = {key for key in counts if key.startswith("[") and key.endswith("]") and key[1:-1] in chosen}
    return chosen | bracketed if len(chosen) >= 2 else frozenset()


def _labelled(pieces: Sequence[Piece], labels: frozenset[str]) -> list[Segment]:
    """The words under the labels before them; a cue without one goes on from the cue before, if labels mark changes.

    Empty where they mark neither the changes nor at least half of what is said: those are no labels.
    """
    if not labels:
        return []
    said: list[tuple[Piece, str | None, list[str]]] = []
    spelled: dict[str, str] = {}
    for piece in pieces:
        current: list[str] = []
        said.append((piece, None, current))
        for line in piece.text.split("\n"):
            match = _LABEL.match(line)
            key = match[1].casefold() if match else ""
            if match is None or key not in labels:
                current.append(line)
                continue
            name = match[1][1:-1] if match[1][0] == "[" and match[1][-1] == "]" else match[1]
            current = [line[match.end() :]]
            if key not in spelled:
                spelled[key] = plain_label(name) or name
            said.append((piece, spelled[key], current))
    said = [one for one in said if one[1] is not None or any(part.strip() for part in one[2])]
    named = [speaker for _, speaker, _ in said]
    both = [(one, two) for one, two in pairwise(named) if one and two]
    on_change = sum(one == two for one, two in both) <= _REPEATED * len(both)
    if not on_change and 2 * sum(name is not None for name in named) < len(named):
        return []
    found: list[Segment] = []
    last: str | None = None
    for piece, speaker, lines in said:
        last = speaker or (last if on_change else None)
        found.append(_segment(piece, last, "\n".join(lines)))
    return found


def _dashed(pieces: Sequence[Piece]) -> list[Segment]:
    """Segments of nobody; where dashes mark that somebody else goes on, lines between two dashes are one segment."""
    if not any(_DASH.match(piece.text) for piece in pieces):
        return [_segment(piece, None, piece.text) for piece in pieces]
    groups: list[list[tuple[Piece, str]]] = []
    for piece, dashed, words in _lines_by_dash(pieces):
        if dashed or not groups:
            groups.append([])
        groups[-1].append((piece, words))
    return [
        replace(_segment(group[0][0], None, " ".join(words for _, words in group)), end=group[-1][0].cue.end)
        for group in groups
    ]


def _lines_by_dash(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, bool, str]]:
    """Each line with whether it begins with a dash, and its words."""
    for piece in pieces:
        for line in piece.text.split("\n"):
            dash = _DASH.match(line)
            yield piece, dash is not None, line[dash.end() :] if dash else line


def _segment(piece: Piece, speaker: str | None, text: str) -> Segment:
    words, remarks = split_remarks(_STAMP.sub(" ", text))
    return Segment(
        speaker=speaker.strip("/ ") or None if speaker else None,
        text=words,
        line=piece.cue.line,
        start=piece.cue.start,
        end=piece.cue.end,
        remarks=tuple(remark for remark in remarks if any(character.isalnum() for character in remark)),
    )


def _shared(segments: list[Segment]) -> list[Segment]:
    """The segments; of those that share one cue only the first knows when it begins, and only the last when it ends."""
    found = list(segments)
    for index, (one, two) in enumerate(pairwise(segments)):
        if one.line == two.line and one.start is not None and one.start == two.start:
            found[index] = replace(found[index], end=None)
            found[index + 1] = replace(found[index + 1], start=None)
    return found
