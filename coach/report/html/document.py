"""A page in one file that asks nothing of any network, put together from its templates.

Whatever comes from a transcript or a rule passes the template's escaping. The page's policy allows its own script and
style by their hashes and nothing else.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from coach.report.content import file_name, sentence
from coach.report.guides import nothing_to_work_on
from coach.report.html.figures import figures
from coach.report.html.overview import Row, overview
from coach.report.html.texts import words
from coach.report.html.view import CallPage, arithmetic, keep_start_stop
from coach.report.many import Titles
from coach.report.notes import note_in
from coach.report.shown import FileError
from coach.report.wording import counted, number, percent, quotation

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a page cannot hold: control characters and halves of pairs."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that would turn the direction of all that follows."""
_FOLDER = files("coach.report.html")


def call_body(page: CallPage, *, alone: bool) -> str:
    """What a page holds of a call; `alone`: its name is the heading of the page."""
    return _environment().get_template("call.html.j2").module.call(page, alone)  # type: ignore[attr-defined, no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What stands in a page: an overview of the rows, unless it is one call alone, and calls."""

    rows: Sequence[Row]
    labels: Sequence[str]
    """What each row is called."""
    hrefs: Sequence[str]
    """Where each row's call is read."""
    calls: Sequence[str] = ()
    errors: Sequence[FileError] = ()
    index: str | None = None
    """The link to the overview of which this page is a part."""
    agents: Sequence[str] | None = None
    titles: Titles | None = None
    """What to call each row's agent, where there are figures of each."""
    redacted: bool | None = None
    """Whether personal data has been replaced; None where that is not said."""

    @property
    def alone(self) -> bool:
        """The page is one call."""
        return self.index is not None or (len(self.rows) == 1 and not self.errors and len(self.calls) == 1)

    @property
    def notices(self) -> list[str]:
        """What must be known about the reports, each once."""
        return list(dict.fromkeys(notice for row in self.rows for notice in row.brief.notices))

    @property
    def rules(self) -> list[str]:
        """The hashes of the rules, each once."""
        return list(dict.fromkeys(row.rules for row in self.rows))


def document(contents: Contents, version: str) -> str:
    """The whole page."""
    rows = contents.rows
    language = rows[0].language if rows else "en"
    address = rows[0].address if rows else "sie"
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
            address=address,
            contents=contents,
            language=language,
            overview=None if contents.alone else overview(rows, contents.agents, language, contents.titles),
            policy=policy,
            script=Markup(script),  # noqa: S704  # the package's own file
            style=Markup(style),  # noqa: S704  # the package's own file
            version=version,
        )
    )
    return text if text.endswith("\n") else text + "\n"


def plain(text: str) -> str:
    """The text without what a page cannot hold or what would turn it round; line breaks stay."""
    if text.isprintable():  # most are, and hold nothing of the kind
        return text
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
    "keep_start_stop": keep_start_stop,
    "note_in": note_in,
    "nothing_to_work_on": nothing_to_work_on,
    "number": number,
    "percent": percent,
    "quotation": quotation,
    "words": words,
}
