"""The phases of a call: which kind of call asks for which, and which of them are there.

`phases.yml` says by which acts a phase is recognised, a profile which phases it asks for. The file of a later folder of
rules takes the shipped one's place as a whole, as with the score's constants. Findings have no say in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.errors import RuleFileError
from coach.model import DIMENSIONS, Conversation, Language, Phase, Role, Utterance
from coach.rulebook import RuleBook
from coach.rulefiles import TextsFile
from coach.signals import BUILT_IN_ACTS
from coach.yamlfile import YamlFile, did_you_mean, load, validated

PHASES = "phases.yml"
LEAST_SURE = 0.75
"""Of a call whose kind is a less certain guess, no phase is asked for."""

Turns = Annotated[int, Field(ge=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TurnFile(_Strict):
    """Turns of one side with one of the acts, perhaps only early or late in the call."""

    role: Literal["agent", "customer"]
    acts: list[str] = Field(min_length=1)
    first: Turns | None = None
    last: Turns | None = None
    after_occasion: bool = Field(default=False, alias="after-occasion")


class PhaseFile(_Strict):
    """A phase and what shows it."""

    title: TextsFile
    dimension: str
    signs: list[TurnFile] = Field(min_length=1)
    occasion: list[TurnFile] = []
    unless: list[TurnFile] = []


class PhasesFile(_Strict):
    """All phases by name, in the order of a call."""

    phases: dict[str, PhaseFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Turns of one side with one of the acts."""

    role: Role
    acts: frozenset[str]
    first: int | None = None
    """Among that many turns from the beginning."""
    last: int | None = None
    """Among that many turns before the end."""
    after_occasion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSpec:
    """A phase and what shows it."""

    id: str
    title: Mapping[Language, str]
    dimension: str
    signs: tuple[Mark, ...]
    occasion: tuple[Mark, ...] = ()
    unless: tuple[Mark, ...] = ()


def phases_file(folders: Iterable[str]) -> Path | None:
    """The file that holds the phases: that of the last folder that has one; None where no folder has."""
    paths = [Path(folder) / PHASES for folder in folders]
    return next((path for path in reversed(paths) if path.is_file()), None)


def load_phases(book: RuleBook) -> dict[str, PhaseSpec]:
    """All phases by name, in the order of a call; raises RuleFileError at the first mistake."""
    path = phases_file(book.folders)
    if path is None:
        return {}
    try:
        file = load(path.read_text(encoding="utf-8-sig"), path=str(path))
    except (OSError, UnicodeDecodeError):
        raise RuleFileError("The file cannot be read as UTF-8.", place=str(path)) from None
    data = validated(file, PhasesFile)
    for name, phase in data.phases.items():
        _check(file, name, phase, book)
    return {name: _spec(name, phase) for name, phase in data.phases.items()}


def _check(file: YamlFile, name: str, phase: PhaseFile, book: RuleBook) -> None:
    if phase.dimension not in DIMENSIONS:
        hint = did_you_mean(phase.dimension, DIMENSIONS)
        raise file.error(f"There is no dimension “{phase.dimension}”.", ("phases", name, "dimension"), hint=hint)
    known = {*book.acts, *BUILT_IN_ACTS}
    for part, marks in (("signs", phase.signs), ("occasion", phase.occasion), ("unless", phase.unless)):
        for at, mark in enumerate(marks):
            for index, act in enumerate(mark.acts):
                if act not in known:
                    where = ("phases", name, part, at, "acts", index)
                    raise file.error(f"There is no act “{act}”.", where, hint=did_you_mean(act, known))


def _spec(name: str, data: PhaseFile) -> PhaseSpec:
    return PhaseSpec(
        id=name,
        title={"de": data.title.de, "en": data.title.en},
        dimension=data.dimension,
        signs=tuple(map(_mark, data.signs)),
        occasion=tuple(map(_mark, data.occasion)),
        unless=tuple(map(_mark, data.unless)),
    )


def _mark(data: TurnFile) -> Mark:
    return Mark(
        role=data.role,
        acts=frozenset(data.acts),
        first=data.first,
        last=data.last,
        after_occasion=data.after_occasion,
    )


def phases_of(
    conversation: Conversation, specs: Mapping[str, PhaseSpec], asked: Mapping[str, bool], language: Language
) -> tuple[Phase, ...]:
    """The phases that the call's kind asks for and the call gave occasion for, each with its first turn or without.

    `asked` says of a phase by name whether the kind of call asks for it. Titles are in the given language.
    """
    if conversation.profile_confidence < LEAST_SURE:
        return ()
    items = conversation.utterances
    found = []
    for name, spec in specs.items():
        if not asked.get(name) or _first(items, spec.unless) is not None:
            continue
        occasion = _first(items, spec.occasion)
        if spec.occasion and occasion is None:
            continue
        at = _first(items, spec.signs, after=-1 if occasion is None else occasion)
        turn = None if at is None else items[at].turn.number
        found.append(Phase(id=name, title=spec.title[language], dimension=spec.dimension, turn=turn))
    return tuple(found)


def _first(items: Sequence[Utterance], marks: Sequence[Mark], *, after: int = -1) -> int | None:
    """The index of the first turn that one of the marks fits; those of an occasion come after it."""
    count = len(items)
    for at, item in enumerate(items):
        for mark in marks:
            fits = item.role == mark.role and not mark.acts.isdisjoint(item.acts)
            early = mark.first is None or at < mark.first
            late = mark.last is None or at >= count - mark.last
            if fits and early and late and (at > after or not mark.after_occasion):
                return at
    return None
