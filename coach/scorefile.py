"""`scorecard.yml` and `metrics.yml` → the settings of the score and the bands of the metrics, checked strictly.

In a later folder of rules each of the two files takes the shipped one's place as a whole.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.errors import RuleFileError
from coach.model import DIMENSIONS, Band, Language
from coach.rulefiles import TextsFile
from coach.score import PER_CALL, Cause, Curve, DimensionWeight, Opportunity, RuleWeight, ScoreSettings
from coach.yamlfile import Path as Place
from coach.yamlfile import YamlFile, did_you_mean, load, validated

SCORECARD = "scorecard.yml"
METRICS = "metrics.yml"

NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1)]


class _Strict(BaseModel):
    """Unknown keys are errors, values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CurveFile(_Strict):
    """How fast loads saturate."""

    scale: Positive
    steepness: Positive


class CurvesFile(_Strict):
    """The curve that raises and the curve that lowers."""

    strengths: CurveFile
    faults: CurveFile


class SeverityFile(_Strict):
    """What a finding of each severity weighs."""

    error: NotNegative
    warning: NotNegative
    note: NotNegative


class ConfidenceFile(_Strict):
    """How far a finding of each confidence counts."""

    high: Annotated[float, Field(gt=0, le=1)]
    medium: Annotated[float, Field(ge=0, le=1)]
    low: Annotated[float, Field(ge=0, le=1)] = 0.0


class WeightFile(_Strict):
    """What a rule weighs; left out, the default of its kind holds."""

    weight: NotNegative | None = None
    cap: Positive | None = None
    per: str | None = None


class DefaultFile(_Strict):
    """What holds for all findings, or all strengths, that have no line of their own."""

    cap: Positive
    per: str


class DimensionFile(_Strict):
    """A dimension's weight and what there must be for it to be judged."""

    weight: NotNegative = 1.0
    opportunities: list[str] = Field(min_length=1)


class OpportunityFile(_Strict):
    """Turns at which a fault or strength could come about."""

    role: Literal["agent", "customer"]
    acts: list[str] = []
    least_words: int = Field(default=0, alias="least-words", ge=0)
    typical: Positive


class MoodFile(_Strict):
    """What a customer whose mood rises is worth."""

    weight: NotNegative
    least_rise: Annotated[float, Field(ge=0, lt=200)] = Field(alias="least-rise")


class PhasesFile(_Strict):
    """What missing phases weigh."""

    weight: NotNegative


class KnockOutFile(_Strict):
    """Findings that fail a call."""

    score: Annotated[float, Field(ge=0, le=50)]
    rules: dict[str, Count] = {}


class CauseFile(_Strict):
    """Findings with one root cause."""

    kind: Literal["start", "stop"]
    rules: list[str] = Field(min_length=1)
    phrase: TextsFile
    exercise: TextsFile
    rule_exercises: dict[str, TextsFile] = Field(default={}, alias="rule-exercises")


class ScorecardFile(_Strict):
    """All constants of the score."""

    curves: CurvesFile
    dimension_share: Positive = Field(alias="dimension-share")
    severity: SeverityFile
    confidence: ConfidenceFile
    findings: DefaultFile
    strengths: DefaultFile
    rules: dict[str, WeightFile] = {}
    dimensions: dict[str, DimensionFile]
    opportunities: dict[str, OpportunityFile]
    small_talk: list[str] = Field(alias="small-talk")
    mood: MoodFile
    phases: PhasesFile = PhasesFile(weight=0.0)
    knock_out: KnockOutFile = Field(alias="knock-out")
    focus: SeverityFile
    causes: dict[str, CauseFile] = {}
    exercises: dict[str, TextsFile]


class BandFile(_Strict):
    """A metric's name, what is usual, and who says so."""

    label: TextsFile
    unit: Literal["share", "words", "seconds", "count", "rate", "ratio"]
    least: float | int | None = None
    most: float | int | None = None
    languages: list[Literal["de", "en"]] = Field(default=["de", "en"], min_length=1)
    profiles: list[str] = []
    source: TextsFile


class MetricsFile(_Strict):
    """The bands of the metrics."""

    metrics: dict[str, BandFile]


def load_settings(folders: Iterable[str]) -> ScoreSettings:
    """The score's constants from the last folder that has a `scorecard.yml`; RuleFileError names a mistake's place."""
    file = _last(folders, SCORECARD)
    data = validated(file, ScorecardFile)
    _check(file, data)
    return ScoreSettings(
        strengths=Curve(scale=data.curves.strengths.scale, steepness=data.curves.strengths.steepness),
        faults=Curve(scale=data.curves.faults.scale, steepness=data.curves.faults.steepness),
        dimension_share=data.dimension_share,
        severity={"error": data.severity.error, "warning": data.severity.warning, "note": data.severity.note},
        confidence={"high": data.confidence.high, "medium": data.confidence.medium, "low": data.confidence.low},
        dimensions={
            name: DimensionWeight(weight=item.weight, opportunities=tuple(item.opportunities))
            for name, item in data.dimensions.items()
        },
        opportunities={
            name: Opportunity(role=item.role, acts=tuple(item.acts), least_words=item.least_words, typical=item.typical)
            for name, item in data.opportunities.items()
        },
        small_talk=frozenset(data.small_talk),
        fault=RuleWeight(cap=data.findings.cap, per=data.findings.per),
        strength=RuleWeight(cap=data.strengths.cap, per=data.strengths.per),
        rules={name: RuleWeight(weight=item.weight, cap=item.cap, per=item.per) for name, item in data.rules.items()},
        mood_weight=data.mood.weight,
        mood_least_rise=data.mood.least_rise,
        phase_weight=data.phases.weight,
        knock_out=data.knock_out.rules,
        knocked_out_score=data.knock_out.score,
        focus_severity={"error": data.focus.error, "warning": data.focus.warning, "note": data.focus.note},
        causes={
            name: Cause(
                kind=item.kind,
                rules=tuple(item.rules),
                phrase=_texts(item.phrase),
                exercise=_texts(item.exercise),
                rule_exercises={rule: _texts(texts) for rule, texts in item.rule_exercises.items()},
            )
            for name, item in data.causes.items()
        },
        exercises={name: _texts(item) for name, item in data.exercises.items()},
    )


def load_bands(folders: Iterable[str]) -> dict[str, Band]:
    """What is usual for each metric, from the last folder that has a `metrics.yml`."""
    file = _last(folders, METRICS)
    bands = {}
    for name, item in validated(file, MetricsFile).metrics.items():
        if item.least is not None and item.most is not None and item.least > item.most:
            raise file.error("“least” is greater than “most”.", ("metrics", name, "least"))
        bands[name] = Band(
            metric=name,
            unit=item.unit,
            label=_texts(item.label),
            source=_texts(item.source),
            least=item.least,
            most=item.most,
            languages=tuple(item.languages),
            profiles=tuple(item.profiles),
        )
    return bands


def _texts(data: TextsFile) -> dict[Language, str]:
    return {"de": data.de, "en": data.en}


def _last(folders: Iterable[str], name: str) -> YamlFile:
    paths = [Path(folder) / name for folder in folders]
    for path in reversed(paths):
        if path.is_file():
            try:
                return load(path.read_text(encoding="utf-8-sig"), path=str(path))
            except UnicodeDecodeError as error:
                raise RuleFileError(
                    f"The file is not UTF-8 (byte {error.start}).", place=str(path), hint="Save it as UTF-8."
                ) from None
            except OSError as error:
                raise RuleFileError(f"The file cannot be read: {error.strerror}.", place=str(path)) from None
    raise RuleFileError(
        f"There is no {name} in any folder of rules.",
        place=str(paths[-1]) if paths else name,
        hint="Install the tool again.",
    )


def _check(file: YamlFile, data: ScorecardFile) -> None:
    """Names in one part of the file exist in the other."""
    for part in ("dimensions", "exercises"):
        given = getattr(data, part)
        for name in given:
            if name not in DIMENSIONS:
                raise file.error(f"There is no dimension “{name}”.", (part, name), hint=did_you_mean(name, DIMENSIONS))
        for name in DIMENSIONS:
            if name not in given:
                raise file.error(f"The dimension “{name}” is missing.", (part,))
    _check_opportunities(file, data)
    _check_causes(file, data)


def _check_causes(file: YamlFile, data: ScorecardFile) -> None:
    """A rule has one cause, and a rule's own exercise stands with its cause."""
    owners: dict[str, str] = {}
    for cause, entry in data.causes.items():
        for rule in entry.rule_exercises:
            if rule not in entry.rules:
                message = f"The rule “{rule}” does not belong to the cause “{cause}”."
                raise file.error(message, ("causes", cause, "rule-exercises", rule))
        for index, rule in enumerate(entry.rules):
            if rule in owners:
                message = f"The rule “{rule}” belongs to the cause “{owners[rule]}” already."
                raise file.error(message, ("causes", cause, "rules", index))
            owners[rule] = cause


def _check_opportunities(file: YamlFile, data: ScorecardFile) -> None:
    if PER_CALL in data.opportunities:
        raise file.error("“call” stands for the whole call and cannot be redefined.", ("opportunities", PER_CALL))
    known = {*data.opportunities, PER_CALL}
    named: list[tuple[Place, str, set[str]]] = [
        (("findings", "per"), data.findings.per, known),
        (("strengths", "per"), data.strengths.per, known),
    ]
    named += [(("rules", rule, "per"), item.per, known) for rule, item in data.rules.items() if item.per is not None]
    named += [
        (("dimensions", dimension, "opportunities", index), name, set(data.opportunities))
        for dimension, item in data.dimensions.items()
        for index, name in enumerate(item.opportunities)
    ]
    for where, name, allowed in named:
        if name not in allowed:
            raise file.error(f"There is no opportunity “{name}”.", where, hint=did_you_mean(name, allowed))
