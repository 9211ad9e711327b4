"""The key figures of a call as the page shows them, the telling ones first."""

from dataclasses import dataclass

from coach.model import Review
from coach.report.guides import Guide, guide
from coach.report.wording import amount, number, say

_UNITS = {"agent_talk_share": "share", "questions_open_share": "share"}
_QUESTIONS = ("questions", "questions_open", "questions_closed", "questions_open_share")
_SILENT = ("by_time", "turns", "duration_seconds")
"""Not figures to look at: how the others were measured, and what stands at the top already."""
_TELLING = ("statements_taken_up_share", "refusals_respected_share", "interruptions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A key figure with what is usual."""

    name: str
    text: str
    detail: str = ""
    guide: Guide | None = None


def figures(review: Review) -> tuple[list[Figure], list[Figure], list[str]]:
    """The telling figures, the other ones that were measured, and the names of those that could not be.

    What is known in words is not named again for being unknown in seconds.
    """
    language, values = review.report_language, review.metrics
    by_time = bool(values.get("by_time"))
    monologue = "longest_monologue_seconds" if by_time else "longest_monologue_words"
    other = "longest_monologue_words" if by_time else "longest_monologue_seconds"
    first = [
        _figure(
            review,
            "agent_talk_share",
            name=say("talk-share", language),
            detail=say("by-time" if by_time else "by-words", language),
        ),
        _figure(review, monologue, name=say("monologue", language)),
        _questions(review),
        *(_figure(review, name) for name in _TELLING if values.get(name) is not None),
    ]
    known = {"agent_talk_share", monologue, other, *_QUESTIONS, *_SILENT}
    rest = [name for name in review.bands if name not in known and name not in _TELLING]
    rest += [name for name in _TELLING if values.get(name) is None and name in review.bands]
    measured = [_figure(review, name) for name in rest if values.get(name) is not None]
    shown = {figure.name for figure in (*first, *measured)}
    unknown = [review.bands[name].label[language] for name in rest if values.get(name) is None]
    return first, measured, [label for label in unknown if label not in shown]


def _figure(review: Review, metric: str, *, name: str = "", detail: str = "") -> Figure:
    language, band, value = review.report_language, review.bands.get(metric), review.metrics.get(metric)
    if value is None:
        return Figure(name=name or (band.label[language] if band else metric), text=say("not-measured", language))
    unit = band.unit if band else _UNITS.get(metric, "words")
    return Figure(
        name=name or (band.label[language] if band else metric),
        text=amount(value, unit, language),
        detail=detail,
        guide=guide(review, metric, language),
    )


def _questions(review: Review) -> Figure:
    """The number of questions, and how many of them are open, which is what the guide is about."""
    language, values = review.report_language, review.metrics
    if values.get("questions") is None:
        return Figure(name=say("questions", language), text=say("not-measured", language))
    return Figure(
        name=say("questions", language),
        text=number(values["questions"] or 0, language, digits=0),
        detail=say(
            "open-closed",
            language,
            open=number(values.get("questions_open") or 0, language, digits=0),
            closed=number(values.get("questions_closed") or 0, language, digits=0),
        ),
        guide=guide(review, "questions_open_share", language),
    )
