"""What the page shows of a call, ready to be put into the template: texts in the report's language, places as links.

Nothing here is markup; the template escapes it all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.model import DIMENSIONS, Language, Review, Utterance
from coach.report.content import file_name, kept, phrase, short, unsure_named
from coach.report.html import charts
from coach.report.html.cards import Card, Group, Task, cards_of, groups_of, tasks_of, weight
from coach.report.html.texts import words
from coach.report.shown import known, reported
from coach.report.wording import (
    addend_label,
    assured,
    counted,
    missing_phases,
    number,
    percent,
    profile_text,
    say,
    signed,
)

SHORT_QUOTE = 140
"""Characters of what stands under the curve as an example."""
STRENGTHS_SHOWN = 6
"""Kinds of strengths that are shown at once; the others unfold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A score with what it is called; None where there was nothing to judge."""

    name: str
    value: float | None
    text: str
    away: str = ""
    """Such as “12.0 below the zero line”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """A call as the page shows it."""

    prefix: str
    """Begins all ids of this call, so that several calls share a page."""
    review: Review
    name: str
    facts: tuple[tuple[str, str], ...]
    speakers: tuple[tuple[str, str, str, str], ...]
    """Role, label, how sure, signs."""
    overall: Points
    dimensions: tuple[Points, ...]
    missing: str | None
    """The phases that are missing, in a sentence."""
    strengths: tuple[Group, ...]
    more_strengths: tuple[Group, ...]
    tasks: tuple[Task, ...]
    groups: tuple[Group, ...]
    by_turn: Mapping[int, Sequence[Card]]
    turns: tuple[tuple[Utterance, tuple[Card, ...]], ...]
    hidden: str
    """Unsure findings that are not shown."""
    old: int
    """Findings that a baseline knows and that are not shown."""
    mood: charts.Mood | None
    share: charts.TalkShare | None

    @property
    def cards(self) -> list[Card]:
        """All findings and strengths, in the order of the call."""
        return [card for _, cards in self.turns for card in cards]

    def href(self, turn: int) -> str:
        """The link to a turn."""
        return f"#{self.prefix}t{turn}"

    @property
    def mood_words(self) -> list[tuple[str, int, str, str]]:
        """Beginning, coolest, warmest and end of the mood: what, turn, value, what was said."""
        values = dict(self.review.conversation.mood)
        said = {item.turn.number: item.turn.text for item, _ in self.turns}
        turns = [turn for turn in values if turn in said]
        named: dict[int, str] = {}
        low = min(turns, key=lambda turn: (values[turn], turn))
        high = max(turns, key=lambda turn: (values[turn], -turn))
        for name, turn in (
            ("mood-low" if values[low] < 0 else "mood-least-warm", low),
            ("mood-high" if values[high] > 0 else "mood-least-cool", high),
            ("mood-begin", turns[0]),
            ("mood-end", turns[-1]),
        ):
            named.setdefault(turn, name)
        language = self.review.report_language
        return [
            (name, turn, signed(round(values[turn], 2), language, digits=2), short(said[turn], SHORT_QUOTE))
            for turn, name in sorted(named.items())
        ]

    @property
    def share_words(self) -> str:
        """The talk share in the course of the call, said in words."""
        language = self.review.report_language
        whole = self.review.metrics.get("agent_talk_share")
        if self.share is None or whole is None:
            return words("share-none", language)
        first, middle, last = ("–" if part is None else percent(part, language) for part in self.share.thirds)
        return words("share-alt", language, first=first, middle=middle, last=last, all=percent(whole, language))

    def titles(self, turns: Sequence[int], kind: str) -> str:
        """“Turn 3: …”: what is marked at these turns, for the chart."""
        language = self.review.report_language
        parts = []
        for turn in turns:
            titles = ", ".join(card.title for card in self.by_turn.get(turn, ()) if card.kind == kind)
            parts.append(words("mark-turn", language, turn=turn, titles=titles))
        return "; ".join(parts)


def call_page(review: Review, *, position: int, everything: bool, redacted: bool | None) -> CallPage:
    """The call at that position of the page, 1-based."""
    prefix = f"c{position}-"
    shown = reported(review, everything=everything)
    old = known(review, everything=everything)
    if everything:
        shown = sorted([*shown, *old], key=lambda item: (item.turn, item.rule))
    unsure = [item for item in review.findings if item.confidence == "low"]
    cards = cards_of(review, shown, prefix)
    at: dict[int, list[Card]] = {}
    for card in cards:
        at.setdefault(card.turn, []).append(card)
    groups = groups_of(cards)
    well = tuple(group for group in groups if group.lead.kind == "strength")
    transcript = review.conversation.transcript
    return CallPage(
        prefix=prefix,
        review=review,
        name=file_name(transcript.path),
        facts=_facts(review, redacted),
        speakers=_speakers(review),
        overall=_overall(review),
        missing=missing_phases(review.phases, review.report_language),
        dimensions=tuple(
            _points(say(f"dimension-{name}", review.report_language), review.scorecard.dimensions.get(name), review)
            for name in DIMENSIONS
        ),
        strengths=well[:STRENGTHS_SHOWN],
        more_strengths=well[STRENGTHS_SHOWN:],
        tasks=tasks_of(review, cards, prefix),
        groups=groups,
        by_turn=at,
        turns=tuple(
            (item, tuple(sorted(at.get(item.turn.number, ()), key=weight))) for item in review.conversation.utterances
        ),
        hidden=unsure_named(unsure, review.report_language) if unsure and not everything else "",
        old=0 if everything else len(old),
        mood=charts.mood(
            review,
            sorted({card.turn for card in cards if card.kind == "fault"}),
            sorted({card.turn for card in cards if card.kind == "strength"}),
        ),
        share=charts.talk_share(review),
    )


def _overall(review: Review) -> Points:
    return _points(say("score", review.report_language), review.scorecard.overall, review)


def _points(name: str, value: float | None, review: Review) -> Points:
    language, zero = review.report_language, review.scorecard.zero_line
    if value is None:
        return Points(name=name, value=None, text="–")
    away = value - zero
    verdict = (
        say("on-line", language)
        if not away
        else say("above" if away > 0 else "below", language, n=number(abs(away), language))
    )
    return Points(name=name, value=value, text=number(value, language), away=verdict)


def _facts(review: Review, redacted: bool | None) -> tuple[tuple[str, str], ...]:  # noqa: FBT001  # known, not known
    """What is known of the call, each with its name."""
    language, conversation = review.report_language, review.conversation
    transcript = conversation.transcript
    length = counted("turns", len(transcript.turns), language)
    seconds = review.metrics.get("duration_seconds")
    if seconds:
        unit, value = ("minutes", seconds / 60) if seconds >= 60 else ("seconds", seconds)
        length += ", " + say(unit, language, n=number(value, language, digits=1 if unit == "minutes" else 0))
    facts = [("file", file_name(transcript.path))]
    if transcript.meta.call_date is not None:
        date = transcript.meta.call_date
        facts.append(("date", date.strftime("%d.%m.%Y") if language == "de" else date.isoformat()))
    facts += [("call-language", say(f"language-{conversation.language}", language)), ("length", length)]
    kind = profile_text(conversation.profile, conversation.profile_confidence, language)
    facts.append(("kind", kind))
    if redacted is not None:
        facts.append(("redaction", words("redacted" if redacted else "not-redacted", language)))
    return tuple((words(key, language), text) for key, text in facts)


def _speakers(review: Review) -> tuple[tuple[str, str, str, str], ...]:
    language = review.report_language
    return tuple(
        (
            say(f"role-{item.role}", language),
            item.label,
            assured(item.confidence, language) if item.confidence else "",
            ", ".join(item.evidence),
        )
        for item in review.conversation.transcript.speakers
    )


def keep_start_stop(page: CallPage) -> list[tuple[str, list[str]]]:
    """What to keep, to start and to stop; each may be empty."""
    review = page.review
    return [
        ("keep", kept(review.strengths, review.focus)),
        ("start", [phrase(item, review.report_language) for item in review.focus if item.kind == "start"]),
        ("stop", [phrase(item, review.report_language) for item in review.focus if item.kind == "stop"]),
    ]


def arithmetic(review: Review) -> tuple[list[tuple[str, str, str, str]], list[tuple[str, str]]]:
    """The addends (dimension, what, how, points) and the formula (name, arithmetic), in the report's language."""
    language = review.report_language
    rows = [
        (
            say(f"dimension-{item.dimension}", language),
            addend_label(item, language),
            localised(item.detail, language),
            signed(item.points, language),
        )
        for item in review.scorecard.addends
    ]
    formula = []
    for line in review.scorecard.formula:
        name, _, text = line.partition(": ")
        named = say("explain-sum" if name == "overall" else f"dimension-{name}", language)
        formula.append((named, localised(text, language)))
    return rows, formula


def localised(text: str, language: Language) -> str:
    """Arithmetic has no thousands: the decimal sign is all there is to change."""
    return text.replace(".", ",") if language == "de" else text
