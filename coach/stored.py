"""A review as bytes and back: every field of every value by its position, as JSON, packed; never a pickle.

Beside it may stand its report, ready-made: whoever only passes it on need not make the values first.

The shapes are those of `coach.model`: a field that is added there is stored without a line here, and `shape()`, which
stands in every key of the cache, changes with it, so that what an older version wrote is never misread.
"""

import hashlib
import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from coach.model import Act, Band, Conversation, Finding, Focus, Review, Transcript, Turn, Utterance

VERSION = 3
"""Counts changes of the layout that the fields' names do not show."""
_LENGTH = 8
"""Bytes at the beginning that hold the length of the packed review, big-endian; the rest is the packed report."""
_Change = Callable[[Any], Any]


def packed(review: Review, *, report: str = "") -> bytes:
    """The review as bytes, and its report beside it; `unpacked` gives an equal review, `report_in` the report."""
    row = _writer(Review)(_lean(review))
    names: dict[tuple[str, ...], int] = {}
    at = _at(Utterance, "signals")
    for item in _utterances(row):  # the same sixty names stand in every turn of a side
        signals = item[at]
        item[at] = [names.setdefault(tuple(signals), len(names)), *signals.values()]
    row[_at(Review, "bands")] = json.dumps(row[_at(Review, "bands")])  # the same in most calls: read once
    text = json.dumps([list(names), row], ensure_ascii=True, separators=(",", ":"))
    body = zlib.compress(text.encode("ascii"), 1)
    return len(body).to_bytes(_LENGTH, "big") + body + (zlib.compress(report.encode(), 1) if report else b"")


def report_in(data: bytes) -> str:
    """The report that was packed beside the review; empty where there is none."""
    ready = data[_end(data) :]
    return zlib.decompress(ready).decode() if ready else ""


def _end(data: bytes) -> int:
    """Where the packed review ends."""
    return _LENGTH + int.from_bytes(data[:_LENGTH], "big")


def unpacked(data: bytes) -> Review:
    """The review that was packed; ValueError, TypeError or zlib.error where the bytes are something else."""
    names, row = json.loads(zlib.decompress(data[_LENGTH : _end(data)]))
    at = _at(Utterance, "signals")
    for item in _utterances(row):
        which, *values = item[at]
        item[at] = dict(zip(names[which], values, strict=True))
    _filled(row)
    row[_at(Review, "bands")] = _bands(row[_at(Review, "bands")])
    return Review(**{name: change(value) for (name, change), value in zip(_plan(), row, strict=True)})


def at_path(review: Review, path: str) -> Review:
    """The same review of a call that lies elsewhere."""
    conversation = review.conversation
    if conversation.transcript.path == path:
        return review
    transcript = replace(conversation.transcript, path=path)
    return replace(review, conversation=replace(conversation, transcript=transcript))


def _lean(review: Review) -> Review:
    """Without what stands there twice: the turns of utterances, and findings among the things to work on."""
    conversation = review.conversation
    turns = conversation.transcript.turns
    bare = tuple(
        replace(item, turn=None) if at < len(turns) and item.turn is turns[at] else item  # type: ignore[arg-type]
        for at, item in enumerate(conversation.utterances)
    )
    places = {id(finding): at for at, finding in enumerate(review.findings)}
    chosen = tuple(
        replace(item, findings=tuple(places.get(id(finding), finding) for finding in item.findings))  # type: ignore[misc]
        for item in review.focus
    )
    return replace(review, conversation=replace(conversation, utterances=bare), focus=chosen)


@cache
def _plan() -> list[tuple[str, _Change]]:
    """The fields of a review, each with what reads it; bands are made already."""
    hints = get_type_hints(Review)
    names = [item.name for item in fields(Review)]
    return [(name, _same if name == "bands" else _reader(hints[name])) for name in names]


@lru_cache(maxsize=64)
def _bands(text: str) -> Mapping[str, Band]:
    found: Mapping[str, Band] = _reader(get_type_hints(Review)["bands"])(json.loads(text))
    return found


def _utterances(row: list[Any]) -> list[list[Any]]:
    found: list[list[Any]] = row[_at(Review, "conversation")][_at(Conversation, "utterances")]
    return found


def _filled(row: list[Any]) -> None:
    """Puts back what `_lean` left out; what is made here already, its reader lets pass."""
    conversation = row[_at(Review, "conversation")]
    transcript = conversation[_at(Conversation, "transcript")]
    turns = [_reader(Turn)(item) for item in transcript[_at(Transcript, "turns")]]
    transcript[_at(Transcript, "turns")] = turns
    turn = _at(Utterance, "turn")
    for at, item in enumerate(conversation[_at(Conversation, "utterances")]):
        if item[turn] is None:
            item[turn] = turns[at]
    found = [_reader(Finding)(item) for item in row[_at(Review, "findings")]]
    row[_at(Review, "findings")] = found
    findings = _at(Focus, "findings")
    for item in row[_at(Review, "focus")]:
        item[findings] = [found[one] if isinstance(one, int) else one for one in item[findings]]


@cache
def _at(kind: Any, name: str) -> int:
    """The position of a field."""
    return [field.name for field in fields(kind)].index(name)


@cache
def _writer(kind: Any) -> _Change:
    """What turns a value of this kind into what JSON holds."""
    origin, inner = get_origin(kind), get_args(kind)
    if _is_record(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        values = attrgetter(*names)
        changes = [_writer(hints[name]) for name in names]
        asked = [(at, change) for at, change in enumerate(changes) if change is not _same]

        def write(value: object) -> object:
            if not isinstance(value, kind):  # left out by _lean
                return value
            row = list(values(value))
            for at, change in asked:
                row[at] = change(row[at])
            return row

        return write
    if kind is date:
        return date.isoformat
    if origin in (Union, types.UnionType):
        one = _writer(_only(inner))
        return _same if one is _same else lambda value: None if value is None else one(value)
    if origin is tuple:
        if inner[-1] is Ellipsis and (one := _writer(inner[0])) is not _same:
            return lambda values: [one(value) for value in values]
        return _same  # JSON writes a tuple as a list
    if origin is not None and _is_mapping(origin):
        one = _writer(inner[1])
        return dict if one is _same else lambda mapping: {name: one(value) for name, value in mapping.items()}
    return _same


@cache
def _reader(kind: Any) -> _Change:
    """What turns back what JSON held."""
    origin, inner = get_origin(kind), get_args(kind)
    if _is_record(kind):
        hints = get_type_hints(kind)
        names = tuple(field.name for field in fields(kind))
        asked = [(at, change) for at, name in enumerate(names) if (change := _reader(hints[name])) is not _same]

        if kind is Act:
            return _act

        def read(row: Any) -> Any:
            if not isinstance(row, list):
                return row
            for at, change in asked:
                row[at] = change(row[at])
            return kind(**dict(zip(names, row, strict=True)))

        return read
    if kind is date:
        return date.fromisoformat
    if origin in (Union, types.UnionType):
        one = _reader(_only(inner))
        return _same if one is _same else lambda value: None if value is None else one(value)
    if origin is tuple:
        if inner[-1] is Ellipsis:
            one = _reader(inner[0])
            return tuple if one is _same else lambda values: tuple([one(value) for value in values])
        return tuple
    if origin is not None and _is_mapping(origin):
        one = _reader(inner[1])
        return _same if one is _same else lambda mapping: {name: one(value) for name, value in mapping.items()}
    return _same


@lru_cache(maxsize=20_000)
def _shared(name: str, score: int, words: str, source: Any) -> Act:
    return Act(name=name, score=score, words=words, source=source)


def _act(row: Any) -> Act:
    """There are hundreds in a call, most of them like one another."""
    name, score, words, source = row
    return _shared(name, score, words, source)


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind)


def _same(value: Any) -> Any:
    return value


def _only(kinds: tuple[Any, ...]) -> Any:
    """The kind that a value has where it is not None; plain values may be of several."""
    rest = [kind for kind in kinds if kind is not types.NoneType]
    return rest[0] if len(rest) == 1 else object


def _is_mapping(origin: object) -> bool:
    """The kind is a mapping from text."""
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _shape(kind: Any, seen: set[Any]) -> list[str]:
    if _is_record(kind) and kind not in seen:
        seen.add(kind)
        hints = get_type_hints(kind)
        lines = [f"{kind.__qualname__}.{field.name}: {hints[field.name]}" for field in fields(kind)]
        return lines + [line for field in fields(kind) for line in _shape(hints[field.name], seen)]
    inner = [] if get_origin(kind) is Literal else get_args(kind)
    return [line for item in inner for line in _shape(item, seen)]


@cache
def shape() -> str:
    """16 hex digits that change with any field of any value that is stored."""
    text = "\n".join([str(VERSION), *_shape(Review, set())])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
