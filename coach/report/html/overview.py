"""What the overview says of each call, kept while the calls themselves pass by one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.brief import Brief, brief_of
from coach.model import Address, Language, Review
from coach.report.html.texts import words
from coach.report.many import FEW, OFTEN, Figures, Frequent, Titles, by_agent, counts, figures_of, to_learn_from
from coach.report.wording import counted, number, say

STRENGTHS_NAMED = 6
"""Kinds of strengths that are named of the call to learn from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A call in the overview."""

    brief: Brief
    address: Address
    zero: float
    rules: str
    """The hash of the rules."""

    @property
    def path(self) -> str:
        """Where the transcript lies."""
        return self.brief.path

    @property
    def language(self) -> Language:
        """The report's language."""
        return self.brief.language

    @property
    def score(self) -> float | None:
        """0 to 100; None where there was nothing to judge."""
        return self.brief.score

    def counted(self, language: Language) -> str:
        """“3 strengths · 2 findings · 1 known · 1 waived”; uncertain findings do not count."""
        sure = [item for item in self.brief.findings if item.confidence != "low"]
        old = sum(item.state == "baseline" for item in sure)
        waived = sum(item.state == "waived" for item in sure)
        new = sum(map(counts, sure))
        parts = [
            counted("strengths-count", len(self.brief.strengths), language),
            say("new-and-known", language, new=new, known=old) if old else counted("findings-count", new, language),
        ]
        return " · ".join([*parts, _many("waived-count", waived, language)] if waived else parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Often:
    """A kind of finding or strength, and how often it stands in the calls."""

    title: str
    spread: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The call to learn from: its place among the rows, 0-based, and what went well in it."""

    at: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """The calls of one agent; nobody is ranked."""

    name: str
    calls: str
    mean: str
    strengths: tuple[Often, ...]
    faults: tuple[Often, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What all calls have in common."""

    mean: str | None
    strengths: tuple[Often, ...]
    faults: tuple[Often, ...]
    example: Example | None
    agents: tuple[Agent, ...]


def row_of(review: Review) -> Row:
    """The call's row."""
    return Row(
        brief=brief_of(review),
        address=review.address,
        zero=review.scorecard.zero_line,
        rules=review.rules_hash,
    )


def overview(
    rows: Sequence[Row], agents: Sequence[str] | None, language: Language, titles: Titles | None = None
) -> Overview:
    """The overview in that language; `agents`, what to call each call's agent, adds the figures of each.

    `titles` names the rules where calls have reports in several languages.
    """
    briefs = _titled([row.brief for row in rows], language, titles or {})
    whole = figures_of(briefs)
    several = [[item for item in items if item.calls > 1] for items in (whole.strengths, whole.frequent)]
    strengths = sorted(several[0], key=lambda item: (-item.calls, -item.times, item.rule))
    best = to_learn_from(briefs)
    named = (replace(brief, agent=name) for brief, name in zip(briefs, agents or (), strict=False))
    return Overview(
        mean=None if whole.mean is None else number(whole.mean, language),
        strengths=tuple(_often(item, language) for item in strengths[:OFTEN]),
        faults=tuple(_often(item, language) for item in several[1][:OFTEN]),
        example=None if best is None else Example(at=_place(briefs, best), titles=_well(best)),
        agents=tuple(
            _agent(name or say("summary-unnamed", language), figures_of(calls), language)
            for name, calls in by_agent(named).items()
        ),
    )


def _titled(briefs: Sequence[Brief], language: Language, named: Titles) -> list[Brief]:
    """The briefs with their rules called as in that language, as far as it is known."""
    titles = {
        rule: title
        for brief in briefs
        if brief.language == language
        for rule, title in (*((item.rule, item.title) for item in brief.findings), *brief.strengths)
    } | {rule: words[language] for rule, words in named.items()}
    return [
        brief
        if brief.language == language
        else replace(
            brief,
            findings=tuple(replace(item, title=titles.get(item.rule, item.title)) for item in brief.findings),
            strengths=tuple((rule, titles.get(rule, title)) for rule, title in brief.strengths),
        )
        for brief in briefs
    ]


def _place(briefs: Sequence[Brief], wanted: Brief) -> int:
    return next(at for at, brief in enumerate(briefs) if brief is wanted)


def _well(brief: Brief) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for _, title in brief.strengths))[:STRENGTHS_NAMED]


def _often(item: Frequent, language: Language) -> Often:
    calls = _many("in-calls", item.calls, language)
    times = counted("summary-times", item.times, language)
    return Often(title=item.title, spread=calls if item.times == item.calls else f"{calls}, {times}")


def _many(key: str, count: int, language: Language) -> str:
    return words(f"{key}-1" if count == 1 else key, language, n=number(count, language, digits=0))


def _agent(name: str, figures: Figures, language: Language) -> Agent:
    calls = counted("summary-calls", figures.calls, language)
    return Agent(
        name=name,
        calls=f"{calls} ({say('summary-few', language)})" if figures.calls < FEW else calls,
        mean=say("no-score", language) if figures.mean is None else number(figures.mean, language),
        strengths=tuple(_often(item, language) for item in figures.strengths[:2]),
        faults=tuple(_often(item, language) for item in figures.frequent[:2]),
    )
