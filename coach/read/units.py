"""Times as formats write them become seconds: milliseconds, ticks, ISO durations, clocks, numbers as strings."""

import math
import re
from collections.abc import Mapping

MOST = 40 * 86_400.0
"""Seconds; what lies beyond is no time inside a call."""
TICKS = 10_000_000
"""Ticks of 100 nanoseconds in a second, as Microsoft counts."""
_ISO = re.compile(
    r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10}(?:[.,]\d{1,12})?)S)?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,12})?)")
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,20})?(?:[eE]-?\d{1,2})?\s?(ms|s)?")


def seconds(value: object, *, per_second: float = 1.0) -> float | None:
    """The value in seconds, rounded to milliseconds; None where it is no time, negative, or longer than any call.

    Numbers and plain numeric strings count `per_second` to a second (1000 for milliseconds, TICKS for ticks);
    `12.5s`, `300ms`, `PT1H2M3.5S`, `0:01:02,345` and `{"seconds": "12", "nanos": 900000000}` carry their own unit.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _checked(value, per_second)
    if isinstance(value, str):
        return _written(value.strip(), per_second)
    if isinstance(value, Mapping):
        whole, nanos = seconds(value.get("seconds", 0)), seconds(value.get("nanos", 0), per_second=1e9)
        return None if whole is None or nanos is None else round(whole + nanos, 3)
    return None


def _written(text: str, per_second: float) -> float | None:
    if (number := _NUMBER.fullmatch(text)) is not None:
        unit = number[1]
        digits = text.removesuffix(unit or "").strip().replace(",", ".")
        return _checked(float(digits), {"ms": 1000.0, "s": 1.0}.get(unit, per_second))
    if (clock := _CLOCK.fullmatch(text)) is not None:
        hours, minutes, rest = clock.groups(default="0")
        return _checked(int(hours) * 3600 + int(minutes) * 60 + float(rest.replace(",", ".")), 1.0)
    iso = _ISO.fullmatch(text)
    if iso is None or not any(iso.groups()):
        return None
    days, hours, minutes, rest = iso.groups(default="0")
    total = int(days) * 86_400 + int(hours) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
    return _checked(total, 1.0)


def _checked(value: float, per_second: float) -> float | None:
    try:
        found = value / per_second
    except OverflowError:
        return None
    return round(found, 3) if math.isfinite(found) and 0 <= found <= MOST else None
