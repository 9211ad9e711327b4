"""The report in Markdown, for a wiki or a pull request: headings, tables and lists as GitHub and GitLab show them."""

from collections.abc import Iterator, Sequence

from coach.model import DIMENSIONS, Finding, Language, Review
from coach.report.content import (
    by_rule,
    file_name,
    file_names,
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
from coach.report.escape import clean, for_markdown
from coach.report.guides import nothing_to_work_on
from coach.report.shown import FileError, known, reported
from coach.report.wording import (
    amount,
    band_text,
    counted,
    missing_phases,
    number,
    percent,
    profile_text,
    quotation,
    say,
    speaker_name,
)

FIGURES = (
    ("agent_talk_share", "talk-share"),
    ("longest_monologue_seconds", "monologue"),
    ("longest_monologue_words", "monologue"),
    ("questions_open_share", "open-share"),
)
"""The key figures of the short table, by metric."""


def render(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> str:
    """The calls in the order given, before several of them a summary, and the files that could not be reviewed."""
    return "".join(parts(reviews, errors, version, everything=everything, redacted=redacted))


def parts(
    reviews: Sequence[Review],
    errors: Sequence[FileError],
    version: str,
    *,
    everything: bool = False,
    redacted: bool | None = None,
) -> Iterator[str]:
    """The report call by call."""
    language: Language = reviews[0].report_language if reviews else "en"
    if len(reviews) > 1:
        yield _paragraphs(summary(reviews, language))
    for review in reviews:
        yield _paragraphs(call(review, everything=everything))
    yield _paragraphs(failures(errors, language))
    words = f"coach {version}"
    if reviews:
        words += f" · {say('rules', language)} {reviews[0].rules_hash}"
    if redacted:
        words += f" · {say('redacted', language)}"
    yield f"---\n\n*{words}*\n"


def _paragraphs(blocks: Sequence[str]) -> str:
    return "".join(f"{block}\n\n" for block in blocks)


def summary(reviews: Sequence[Review], language: Language) -> list[str]:
    """A table of the calls in the order given, never ranked, with the mean of those that have a score."""
    scores = [item.scorecard.overall for item in reviews if item.scorecard.overall is not None]
    rows = []
    names = file_names([review.conversation.transcript.path for review in reviews])
    for review, name in zip(reviews, names, strict=True):
        overall = review.scorecard.overall
        new = [item for item in reported(review, everything=False) if item.state == "new"]
        graves = [sum(item.severity == severity for item in new) for severity in ("error", "warning", "note")]
        rows.append(
            [
                for_markdown(name),
                "–" if overall is None else number(overall, language),
                *(str(count) for count in graves),
                str(len(review.strengths)),
            ]
        )
    if scores:
        mean = number(sum(scores) / len(scores), language)
        rows.append([f"**{say('summary-mean', language)}**", f"**{mean}**", "", "", "", ""])
    head = [
        say("call", language),
        say("score", language),
        *(say(f"severity-{severity}", language) for severity in ("error", "warning", "note")),
        say("strengths-head", language),
    ]
    return [f"# {say('summary', language)}", table(head, rows, numbers=True)]


def call(review: Review, *, everything: bool, level: int = 1) -> list[str]:
    """One call as paragraphs, its title a heading of the given level."""
    language = review.report_language
    mark, sub = "#" * level, "#" * (level + 1)
    blocks = [f"{mark} {for_markdown(file_name(review.conversation.transcript.path))}", _facts(review), *_score(review)]
    blocks += [f"> {say('notices', language)}: {for_markdown(notice)}" for notice in review.notices]
    blocks += [f"{sub} {say('strengths', language)}", _strengths(review)]
    blocks.append(f"{sub} {say('focus', language)}")
    if not review.focus:
        blocks.append(nothing_to_work_on(review, language))
    for position, item in enumerate(review.focus, start=1):
        blocks += finding(review, item.findings[0], mark=f"{sub}# {position}. ", others=item.findings[1:])
    blocks += _figures(review, sub, everything=everything)
    blocks += _others(review, sub, everything=everything)
    return blocks + _take_away(review, sub)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> str:
    """A table; with `numbers` all columns but the first are set flush right. Cells are Markdown already."""
    line = ["---", *(["---:"] * (len(head) - 1) if numbers else ["---"] * (len(head) - 1))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, line, *rows))


def failures(errors: Sequence[FileError], language: Language) -> list[str]:
    """The files that could not be reviewed, with the reason and what to do."""
    if not errors:
        return []
    rows = []
    for item in errors:
        words = " ".join(filter(None, (item["message"], item["hint"])))
        rows.append(f"- {for_markdown(file_name(item['path']))}: {for_markdown(words)}")
    return [f"## {say('failures', language)}", "\n".join(rows)]


def finding(review: Review, item: Finding, *, mark: str, others: Sequence[Finding] = ()) -> list[str]:
    """A finding in full: both quotes in the order of the call, what was noticed, why it matters, what is better."""
    language = review.report_language
    facts = [say(f"dimension-{item.dimension}", language), gravity(item, language)]
    alike = 1 + sum(other.rule == item.rule for other in others)
    if alike > 1:
        facts.append(say("times", language, n=alike))
    if item.confidence == "low":
        facts.append(say("confidence-low", language))
    said = [
        f"> **{say(f'role-{role(review, part.turn)}', language)}**, {place(part.turn, part.line, language)}: "
        + for_markdown(quotation(clean(part.quote), language))
        for part in quotes(review, item)
    ]
    words = [for_markdown(item.message), f"**{say('why', language)}** {for_markdown(item.why)}"]
    if item.instead:
        words.append(f"**{say('instead', language)}** {for_markdown(item.instead)}")
    if others:
        also = sentence(say("also-at", language, turns=places(item, others, language)))
        words.append(for_markdown(also))
    title = f"{mark}{for_markdown(item.title)} ({for_markdown(', '.join(facts))})"
    return [title, "\n>\n".join(said), "\n\n".join(words)]


def _facts(review: Review) -> str:
    conversation, language = review.conversation, review.report_language
    transcript = conversation.transcript
    parts = [say(f"language-{conversation.language}", language), counted("turns", len(transcript.turns), language)]
    kind = profile_text(conversation.profile, conversation.profile_confidence, language)
    parts.append(say("profile", language, name=kind))
    parts += [speaker_name(item.label, item.role, None, language) for item in transcript.speakers]
    return " · ".join(for_markdown(part) for part in parts)


def _score(review: Review) -> list[str]:
    card, language = review.scorecard, review.report_language
    if card.overall is None:
        return [f"**{say('score', language)}:** {say('no-score', language)}"]
    away = card.overall - card.zero_line
    verdict = (
        say("on-line", language)
        if not away
        else say("above" if away > 0 else "below", language, n=number(abs(away), language))
    )
    score = say("score-of", language, score=number(card.overall, language))
    blocks = [f"**{say('score', language)}: {score}**, {verdict}. {say('zero-line', language)}."]
    if card.knocked_out_by:
        title = next((item.title for item in review.findings if item.rule == card.knocked_out_by), card.knocked_out_by)
        blocks.append(f"**{for_markdown(say('failed-by', language, rule=title))}**")
    missing = missing_phases(review.phases, language)
    if missing:
        blocks.append(for_markdown(missing) + ".")
    rows = []
    for name in DIMENSIONS:
        value = card.dimensions.get(name)
        shown = f"– ({say('not-judged', language)})" if value is None else number(value, language)
        rows.append([say(f"dimension-{name}", language), shown])
    return [*blocks, table([say("dimensions", language), say("score", language)], rows, numbers=True)]


def _strengths(review: Review) -> str:
    language = review.report_language
    rows = []
    for group in by_rule(review.strengths):
        lead = group[0]
        where = place(lead.turn, lead.line, language)
        if len(group) > 1:
            where += ", " + say("also-at", language, turns=turn_list([item.turn for item in group[1:]], language))
        quote = for_markdown(quotation(short(clean(lead.quote)), language))
        rows.append(f"- **{for_markdown(lead.title)}**, {where}: {quote}")
    return "\n".join(rows) or say("no-strengths", language)


def _figures(review: Review, mark: str, *, everything: bool) -> list[str]:
    """The key figures with what is usual; with `everything` all that have a band."""
    language = review.report_language
    names = dict(FIGURES)
    del names["longest_monologue_words" if review.metrics.get("by_time") else "longest_monologue_seconds"]
    wanted = [*names, *(name for name in review.bands if everything and name not in dict(FIGURES))]
    rows = []
    for name in wanted:
        value, band = review.metrics.get(name), review.bands.get(name)
        if value is None:
            continue
        label = say(names[name], language) if name in names else (band.label[language] if band else name)
        unit = band.unit if band else "count"
        held = band if band and band.holds(review.conversation.language, review.conversation.profile) else None
        rows.append(
            [
                for_markdown(label),
                percent(value, language) if name.endswith("_share") else amount(value, unit, language),
                for_markdown((band_text(held, language) or "") if held else ""),
            ]
        )
    if not rows:
        return []
    head = [say("metrics", language), say("value", language), say("usual", language)]
    return [f"{mark} {say('metrics', language)}", table(head, rows)]


def _others(review: Review, mark: str, *, everything: bool) -> list[str]:
    """What is not among the things to work on: a line each, or in full with all else."""
    language = review.report_language
    chosen = {id(item) for focus in review.focus for item in focus.findings}
    rest = [item for item in reported(review, everything=everything) if id(item) not in chosen]
    old = known(review, everything=everything)
    blocks = []
    if rest:
        blocks.append(f"{mark} {say('others', language)}")
    if everything:
        for item in rest:
            blocks += finding(review, item, mark=f"{mark}# ")
    elif rest:
        blocks.append("\n".join(_line(item, language) for item in rest))
    if old and everything:
        blocks += [f"{mark} {say('known-findings', language)}", "\n".join(_line(item, language) for item in old)]
    elif old:
        blocks.append(sentence(counted("known-count", len(old), language)) + ".")
    unsure = [item for item in reported(review, everything=True) if item.confidence == "low" and id(item) not in chosen]
    if unsure and not everything:
        blocks.append(for_markdown(sentence(unsure_named(unsure, language))))
    return blocks


def _line(item: Finding, language: Language) -> str:
    where = sentence(place(item.turn, item.line, language))
    quote = for_markdown(quotation(short(clean(item.quote)), language))
    return f"- {where}: **{for_markdown(item.title)}** ({for_markdown(gravity(item, language))}): {quote}"


def _take_away(review: Review, mark: str) -> list[str]:
    language = review.report_language
    rows = [
        ("keep", kept(review.strengths, review.focus)),
        ("start", [phrase(item, language) for item in review.focus if item.kind == "start"]),
        ("stop", [phrase(item, language) for item in review.focus if item.kind == "stop"]),
        ("exercise", [review.exercise] if review.exercise else []),
    ]
    lines = [f"- **{say(key, language)}:** {for_markdown('; '.join(items))}" for key, items in rows if items]
    return [f"{mark} {say('take-away', language)}", "\n".join(lines)] if lines else []
