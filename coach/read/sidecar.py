"""The sidecar `NAME.meta.yaml`: what is known of a call beside its words."""

import difflib
from dataclasses import replace
from datetime import date

import yaml

from coach.errors import UnreadableTranscriptError
from coach.model import Metadata
from coach.read.decode import decode

KEYS = ("call_date", "lead_date", "agent", "customer", "call_type")
_DATES = ("call_date", "lead_date")
MAX_BYTES = 100_000


def with_sidecar(meta: Metadata, data: bytes, *, path: str) -> Metadata:
    """The metadata with the sidecar's values in place of its own; an empty value says nothing.

    Raises UnreadableTranscriptError with line and column where the sidecar is wrong.
    """
    found: dict[str, str | date] = {}
    for key, value in _pairs(_root(data, path=path), path=path):
        if key.value in found:
            raise _error(f'"{key.value}" is there twice.', key, path=path)
        if not isinstance(value, yaml.ScalarNode):
            raise _error(f'"{key.value}" must be a single value.', value, path=path)
        text = value.value.strip()
        # A plain null and a plain date are scalars too: their text is all that is needed.
        if value.style is None and text in ("", "~", "null"):
            continue
        found[key.value] = _date(text, value, path=path) if key.value in _DATES else text
    return replace(meta, **found)  # type: ignore[arg-type]  # the keys decide the types


def _root(data: bytes, *, path: str) -> yaml.Node | None:
    if len(data) > MAX_BYTES:
        raise UnreadableTranscriptError(f"The file is larger than {MAX_BYTES // 1000} kB.", place=path, hint=_HINT)
    text, _ = decode(data)
    if text is None:
        raise UnreadableTranscriptError("This is not a text file.", place=path, hint=_HINT)
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else path
        message = f"This is not valid YAML: {error.problem or error.context}."
        raise UnreadableTranscriptError(message, place=place, hint=_HINT) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableTranscriptError(f"This is not valid YAML: {error}.", place=path, hint=_HINT) from None


_HINT = f"Write lines such as `call_date: 2025-11-18`; the keys are {', '.join(KEYS)}."


def _pairs(root: yaml.Node | None, *, path: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value):
        return []
    if not isinstance(root, yaml.MappingNode):
        raise _error("The file must hold keys with values.", root, path=path)
    for key, _ in root.value:
        if isinstance(key, yaml.ScalarNode) and key.value in KEYS:
            continue
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "…"
        near = difflib.get_close_matches(name, KEYS, n=1, cutoff=0.5)
        hint = f'Did you mean "{near[0]}"?' if near else _HINT
        raise _error(f'The key "{name}" is unknown.', key, path=path, hint=hint)
    pairs: list[tuple[yaml.ScalarNode, yaml.Node]] = root.value
    return pairs


def _date(text: str, node: yaml.Node, *, path: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _error(f'"{text}" is no date.', node, path=path, hint="Write it as 2025-11-18.") from None


def _error(message: str, node: yaml.Node, *, path: str, hint: str = _HINT) -> UnreadableTranscriptError:
    mark = node.start_mark
    return UnreadableTranscriptError(message, place=f"{path}:{mark.line + 1}:{mark.column + 1}", hint=hint)
