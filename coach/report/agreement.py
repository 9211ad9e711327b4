"""The coach against people: as tables for a terminal, as JSON for machines."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from coach.measure import Agreement, RuleAgreement
from coach.report.page import BAD, STRONG, Page, heading, put

SCHEMA = "coach-calibration/1"
SHOWN = 20
"""Disagreements that are listed unless all are asked for."""
LONGEST = 240
_LEGEND = (
    "P: the share of what the coach reports that people marked too; R: of what people marked that it reports.",
    "F1: both in one. Kappa: agreement beyond chance; from .6 on “substantial” (Landis and Koch 1977).",
)
_HEADS = ("labels", "found", "P", "R", "F1", "kappa")
_TOTALS = {"finding": "all findings", "strength": "all strengths", "all": "both"}


def render(agreement: Agreement, *, console: Console, everything: bool) -> None:
    """Print the tables, the noisiest rule, the scores, and the disagreements with quotes; all of them on request."""
    page = Page(console=console, language="en")
    heading(
        page, f"Coach against people: {_count(agreement.calls, 'call')}, {_count(agreement.turns, 'turn')}", mark="═"
    )
    wide = max(len(item.rule) for item in (*agreement.rules, *_named(agreement.totals)))
    for kind, title in (("finding", "Findings"), ("strength", "Strengths")):
        rows = [item for item in agreement.rules if item.kind == kind]
        if rows:
            heading(page, title)
            _table(rows, page, wide)
    heading(page, "In all")
    _table(_named(agreement.totals), page, wide)
    page.console.print()
    for line in _LEGEND:
        put(page, line, first="  ")
    put(page, _noise(agreement), first="  ")
    _scores(agreement, page)
    _disagreements(agreement, page, everything=everything)


def _named(totals: Sequence[RuleAgreement]) -> list[RuleAgreement]:
    return [
        RuleAgreement(rule=_TOTALS[item.rule], kind=item.kind, counts=item.counts, kappa=item.kappa) for item in totals
    ]


def _table(rows: Sequence[RuleAgreement], page: Page, wide: int) -> None:
    put(page, Text(f"{'':<{wide}}" + "".join(f"  {head:>6}" for head in _HEADS), style=STRONG), first="  ")
    for item in rows:
        counts = item.counts
        cells = [str(counts.hits + counts.missed), str(counts.hits + counts.false)]
        cells += [_figure(value) for value in (counts.precision, counts.recall, counts.f1, item.kappa)]
        put(page, f"{item.rule:<{wide}}" + "".join(f"  {cell:>6}" for cell in cells), first="  ")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _noise(agreement: Agreement) -> str:
    worst = next((item for item in agreement.rules if item.rule == agreement.noisiest), None)
    if worst is None:
        return "No false alarms."
    counts = worst.counts
    return f"Noisiest rule: {worst.rule}, {counts.false} of {counts.hits + counts.false} reports are false alarms."


def _scores(agreement: Agreement, page: Page) -> None:
    scores = agreement.scores
    heading(page, "Scores")
    if not scores.calls or scores.mean_error is None:
        put(page, "No call has a mark to compare the score with.", first="  ")
        return
    put(page, f"{'Calls with a mark':<26}{scores.calls:>6}", first="  ")
    put(page, f"{'Rank correlation':<26}{_figure(scores.spearman):>6}  (Spearman)", first="  ")
    if scores.pairs:
        order = f"{scores.in_order}/{scores.pairs}"
        put(page, f"{'Pairs in the right order':<26}{order:>6}  (versions of one scenario)", first="  ")
    put(page, f"{'Mean error':<26}{scores.mean_error:>6.1f}  (points)", first="  ")


def _disagreements(agreement: Agreement, page: Page, *, everything: bool) -> None:
    heading(page, f"Disagreements: {len(agreement.disagreements)}")
    shown = agreement.disagreements if everything else agreement.disagreements[:SHOWN]
    for item in shown:
        who = "only the coach" if item.seen_by == "coach" else "only people"
        where = f"{item.call}, turn {item.turn}"
        head = Text.assemble((item.rule, STRONG), f" · {where} · ", (who, BAD))
        put(page, head, first="  + " if item.seen_by == "coach" else "  - ")
        words = item.quote if len(item.quote) <= LONGEST else item.quote[:LONGEST].rsplit(" ", 1)[0] + " …"
        put(page, f"{item.speaker}: “{words}”", first="    ")
    hidden = len(agreement.disagreements) - len(shown)
    if hidden:
        put(page, f"{hidden} more; --all lists them.", first="  ")


def as_json(agreement: Agreement, version: str) -> str:
    """All of it as JSON with a line break at its end; the same agreement gives the same bytes."""
    scores = agreement.scores
    data = {
        "schema": SCHEMA,
        "version": version,
        "calls": agreement.calls,
        "turns": agreement.turns,
        "totals": {item.rule: _counts(item) for item in agreement.totals},
        "rules": [{"rule": item.rule, "kind": item.kind, **_counts(item)} for item in agreement.rules],
        "noisiest": agreement.noisiest,
        "scores": {
            "calls": scores.calls,
            "spearman": _rounded(scores.spearman),
            "pairs": scores.pairs,
            "pairs_in_order": scores.in_order,
            "mean_error": _rounded(scores.mean_error),
        },
        "disagreements": [
            {
                "call": item.call,
                "rule": item.rule,
                "turn": item.turn,
                "line": item.line,
                "seen_by": item.seen_by,
                "speaker": item.speaker,
                "quote": item.quote,
            }
            for item in agreement.disagreements
        ],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "replace").decode() + "\n"


def _counts(item: RuleAgreement) -> dict[str, float | int | None]:
    counts = item.counts
    return {
        "labelled": counts.hits + counts.missed,
        "reported": counts.hits + counts.false,
        "hits": counts.hits,
        "false": counts.false,
        "missed": counts.missed,
        "precision": _rounded(counts.precision),
        "recall": _rounded(counts.recall),
        "f1": _rounded(counts.f1),
        "kappa": _rounded(item.kappa),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4) + 0.0
