"""The report as a page to send, to print and to write notes in: one file that asks nothing of any network.

Whatever comes from a transcript or a rule passes the template's escaping. The page's policy allows its own script and
style by their hashes and nothing else.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from coach.model import Address, Language, Review
from coach.report.content import file_name, file_names, sentence
from coach.report.html.figures import figures
from coach.report.html.overview import Row, frequent, mean, row_of
from coach.report.html.texts import words
from coach.report.html.view import arithmetic, call_page, keep_start_stop
from coach.report.notes import note_in
from coach.report.shown import FileError
from coach.report.wording import counted, number, percent, quotation

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a page cannot hold: control characters and halves of pairs."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that would turn the direction of all that follows."""
_FOLDER = files("coach.report.html")


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> str:
    """One page with all the calls, several of them after an overview; the same reviews give the same bytes.

    Findings of low confidence appear with `everything` only. `redacted`: whether personal data has been replaced by
    placeholders; None where that is not known and not said.
    """
    alone = len(reviews) == 1 and not errors
    rows, calls = [], []
    for position, review in enumerate(reviews, start=1):  # each is made when it is asked for, and asked for once
        rows.append(row_of(review))
        page = call_page(review, position=position, everything=everything, redacted=redacted)
        calls.append(_environment().get_template("call.html.j2").module.call(page, alone))  # type: ignore[attr-defined]
    hrefs = [f"#c{position}" for position in range(1, len(rows) + 1)]
    return _page(rows, errors, version, calls=calls, hrefs=hrefs, alone=alone)


def index_page(reviews: Iterable[Review], hrefs: Sequence[str], errors: Sequence[FileError], version: str) -> str:
    """The overview alone, of calls whose pages stand under `hrefs`, relative to this one."""
    return _page([row_of(review) for review in reviews], errors, version, calls=(), hrefs=hrefs, alone=False)


def _page(
    rows: Sequence[Row],
    errors: Sequence[FileError],
    version: str,
    *,
    calls: Sequence[str],
    hrefs: Sequence[str],
    alone: bool,
) -> str:
    language: Language = rows[0].language if rows else "en"
    address: Address = rows[0].address if rows else "sie"
    style, script = _text("page.css"), _text("page.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            alone=alone,
            calls=calls,
            errors=errors,
            hrefs=hrefs,
            language=language,
            policy=policy,
            labels=file_names([row.path for row in rows]),
            rows=rows,
            rules=list(dict.fromkeys(row.rules for row in rows)),
            script=Markup(script),  # noqa: S704  # the package's own file
            style=Markup(style),  # noqa: S704  # the package's own file
            version=version,
            address=address,
        )
    )
    return text if text.endswith("\n") else text + "\n"


def plain(text: str) -> str:
    """The text without what a page cannot hold or what would turn it round; line breaks stay."""
    return _TURNING.sub("", _UNFIT.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


def _final(value: object) -> object:
    return plain(value) if type(value) is str else value


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache
def _text(name: str) -> str:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        finalize=_final,
        keep_trailing_newline=True,
        loader=FunctionLoader(_text),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["capital"] = sentence
    environment.globals.update(_GLOBALS)
    return environment


def _decimal(value: float) -> str:
    """A coordinate: two digits at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any."""
    whole = int(max(0.0, seconds))
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


_GLOBALS: Mapping[str, object] = {
    "arithmetic": arithmetic,
    "clock": _clock,
    "counted": counted,
    "file_name": file_name,
    "decimal": _decimal,
    "figures": figures,
    "frequent": frequent,
    "keep_start_stop": keep_start_stop,
    "mean": mean,
    "note_in": note_in,
    "number": number,
    "percent": percent,
    "quotation": quotation,
    "words": words,
}

__all__ = ["index_page", "plain", "render"]
