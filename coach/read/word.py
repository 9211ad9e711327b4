"""Word documents: transcripts from Teams in both of its layouts, from Word itself, or typed by somebody."""

import io
from dataclasses import replace
from typing import Any

from coach.errors import UnreadableTranscriptError
from coach.model import Transcript
from coach.read import meeting, subrip, table, text
from coach.read.archive import broken, check_archive, holds
from coach.read.source import FormatInfo, Source

NAME = "docx"
FORMATS = (
    FormatInfo(
        name=NAME,
        title="Word document (Teams in both layouts, Word, typed by hand)",
        reads=frozenset({"speakers", "times"}),
        sample="tests/read/samples/teams.docx",
    ),
)
_KIND = "Word document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = frozenset((f"{_W}br", f"{_W}cr"))


def detect(source: Source) -> bool:
    """A ZIP archive with Word's folder in it."""
    return holds(source, "word")


def read(source: Source) -> Transcript:
    """The talk in the document; UnreadableTranscriptError where there is none, or the document is unsound."""
    check_archive(source, kind=_KIND)
    lines, tables = _content(source)
    written = replace(source, text="\n".join(lines))
    for rows in tables:
        found = table.read_rows(source, rows, name=NAME, sure=False)
        if found is not None:
            return _unnumbered(found)
    reader = next(reader for reader in (subrip, meeting, text) if reader.detect(written))
    return _unnumbered(reader.read(written))


def _unnumbered(transcript: Transcript) -> Transcript:
    """The transcript without line numbers: paragraphs are not lines that anybody could look up."""
    turns = tuple(replace(turn, line=None) for turn in transcript.turns)
    return replace(transcript, format=NAME, turns=turns)


def _content(source: Source) -> tuple[list[str], list[list[list[str]]]]:
    """The lines of all paragraphs in order, and the tables as rows of cells."""
    import docx  # noqa: PLC0415  # other formats must not wait for it

    try:
        body = docx.Document(io.BytesIO(source.data)).element.body
        tables = [[_row(row) for row in found.iter(f"{_W}tr")] for found in body.iter(f"{_W}tbl")]
        return _lines(body), tables
    except Exception as error:  # noqa: BLE001  # whatever a library makes of hostile bytes, they are no document
        raise _unsound(source, error) from None


def _unsound(source: Source, error: Exception) -> UnreadableTranscriptError:
    found = broken(source, kind=_KIND)
    found.__context__ = error
    return found


def _lines(element: Any) -> list[str]:  # noqa: ANN401  # lxml has no types
    """The lines inside an element, one or more a paragraph; deleted text is left out."""
    parts: list[str] = []
    for node in element.iter(f"{_W}p", f"{_W}t", f"{_W}tab", *_BREAKS):
        if node.tag == f"{_W}p":
            parts.append("\n")
        elif node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.getparent().tag == f"{_W}r":  # a tab in the paragraph's settings is none in the text
            parts.append("\t" if node.tag == f"{_W}tab" else "\n")
    return "".join(parts).removeprefix("\n").split("\n")


def _row(row: Any) -> list[str]:  # noqa: ANN401
    return ["\n".join(_lines(cell)).strip() for cell in row.findall(f"{_W}tc")]
