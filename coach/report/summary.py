"""Many calls on one page: a line for each, the mean, what is found most often, and the call to learn from.

Calls stand in the order given and agents by name: nobody is ranked. Figures by agent are shown only on request.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rich.console import Console
from rich.text import Text

from coach.brief import Brief
from coach.model import Language
from coach.report.page import GOOD, STRONG, Page, heading, put
from coach.report.wording import counted, number, say

Titles: TypeAlias = Mapping[str, Mapping[Language, str]]
"""By rule, then by language."""
OFTEN = 5
"""How many kinds of findings are named as the most frequent."""
FEW = 3
"""Fewer calls of an agent than this say little; that is said beside the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequent:
    """A kind of finding, how often it was found and in how many calls."""

    rule: str
    title: str
    times: int
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What some calls have in common."""

    calls: int
    mean: float | None
    """Of the calls that have a score."""
    frequent: tuple[Frequent, ...]
    """The most frequent first."""
    strengths: tuple[tuple[str, int], ...]
    """(title, times), the most frequent first."""


def figures_of(briefs: Sequence[Brief]) -> Figures:
    """The figures over these calls; known, waived and uncertain findings do not count."""
    scores = [brief.score for brief in briefs if brief.score is not None]
    times: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    titles: dict[str, str] = {}
    strengths: Counter[str] = Counter()
    for brief in briefs:
        found = [item for item in brief.findings if item.state == "new" and item.confidence != "low"]
        times.update(item.rule for item in found)
        calls.update({item.rule for item in found})
        for item in found:
            titles.setdefault(item.rule, item.title)
        for rule, title in brief.strengths:
            titles.setdefault(rule, title)
        strengths.update(rule for rule, _ in brief.strengths)
    order = sorted(times, key=lambda rule: (-calls[rule], -times[rule], rule))
    return Figures(
        calls=len(briefs),
        mean=sum(scores) / len(scores) if scores else None,
        frequent=tuple(Frequent(rule=rule, title=titles[rule], times=times[rule], calls=calls[rule]) for rule in order),
        strengths=tuple(
            (titles[rule], strengths[rule]) for rule in sorted(strengths, key=lambda r: (-strengths[r], r))
        ),
    )


def to_learn_from(briefs: Iterable[Brief]) -> Brief | None:
    """The call whose strengths lift its score most, the first of several; None where none has any."""
    best: Brief | None = None
    for brief in briefs:
        if brief.lift > (best.lift if best else 0.0):
            best = brief
    return best


def by_agent(briefs: Iterable[Brief]) -> dict[str, list[Brief]]:
    """The calls of each agent, by name."""
    groups: dict[str, list[Brief]] = {}
    for brief in briefs:
        groups.setdefault(brief.agent, []).append(brief)
    return dict(sorted(groups.items()))


def summary(briefs: Sequence[Brief], console: Console, *, agents: bool = False, titles: Titles | None = None) -> None:
    """Print the summary of several calls; `agents` adds the figures of each agent.

    `titles` names the rules where calls have reports in several languages; the first one's is the summary's.
    """
    language = briefs[0].language
    briefs = [_titled(brief, titles or {}, language) for brief in briefs]
    page = Page(console=console, language=language)
    heading(page, say("summary", language), mark="═")
    for brief in briefs:
        shown = "–" if brief.score is None else number(brief.score, language)
        found = sum(item.state == "new" and item.confidence != "low" for item in brief.findings)
        well = counted("strengths-count", len(brief.strengths), language)
        old = sum(item.state == "baseline" and item.confidence != "low" for item in brief.findings)
        badly = (
            say("new-and-known", language, new=found, known=old) if old else counted("findings-count", found, language)
        )
        put(page, f"{shown:>5}  {brief.path}  ({well}, {badly})", first="  ", rest=" " * 9)
    whole = figures_of(briefs)
    if whole.mean is not None:
        put(page, Text(f"{number(whole.mean, language):>5}  {say('summary-mean', language)}", style=STRONG), first="  ")
    _frequent(page, whole)
    _learn(page, briefs)
    if agents:
        heading(page, say("summary-agents", language))
        for name, calls in by_agent(briefs).items():
            _agent(page, name or say("role-unknown", language), figures_of(calls))


def _titled(brief: Brief, titles: Titles, language: Language) -> Brief:
    """The brief with its rules called as they are in that language."""
    if brief.language == language or not titles:
        return brief
    return replace(
        brief,
        findings=tuple(
            replace(item, title=titles[item.rule][language]) if item.rule in titles else item for item in brief.findings
        ),
        strengths=tuple((rule, titles[rule][language] if rule in titles else title) for rule, title in brief.strengths),
    )


def _frequent(page: Page, figures: Figures) -> None:
    language = page.language
    if figures.frequent:
        heading(page, say("summary-frequent", language))
    for item in figures.frequent[:OFTEN]:
        put(page, _spread(item, figures.calls, language), first="  - ", rest="    ")


def _spread(item: Frequent, calls: int, language: Language) -> str:
    return say(
        "summary-spread" if calls > 1 else "summary-spread-1",
        language,
        title=item.title,
        calls=number(item.calls, language, digits=0),
        all=number(calls, language, digits=0),
        times=counted("summary-times", item.times, language),
    )


def _learn(page: Page, briefs: Sequence[Brief]) -> None:
    language = page.language
    best = to_learn_from(briefs)
    if best is None:
        return
    heading(page, say("summary-learn", language))
    shown = "" if best.score is None else f" ({number(best.score, language)})"
    put(page, Text(f"{best.path}{shown}", style=STRONG), first=Text("  + ", style=GOOD), rest="    ")
    put(page, "; ".join(dict.fromkeys(title for _, title in best.strengths)), first="    ")


def _agent(page: Page, name: str, figures: Figures) -> None:
    language = page.language
    calls = counted("summary-calls", figures.calls, language)
    mean = say("no-score", language) if figures.mean is None else number(figures.mean, language)
    line = f"{name}: {calls}, {say('summary-mean', language)} {mean}"
    if figures.calls < FEW:
        line += f" ({say('summary-few', language)})"
    put(page, Text(line, style=STRONG), first="  ", rest="    ")
    for title, times in figures.strengths[:2]:
        put(
            page,
            f"{title} ({counted('summary-times', times, language)})",
            first=Text("    + ", style=GOOD),
            rest="      ",
        )
    for item in figures.frequent[:2]:
        put(page, _spread(item, figures.calls, language), first="    - ", rest="      ")
