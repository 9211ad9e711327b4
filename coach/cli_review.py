"""`coach review`: calls in; a score, what went well, what to work on, and better sentences out."""

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coach.callfile import STANDARD_INPUT
from coach.cli_parts import Debug, Lang, RuleFolders, finish, points
from coach.cli_reports import Look, delivered
from coach.delivery import FORMATS, deliveries
from coach.errors import ExitCode, UsageError
from coach.output import complain, refuse_overwriting, refuse_unwritable, write_whole

if TYPE_CHECKING:
    from coach.baseline import Baseline
    from coach.run import Run
    from coach.task import Unreviewed


def review(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...", help="Transcripts, folders with transcripts, or patterns; “-” is standard input."
        ),
    ] = None,
    *,
    files_from: Annotated[
        str | None,
        typer.Option(
            "--files-from", metavar="FILE", help="Take paths from this file, one a line; “-”: standard input."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            autocompletion=lambda: list(FORMATS),
            help=f"How the report is written; may be repeated: {', '.join(FORMATS)}.",
        ),
    ] = None,
    outputs: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=(
                "Write the report to this file, whole or not at all; the n-th belongs to the n-th format. "
                "DIR/ takes a page per call."
            ),
        ),
    ] = None,
    redact: Annotated[
        bool | None,
        typer.Option(
            "--redact/--no-redact",
            help="Put placeholders in place of personal data; by default in formats that are meant to be sent around.",
            show_default=False,
        ),
    ] = None,
    agent: Annotated[
        list[str] | None, typer.Option("--agent", metavar="LABEL", help="This speaker serves; may be repeated.")
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="LABEL", help="This speaker is served; may be repeated.")
    ] = None,
    swap: Annotated[bool, typer.Option("--swap", help="Agent and customer are the other way round.")] = False,
    alternate: Annotated[
        bool, typer.Option("--alternate", help="Lines of a file that names nobody are two speakers by turns.")
    ] = False,
    lang: Annotated[Lang | None, typer.Option("--lang", help="The call's language; detected by default.")] = None,
    report_lang: Annotated[
        Lang | None, typer.Option("--report-lang", help="The report's language; the call's by default.")
    ] = None,
    address: Annotated[
        Literal["sie", "du"] | None, typer.Option("--address", help="How a German report addresses its reader.")
    ] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME", help="The kind of call.")] = None,
    rules: RuleFolders = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show the arithmetic of the score.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Show every finding, uncertain ones too.")] = False,
    dialogue: Annotated[
        bool, typer.Option("--dialogue", help="Show the call with findings and strengths at their turns.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", parser=points, metavar="N", help="Exit with 1 if a call scores below N."),
    ] = None,
    fail_under_mean: Annotated[
        float | None,
        typer.Option("--fail-under-mean", parser=points, metavar="N", help="Exit with 1 if the mean score is below N."),
    ] = None,
    fail_on: Annotated[
        Literal["note", "warning", "error"] | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 on a finding of this severity (note: slight, warning: medium, error: grave) or worse.",
        ),
    ] = None,
    fail_on_rule: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on-rule",
            metavar="RULE",
            help="Exit with 1 if this rule is found; RULE=N: if more than N times in a call. May be repeated.",
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Count only findings that this file of an earlier run lacks."),
    ] = None,
    new_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Write what is found now, as a baseline for later runs."),
    ] = None,
    by_agent: Annotated[
        bool, typer.Option("--by-agent", help="Show figures of each agent in the summary of several calls.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, max=256, metavar="N", help="Processes; by default as the calls need them."),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep results of earlier runs.")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="Understand by phrases and structure alone.")] = False,
    width: Annotated[
        int | None, typer.Option("--width", min=40, max=400, metavar="N", help="Columns of the terminal report.")
    ] = None,
    debug: Debug = False,
) -> None:
    """Review calls: a score, what went well, what to work on, and a better sentence for it."""
    options: dict[str, object] = {
        "language": lang,
        "report_lang": report_lang,
        "agent": tuple(agent or ()),
        "customer": tuple(customer or ()),
        "swap": swap or None,
        "alternate": alternate or None,
        "profile": profile,
        "rules": tuple(rules or ()),
        "address": address,
        "fail_under": fail_under,
        "fail_under_mean": fail_under_mean,
        "fail_on": fail_on,
        "rule_bars": _rule_bars(fail_on_rule or ()) or None,
        "redact": redact,
        "cache": False if no_cache else None,
        "model": False if no_model else None,
    }

    look = Look(explain=explain, everything=everything, dialogue=dialogue, by_agent=by_agent, width=width)

    def work() -> int:
        from coach.bars import bars_checked, bars_missed
        from coach.config import configurations
        from coach.files import found_files, listed
        from coach.kept import Reviews
        from coach.progress import progress
        from coach.run import collect_seldom, review_all

        collect_seldom()
        wanted = deliveries(formats or (), outputs or ())
        names = list(files or ())
        if files_from is not None:
            if files_from == STANDARD_INPUT and STANDARD_INPUT in names:
                raise UsageError("Standard input cannot be both a call and the list of calls.", hint="Leave one out.")
            names += listed(files_from)
        if names.count(STANDARD_INPUT) > 1:
            raise UsageError("Standard input can be read only once.", hint="Name “-” once.")
        if not names:
            raise UsageError("No calls are named.", hint="Name files, folders or patterns, or use --files-from.")
        calls = _without(found_files(names), names, (baseline, new_baseline))
        known = None if baseline is None else _baseline(baseline)
        for file in (new_baseline, *(item.file for item in wanted)):
            refuse_overwriting(file, [call for call in calls if isinstance(call, str)])
        with closing(Reviews()) as reviews:
            with progress(len(calls)) as told:
                config_of = configurations(options, check=bars_checked)
                run = review_all(reviews, calls, config_of=config_of, jobs=jobs, progress=told)
            run = _gated(run, known)
            _tell(run, notes=all(item.format != "terminal" for item in wanted), debug=debug)
            written = delivered(wanted, run, look)
            if new_baseline is not None:
                _write_baseline(new_baseline, run)
        mean_bar = run.configs[0].fail_under_mean if run.configs else None
        missed = bars_missed(zip(run.briefs, run.configs, strict=True), mean_bar=mean_bar)
        for sentence in missed:
            complain(sentence)
        if run.errors or not written:
            return ExitCode.UNUSABLE
        return ExitCode.BAR_MISSED if missed else ExitCode.OK

    finish(work, debug=debug)


def _rule_bars(texts: Sequence[str]) -> dict[str, int]:
    """`RULE` as none at all, `RULE=N` as at most N."""
    bars = {}
    for text in texts:
        rule, _, most = text.partition("=")
        if most and not (most.isascii() and most.isdigit()):
            raise typer.BadParameter(f"“{most}” is no number of findings.", param_hint="--fail-on-rule")
        bars[rule] = int(most or 0)
    return bars


def _without(
    calls: "Sequence[str | Unreviewed]", names: Sequence[str], files: Sequence[Path | None]
) -> "list[str | Unreviewed]":
    """The calls without these files, which may stand in a folder of calls, unless somebody names them."""
    own = {os.path.realpath(file) for file in files if file is not None}
    if not own:
        return list(calls)
    return [call for call in calls if not isinstance(call, str) or call in names or os.path.realpath(call) not in own]


def _baseline(path: Path) -> "Baseline":
    from coach.baseline import read_baseline

    return read_baseline(path)


def _gated(run: "Run", known: "Baseline | None") -> "Run":
    """The run against the baseline and the waivers; without either nothing is loaded for it."""
    if known is None and not any(config.waivers for config in run.configs):
        return run
    from coach.gate import gated

    run, complaints = gated(run, known, today=date.today())  # noqa: DTZ011  # the day where the calls are looked at
    for complaint in complaints:
        complain(complaint.message, place=complaint.place, hint=complaint.hint)
    return run


def _write_baseline(path: Path, run: "Run") -> None:
    from coach.baseline import write_baseline

    refuse_unwritable(path)
    write_whole(path, write_baseline(run.reviews))


def _tell(run: "Run", *, notes: bool, debug: bool) -> None:
    """Says on standard error which files could not be reviewed, and what was doubtful where no report tells it.

    All in one language, that of the first report, as in the summary.
    """
    for error in run.errors:
        complain(error.message, place=error.place, hint=error.hint)
        if debug:
            sys.stderr.write(error.trace)
    if not notes or not any(brief.notes for brief in run.briefs):
        return
    from coach.report.notes import note_in

    for brief in run.briefs:
        for note in brief.notes:
            complain(note_in(note, run.briefs[0].language), place=brief.path)
