"""The bars that a call, or all calls together, must not miss."""

from collections import Counter
from collections.abc import Iterable, Mapping

from coach.brief import Brief
from coach.config import Bars, Config
from coach.errors import UsageError
from coach.model import Severity
from coach.rulebook import shipped_rules

SEVERITIES: Mapping[Severity, int] = {"note": 0, "warning": 1, "error": 2}


def bars_missed(calls: Iterable[tuple[Brief, Config]], *, mean_bar: float | None = None) -> list[str]:
    """One sentence for each bar that was missed; empty where all were passed.

    A score is compared as it is shown, with one decimal; a call with nothing to judge passes. Findings of low
    confidence, known ones and waived ones do not count.
    """
    missed: list[str] = []
    scores: list[float] = []
    for brief, config in calls:
        if brief.score is not None:
            scores.append(brief.score)
        missed += [f"{brief.path}: {sentence}" for sentence in _missed(brief, bars_for(brief.profile, config))]
    if mean_bar is not None and scores:
        mean = round(sum(scores) / len(scores), 1)
        if mean < mean_bar:
            missed.append(f"The mean score {mean:.1f} is below {mean_bar:g}.")
    return missed


def bars_for(profile: str | None, config: Config) -> Bars:
    """The bars of a call of that kind: its own, and for the rest the general ones."""
    own = config.profile_bars.get(profile or "", Bars())
    return Bars(
        fail_under=config.fail_under if own.fail_under is None else own.fail_under,
        fail_on=own.fail_on or config.fail_on,
        rules={**config.rule_bars, **own.rules},
    )


def _missed(brief: Brief, bars: Bars) -> list[str]:
    missed = []
    if bars.fail_under is not None and brief.score is not None and round(brief.score, 1) < bars.fail_under:
        missed.append(f"the score {brief.score:.1f} is below {bars.fail_under:g}.")
    counting = [item for item in brief.findings if item.state == "new" and item.confidence != "low"]
    if bars.fail_on is not None:
        worst = [item for item in counting if SEVERITIES[item.severity] >= SEVERITIES[bars.fail_on]]
        if worst:
            more = f" and {len(worst) - 1} more" if len(worst) > 1 else ""
            missed.append(f"{worst[0].severity} {worst[0].rule} at turn {worst[0].turn}{more}.")
    times = Counter(item.rule for item in counting)
    for rule, most in sorted(bars.rules.items()):
        if times[rule] > most:
            often, plural = ("once", "") if times[rule] == 1 else (f"{times[rule]} times", "s")
            turns = ", ".join(str(item.turn) for item in counting if item.rule == rule)
            missed.append(f"{rule} {often} (turn{plural} {turns}), at most {most} allowed.")
    return missed


def bars_checked(config: Config) -> None:
    """Raises UsageError where a bar or a waiver names a rule, or a bar a kind of call, that no file has."""
    rules = [*config.rule_bars, *(rule for bars in config.profile_bars.values() for rule in bars.rules)]
    if not rules and not config.profile_bars and not config.waivers:
        return
    files = [path for folder in (shipped_rules(), *config.rules) for path in folder.rglob("*.y*ml")]
    known = {path.stem for path in files if path.parent.name not in ("acts", "profiles", "schema")}
    for rule in rules:
        if rule not in known:
            raise _unknown("rule", rule, known, config.origins.get(f"bars.rules.{rule}"))
    for waiver in config.waivers:
        if waiver.rule not in known:
            raise _unknown("rule", waiver.rule, known, waiver.place, purpose="that could be waived")
    kinds = {path.stem for path in files if path.parent.name == "profiles"}
    for kind in config.profile_bars:
        if kind not in kinds:
            raise _unknown("profile", kind, kinds, config.origins.get(f"bars.profiles.{kind}"))


def _unknown(
    what: str, name: str, known: Iterable[str], place: str | None, *, purpose: str = "for which a bar could be set"
) -> UsageError:
    from coach.yamlfile import did_you_mean

    return UsageError(f"There is no {what} “{name}” {purpose}.", place=place, hint=did_you_mean(name, known))
