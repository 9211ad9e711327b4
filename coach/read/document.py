"""JSON files as values, read without trust: cut-off files, deep nesting and odd numbers end in a clear error.

The accessors below give what is asked for or something empty, so that a reader never meets a type it did not expect.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from coach.errors import UnreadableTranscriptError
from coach.read.segment import UNPRINTABLE
from coach.read.source import Source

Table: TypeAlias = Mapping[str, Any]

_WORD_KEYS = frozenset(("word", "start", "end", "score", "speaker", "probability", "confidence"))
_LINES = re.compile(r"\{[^\n]*\}\s*\n\s*\{")
_CUT = re.compile(r"[\w.+-]{0,40}\s*")
"""What may be left at the end of a file that ends in the middle: part of a number or word."""
_HINT = "Export the transcript again, and check that the file was copied whole."


def is_json(source: Source) -> bool:
    """The text looks like one JSON value; JSON Lines are rows of a table and not meant here."""
    text = source.text
    if text is None:
        return False
    start = len(text) - len(text.lstrip())
    return text[start : start + 1] in ("{", "[") and not _LINES.match(text, start) and _begins(text, start)


def _begins(text: str, start: int) -> bool:
    """What follows the bracket can follow it in JSON, as it cannot in `[00:12] Anna` or RTF."""
    opener, rest = text[start], text[start + 1 : start + 300].lstrip()
    if opener == "{":
        return rest[:1] in ('"', "}", "")
    return rest[:1] in ("{", "[", "]", '"', "")


def document(source: Source) -> tuple[Any, tuple[str, ...]]:
    """The JSON value in the file, and what was doubtful in it.

    Raises UnreadableTranscriptError with line and column where it is broken.
    """
    text = source.text or ""
    compact = _Compact()
    decoder = json.JSONDecoder(
        object_pairs_hook=compact.object, parse_constant=lambda _: None, parse_int=_whole, strict=False
    )
    try:
        found = decoder.decode(text)
    except json.JSONDecodeError as error:
        place = f"{source.path}:{error.lineno}:{error.colno}"
        if error.msg.startswith("Unterminated") or _CUT.fullmatch(text, error.pos):
            message = "The JSON is cut off: the file ends in the middle of a value."
        else:
            message = f"This is not valid JSON: {error.msg[:1].lower()}{error.msg[1:].rstrip(':')}."
        raise UnreadableTranscriptError(message, place=place, hint=_HINT) from None
    except RecursionError:
        raise UnreadableTranscriptError(
            "The JSON is nested too deeply for a transcript.", place=source.path, hint=_HINT
        ) from None
    doubles = compact.doubles
    return found, (f"Keys that stand twice in an object, of which the last was read: {doubles}.",) if doubles else ()


def _whole(digits: str) -> int | None:
    """A whole number; no time, number or id of a call has more digits than this."""
    return int(digits) if len(digits) <= 40 else None


class _Compact:
    """Builds objects; in a file with every word of ten hours equal texts are kept once."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}
        self.doubles = 0

    def object(self, pairs: list[tuple[str, Any]]) -> Table:
        """The object; of a key that is there twice the last value counts, as nearly everywhere."""
        known = self._known
        found = {
            key: known.setdefault(value, value) if type(value) is str and len(value) < 24 else value
            for key, value in pairs
        }
        self.doubles += len(pairs) - len(found)
        return found


def table(value: object) -> Table:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def rows(value: object) -> Iterator[Table]:
    """The objects in a list; nothing where the value is no list."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping):
                yield item


def first(value: object) -> Table:
    """The first object in a list, or an empty one."""
    return next(rows(value), {})


def said(value: object) -> str:
    """The value if it is a text, with single spaces and without what cannot be printed; else an empty text."""
    if not isinstance(value, str):
        return ""
    text = " ".join(value.split())
    return text if text.isprintable() else " ".join(UNPRINTABLE.sub(" ", text).split())


def number(value: object) -> float | None:
    """The value as a number, be it written as one or as a text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value if abs(value) < 1e18 else None
    if isinstance(value, str) and len(value) < 30:
        try:
            return float(value)
        except ValueError:
            return None
    return None


def label(value: object, *, prefix: str = "Speaker") -> str | None:
    """A speaker's label; numbers and single letters get a word before them, since they name no part in the call."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return f"{prefix} {value:g}" if abs(value) < 1e15 else None
    name = said(value)
    if not name:
        return None
    return f"{prefix} {name}" if len(name) == 1 or (name.isdigit() and len(name) < 30) else name


def known_version(value: object, known: Sequence[str], *, source: Source, title: str) -> None:
    """Raises UnreadableTranscriptError where the file states a version whose first number is none of these."""
    written = said(value) if isinstance(value, str) else f"{value:g}" if isinstance(value, int | float) else ""
    if written and written.split(".")[0] not in known:
        raise UnreadableTranscriptError(
            f"The file is {title} in version {written[:20]}; the coach knows version {' and '.join(known)}.",
            place=source.path,
            hint="Export it in that version, or as subtitles or text with speakers.",
        )
