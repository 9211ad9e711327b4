"""Findings that a team has accepted: by rule, path and reason, until a day. They are shown, but count for no bar."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from coach.brief import Brief, brief_of
from coach.model import Language, Review, State
from coach.standing import Standing, restated


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One table `[[waivers]]` of the settings."""

    rule: str
    path: str
    """A pattern, seen from the folder of the settings file: `**` is any folders, `*` and `?` stay within a name."""
    reason: str
    expires: date
    """The last day on which it holds."""
    folder: Path = field(default_factory=Path)
    place: str = ""
    """Where it stands, such as `coach.toml:12`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A waiver that has expired or is of no use."""

    message: str
    place: str
    hint: str


def waived_findings(
    calls: Sequence[tuple[Brief, Sequence[Waiver]]], today: date
) -> tuple[tuple[Standing, ...], tuple[Complaint, ...]]:
    """For each call, with the waivers that its settings name, which findings are waived; and what is to be mended.

    A finding whose waiver has expired is new, with the reason why it is back. What is wrong with a waiver is also a
    notice of the first call that it speaks of, or of the first call at all.
    """
    order = list(dict.fromkeys(waiver for _, waivers in calls for waiver in waivers))
    met: dict[Waiver, int] = {}
    used: set[Waiver] = set()
    states: list[dict[int, tuple[State, str]]] = []
    for position, (brief, waivers) in enumerate(calls):
        here = [waiver for waiver in waivers if fits(waiver, brief.path)]
        for waiver in here:
            met.setdefault(waiver, position)
        said: dict[int, tuple[State, str]] = {}
        for at, finding in enumerate(brief.findings):
            fitting = [waiver for waiver in here if waiver.rule == finding.rule]
            used.update(fitting)
            holding = next((waiver for waiver in fitting if today <= waiver.expires), None)
            if holding is not None:
                said[at] = ("waived", holding.reason)
            elif fitting:
                said[at] = ("new", _expired_reason(fitting[0], brief.language))
        states.append(said)
    notices: list[list[str]] = [[] for _ in calls]
    complaints = []
    for waiver in order:
        kind = "expired" if waiver.expires < today else "" if waiver in used else "unused" if waiver in met else "unmet"
        if kind:
            at = met.get(waiver, next(n for n, (_, waivers) in enumerate(calls) if waiver in waivers))
            notices[at].append(_sentence(waiver, kind, calls[at][0].language))
            complaints.append(
                Complaint(message=_sentence(waiver, kind, "en", here=True), place=waiver.place, hint=_HINTS[kind])
            )
    standings = tuple(Standing(findings=said, notices=tuple(told)) for said, told in zip(states, notices, strict=True))
    return standings, tuple(complaints)


def apply_waivers(
    reviews: Sequence[Review], waivers: Sequence[Waiver], today: date
) -> tuple[tuple[Review, ...], tuple[Complaint, ...]]:
    """The reviews with the state `waived` at each finding that a waiver speaks of; scores stay what they are."""
    standings, complaints = waived_findings([(brief_of(review), waivers) for review in reviews], today)
    return tuple(map(restated, reviews, standings)), complaints


def fits(waiver: Waiver, path: str) -> bool:
    """The waiver speaks of the file: its pattern fits the path, or, where it has no slash, the file's name."""
    pattern = waiver.path.removeprefix("./")
    absolute = PurePath(os.path.abspath(path))  # noqa: PTH100  # `..` goes, links stay
    if PurePath(pattern).is_absolute():
        parts = absolute.parts
    else:
        try:
            parts = absolute.relative_to(os.path.abspath(waiver.folder)).parts  # noqa: PTH100
        except ValueError:
            return False
    if "/" not in pattern:
        return fnmatchcase(absolute.name, pattern)
    if pattern.endswith("/"):
        pattern += "**"
    wanted = (absolute.anchor, *pattern.split("/")[1:]) if PurePath(pattern).is_absolute() else pattern.split("/")
    return _fit(tuple(wanted), parts)


def _fit(wanted: Sequence[str], parts: Sequence[str]) -> bool:
    """Part by part; `**` stands for any number of parts. Linear in both."""
    reached = {0}
    for want in wanted:
        if want == "**":
            reached = set(range(min(reached), len(parts) + 1)) if reached else reached
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], want)}
    return len(parts) in reached


_HINTS = {
    "expired": "Mend the calls, or set a new date with a reason that holds.",
    "unused": "Take it out of the settings.",
    "unmet": "Take it out of the settings, or mend its path.",
}
_KINDS: dict[str, tuple[str, str]] = {  # German, English
    "expired": ("ist am {day} abgelaufen", "expired on {day}"),
    "unused": ("trifft auf keinen Befund zu", "fits no finding of this run"),
    "unmet": ("trifft auf kein Gespräch zu", "fits no call of this run"),
}


def _sentence(waiver: Waiver, kind: str, language: Language, *, here: bool = False) -> str:
    """What is wrong with the waiver; `here`: its place is told elsewhere."""
    place = f" ({waiver.place})" if waiver.place and not here else ""
    end = _KINDS[kind][0 if language == "de" else 1].format(day=_day(waiver.expires, language))
    if language == "de":
        return f"Die Ausnahme für „{waiver.rule}“{place} {end}."
    return f"The waiver of “{waiver.rule}”{place} {end}."


def _expired_reason(waiver: Waiver, language: Language) -> str:
    day = _day(waiver.expires, language)
    if language == "de":
        return f"Ausnahme am {day} abgelaufen: {waiver.reason}"
    return f"waiver expired on {day}: {waiver.reason}"


def _day(day: date, language: Language) -> str:
    return f"{day.day}.{day.month}.{day.year}" if language == "de" else day.isoformat()
