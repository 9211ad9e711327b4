"""One line of plain text taken apart: time stamp, label, words."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from coach.read.labels import Shape, name_before, shape
from coach.read.narrative import OPENERS
from coach.read.stamps import Stamp, leading_stamp, trailing_stamp
from coach.read.vocabulary import SAYING

Kind: TypeAlias = Literal["blank", "text", "stamp", "heading", "rule"]
Form: TypeAlias = Literal["colon", "header", "bare"]

HEAD = 120
"""Characters at the beginning of a line in which a stamp and a label are looked for."""
_HEADER = 80
_QUOTED_LINE = re.compile(r"(?:>[ \t]?){1,10}")
_BULLET = re.compile(r"(?:[-*+•–—‣▪·]\s+|\(?[0-9]{1,4}[.)]\s+(?![0-9]))?")
_HASHES = re.compile(r"#{1,6}\s+")
_EMPHASIS = re.compile(r"(__|[*_])([^*_]{1,60})\1(:?)")
_ASIDE = re.compile(r"\*[^\W\d_A-ZÄÖÜ][^*:]{0,60}\*")
_COLON = re.compile(r"(?<![0-9]):|:(?![0-9])")
_QUOTED_LABEL = re.compile(r"[\"“„»«]([^\W\d_a-zäöüß][^\"“”„»«]{0,38})[\"”“«»]")
_DATA = frozenset("\"'{[0123456789")
_REMARK = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]$")
_RULE = re.compile(r"[-=*_~–—#\s]{3,200}")
_GLUED = frozenset("([…") | OPENERS


class Cue(NamedTuple):
    """What announces that somebody talks: a label, as far as one line can tell."""

    label: str
    key: str
    """The label for comparison: case-folded, single spaces."""
    shape: Shape
    rest: str
    """The words after it; empty where they stand on the next lines."""
    stamp: Stamp | None
    form: Form
    """`colon`: `Anna: …`; `header`: `Anna  00:12`; `bare`: `00:12 Anna`."""
    bold: bool
    quoted: bool
    """True where the words begin with a quotation mark."""
    remark: str | None
    """`lacht` from `Anna (lacht): …`."""


class Line(NamedTuple):
    """One line of the file."""

    number: int
    kind: Kind
    text: str
    stamp: Stamp | None
    unstamped: str
    """The text after the stamp."""
    cue: Cue | None


def parse_lines(text: str) -> list[Line]:
    """All lines, numbered from 1; linear in the length of the text."""
    lines = [_parse(number, raw) for number, raw in enumerate(text.split("\n"), start=1)]
    for index, line in enumerate(lines):
        if line.cue and not line.cue.rest and _next_text(lines, index)[:1] in OPENERS:
            lines[index] = line._replace(cue=line.cue._replace(quoted=True))
    return _with_one_key(lines)


def _with_one_key(lines: list[Line]) -> list[Line]:
    """The lines with one key for `Tammen, Bürgerbüro` and `Tammen`, where a file names people in full at first only."""
    keys = {line.cue.key for line in lines if line.cue and line.cue.shape != "titled"}
    plain = {line.cue.key: name_before(line.cue.key) for line in lines if line.cue and line.cue.shape == "titled"}
    heads = Counter(plain.values())
    shared = {key: name for key, name in plain.items() if name in keys and heads[name] == 1}
    if not shared:
        return lines
    return [
        line._replace(cue=line.cue._replace(key=shared[line.cue.key])) if line.cue and line.cue.key in shared else line
        for line in lines
    ]


def _next_text(lines: Sequence[Line], index: int) -> str:
    return lines[index + 1].text if index + 1 < len(lines) and not lines[index + 1].cue else " "


def _parse(number: int, raw: str) -> Line:
    text = raw.strip()
    if not text:
        return Line(number, "blank", "", None, "", None)
    if text[0] == ">":
        text = _QUOTED_LINE.sub("", text, count=1).strip()
        if not text:
            return Line(number, "blank", "", None, "", None)
    if not text[0].isalnum() and _RULE.fullmatch(text):
        return Line(number, "rule", text, None, text, None)
    if text[0] == "*" and _ASIDE.fullmatch(text):
        text = f"({text[1:-1]})"  # `*lacht*` alone in a line
    bold = "**" in text[:HEAD]
    if bold:
        text = text.replace("**", "")
    if ":" not in text[:HEAD]:
        kind: Kind = "heading" if _HASHES.match(text) else "text"
        return Line(number, kind, text, None, text, None)
    return _with_colon(number, text, bold=bold)


def _with_colon(number: int, text: str, *, bold: bool) -> Line:
    heading = _HASHES.match(text)
    body = text[heading.end() :] if heading else text
    body = body[match.end() :] if (match := _BULLET.match(body)) else body
    stamp, after = leading_stamp(body)
    after = after.strip()
    if stamp and not after:
        return Line(number, "stamp", text, stamp, "", None)
    emphasis = _EMPHASIS.match(after)
    labelled = after
    if emphasis and (emphasis[3] or emphasis[2].rstrip().endswith(":")):
        bold = True
        labelled = f"{emphasis[2]}{emphasis[3]}{after[emphasis.end() :]}"
    cue = _colon_cue(labelled, stamp, bold=bold) or _header_cue(labelled, stamp, bold=bold)
    if heading and (cue is None or cue.stamp is None):
        return Line(number, "heading", text, None, text, None)
    return Line(number, "text", text, stamp, after, cue)


def _colon_cue(text: str, stamp: Stamp | None, *, bold: bool) -> Cue | None:
    colon = _COLON.search(text, 0, HEAD)
    if colon is None or colon.start() == 0 or not _separates(text, colon.start()):
        return None
    label = text[: colon.start()].rstrip()
    if label.startswith("[") and label.endswith("]"):
        label = label[1:-1].strip()
    rest = text[colon.end() :].strip()
    # `"Bride": words` names who talks; `"Bride": "words"` is a line of data.
    if (named := _QUOTED_LABEL.fullmatch(label)) and rest[:1] not in _DATA:
        label = named[1]
    if stamp is None:
        stamp, label = trailing_stamp(label)
    if stamp is None:
        inner, after = leading_stamp(rest)
        # Without brackets it is speech: "10:30 Uhr passt mir."
        if inner and inner.bracketed:
            stamp, rest = inner, after.strip()
    quoted = rest[:1] in OPENERS
    words = label.split()
    if quoted and len(words) > 1 and words[-1] in SAYING:
        words.pop()
    label = " ".join(words)
    aside = _REMARK.search(label)
    # `Anna (lacht)` is a remark, `Anna (Support)` a label.
    remark = aside[1] if aside and aside[1][0].islower() and aside.start() else None
    if remark and aside:
        label = label[: aside.start()]
    kind = shape(label)
    if kind == "none":
        return None
    return Cue(label, label.casefold(), kind, rest, stamp, "colon", bold, quoted, remark)


def _separates(text: str, place: int) -> bool:
    """False for the colons of `http://`, `Kund:innen`, `std::string` and `:)`."""
    after = text[place + 1 : place + 2]
    if not after or after.isspace():
        return True
    return not text[place - 1].isspace() and (after.isupper() or after.isdigit() or after in _GLUED)


def _header_cue(text: str, stamp: Stamp | None, *, bold: bool) -> Cue | None:
    if len(text) > _HEADER or text[-1] in ".!?…,;":
        return None
    form: Form = "bare"
    label = text
    if stamp is None:
        stamp, label = trailing_stamp(text)
        form = "header"
    label = " ".join(label.split())
    kind = shape(label) if stamp and label else "none"
    if kind not in ("role", "name", "titled"):
        return None
    return Cue(label, label.casefold(), kind, "", stamp, form, bold, quoted=False, remark=None)
