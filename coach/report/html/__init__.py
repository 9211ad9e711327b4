"""The report as a page to send, to print and to write notes in: one file that asks nothing of any network."""

from collections.abc import Sequence

from coach.model import Review
from coach.report.content import file_names
from coach.report.html.document import Contents, call_body, document, plain
from coach.report.html.folder import INDEX, page_names, pages, why_to_keep
from coach.report.html.overview import row_of
from coach.report.html.view import call_page
from coach.report.many import Titles
from coach.report.shown import FileError


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
    agents: Sequence[str] | None = None,
    titles: Titles | None = None,
) -> str:
    """One page with all the calls, several of them after an overview; the same reviews give the same bytes.

    Findings of low confidence appear with `everything` only. `redacted`: whether personal data has been replaced by
    placeholders; None where that is not known and not said. `agents`, what to call each call's agent, adds the figures
    of each to the overview; `titles` names the rules there where calls have reports in several languages.
    """
    alone = len(reviews) == 1 and not errors
    rows, calls = [], []
    for position, review in enumerate(reviews, start=1):  # each is made when it is asked for, and asked for once
        rows.append(row_of(review))
        page = call_page(review, position=position, everything=everything, redacted=redacted)
        calls.append(call_body(page, alone=alone))
    contents = Contents(
        rows=rows,
        labels=file_names([row.path for row in rows]),
        hrefs=[f"#c{position}" for position in range(1, len(rows) + 1)],
        calls=calls,
        errors=errors,
        agents=agents,
        titles=titles,
        redacted=redacted,
    )
    return document(contents, version)


__all__ = ["INDEX", "page_names", "pages", "plain", "render", "why_to_keep"]
