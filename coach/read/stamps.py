"""Time stamps in plain text: `[00:12]`, `(0:12)`, `00:00:12`, `00:12.5`, and ranges of them."""

import re
from typing import NamedTuple

_TIME = r"[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?(?:[.,][0-9]{1,6})?"
_DAY = r"(?:[12][0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4})"
_SPAN = rf"(?P<start>{_TIME})(?:\s{{0,3}}(?:-->|-|–|—|bis|to)\s{{0,3}}(?P<end>{_TIME}))?"
_NO_CLOCK = r"(?![0-9:])(?!\s{0,2}(?:Uhr|a\.?m\b|p\.?m\b|o'clock|h\b))"
_LEADING = re.compile(
    rf"(?P<open>[\[(<])?\s?(?:(?P<day>{_DAY})(?:T|,?\s{{1,2}}))?{_SPAN}(?(open)\s?[\])>]|{_NO_CLOCK})"
    r"\s{0,8}(?:[|;,–-]\s{1,8})?",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:\s{{1,8}}|\s?[|,–-]\s{{1,8}}|(?=[\[(<]))(?P<open>[\[(<])?\s?{_SPAN}\s?(?(open)[\])>])$",
    re.IGNORECASE,
)


_END_MARK = re.compile(r"\s?#([0-9]{1,3}:[0-5][0-9]:[0-5][0-9])[-.,]([0-9])#")


class Stamp(NamedTuple):
    """When something is said."""

    start: float
    """Seconds; of the day where `day` is given."""
    end: float | None
    day: str | None
    """The date before the time, as written."""
    bracketed: bool


def leading_stamp(text: str) -> tuple[Stamp | None, str]:
    """The stamp with which the text begins, and the text after it."""
    match = _LEADING.match(text)
    if match is None:
        return None, text
    return _stamp(match, match["day"]), text[match.end() :]


def trailing_stamp(text: str) -> tuple[Stamp | None, str]:
    """The stamp with which the text ends, and the text before it; for short texts such as labels."""
    match = _TRAILING.search(text)
    if match is None:
        return None, text
    return _stamp(match, None), text[: match.start()]


def without_end_marks(text: str) -> tuple[str, float | None]:
    """The text without marks such as `#00:01:02-3#`, which f4 puts behind a paragraph, and the last one in seconds."""
    marks = list(_END_MARK.finditer(text)) if "#" in text else []
    if not marks:
        return text, None
    return _END_MARK.sub("", text).strip(), _seconds(f"{marks[-1][1]}.{marks[-1][2]}", clock=False)


def _stamp(match: re.Match[str], day: str | None) -> Stamp:
    clock = day is not None
    end = match["end"]
    return Stamp(
        _seconds(match["start"], clock=clock),
        _seconds(end, clock=clock) if end else None,
        day,
        match["open"] is not None,
    )


def _seconds(text: str, *, clock: bool) -> float:
    """Seconds; two parts are minutes and seconds, of a clock hours and minutes."""
    parts = text.replace(",", ".").split(":")
    if len(parts) == 2:
        parts = [*parts, "0"] if clock else ["0", *parts]
    hours, minutes, seconds = parts
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
