"""XML from anybody: no definitions, no entities, nothing from elsewhere, no nesting without end."""

import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

import defusedxml.ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from coach.errors import UnreadableTranscriptError
from coach.read.source import Source

DEEPEST = 200
LARGEST = 50_000_000
"""Bytes; a tree takes about ten times as much, and a call of ten hours is smaller."""
HEAD = 20_000
"""Characters in which the first element is looked for: a licence may stand above it."""
_HINT = "Export it again from the program that wrote it."
_NAMESPACE = re.compile(r"\{[^}]*\}")


class _TooDeepError(Exception):
    """More elements inside each other than any format has."""


class _Builder(TreeBuilder):
    """Builds the tree, names without their namespaces, so deep and no deeper."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeepError
        return super().start(bare(tag), {bare(name): value for name, value in attrs.items()})

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(bare(tag))


def bare(name: str) -> str:
    """The name without its namespace."""
    return _NAMESPACE.sub("", name) if name.startswith("{") else name


def begins_with(source: Source, *names: str) -> bool:
    """True where the first element has one of these names."""
    head = (source.text or "")[:HEAD].lstrip()
    if not head.startswith("<"):
        return False
    found = re.search(r"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,60})[\s/>]", head)
    return found is not None and found[1] in names


def parsed(source: Source, *, kind: str) -> Element:
    """The root element; UnreadableTranscriptError with line and column where the XML is broken or a trap."""
    if len(source.data) > LARGEST:
        raise UnreadableTranscriptError(
            f"The {kind} file is larger than {LARGEST // 1_000_000} MB.",
            place=source.path,
            hint="Give one call in a file.",
        )
    parser = defusedxml.ElementTree.DefusedXMLParser(
        target=_Builder(), forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    try:
        parser.feed(source.data.lstrip())
        root = parser.close()
    except ParseError as error:
        line, column = error.position
        raise UnreadableTranscriptError(
            f"The {kind} file is broken or cut off: {str(error).split(':')[0]}.",
            place=f"{source.path}:{line}:{column + 1}",
            hint=_HINT,
        ) from None
    except DefusedXmlException:
        raise UnreadableTranscriptError(
            f"The {kind} file brings definitions of its own (DOCTYPE), which are not read.",
            place=source.path,
            hint="Remove the DOCTYPE, or export the file again.",
        ) from None
    except _TooDeepError:
        raise UnreadableTranscriptError(
            f"The {kind} file is nested deeper than {DEEPEST} elements.", place=source.path, hint=_HINT
        ) from None
    except (ValueError, LookupError):
        raise UnreadableTranscriptError(
            f"The {kind} file is written in an encoding that cannot be read.", place=source.path, hint=_HINT
        ) from None
    if not isinstance(root, Element):
        raise UnreadableTranscriptError(f"The {kind} file is empty.", place=source.path, hint=_HINT)
    return root


def all_text(element: Element) -> str:
    """All text inside, with single spaces."""
    return " ".join("".join(element.itertext()).split())
