"""Many calls as a folder of pages: one for each call, and an overview that leads to them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from coach.model import Review
from coach.report.content import file_names
from coach.report.html.document import Contents, call_body, document
from coach.report.html.overview import row_of
from coach.report.html.view import call_page
from coach.report.many import Titles
from coach.report.shown import FileError

INDEX = "index.html"
"""The name of the overview."""
LONGEST = 80
"""Characters of a page's name without its ending."""
_SUFFIX = re.compile(r"\.(?=[0-9]{0,3}[A-Za-z])[A-Za-z0-9]{1,8}$")
_UNFIT = re.compile(r"[^\w.]+")
_RESERVED = re.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.]|$)", re.IGNORECASE)
"""What Windows takes for devices."""
_MARK, _BLANK = b'<meta name="generator" content="coach ', b'id="page-notes">{}</script>'


def page_names(paths: Sequence[str]) -> list[str]:
    """The name of each call's page: its file's, without what a system or an address would trip over, and unique."""
    taken = {INDEX}
    names = []
    for label in file_names(paths):
        file, mark, part = label.partition("#")
        text = _UNFIT.sub("-", unicodedata.normalize("NFC", _SUFFIX.sub("", file) + mark + part))[:LONGEST].strip("-._")
        stem = f"call-{text}".rstrip("-") if _RESERVED.match(text) or not text else text
        name, number = f"{stem}.html", 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}.html", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def pages(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    paths: Sequence[str],
    everything: bool = False,
    redacted: bool | None = None,
    agents: Sequence[str] | None = None,
    titles: Titles | None = None,
) -> Iterator[tuple[str, str]]:
    """(name, text) of each page, the overview last; `paths` are those of the reviews, the rest is as for one page.

    Each review is asked for once, and let go before the next.
    """
    labels, names = file_names(paths), page_names(paths)
    rows = []
    for review, label, name in zip(reviews, labels, names, strict=True):
        row = row_of(review)
        body = call_body(call_page(review, position=1, everything=everything, redacted=redacted), alone=True)
        rows.append(row)
        yield name, document(Contents(rows=[row], labels=[label], hrefs=["#c1"], calls=[body], index=INDEX), version)
    hrefs = [quote(name) for name in names]
    contents = Contents(
        rows=rows, labels=labels, hrefs=hrefs, errors=errors, agents=agents, titles=titles, redacted=redacted
    )
    yield INDEX, document(contents, version)


def why_to_keep(page: bytes) -> str | None:
    """Why a file that is there must not be overwritten by a page; None where it is such a page without notes."""
    if _MARK not in page:
        return "there is a file of this name that is no page of the coach"
    return None if _BLANK in page else "the page that is there holds notes or ticks"
