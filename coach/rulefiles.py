"""The shapes of rule and act files as pydantic models; their JSON Schemas are made from these."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from coach.signals import MEASURE

Score = Annotated[int, Field(ge=0, le=100)]
RoleName = Literal["agent", "customer"]


class _Strict(BaseModel):
    """Unknown keys are errors, values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


_CHOICE = re.compile(r"\{[^{}|]*\|[^{}|]*\}")


def _in_pairs(text: str) -> str:
    """The text, whose braces hold the two forms of address each."""
    rest = _CHOICE.sub("", text)
    if "{" in rest or "}" in rest:
        raise ValueError("Braces hold two forms of address, parted by one bar: {Sie-form|du-form}")
    return text


Text = Annotated[str, Field(min_length=1), AfterValidator(_in_pairs)]


def _measuring(text: str) -> str:
    """The text, whose braces hold two forms of address, or a signal."""
    _in_pairs(MEASURE.sub("", text))
    return text


MeasuringText = Annotated[str, Field(min_length=1), AfterValidator(_measuring)]


class TextsFile(_Strict):
    """One text in both languages; `{Sie|du}` holds the two forms of address in German."""

    de: Text
    en: Text


class MeasuringTextsFile(_Strict):
    """One text in both languages, in which `{words}` and the like stand for signals of the turn that is reported."""

    de: MeasuringText
    en: MeasuringText


class CueFile(_Strict):
    """A phrase with its certainty and the phrases that block it."""

    phrase: str = Field(min_length=1)
    score: Score = 90
    unless: list[str] = []
    negatable: bool = True


class CuesFile(_Strict):
    """Phrases per language."""

    de: list[str | CueFile] = []
    en: list[str | CueFile] = []


class TokensFile(_Strict):
    """spaCy token patterns per language."""

    de: list[list[dict[str, object]]] = []
    en: list[list[dict[str, object]]] = []


class ActExamplesOneFile(_Strict):
    """Turns that perform the act and turns that do not."""

    has: list[str] = []
    lacks: list[str] = []


class ActExamplesFile(_Strict):
    """Example turns per language."""

    de: ActExamplesOneFile = ActExamplesOneFile()
    en: ActExamplesOneFile = ActExamplesOneFile()


class ActFile(_Strict):
    """What one utterance does, and the cues by which it is recognised."""

    id: str
    role: Literal["agent", "customer", "any"]
    describes: TextsFile
    least: Score = 50
    any_of: list[str] = Field(default=[], alias="any-of")
    cues: CuesFile = CuesFile()
    tokens: TokensFile = TokensFile()
    examples: ActExamplesFile = ActExamplesFile()


class BoundFile(_Strict):
    """A comparison of a signal with numbers or with a setting of the rule."""

    least: float | int | None = None
    most: float | int | None = None
    over: str | None = None


class StepFile(_Strict):
    """One turn of a sequence."""

    name: str
    role: RoleName
    any: list[str] = []
    all: list[str] = []
    none: list[str] = []
    signals: dict[str, BoundFile] = {}
    guard: dict[str, BoundFile] = {}
    within: Annotated[int, Field(ge=1)] | Literal["call"] = 1
    absent: bool = False
    report: bool = False


class UntilFile(_Strict):
    """A turn that cancels what has been matched."""

    role: RoleName
    any: list[str] = []
    all: list[str] = []
    none: list[str] = []
    signals: dict[str, BoundFile] = {}


class WayFile(_Strict):
    """One sequence of steps by which the rule can hold."""

    confidence: Literal["low", "medium", "high"]
    message: MeasuringTextsFile | None = None
    steps: list[StepFile] = Field(min_length=1)
    until: UntilFile | None = None
    call: dict[str, BoundFile] = {}


class WhenFile(_Strict):
    """The case in which a text fits: a step's turn does one of these acts."""

    step: str
    acts: list[str] = Field(min_length=1)


class AdviceFile(_Strict):
    """What to say instead."""

    when: WhenFile | None = None
    de: Text
    en: Text


class CaseFile(_Strict):
    """What is said in one case."""

    when: WhenFile
    de: Text
    en: Text


class ExampleFile(_Strict):
    """A short call: `A:` agent, `K:` or `C:` customer, `*` before a line where the rule must fire."""

    call: str = Field(min_length=1)
    better: dict[int, str] = {}
    also: list[str] = []
    whole: bool = False
    meta: dict[str, str] = {}


class ExamplesOneFile(_Strict):
    """Calls on which the rule fires and calls on which it stays silent."""

    bad: list[ExampleFile] = []
    good: list[ExampleFile] = []
    fires: list[ExampleFile] = []
    silent: list[ExampleFile] = []


class ExamplesFile(_Strict):
    """Example calls per language."""

    de: ExamplesOneFile = ExamplesOneFile()
    en: ExamplesOneFile = ExamplesOneFile()


class RuleFile(_Strict):
    """What a sequence of turns must not do (finding) or does well (strength)."""

    id: str
    kind: Literal["finding", "strength"]
    dimension: Literal["listening", "respect", "eye-level", "honesty", "care", "enthusiasm"]
    severity: Literal["note", "warning", "error"] = "note"
    title: TextsFile
    keep: TextsFile | None = None
    message: TextsFile
    message_when: list[CaseFile] = Field(default=[], alias="message-when")
    why: TextsFile
    source: str
    instead: list[AdviceFile] = []
    limits: TextsFile
    ways: list[WayFile] = Field(min_length=1)
    once: Literal["first", "last"] | None = None
    yields_to: list[str] = Field(default=[], alias="yields-to")
    whole_call: bool = Field(default=False, alias="whole-call")
    symmetric: str | None = None
    settings: dict[str, float | int] = {}
    examples: ExamplesFile = ExamplesFile()
