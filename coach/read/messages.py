"""JSON Lines and lists of messages: one turn a line or an entry, one call a line, and ConvoKit's corpora.

A turn is an object, or a pair of who speaks and what is said, as in ABCD (Chen et al. 2021).
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read.columns import header_columns
from coach.read.parts import chosen_part
from coach.read.source import FormatInfo, Source
from coach.read.table import read_rows

NAME = "jsonl"
CONVOKIT = "convokit"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="JSON Lines and lists of chat messages; one turn or one call a line",
        reads=frozenset({"speakers", "times", "roles", "confidence", "metadata"}),
        sample="tests/read/samples/chat.jsonl",
    ),
    FormatInfo(
        name=CONVOKIT,
        title="ConvoKit corpus (its folder or `utterances.jsonl`)",
        reads=frozenset({"speakers", "times", "metadata"}),
        sample="tests/read/samples/convokit/utterances.jsonl",
    ),
)
_LISTS = (
    *"messages turns utterances dialogue dialog conversation transcript entries items segments".split(),
    *"results data sentences transcripts log history monologues original".split(),
)
_PAIR = 2
_NOBODY = frozenset(("action", "system"))
"""Who “speaks” in a list of pairs where a program tells what was done."""
_FLAT = ("meta", "metadata", "attributes")
_LINES = re.compile(r"\s{0,100}\{[^\n]*\}[ \t]*\n\s*\{")
_CHAT = re.compile(
    r'\s{0,100}(?:\{\s{0,40}"messages"\s{0,9}:\s{0,9})?\[\s{0,40}\{[^{}\[\]]{0,2000}?"role"\s{0,9}:\s{0,9}"(?:system|developer|user|assistant)"'
)
_WIDEST = 60
_HINT = 'Write one object a line, such as {"speaker": "Agent", "text": "Good morning."}.'

Object = Mapping[str, Any]


def detect(source: Source) -> bool:
    """An object a line, or one list of messages with roles, as chat programs keep them."""
    if source.text is None:
        return False
    return _LINES.match(source.text) is not None or _CHAT.match(source.text) is not None


def read(source: Source) -> Transcript:
    """The talk in the lines; UnreadableTranscriptError where they hold several and none is chosen."""
    objects, lines, notes = _objects(source)
    if objects and not any(map(_is_turn, objects[:50])):
        return _one_of(source, objects, notes)
    return _turns(source, objects, lines, notes)


def read_value(source: Source, value: object) -> Transcript | None:
    """The talk in a JSON value of no known format, by the names of its keys; None where it holds none."""
    paired = _paired(value)
    if paired is not None:
        return _turns(source, paired, None, ())
    objects = _calls_in_parts(value) or _dicts(value if isinstance(value, list) else [value])
    if any(map(_is_turn, objects[:50])):
        return _turns(source, objects, None, ())
    return _one_of(source, objects, ()) if any(_inner(entry) is not None for entry in objects) else None


def _dicts(entries: Sequence[object]) -> list[Object]:
    return [entry for entry in entries if isinstance(entry, dict)]


def _calls_in_parts(value: object) -> list[Object]:
    """The calls of a corpus that is split into lists, such as `train` and `dev`; none where it is not."""
    if not isinstance(value, dict) or not all(isinstance(part, list) for part in value.values()):
        return []
    calls = _dicts([entry for part in value.values() for entry in part])
    return calls if calls and all(_inner(entry) is not None for entry in calls[:20]) else []


def _paired(value: object) -> list[Object] | None:
    """Turns from a list of pairs of who speaks and what is said; None where it is none.

    Who speaks comes back: a list of pairs may also be a table of names and values.
    """
    if not isinstance(value, list) or not all(
        isinstance(entry, list) and len(entry) == _PAIR and all(isinstance(part, str) for part in entry)
        for entry in value
    ):
        return None
    if len({who for who, _ in value}) == len(value):
        return None
    return [
        {"speaker": who, "text": text} | ({"role": "system"} if who.casefold() in _NOBODY else {})
        for who, text in value
    ]


def _turns(
    source: Source, objects: Sequence[Object], lines: Sequence[int] | None, notes: tuple[str, ...]
) -> Transcript:
    """The talk whose turns are these objects."""
    corpus = any("reply-to" in entry or "reply_to" in entry for entry in objects[:50])
    said = [entry for entry in objects if str(entry.get("role", "")).casefold() not in ("system", "tool", "developer")]
    if len(said) < len(objects):
        notes = (*notes, f"Messages of the system were left out: {len(objects) - len(said)}.")
        lines = None
    ordered = _along_replies(said) if corpus else said
    if ordered != said:
        said, lines, notes = ordered, None, (*notes, "Utterances were put in the order of their replies.")
    rows = _as_rows(said)
    found = read_rows(
        source,
        rows,
        name=CONVOKIT if corpus else NAME,
        lines=[0, *lines] if lines else None,
        notes=notes,
    )
    assert found is not None  # noqa: S101  # read_rows is sure here
    return found


def _along_replies(objects: Sequence[Object]) -> list[Object]:
    """The utterances of a corpus, each behind the one it replies to; some corpora list them the other way round."""
    ids = [str(entry.get("id")) for entry in objects]
    place = {name: at for at, name in enumerate(ids)}
    above = [place.get(str(entry.get("reply_to", entry.get("reply-to")))) for entry in objects]
    if len(place) < len(ids) or all(parent is None or parent < at for at, parent in enumerate(above)):
        return list(objects)
    below: dict[int, list[int]] = {}
    for at, parent in enumerate(above):
        if parent is not None:
            below.setdefault(parent, []).append(at)
    waiting = [at for at, parent in enumerate(above) if parent is None][::-1]
    order: list[int] = []
    while waiting:
        order.append(at := waiting.pop())
        waiting += below.get(at, [])[::-1]
    # A circle of replies has no beginning: the order of the file is as good as any.
    return [objects[at] for at in order] if len(order) == len(objects) else list(objects)


def _one_of(source: Source, objects: Sequence[Object], notes: tuple[str, ...]) -> Transcript:
    """The talk of the one object that holds a list of turns, or of the one that is asked for."""
    calls = [(entry, inner) for entry in objects if (inner := _inner(entry)) is not None]
    if not calls:
        raise UnreadableTranscriptError("The lines hold no words of a talk.", place=source.path, hint=_HINT)
    keys = [_key(entry) or str(number) for number, (entry, _) in enumerate(calls, start=1)]
    key = keys[0] if len(calls) == 1 else chosen_part(source, keys, what="calls")
    return _turns(source, calls[keys.index(key)][1], None, notes)


def _key(entry: Object) -> str:
    columns = [name for name in entry if isinstance(entry[name], str | int)]
    named = [
        name
        for name in columns
        if name.casefold() in ("id", "call_id", "conversation_id", "convo_id", "callid", "name")
    ]
    return str(entry[named[0]])[:100] if named else ""


def _inner(entry: Object) -> Sequence[Object] | None:
    """The turns inside an object that is a call."""
    for name in _LISTS:
        found = entry.get(name)
        paired = _paired(found)
        if paired is not None:
            return paired
        if isinstance(found, list) and found and all(isinstance(one, dict) for one in found[:20]):
            turns = [one for one in found if isinstance(one, dict)]
            if any(map(_is_turn, turns[:20])):
                return turns
    return None


def _is_turn(entry: Object) -> bool:
    """True where the object's keys are those of a turn."""
    flat = _flattened(entry)
    columns = header_columns(list(flat)[:_WIDEST])
    return (
        columns is not None and columns.text is not None and (columns.speaker is not None or columns.role is not None)
    )


def _objects(source: Source) -> tuple[list[Object], list[int] | None, tuple[str, ...]]:
    """The objects in the order of the file with their lines, and how many lines are broken."""
    text = source.text or ""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _from_lines(source, text)
    if isinstance(whole, dict):
        return [whole], None, ()
    return [one for one in whole if isinstance(one, dict)], None, ()


def _from_lines(source: Source, text: str) -> tuple[list[Object], list[int] | None, tuple[str, ...]]:
    objects: list[Object] = []
    lines: list[int] = []
    wrong = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        if isinstance(entry, dict):
            objects.append(entry)
            lines.append(number)
        else:
            wrong += 1
    if not objects:
        raise UnreadableTranscriptError("No line is a JSON object.", place=source.path, hint=_HINT)
    notes = (f"Lines that are no JSON objects were left out: {wrong}.",) if wrong else ()
    return objects, lines, notes


def _as_rows(objects: Sequence[Object]) -> list[list[str]]:
    """A header and the objects as rows below it."""
    flat = [_flattened(entry) for entry in objects]
    names = list(dict.fromkeys(name for entry in flat for name in entry))[:_WIDEST]
    return [names, *([entry.get(name, "") for name in names] for entry in flat)]


def _flattened(entry: Object) -> dict[str, str]:
    """The object's plain values as text; those of its metadata, too, where they have no namesake."""
    found = {name[:60]: text for name, value in entry.items() if (text := _text(value)) is not None}
    for part in _FLAT:
        inner = entry.get(part)
        if isinstance(inner, dict):
            for name, value in inner.items():
                if (text := _text(value)) is not None:
                    found.setdefault(name[:60], text)
    return found


def _text(value: object) -> str | None:
    """A value as the text of a cell; the words of a message in parts; None for what is neither."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, int | float):
        return None if isinstance(value, bool) or abs(value) > 1e18 else str(value)
    if isinstance(value, list):
        parts = [part["text"] for part in value if isinstance(part, dict) and isinstance(part.get("text"), str)]
        return " ".join(parts) if parts else None
    if isinstance(value, dict):  # a speaker as an object
        return next((value[key] for key in ("name", "label", "id") if isinstance(value.get(key), str)), None)
    return None
