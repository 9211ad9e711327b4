"""Findings and strengths as the page shows them: beside their turns, gathered by rule, and as things to work on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.model import DIMENSIONS, Finding, Language, Review, Strength, Utterance
from coach.report.content import quotes, typeset
from coach.report.wording import say

GRAVITY = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Something that was said, who said it and where it stands in the page."""

    role: str
    speaker: str
    turn: int
    text: str
    accused: bool = False
    """The finding itself, not what led to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A finding or a strength beside its turn."""

    id: str
    kind: Literal["fault", "strength"]
    rule: str
    dimension: str
    severity: str
    """Empty for a strength."""
    unsure: bool
    state: str
    """Why it does not count: known from a baseline, or waived; empty where it counts."""
    turn: int
    title: str
    message: str
    why: str
    instead: str
    quotes: tuple[Quote, ...]
    basis: tuple[str, ...]
    group: str
    """The id of its row in the list of findings."""
    focus: str
    """The id of the thing to work on that it belongs to; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All findings, or strengths, of one rule: a row of the list."""

    id: str
    cards: tuple[Card, ...]

    @property
    def lead(self) -> Card:
        """The first of them."""
        return self.cards[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One of the things to work on, with the other places where it shows."""

    id: str
    card: Card
    times: int
    others: tuple[tuple[str, tuple[Card, ...]], ...]
    """By title; the lead's own title is empty, it is not said again."""


def weight(card: Card) -> tuple[int, int, str]:
    """The order at a turn: strengths first, then what is grave."""
    return (0 if card.kind == "strength" else 1, GRAVITY.get(card.severity, 3), card.rule)


def cards_of(review: Review, findings: Sequence[Finding], prefix: str) -> list[Card]:
    """Findings first, then strengths, each with its id and the thing to work on that it belongs to."""
    tasks = {
        (finding.rule, finding.turn): f"{prefix}w{place}"
        for place, item in enumerate(review.focus, start=1)
        for finding in item.findings
    }
    said = {item.turn.number: item for item in review.conversation.utterances}
    faults = [
        Card(
            id=f"{prefix}b{place}",
            kind="fault",
            rule=one.rule,
            dimension=one.dimension,
            severity=one.severity,
            unsure=one.confidence == "low",
            turn=one.turn,
            title=one.title,
            message=one.message,
            why=one.why,
            instead=one.instead,
            quotes=tuple(
                _quote(said[item.turn], item.quote, accused=item.turn == one.turn)
                for item in quotes(review, one)
                if item.turn in said
            ),
            state=_state(one, review.report_language),
            basis=tuple(typeset(reason, review.report_language) for reason in one.basis),
            group=f"{prefix}g-{one.rule}",
            focus=tasks.get((one.rule, one.turn), ""),
        )
        for place, one in enumerate(findings, start=1)
    ]
    return faults + [
        _merit(one, said[one.turn], review.report_language, prefix, place)
        for place, one in enumerate(review.strengths, start=len(findings) + 1)
    ]


def _state(finding: Finding, language: Language) -> str:
    if finding.state == "waived":
        return say("waived", language, reason=finding.state_reason)
    return say("known", language) if finding.state == "baseline" else finding.state_reason


def _merit(one: Strength, item: Utterance, language: Language, prefix: str, place: int) -> Card:
    return Card(
        id=f"{prefix}b{place}",
        kind="strength",
        rule=one.rule,
        dimension=one.dimension,
        severity="",
        unsure=False,
        turn=one.turn,
        title=one.title,
        message=one.message,
        why="",
        instead="",
        quotes=(_quote(item, one.quote),),
        state="",
        basis=tuple(typeset(reason, language) for reason in one.basis),
        group=f"{prefix}h-{one.rule}",
        focus="",
    )


def _quote(item: Utterance, text: str, *, accused: bool = False) -> Quote:
    return Quote(role=item.role, speaker=item.turn.speaker, turn=item.turn.number, text=text, accused=accused)


def groups_of(cards: Sequence[Card]) -> tuple[Group, ...]:
    """By dimension, faults before strengths, grave before slight."""
    groups: dict[str, list[Card]] = {}
    for card in sorted(cards, key=lambda card: card.turn):
        groups.setdefault(card.group, []).append(card)
    rows = [Group(id=name, cards=tuple(own)) for name, own in groups.items()]
    order = {name: place for place, name in enumerate(DIMENSIONS)}
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                order.get(row.lead.dimension, len(order)),
                row.lead.kind == "strength",
                GRAVITY.get(row.lead.severity, 3),
                row.lead.rule,
            ),
        )
    )


def tasks_of(review: Review, cards: Sequence[Card], prefix: str) -> tuple[Task, ...]:
    """The things to work on, each with its leading card and where else it shows."""
    by_place = {(card.rule, card.turn, card.kind): card for card in cards}
    tasks = []
    for place, item in enumerate(review.focus, start=1):
        own = [card for finding in item.findings if (card := by_place.get((finding.rule, finding.turn, "fault")))]
        if not own:
            continue
        others: dict[str, list[Card]] = {}
        for card in sorted(own[1:], key=lambda card: (card.title != own[0].title, card.turn)):
            others.setdefault("" if card.title == own[0].title else card.title, []).append(card)
        tasks.append(
            Task(
                id=f"{prefix}w{place}",
                card=own[0],
                times=sum(card.rule == own[0].rule for card in own),
                others=tuple((title, tuple(some)) for title, some in others.items()),
            )
        )
    return tuple(tasks)
