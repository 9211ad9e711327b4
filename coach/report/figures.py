"""The key figures of a call at a terminal: talk share, longest monologue, questions, each with what is usual."""

from coach.model import Language, Review
from coach.report.guides import guide
from coach.report.page import Page, heading, put
from coach.report.wording import amount, number, say

SHOWN = ("agent_talk_share", "questions", "questions_open", "questions_closed", "questions_open_share")
"""Metrics that have a place in the short list."""


def figures(review: Review, page: Page, *, everything: bool) -> None:
    """The key figures against what is usual; with `everything` all that were measured, and the bands' sources."""
    language, values = page.language, review.metrics
    by_time = bool(values.get("by_time"))
    monologue = "longest_monologue_seconds" if by_time else "longest_monologue_words"
    rows = []
    main = (("agent_talk_share", "talk-share"), (monologue, "monologue"), ("questions_open_share", "questions"))
    for name, key in main:
        band = review.bands.get(name)
        value = values.get(name)
        unit = band.unit if band else {"agent_talk_share": "share", "questions_open_share": "share"}.get(name, "words")
        shown = say("not-measured", language) if value is None else amount(value, unit, language)
        if name == "agent_talk_share" and value is not None:
            shown += f" ({say('by-time' if by_time else 'by-words', language)})"
        if key == "questions" and values.get("questions") is not None:
            shown = f"{number(values['questions'] or 0, language, digits=0)}: " + say(
                "open-closed",
                language,
                open=number(values.get("questions_open") or 0, language, digits=0),
                closed=number(values.get("questions_closed") or 0, language, digits=0),
            )
        rows.append((say(key, language), shown, *_against(review, name, language)))
    if everything:
        for name, band in review.bands.items():
            value = values.get(name)
            if value is not None and name not in (*SHOWN, monologue):
                shown = amount(value, band.unit, language)
                rows.append((band.label[language], shown, *_against(review, name, language)))
    heading(page, say("metrics", language))
    label = max(len(row[0]) for row in rows)
    wide = max(len(row[1]) for row in rows)
    beside = not everything and all(label + wide + len(row[2]) + 6 <= page.width for row in rows)
    for name, shown, usual, source in rows:
        line = f"{name:<{label}}  {shown:<{wide}}  {usual}" if beside else f"{name:<{label}}  {shown}"
        put(page, line.rstrip(), first="  ", rest="    ", wide=True)
        if usual and not beside:
            put(page, f"{usual}. {source}" if everything else usual, first="    ")


def _against(review: Review, name: str, language: Language) -> tuple[str, str]:
    """The band in words with where the value lies, and the band's source; empty where there is no band."""
    found = guide(review, name, language)
    if found is None:
        return "", ""
    where = say(found.where, language) + (f", {found.aside}" if found.aside else "")
    return f"{found.usual}: {where}", found.source
