"""The key figures of a call at a terminal: talk share, longest monologue, questions, each with what is usual."""

from coach.model import Language, Review
from coach.report.page import Page, heading, put
from coach.report.wording import amount, band_text, number, say

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
        rows.append((say(key, language), shown, *_against(review, name, value, language)))
    if everything:
        for name, band in review.bands.items():
            value = values.get(name)
            if value is not None and name not in (*SHOWN, monologue):
                shown = amount(value, band.unit, language)
                rows.append((band.label[language], shown, *_against(review, name, value, language)))
    heading(page, say("metrics", language))
    label = max(len(row[0]) for row in rows)
    wide = max(len(row[1]) for row in rows)
    beside = not everything and all(label + wide + len(row[2]) + 6 <= page.width for row in rows)
    for name, shown, guide, source in rows:
        line = f"{name:<{label}}  {shown:<{wide}}  {guide}" if beside else f"{name:<{label}}  {shown}"
        put(page, line.rstrip(), first="  ", rest="    ")
        if guide and not beside:
            put(page, f"{guide}. {source}" if everything else guide, first="    ")


def _against(review: Review, name: str, value: float | None, language: Language) -> tuple[str, str]:
    """The band in words with where the value lies, and the band's source; empty where there is no band."""
    band = review.bands.get(name)
    if band is None or value is None or review.conversation.language not in band.languages:
        return "", ""
    text = band_text(band, language)
    if text is None:
        return "", ""
    if name == "questions_open_share":
        text = say("band-open", language, band=text)
    where, shown = "band-in", round(value, 2)
    if band.least is not None and shown < band.least:
        where = "band-under"
    elif band.most is not None and shown > band.most:
        where = "band-over"
    return f"{say('band', language, band=text)}: {say(where, language)}", band.source[language]
