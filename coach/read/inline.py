"""Speech with elements inside: words, points, pauses, laughter, guesses."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from coach.read.marks import UNINTELLIGIBLE
from coach.read.xmlfile import all_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What the elements of a format mean; all others are looked into."""

    words: frozenset[str] = frozenset({"w"})
    points: frozenset[str] = frozenset()
    """Marks that stand close behind a word."""
    silent: frozenset[str] = frozenset()
    """Neither they nor what is in them is spoken."""
    events: frozenset[str] = frozenset()
    """Laughter and the like: a remark."""
    guesses: frozenset[str] = frozenset()
    """Of what is in them the transcriber was not sure."""
    choices: frozenset[str] = frozenset()
    """Several readings; the first counts."""
    lost: frozenset[str] = frozenset()
    """Speech that could not be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is in a stretch of speech."""

    text: str
    remarks: tuple[str, ...]
    doubtful: tuple[str, ...]


_Piece = tuple[Literal["word", "point", "remark", "doubtful", "running"], str]


def said(element: Element, tags: Tags) -> Said:
    """The words in their order, single spaces between them; the nesting is no deeper than the parser allows."""
    text = ""
    remarks: list[str] = []
    doubtful: list[str] = []
    for kind, piece in _pieces(element, tags):
        if kind == "remark":
            remarks.append(piece)
        elif kind == "doubtful":
            doubtful += piece.split()
        elif kind == "running":
            text += piece
        elif kind == "point":
            text = f"{text.rstrip()}{piece} "
        else:
            text = f"{text.rstrip()} {piece} "
    return Said(text=" ".join(text.split()), remarks=tuple(remarks), doubtful=tuple(doubtful))


def _pieces(element: Element, tags: Tags) -> Iterator[_Piece]:
    """What is inside an element, and not what stands behind it."""
    tag = element.tag
    if tag in tags.silent:
        return
    if tag in tags.events:
        shown = all_text(element) or element.get("description") or element.get("type") or ""
        if shown:
            yield "remark", shown
        return
    if tag in tags.lost:
        yield "remark", UNINTELLIGIBLE
        return
    if tag in tags.words or tag in tags.points:
        yield "word" if tag in tags.words else "point", all_text(element).replace(" ", "")
        return
    inside: list[_Piece] = [("running", element.text)] if element.text else []
    for child in list(element)[:1] if tag in tags.choices else element:
        inside += _pieces(child, tags)
        if child.tail and tag not in tags.choices:
            inside.append(("running", child.tail))
    if tag in tags.guesses:
        yield "doubtful", " ".join(piece for kind, piece in inside if kind in ("word", "running"))
    yield from inside
