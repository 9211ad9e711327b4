"""Where a call's key figure lies against what is usual, in words."""

from dataclasses import dataclass
from typing import Literal

from coach.model import Language, Review
from coach.report.wording import band_text, say

MONOLOGUE = "monologue"
"""The rule whose threshold the guide for the longest monologue is."""
FEW_QUESTIONS = 4
"""Questions of an agent below which a share of open ones tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What is usual for a figure, where this call's value lies, and who says so."""

    usual: str
    """Such as “guide 35–50%”."""
    where: Literal["band-in", "band-over", "band-under"]
    source: str
    aside: str = ""
    """Why a value beyond the guide is no finding, where there is one to be expected."""


def guide(review: Review, name: str, language: Language) -> Guide | None:
    """The guide for a metric of the call; None without a value, or without a band for calls in this language."""
    band, value = review.bands.get(name), review.metrics.get(name)
    if band is None or value is None or not band.holds(review.conversation.language, review.conversation.profile):
        return None
    text = band_text(band, language)
    if text is None or (name == "questions_open_share" and (review.metrics.get("questions") or 0) < FEW_QUESTIONS):
        return None
    if name == "questions_open_share":
        text = say("band-open", language, band=text)
    shown = round(value, 2)
    where: Literal["band-in", "band-over", "band-under"] = "band-in"
    if band.least is not None and shown < band.least:
        where = "band-under"
    elif band.most is not None and shown > band.most:
        where = "band-over"
    aside = _aside(review, name, language) if where == "band-over" else ""
    return Guide(usual=say("band", language, band=text), where=where, source=band.source[language], aside=aside)


def nothing_to_work_on(review: Review, language: Language) -> str:
    """What stands in place of things to work on; it names the main figures that lie off their guide."""
    monologue = "longest_monologue_seconds" if review.metrics.get("by_time") else "longest_monologue_words"
    main = {"agent_talk_share": "talk-share", monologue: "monologue", "questions_open_share": "open-share"}
    found = {key: guide(review, name, language) for name, key in main.items()}
    names = [
        f"{say(key, language)} ({say(one.where, language)})"
        for key, one in found.items()
        if one is not None and one.where != "band-in" and not one.aside
    ]
    return say("no-focus-but", language, names=", ".join(names)) if names else say("no-focus", language)


def _aside(review: Review, name: str, language: Language) -> str:
    """Why the longest monologue is no finding: the rule lets pass what asks the other side something."""
    measure = {"longest_monologue_words": "stretch-words", "longest_monologue_seconds": "stretch-seconds"}.get(name)
    if measure is None or any(item.rule == MONOLOGUE and item.confidence != "low" for item in review.findings):
        return ""
    own = [item for item in review.conversation.utterances if item.role == "agent" and measure in item.signals]
    longest = max(own, key=lambda item: item.signals[measure], default=None)
    if longest is None or (review.checked and MONOLOGUE not in review.checked):
        return ""
    asks = longest.signals.get("stretch-questions", 0) > 0 or "check-back" in longest.acts
    return say("monologue-asks" if asks else "monologue-unsure", language)
