"""What is said in a call stays words: none of its characters means anything to the program that reads a report."""

import unicodedata
from pathlib import PurePath
from urllib.parse import quote

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that would turn the direction of all that follows."""
_FORMULA = frozenset("=+-@")
"""Signs that make a spreadsheet take a cell for a formula or a command."""
_MARKDOWN = frozenset("\\`*_[]|~$")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NO_LINK = "\u200b"
"""A space of no width: what follows it is no name to notify, no number to link."""


def clean(text: str) -> str:
    """The text on one line without control characters, which a transcript must not send to a terminal."""
    return "".join(
        " " if char in "\n\r\t\u2028\u2029" else char
        for char in text
        if char in "\n\r\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _BIDI)
    )


def for_xml(text: str) -> str:
    """The text without what XML 1.0 cannot hold; lines stay lines. Escaping the rest is the writer's task."""
    return "".join(
        char
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in "\ufffe\uffff")
    )


def for_cell(text: str) -> str:
    """The text on one line, with an apostrophe before what a spreadsheet would take for a formula."""
    line = clean(text)
    begin = unicodedata.normalize("NFKC", line.lstrip()[:1])[:1]
    return f"'{line}" if begin in _FORMULA and begin else line


def for_markdown(text: str) -> str:
    """The text on one line, shown as it is by whatever renders Markdown: no markup, no HTML, nobody notified."""
    made = []
    line = " ".join(clean(text).split())
    for position, char in enumerate(line):
        begins = char in "#+-=" if not position else char in ".)" and not line[:position].strip("0123456789")
        after = line[position + 1 : position + 3]
        if char in _ENTITIES:
            made.append(_ENTITIES[char])
        elif char in _MARKDOWN or begins:  # at the beginning: a heading or a list
            made.append(f"\\{char}")
        else:
            made.append(char)
        if (char in "@#" and after[:1].isalnum()) or (char == ":" and after == "//") or line[:position][-3:] == "www":
            made.append(_NO_LINK)
    return "".join(made)


def for_command(text: str) -> str:
    """The message of a workflow command of GitHub: one line, whatever is in it."""
    shown = "".join(char for char in text if char in "\r\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def for_property(text: str) -> str:
    """A property of a workflow command of GitHub."""
    return for_command(clean(text)).replace(":", "%3A").replace(",", "%2C")


def as_path(path: str) -> str:
    """The path with forward slashes and without `./` before it."""
    return PurePath(path.replace("\\", "/") if "\\" in path and "/" not in path else path).as_posix()


def as_uri(path: str) -> str:
    """A relative path as a relative URI, an absolute one as `file:` URI."""
    shown = as_path(path).encode("utf-8", "replace").decode()
    if shown.startswith("/"):
        return f"file://{quote(shown)}"
    if shown[1:3] == ":/":
        return f"file:///{shown[0]}:{quote(shown[2:])}"
    return quote(shown)
