"""Many calls on one page: a line for each, the mean, what is found most often, and the call to learn from.

Calls stand in the order given and agents by name: nobody is ranked. Figures by agent are shown only on request.
"""

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from coach.brief import Brief
from coach.model import Language
from coach.report.many import FEW, OFTEN, Figures, Frequent, Titles, by_agent, counts, figures_of, to_learn_from
from coach.report.page import GOOD, STRONG, Page, heading, put
from coach.report.wording import counted, number, say


def summary(
    briefs: Sequence[Brief],
    console: Console,
    *,
    agents: Sequence[str] | None = None,
    titles: Titles | None = None,
) -> None:
    """Print the summary of several calls; `agents`, what to call each call's agent, adds the figures of each.

    `titles` names the rules where calls have reports in several languages; the first one's is the summary's.
    """
    language = briefs[0].language
    briefs = [_titled(brief, titles or {}, language) for brief in briefs]
    page = Page(console=console, language=language)
    heading(page, say("summary", language), mark="═")
    for brief in briefs:
        shown = "–" if brief.score is None else number(brief.score, language)
        found = sum(map(counts, brief.findings))
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
    if agents is not None:
        heading(page, say("summary-agents", language))
        named = (replace(brief, agent=name) for brief, name in zip(briefs, agents, strict=True))
        for name, calls in by_agent(named).items():
            _agent(page, name or say("summary-unnamed", language), figures_of(calls))


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
    for item in figures.strengths[:2]:
        put(
            page,
            f"{item.title} ({counted('summary-times', item.times, language)})",
            first=Text("    + ", style=GOOD),
            rest="      ",
        )
    for item in figures.frequent[:2]:
        put(page, _spread(item, figures.calls, language), first="    - ", rest="      ")
