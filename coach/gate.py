"""A run as a gate sees it: against what is known and what is accepted, before bars and reports look at it."""

from dataclasses import replace
from datetime import date

from coach.baseline import Baseline, known_findings
from coach.kept import Changed
from coach.run import Run
from coach.standing import Standing, restated, restated_brief, together
from coach.waivers import Complaint, waived_findings


def gated(run: Run, baseline: Baseline | None, *, today: date) -> tuple[Run, tuple[Complaint, ...]]:
    """The run with its findings as they stand, and what is wrong with waivers. Reviews are changed as they are read."""
    nothing = (Standing(),) * len(run.briefs)
    known = nothing if baseline is None else known_findings(run.reviews, baseline)
    waived = nothing
    complaints: tuple[Complaint, ...] = ()
    if any(config.waivers for config in run.configs):
        calls = [(brief, config.waivers) for brief, config in zip(run.briefs, run.configs, strict=True)]
        waived, complaints = waived_findings(calls, today)
    standings = list(map(together, known, waived))
    if all(item == Standing() for item in standings):
        return run, complaints
    reviews = Changed(run.reviews, lambda at, review: restated(review, standings[at]))
    return replace(run, reviews=reviews, briefs=tuple(map(restated_brief, run.briefs, standings))), complaints
