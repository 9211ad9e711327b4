"""The report for people at a terminal: read from top to bottom it is the talk a trainer would have with the agent.

Colours are chosen to be legible on dark and on light ground, and carry no meaning that a sign or a word does not
carry too.
"""
# dashes as they are printed

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from coach.brief import Brief, brief_of
from coach.model import DIMENSIONS, Finding, Language, Review
from coach.report.content import (
    based_on,
    by_rule,
    gravity,
    kept,
    phrase,
    place,
    places,
    quotes,
    role,
    sentence,
    short,
    turn_list,
    unsure_named,
)
from coach.report.figures import figures
from coach.report.guides import nothing_to_work_on
from coach.report.many import Titles
from coach.report.notes import note_in
from coach.report.page import BAD, GOOD, HEAD, MEASURE, STRONG, Page, bar, heading, put
from coach.report.shown import known, reported
from coach.report.summary import summary
from coach.report.wording import (
    addend_label,
    counted,
    missing_phases,
    number,
    profile_text,
    quotation,
    say,
    signed,
    speaker_in_dialogue,
    speaker_name,
)

STRENGTHS_SHOWN = 4
REPEATED_QUOTE = 60
"""Characters of a quote that has been printed in full before."""
QUOTED_IN = 8
"""Columns that indent, marks and dots take of a line with a quote."""
_GRAVITY = {"error": 0, "warning": 1, "note": 2}


def render(
    reviews: Sequence[Review],
    *,
    console: Console,
    explain: bool,
    everything: bool,
    dialogue: bool,
    agents: Sequence[str] | None = None,
    titles: Titles | None = None,
) -> None:
    """Print the reviews in the order given, several of them with a summary at the end.

    `explain` adds the arithmetic of the score, `everything` all findings with those of low confidence and all metrics,
    `dialogue` the call turn by turn; `agents` and `titles` as in `summary`.
    """
    briefs: list[Brief] = []
    for position, review in enumerate(reviews):
        briefs.append(brief_of(review))
        page = Page(console=console, language=review.report_language)
        if position:
            console.print()
        _head(review, page)
        _score(review, page, everything=everything)
        _strengths(review, page, everything=everything)
        _work_on(review, page)
        figures(review, page, everything=everything)
        _others(review, page, everything=everything)
        if dialogue:
            _dialogue(review, page, everything=everything)
        if explain:
            _explanation(review, page)
        _take_away(review, page)
    if len(briefs) > 1:
        console.print()
        summary(briefs, console, agents=agents, titles=titles)


def _head(review: Review, page: Page) -> None:
    conversation, language = review.conversation, page.language
    transcript = conversation.transcript
    heading(page, transcript.path, mark="═")
    parts = [say(f"language-{conversation.language}", language), counted("turns", len(transcript.turns), language)]
    length = review.metrics.get("duration_seconds")
    if length:
        unit = "minutes" if length >= 60 else "seconds"
        parts.append(
            say("minutes", language, n=number(length / 60, language))
            if unit == "minutes"
            else say("seconds", language, n=number(length, language, digits=0))
        )
    kind = profile_text(conversation.profile, conversation.profile_confidence, language)
    if conversation.profile is None:
        kind += f" ({say('profile-choose', language)})"
    parts.append(say("profile", language, name=kind))
    put(page, " · ".join(parts))
    speakers = [speaker_name(item.label, item.role, item.confidence, language) for item in transcript.speakers]
    put(page, " · ".join(speakers))
    for note in transcript.notes:
        put(page, f"{say('notes', language)}: {note_in(note, language)}")
    for notice in review.notices:
        put(page, f"{say('notices', language)}: {notice}")


def _score(review: Review, page: Page, *, everything: bool) -> None:
    card, language = review.scorecard, page.language
    heading(page, say("dimensions", language))
    if card.overall is None:
        put(page, f"{say('score', language)}: {say('no-score', language)}", first="  ")
        return
    names = {name: say(f"dimension-{name}", language) for name in DIMENSIONS}
    wide = max(len(name) for name in (*names.values(), say("score", language)))
    half = max(3, min(50, (page.width - wide - 12) // 2))
    under = " " * min(wide + 11, max(2, page.width - 40))
    away = card.overall - card.zero_line
    verdict = (
        say("on-line", language)
        if not away
        else say("above" if away > 0 else "below", language, n=number(abs(away), language))
    )
    line = Text.assemble(
        (f"{say('score', language):<{wide}}  {number(card.overall, language):>5}  ", STRONG),
        bar(page, card.overall, half),
    )
    put(page, line, first="  ", wide=True)
    put(page, sentence(verdict), first=under)
    if card.knocked_out_by:
        title = next((item.title for item in review.findings if item.rule == card.knocked_out_by), card.knocked_out_by)
        put(page, Text(say("failed-by", language, rule=title), style=BAD), first=under)
    for name in DIMENSIONS:
        value = card.dimensions.get(name)
        shown = "–" if value is None else number(value, language)
        tail: Text | str = say("not-judged", language) if value is None else bar(page, value, half)
        put(page, Text.assemble(f"{names[name]:<{wide}}  {shown:>5}  ", tail), first="  ", wide=True)
    put(page, say("zero-line", language), first="  ")
    _phases(review, page, everything=everything)


def _phases(review: Review, page: Page, *, everything: bool) -> None:
    """What is missing of the phases that the kind of call asks for; with `everything` all of them."""
    language = page.language
    missing = missing_phases(review.phases, language)
    if everything and review.phases:
        names = [
            say("phase-missing", language, name=item.title)
            if item.turn is None
            else f"{item.title} ({place(item.turn, None, language)})"
            for item in review.phases
        ]
        put(page, say("phases", language, names="; ".join(names)), first="  ", rest="    ")
    elif missing:
        put(page, missing, first="  ", rest="    ")


def _strengths(review: Review, page: Page, *, everything: bool) -> None:
    language = page.language
    heading(page, say("strengths", language))
    groups = by_rule(review.strengths)
    if not groups:
        put(page, say("no-strengths", language), first="  ")
    shown = groups if everything else groups[:STRENGTHS_SHOWN]
    before = ""
    for group in shown:
        lead = group[0]
        title = Text.assemble((lead.title, STRONG), f" · {place(lead.turn, lead.line, language)}")
        if len(group) > 1:
            also = turn_list([item.turn for item in group[1:]], language)
            title.append(f", {say('also-at', language, turns=also)}")
        put(page, title, first=Text("  + ", style=GOOD), rest="    ")
        if lead.message and lead.message != lead.title:
            put(page, lead.message, first="    ")
        if lead.quote != before:
            put(page, quotation(short(lead.quote), language), first="    ")
        before = lead.quote
    hidden = sum(len(group) for group in groups[len(shown) :])
    if hidden:
        put(page, counted("hidden-strengths", hidden, language), first="  ")


def _work_on(review: Review, page: Page) -> None:
    language = page.language
    heading(page, say("focus", language))
    if not review.focus:
        put(page, nothing_to_work_on(review, language), first="  ")
    said: set[str] = set()
    for position, item in enumerate(review.focus, start=1):
        if position > 1:
            page.console.print()
        lead = item.findings[0]
        _finding(review, page, lead, mark=f"  {position}. ", others=item.findings[1:], said_before=frozenset(said))
        said.update(quote.quote for quote in quotes(review, lead))


def _finding(
    review: Review,
    page: Page,
    finding: Finding,
    *,
    mark: str,
    others: Sequence[Finding] = (),
    basis: bool = False,
    said_before: frozenset[str] = frozenset(),
) -> None:
    """A finding in full: both quotes in the order of the call, what was noticed, why it matters, what is better.

    Quotes that were printed before are cut short.
    """
    language = page.language
    indent = " " * len(mark)
    facts = [say(f"dimension-{finding.dimension}", language), gravity(finding, language)]
    alike = 1 + sum(item.rule == finding.rule for item in others)
    if alike > 1:
        facts.append(say("times", language, n=alike))
    if finding.confidence == "low":
        facts.append(say("confidence-low", language))
    put(
        page, Text.assemble((finding.title, STRONG), f" ({', '.join(facts)})"), first=Text(mark, style=BAD), rest=indent
    )
    for said in quotes(review, finding):
        who = say(f"role-{role(review, said.turn)}", language)
        quote = short(said.quote, REPEATED_QUOTE) if said.quote in said_before else said.quote
        put(
            page,
            f"{who}, {place(said.turn, said.line, language)}: {quotation(quote, language)}",
            first=indent,
            rest=indent + "  ",
        )
    put(page, finding.message, first=indent)
    put(page, Text.assemble((say("why", language), STRONG), f" {finding.why}"), first=indent)
    if finding.instead:
        put(page, Text.assemble((say("instead", language), GOOD), f" {finding.instead}"), first=indent)
    if others:
        put(page, sentence(say("also-at", language, turns=places(finding, others, language))), first=indent)
    if basis and finding.basis:
        put(page, f"{say('basis', language)} {'; '.join(based_on(finding, language))}", first=indent)


def _others(review: Review, page: Page, *, everything: bool) -> None:
    """What is not among the things to work on: a line each, or in full with all else."""
    language = page.language
    chosen = {id(finding) for item in review.focus for finding in item.findings}
    shown = [item for item in reported(review, everything=True) if id(item) not in chosen]
    sure = [item for item in shown if item.confidence != "low"]
    unsure = [item for item in shown if item.confidence == "low"]
    old = known(review, everything=everything)
    if sure:
        heading(page, say("others", language))
    for finding in sure:
        if everything:
            _finding(review, page, finding, mark="  - ", basis=True)
        else:
            put(page, _one_line(finding, language), first=Text("  - ", style=BAD), rest="    ")
            room = max(20, min(MEASURE, page.width) - QUOTED_IN)
            put(page, quotation(short(finding.quote, room), language), first="    ")
    for key, items in (("unsure", unsure), ("known-findings", old)):
        if items and everything:
            heading(page, say(key, language))
            for finding in items:
                _finding(review, page, finding, mark="  ? ", basis=True)
    if not everything and (unsure or old):
        page.console.print()
    if not everything and old:
        put(page, counted("hidden-known", len(old), language))
    if not everything and unsure:
        put(page, sentence(unsure_named(unsure, language)))


def _one_line(finding: Finding, language: Language) -> str:
    where = sentence(place(finding.turn, finding.line, language))
    return f"{where}: {finding.title} ({gravity(finding, language)})"


def _dialogue(review: Review, page: Page, *, everything: bool) -> None:
    language = page.language
    heading(page, say("dialogue", language))
    findings = reported(review, everything=everything)
    wide = len(str(len(review.conversation.utterances)))
    for item in review.conversation.utterances:
        turn = item.turn
        label = f"{turn.number:>{wide}}  {speaker_in_dialogue(turn.speaker, item.role, language)}: "
        indent = " " * (wide + 2)
        words = turn.text or say("silent-turn", language)
        put(page, Text.assemble((label, STRONG), words), rest=indent, wide=True)
        for strength in review.strengths:
            if strength.turn == turn.number:
                put(page, Text(f"+ {strength.title}", style=GOOD), first=indent, rest=indent + "  ", wide=True)
        for finding in sorted(findings, key=lambda finding: _GRAVITY[finding.severity]):
            if finding.turn == turn.number:
                sign = "?" if finding.confidence == "low" else "-"
                text = f"{sign} {finding.title} ({gravity(finding, language)})"
                put(page, Text(text, style=BAD), first=indent, rest=indent + "  ", wide=True)


def _explanation(review: Review, page: Page) -> None:
    """Each addend, so that the column adds up to the score, then the formula with its numbers."""
    card, language = review.scorecard, page.language
    heading(page, say("explain", language))
    rows = [("", say("explain-zero", language), "", number(card.zero_line, language))]
    for item in card.addends:
        label = addend_label(item, language)
        rows.append(
            (
                say(f"dimension-{item.dimension}", language),
                label,
                _localised(item.detail, language),
                signed(item.points, language),
            )
        )
    first = max(len(row[0]) for row in rows)
    last = max(len(row[3]) for row in rows)
    room = page.width - first - last - 8
    for dimension, label, detail, points in rows:
        text = f"{label}  {detail}".rstrip()
        put(page, f"{dimension:<{first}}  {_cut(text, room):<{room}}  {points:>{last}}", first="  ", wide=True)
    if not card.addends:
        put(page, say("explain-nothing", language), first="  ")
    total = say("no-score", language) if card.overall is None else number(card.overall, language)
    put(
        page,
        Text(f"{'':<{first}}  {say('explain-sum', language):<{room}}  {total:>{last}}", style=STRONG),
        first="  ",
        wide=True,
    )
    if card.formula:
        page.console.print()
        put(page, say("explain-formula", language), first="  ")
    for line in card.formula:
        name, _, arithmetic = line.partition(": ")
        named = say("explain-sum" if name == "overall" else f"dimension-{name}", language)
        put(page, f"{named}: {_localised(arithmetic, language)}", first="  ", rest="    ", wide=True)


def _localised(arithmetic: str, language: Language) -> str:
    """Arithmetic has no thousands: the decimal sign is all there is to change."""
    return arithmetic.replace(".", ",") if language == "de" else arithmetic


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(1, room - 1)] + "…"


def _take_away(review: Review, page: Page) -> None:
    language = page.language
    rows = [
        ("keep", kept(review.strengths, review.focus)),
        ("start", [phrase(item, language) for item in review.focus if item.kind == "start"]),
        ("stop", [phrase(item, language) for item in review.focus if item.kind == "stop"]),
    ]
    if not any(items for _, items in rows) and not review.exercise:
        return
    heading(page, say("take-away", language))
    wide = max(len(say(key, language)) for key in ("keep", "start", "stop", "exercise")) + 2
    signs = {"keep": ("=", GOOD), "start": ("+", HEAD), "stop": ("-", BAD)}
    for key, items in rows:
        if items:
            sign, style = signs[key]
            first = Text.assemble(f"  {sign} ", (f"{say(key, language):<{wide}}", style))
            put(page, "; ".join(items), first=first, rest=" " * (wide + 4))
    if review.exercise:
        first = Text.assemble("  > ", (f"{say('exercise', language):<{wide}}", HEAD))
        put(page, review.exercise, first=first, rest=" " * (wide + 4))
