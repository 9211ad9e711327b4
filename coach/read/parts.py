"""Files that hold several calls: which one is meant, as `FILE#CALL` says."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from coach.callfile import MARK
from coach.errors import UnreadableTranscriptError
from coach.read.segment import UNPRINTABLE
from coach.read.source import Source

_NAMED = 6


def chosen_part(source: Source, keys: Sequence[str], *, what: str) -> str:
    """The key that the user asked for; the only one where there is just one.

    Raises UnreadableTranscriptError that names the keys where it is not clear which call is meant.
    """
    known = list(dict.fromkeys(key for key in keys if key))
    if source.part is None:
        if len(known) == 1:
            return known[0]
        raise UnreadableTranscriptError(
            f"The file holds {len(known)} {what}: {_some(known)}.",
            place=source.path,
            hint=f"Name one of them behind the file, such as “{source.path}{MARK}{_short(known[0])}”.",
        )
    if source.part in known:
        return source.part
    near = difflib.get_close_matches(source.part, known[:2_000], n=1)
    raise UnreadableTranscriptError(
        f"The file holds {len(known)} {what}, but none is named “{_short(source.part)}”: {_some(known)}.",
        place=source.path,
        hint=f"Did you mean “{_short(near[0])}”?" if near else "Name one of them behind the file and a #.",
    )


def only_call(source: Source) -> None:
    """Raises UnreadableTranscriptError where a call is asked for in a file that holds just one."""
    if source.part is not None:
        raise UnreadableTranscriptError(
            f"“{_short(source.part)}” is asked for, but the file holds just one call.",
            place=source.path,
            hint=f"Leave away what stands behind the “{MARK}”.",
        )


def one_call(calls: Sequence[Mapping[str, Any]], keys: Sequence[str], source: Source) -> Mapping[str, Any]:
    """The call that is meant of those in a document, each with its key; an empty one where there is none.

    Raises UnreadableTranscriptError where there are several and none is chosen, or none has a key to choose by.
    """
    if len(calls) == 1 and source.part is None:
        return calls[0]
    if not any(keys):
        only_call(source)
        if not calls:
            return {}
        raise UnreadableTranscriptError(
            f"The file holds {len(calls)} calls.", place=source.path, hint="Give one call in a file."
        )
    return calls[keys.index(chosen_part(source, keys, what="calls"))]


def _some(keys: Sequence[str]) -> str:
    shown = ", ".join(_short(key) for key in keys[:_NAMED])
    return shown if len(keys) <= _NAMED else f"{shown} and {len(keys) - _NAMED} more"


def _short(key: str) -> str:
    text = " ".join(UNPRINTABLE.sub(" ", key).split())
    return text if len(text) <= 60 else f"{text[:59]}…"
