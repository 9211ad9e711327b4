"""From files to reviews: one call composed of the stages, and many calls one after the other.

Errors are values: a call that cannot be reviewed is reported and the rest goes on. Only this module may know processes.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coach.check import check
from coach.config import STANDARD_INPUT, Config, checked
from coach.errors import CoachError, RuleFileError, UsageError
from coach.focus import exercise, focus
from coach.metrics import metrics
from coach.model import Band, Review, Severity, Transcript
from coach.profiles import Profile, banded, load_profiles, named_profile, profile_files, weighted, with_profile
from coach.read import read_path
from coach.rulebook import RuleBook
from coach.rules import load_rules
from coach.score import ScoreSettings, scorecard
from coach.scorefile import METRICS, SCORECARD, load_bands, load_settings
from coach.understand import Choices, understand
from coach.understand.cues import CueSyntaxError, compiled
from coach.understand.learned import MODEL_FILE

SEVERITIES: Mapping[Severity, int] = {"note": 0, "warning": 1, "error": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreviewed:
    """A file that could not be reviewed, and why."""

    path: str
    error: Exception
    """A CoachError, or what nobody expected."""

    @property
    def message(self) -> str:
        """What is wrong, in one sentence."""
        if isinstance(self.error, CoachError):
            return self.error.message
        return f"Something went wrong that should not ({type(self.error).__name__}: {self.error})."

    @property
    def place(self) -> str:
        """The path, or the place in the file where one is known."""
        return (self.error.place if isinstance(self.error, CoachError) else None) or self.path

    @property
    def hint(self) -> str | None:
        """What to do next."""
        return self.error.hint if isinstance(self.error, CoachError) else "--debug shows the traceback."


def review_call(path: str, book: RuleBook, config: Config) -> Review:
    """One call from its file (`-`: standard input) to its review; raises CoachError where it cannot be reviewed."""
    return review_transcript(read_path(path, alternate=config.alternate), book, config)


def review_transcript(transcript: Transcript, book: RuleBook, config: Config) -> Review:
    """A call that has been read, reviewed; raises CoachError where it cannot be."""
    choices = Choices(
        language=config.language, agents=config.agent, customers=config.customer, swap=config.swap, model=config.model
    )
    kinds = _profiles(book)
    conversation = with_profile(understand(transcript, book, choices=choices), kinds, named=config.profile)
    kind = kinds.get(conversation.profile or "", Profile(id=""))
    language = config.report_lang or conversation.language
    findings, strengths = check(
        conversation,
        book,
        report_language=language,
        address=config.address,
        settings=_settings(kind, config),
        off=config.off,
    )
    weights = weighted(_weights(book.folders), kind)
    chosen = focus(findings, strengths, conversation, weights)
    return Review(
        conversation=conversation,
        findings=findings,
        strengths=strengths,
        scorecard=scorecard(conversation, findings, strengths, weights),
        metrics=metrics(conversation, findings, strengths),
        focus=chosen,
        report_language=language,
        address=config.address,
        rules_hash=_hash(book.hash, book.folders, model=config.model),
        exercise=exercise(chosen, weights, language=language, address=config.address),
        bands=banded(_bands(book.folders), kind),
        checked=tuple(sorted(r.id for r in book.rules.values() if r.kind == "finding" and r.id not in config.off)),
    )


def review_all(
    paths: Sequence[str], *, config_of: Callable[[str], Config]
) -> tuple[tuple[Review, ...], tuple[Unreviewed, ...]]:
    """The reviews of all files in the given order, and the files that could not be reviewed.

    Raises CoachError for what concerns all files: a wrong configuration or a broken rule file.
    """
    if sum(path == STANDARD_INPUT for path in paths) > 1:
        raise UsageError("Standard input can be read only once.", hint="Name “-” once.")
    configs = {path: config_of(path) for path in paths}
    books = {config.rules: load_rules(config.rules) for config in configs.values()}
    for config in configs.values():
        checked(config, books[config.rules])
        if config.profile is not None:
            named_profile(_profiles(books[config.rules]), config.profile, place=config.origins.get("profile"))
    reviews: list[Review] = []
    errors: list[Unreviewed] = []
    for path in paths:
        config = configs[path]
        try:
            reviews.append(review_call(path, books[config.rules], config))
        except RuleFileError:
            raise
        except CueSyntaxError as error:
            raise next(iter(cue_mistakes(books[config.rules])), error) from None
        except Exception as error:  # noqa: BLE001  # one call must not take the others with it; --debug shows it
            errors.append(Unreviewed(path=path, error=error))
    return tuple(reviews), tuple(errors)


def _settings(kind: Profile, config: Config) -> Mapping[str, Mapping[str, float]]:
    """The settings of rules: a user's own go before those of the kind of call."""
    return {
        rule: {**kind.settings.get(rule, {}), **config.settings.get(rule, {})}
        for rule in (*kind.settings, *config.settings)
    }


_PROFILES: dict[tuple[str, tuple[str, ...]], Mapping[str, Profile]] = {}


def _profiles(book: RuleBook) -> Mapping[str, Profile]:
    key = (book.hash, book.folders)
    if key not in _PROFILES:
        _PROFILES[key] = load_profiles(book)
    return _PROFILES[key]


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
        f"{message[:1].upper()}{message[1:]}.", place=place, hint="See “notation” in coach/understand/cues.py."
    )


def bars_missed(
    reviews: Sequence[Review],
    configs: Sequence[Config],
) -> list[str]:
    """One sentence for each bar that was missed; empty where all were passed.

    `configs` runs parallel to `reviews`; the bar for the mean is that of the first. A score is compared as it is
    shown, with one decimal; a call with nothing to judge passes. Findings of low confidence, known ones and waived ones
    do not count.
    """
    missed: list[str] = []
    for review, config in zip(reviews, configs, strict=True):
        path = review.conversation.transcript.path
        overall = review.scorecard.overall
        if config.fail_under is not None and overall is not None and round(overall, 1) < config.fail_under:
            missed.append(f"{path}: the score {overall:.1f} is below {config.fail_under:g}.")
        if config.fail_on is not None:
            least = SEVERITIES[config.fail_on]
            worst = [
                finding
                for finding in review.findings
                if finding.state == "new" and finding.confidence != "low" and SEVERITIES[finding.severity] >= least
            ]
            if worst:
                first = worst[0]
                more = f" and {len(worst) - 1} more" if len(worst) > 1 else ""
                missed.append(f"{path}: {first.severity} {first.rule} at turn {first.turn}{more}.")
    bar = configs[0].fail_under_mean if configs else None
    scores = [review.scorecard.overall for review in reviews if review.scorecard.overall is not None]
    if bar is not None and scores:
        mean = round(sum(scores) / len(scores), 1)
        if mean < bar:
            missed.append(f"The mean score {mean:.1f} is below {bar:g}.")
    return missed
