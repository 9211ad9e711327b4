"""Kinds of call: what weighs more in them, which thresholds hold, and how they are told from a call.

A profile is a file `profiles/NAME.yml` in a folder of rules. It may extend another one, and one's own may extend the
shipped one of the same name; weights, settings, bands, phases and knock-outs are then those of both, its own going
first. Signs are not inherited: a profile without any is never guessed, only named.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.errors import RuleFileError, UsageError
from coach.metrics import METRICS
from coach.model import DIMENSIONS, Band, Conversation, Language, Role
from coach.phases import load_phases
from coach.rulebook import ActSpec, Cue, RuleBook
from coach.rulefiles import CuesFile, TextsFile
from coach.rules import LANGUAGES
from coach.score import ScoreSettings
from coach.signals import BUILT_IN_ACTS
from coach.understand.cues import CueIndex, acts_by_cue, index_of
from coach.understand.phrases import CueSyntaxError
from coach.understand.words import all_words
from coach.yamlfile import Path as Place
from coach.yamlfile import YamlFile, did_you_mean, load, nearest, validated

FOLDER = "profiles"
LEAST_SURE = 0.6
"""A guess less sure than this is no guess: the call is then scored without a profile."""
LEAST_POINTS = 1.0
"""Nor is one for which less speaks than one clear sign, however little speaks for the other kinds."""

Number = Annotated[float | int, Field(allow_inf_nan=False)]
Weight = Annotated[float | int, Field(gt=0, le=10, allow_inf_nan=False)]
SignWeight = Annotated[float | int, Field(ge=-10, le=10, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SignFile(_Strict):
    """What speaks for this kind of call, or against it: an act or phrase of one side, perhaps early in the call."""

    role: Literal["agent", "customer"]
    acts: list[str] = []
    phrases: CuesFile = CuesFile()
    within: Annotated[int, Field(ge=1)] | None = None
    weight: SignWeight


class BandFile(_Strict):
    """What is usual for a metric in this kind of call, and who says so."""

    least: Number | None = None
    most: Number | None = None
    source: TextsFile


class ProfileFile(_Strict):
    """One kind of call."""

    id: str
    extends: str | None = None
    title: TextsFile | None = None
    signs: list[SignFile] = []
    weights: dict[str, Weight] = {}
    settings: dict[str, dict[str, Number]] = {}
    knock_out: dict[str, Annotated[int, Field(ge=1)]] = Field(default={}, alias="knock-out")
    bands: dict[str, BandFile] = {}
    phases: dict[str, bool] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What speaks for a profile or, with a negative weight, against it."""

    role: Role
    weight: float
    acts: frozenset[str] = frozenset()
    cues: Mapping[Language, tuple[Cue, ...]] = field(default_factory=dict)
    within: int | None = None
    """Turns from the beginning of the call on; None: anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of call with all that it inherits."""

    id: str
    titles: tuple[str, ...] = ()
    """What reports call it, German and English."""
    signs: tuple[Sign, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    """Dimension → factor on its weight in the score."""
    settings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    knock_out: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, BandFile] = field(default_factory=dict)
    phases: Mapping[str, bool] = field(default_factory=dict)
    """Phase → whether this kind of call asks for it."""


def profile_files(folders: Iterable[str]) -> list[Path]:
    """The files of all profiles, those of later folders last."""
    return [
        path
        for folder in folders
        for path in sorted((Path(folder) / FOLDER).glob("*.y*ml"))
        if path.suffix in (".yml", ".yaml")
    ]


def load_profiles(book: RuleBook) -> dict[str, Profile]:
    """All profiles of the book's folders by name; raises RuleFileError at the first mistake."""
    versions: dict[str, list[tuple[YamlFile, ProfileFile]]] = {}
    phases = load_phases(book)
    for path in profile_files(book.folders):
        try:
            file = load(path.read_text(encoding="utf-8-sig"), path=str(path))
        except (OSError, UnicodeDecodeError):
            raise RuleFileError("The file cannot be read as UTF-8.", place=str(path)) from None
        data = validated(file, ProfileFile)
        if data.id != path.stem:
            message = f"The id “{data.id}” is not the file's name."
            raise file.error(message, ("id",), hint=f"Write `id: {path.stem}`, or rename the file.")
        _check(file, data, book, phases)
        versions.setdefault(data.id, []).append((file, data))
    return {name: _resolved(name, len(found) - 1, versions, ()) for name, found in sorted(versions.items())}


def _resolved(
    name: str,
    version: int,
    versions: Mapping[str, Sequence[tuple[YamlFile, ProfileFile]]],
    above: tuple[tuple[str, int], ...],
) -> Profile:
    file, data = versions[name][version]
    base = Profile(id=name)
    if data.extends is not None:
        other = data.extends
        at = version - 1 if other == name else len(versions.get(other, ())) - 1
        if at < 0:
            others = versions.keys() - {name}
            raise file.error(f"There is no other profile “{other}”.", ("extends",), hint=did_you_mean(other, others))
        if (other, at) in above:
            raise file.error("These profiles extend each other.", ("extends",))
        base = _resolved(other, at, versions, (*above, (name, version)))
    signs = tuple(_sign(item) for item in data.signs)
    return Profile(
        id=name,
        titles=(data.title.de, data.title.en) if data.title else base.titles,
        signs=signs or (base.signs if data.extends == name else ()),
        weights={**base.weights, **data.weights},
        settings={
            rule: {**base.settings.get(rule, {}), **data.settings.get(rule, {})}
            for rule in (*base.settings, *data.settings)
        },
        knock_out={**base.knock_out, **data.knock_out},
        bands={**base.bands, **data.bands},
        phases={**base.phases, **data.phases},
    )


def _sign(data: SignFile) -> Sign:
    cues: dict[Language, tuple[Cue, ...]] = {
        "de": tuple(_cue(item) for item in data.phrases.de),
        "en": tuple(_cue(item) for item in data.phrases.en),
    }
    return Sign(role=data.role, weight=data.weight, acts=frozenset(data.acts), cues=cues, within=data.within)


def _cue(item: object) -> Cue:
    if isinstance(item, str):
        return Cue(phrase=item)
    phrase, unless = getattr(item, "phrase", ""), getattr(item, "unless", ())
    return Cue(phrase=phrase, unless=tuple(unless))


def _check(file: YamlFile, data: ProfileFile, book: RuleBook, phases: Iterable[str]) -> None:
    """Names in a profile exist."""
    named: list[tuple[Place, str, str, Iterable[str]]] = [
        (("weights", name), "dimension", name, DIMENSIONS) for name in data.weights
    ]
    named += [(("settings", name), "rule", name, book.rules) for name in data.settings]
    named += [(("knock-out", name), "rule", name, book.rules) for name in data.knock_out]
    named += [
        (("settings", rule, name), f"setting of {rule}", name, book.rules[rule].settings)
        for rule, numbers in data.settings.items()
        if rule in book.rules
        for name in numbers
    ]
    named += [(("bands", name), "metric", name, METRICS) for name in data.bands]
    named += [(("phases", name), "phase", name, phases) for name in data.phases]
    named += [
        (("signs", index, "acts", at), "act", act, {*book.acts, *BUILT_IN_ACTS})
        for index, sign in enumerate(data.signs)
        for at, act in enumerate(sign.acts)
    ]
    for where, what, name, known in named:
        if name not in known:
            raise file.error(f"There is no {what} “{name}”.", where, hint=did_you_mean(name, known))
    for index, sign in enumerate(data.signs):
        try:
            for language in LANGUAGES:
                index_of([_spec("sign", _sign(sign))], language)
        except CueSyntaxError as error:
            raise file.error(f"{error}.", ("signs", index, "phrases")) from None


def _spec(name: str, sign: Sign) -> ActSpec:
    return ActSpec(id=name, roles=frozenset((sign.role,)), describes={"de": "", "en": ""}, cues=sign.cues)


def guessed(conversation: Conversation, profiles: Mapping[str, Profile]) -> tuple[str | None, float]:
    """The likeliest kind of call and how sure it is, 0 to 1; None where the evidence is thin.

    The weights of the signs that are there are added up for each kind and compared by a softmax. It rests on what the
    turns do and say, never on findings.
    """
    known = [(name, profile) for name, profile in sorted(profiles.items()) if profile.signs]
    if not known:
        return None, 0.0
    signs = {f"{name} {at}": sign for name, profile in known for at, sign in enumerate(profile.signs)}
    index = _sign_index(profiles, signs, conversation.language)
    words = all_words([item.turn.text for item in conversation.utterances], conversation.language)
    first: dict[str, int] = {}
    for at, (item, spoken) in enumerate(zip(conversation.utterances, words, strict=True), start=1):
        said = acts_by_cue(spoken, item.turn.text, item.role, index)
        for key, sign in signs.items():
            if key not in first and (key in said or (item.role == sign.role and sign.acts & item.acts.keys())):
                first[key] = at
    points = {
        name: sum(
            sign.weight
            for at, sign in enumerate(profile.signs)
            if first.get(f"{name} {at}", math.inf) <= (sign.within or math.inf) and f"{name} {at}" in first
        )
        for name, profile in known
    }
    best = max(points, key=lambda name: (points[name], name))
    sure = round(1 / sum(math.exp(value - points[best]) for value in points.values()), 2)
    enough = sure >= LEAST_SURE and points[best] >= LEAST_POINTS
    return (best, sure) if enough else (None, 0.0)


_INDEXES: dict[Language, tuple[Mapping[str, Profile], CueIndex]] = {}
"""The index of the profiles that were asked for last."""


def _sign_index(profiles: Mapping[str, Profile], signs: Mapping[str, Sign], language: Language) -> CueIndex:
    known = _INDEXES.get(language)
    if known is None or known[0] is not profiles:
        known = profiles, index_of([_spec(key, sign) for key, sign in signs.items()], language)
        _INDEXES[language] = known
    return known[1]


def named_profile(profiles: Mapping[str, Profile], name: str, *, place: str | None = None) -> Profile:
    """The profile of that name or title; raises UsageError, at the place where it is named, where there is none."""
    found = _called(profiles, name)
    if found is None:
        raise UsageError(f"There is no profile “{name}”.", place=place, hint=_meant(name, profiles))
    return found


def _meant(name: str, profiles: Mapping[str, Profile]) -> str:
    """The nearest name or title, or all of both."""
    near = nearest(name, [*profiles, *(title for profile in profiles.values() for title in profile.titles)])
    known = (f"{key} ({', '.join(dict.fromkeys(profile.titles))})" for key, profile in sorted(profiles.items()))
    return f"Did you mean “{near}”?" if near else f"Known here: {'; '.join(known)}."


def _called(profiles: Mapping[str, Profile], name: str) -> Profile | None:
    """The profile of that name, or the one that reports call so."""
    titled = (item for item in profiles.values() if name.casefold() in [title.casefold() for title in item.titles])
    return profiles.get(name) or next(titled, None)


def with_profile(
    conversation: Conversation, profiles: Mapping[str, Profile], *, named: str | None = None
) -> Conversation:
    """The call with its kind: the one that is named, else what its metadata say, else a guess.

    Raises UsageError for a name that no profile has.
    """
    stated = conversation.transcript.meta.call_type
    known = named_profile(profiles, named) if named is not None else _called(profiles, stated or "")
    if known is not None:
        return replace(conversation, profile=known.id, profile_confidence=1.0)
    name, sure = guessed(conversation, profiles)
    return replace(conversation, profile=name, profile_confidence=sure)


def weighted(settings: ScoreSettings, profile: Profile) -> ScoreSettings:
    """The constants of the score as this kind of call has them."""
    dimensions = {
        name: replace(item, weight=item.weight * profile.weights.get(name, 1.0))
        for name, item in settings.dimensions.items()
    }
    return replace(settings, dimensions=dimensions, knock_out={**settings.knock_out, **profile.knock_out})


def banded(bands: Mapping[str, Band], profile: Profile) -> dict[str, Band]:
    """What is usual in this kind of call; bands of metrics that have no name are left out."""
    return {
        name: band
        if name not in profile.bands
        else replace(
            band,
            least=profile.bands[name].least,
            most=profile.bands[name].most,
            source={"de": profile.bands[name].source.de, "en": profile.bands[name].source.en},
            profiles=(),
        )
        for name, band in bands.items()
    }
