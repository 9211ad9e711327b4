"""From a file to a review: one call composed of the stages."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from coach.callfile import CallFile
from coach.check import check
from coach.config import Config, checked
from coach.errors import RuleFileError
from coach.focus import exercise, focus
from coach.metrics import metrics
from coach.model import Band, Review, Transcript
from coach.phases import PhaseSpec, load_phases, phases_file, phases_of
from coach.profiles import Profile, banded, load_profiles, named_profile, profile_files, weighted, with_profile
from coach.read import read
from coach.rulebook import RuleBook
from coach.rules import load_rules
from coach.score import ScoreSettings, scorecard
from coach.scorefile import METRICS, SCORECARD, load_bands, load_settings
from coach.understand import Choices, understand
from coach.understand.learned import MODEL_FILE
from coach.understand.phrases import CueSyntaxError, compiled


def review_file(file: CallFile, book: RuleBook, config: Config, *, today: date | None = None) -> Review:
    """The call in a file reviewed; raises CoachError where it cannot be."""
    return review_transcript(transcript_of(file, config, today=today), book, config)


def transcript_of(file: CallFile, config: Config, *, today: date | None = None) -> Transcript:
    """The call in a file as its reader understands it; `today` serves dates without a year."""
    return read(
        file.data,
        path=file.path,
        sidecar=file.sidecar,
        sidecar_path=file.sidecar_path,
        today=today,
        alternate=config.alternate,
        part=file.part,
    )


def review_transcript(transcript: Transcript, book: RuleBook, config: Config) -> Review:
    """A call that has been read, reviewed; raises CoachError where it cannot be."""
    choices = Choices(
        language=config.language, agents=config.agent, customers=config.customer, swap=config.swap, model=config.model
    )
    kinds = _profiles(book)
    conversation = with_profile(understand(transcript, book, choices=choices), kinds, named=config.profile)
    kind = kinds.get(conversation.profile or "", Profile(id=""))
    language = config.report_lang or conversation.language
    settings = _settings(kind, config)
    findings, strengths = check(
        conversation,
        book,
        report_language=language,
        address=config.address,
        settings=settings,
        off=config.off,
    )
    weights = weighted(_weights(book.folders), kind)
    phases = phases_of(conversation, _phases(book), kind.phases, language)
    chosen = focus(findings, strengths, conversation, weights)
    return Review(
        conversation=conversation,
        findings=findings,
        strengths=strengths,
        scorecard=scorecard(conversation, findings, strengths, weights, phases=phases),
        metrics=metrics(conversation, findings, strengths),
        focus=chosen,
        report_language=language,
        address=config.address,
        rules_hash=_hash(book.hash, book.folders, model=config.model),
        exercise=exercise(chosen, weights, language=language, address=config.address),
        phases=phases,
        bands=_thresholds(banded(_bands(book.folders), kind), book, settings),
        checked=tuple(sorted(r.id for r in book.rules.values() if r.kind == "finding" and r.id not in config.off)),
    )


def book_for(config: Config) -> RuleBook:
    """The rules that a configuration asks for, checked against all that it says about rules.

    Raises RuleFileError for a broken rule file and UsageError for a rule, setting or kind of call that does not exist.
    """
    book = _book(config.rules)
    checked(config, book)
    if config.profile is not None:
        named_profile(_profiles(book), config.profile, place=config.origins.get("profile"))
    return book


@lru_cache(maxsize=16)
def _book(folders: tuple[Path, ...]) -> RuleBook:
    return load_rules(folders)


def _settings(kind: Profile, config: Config) -> Mapping[str, Mapping[str, float]]:
    """The settings of rules: a user's own go before those of the kind of call."""
    return {
        rule: {**kind.settings.get(rule, {}), **config.settings.get(rule, {})}
        for rule in (*kind.settings, *config.settings)
    }


def _thresholds(
    bands: Mapping[str, Band], book: RuleBook, settings: Mapping[str, Mapping[str, float]]
) -> dict[str, Band]:
    """The bands, those of the longest monologue with the thresholds that hold for the rule in this call."""
    rule = book.rules.get("monologue")
    own = {**(rule.settings if rule else {}), **settings.get("monologue", {})}
    named = {f"longest_monologue_{unit}": most for unit, most in own.items()}
    return {name: replace(band, most=named[name]) if name in named else band for name, band in bands.items()}


_PROFILES: dict[tuple[str, tuple[str, ...]], Mapping[str, Profile]] = {}


def _profiles(book: RuleBook) -> Mapping[str, Profile]:
    key = (book.hash, book.folders)
    if key not in _PROFILES:
        _PROFILES[key] = load_profiles(book)
    return _PROFILES[key]


_PHASES: dict[tuple[str, tuple[str, ...]], Mapping[str, PhaseSpec]] = {}


def _phases(book: RuleBook) -> Mapping[str, PhaseSpec]:
    key = (book.hash, book.folders)
    if key not in _PHASES:
        _PHASES[key] = load_phases(book)
    return _PHASES[key]


@lru_cache(maxsize=16)
def _weights(folders: tuple[str, ...]) -> ScoreSettings:
    return load_settings(folders)


@lru_cache(maxsize=16)
def _bands(folders: tuple[str, ...]) -> Mapping[str, Band]:
    return load_bands(folders)


@lru_cache(maxsize=16)
def _hash(book: str, folders: tuple[str, ...], *, model: bool) -> str:
    """16 hex digits that name all that decides a review: acts, rules, the score's constants, the trained model."""
    digest = hashlib.sha256(book.encode())
    files = [Path(folder) / name for folder in folders for name in (SCORECARD, METRICS)]
    files += filter(None, (phases_file(folders),))
    files += profile_files(folders)
    for file in [*files, MODEL_FILE] if model else files:
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def cue_mistakes(book: RuleBook) -> list[RuleFileError]:
    """The first phrase of each act whose notation is wrong."""
    found: dict[str, RuleFileError] = {}
    for act in book.acts.values():
        for cues in act.cues.values():
            for cue in cues:
                try:
                    compiled(cue.phrase)
                except CueSyntaxError as error:
                    found.setdefault(act.id, _cue_mistake(act.path, cue.phrase, error, book.folders))
    return list(found.values())


def _cue_mistake(path: str, phrase: str, error: CueSyntaxError, folders: Iterable[str]) -> RuleFileError:
    """The mistake with its line, where the phrase stands in the file as it is written here."""
    place = path
    for file in (Path(path), *(Path(folder) / path for folder in folders)):
        if file.is_file():
            lines = file.read_text(encoding="utf-8-sig").splitlines()
            written = (phrase, phrase.replace("'", "''"))
            line = next((n for n, text in enumerate(lines, start=1) if any(form in text for form in written)), None)
            place = f"{path}:{line}" if line else path
            break
    message = str(error)
    return RuleFileError(
        f"{message[:1].upper()}{message[1:]}.", place=place, hint="See “notation” in coach/understand/phrases.py."
    )
