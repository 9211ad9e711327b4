"""What an earlier run found, so that a later one can tell what is new; without a word of what was said.

A finding is known by its fingerprint or, where the words were written down otherwise, by the likeness of its quotes:
the same call transcribed a second time has other punctuation and misheard words, moved lines, renamed speakers.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath

from coach.errors import UsageError
from coach.model import Finding, Review
from coach.sketch import BUCKETS, likeness, sketch
from coach.standing import Standing, restated

SCHEMA = "coach-baseline/1"
MOST_BYTES = 500_000_000
_ANEW = "Write it anew with --write-baseline."
CALL_BUCKETS = 128
"""Of the sketch of a whole call."""
ALIKE = 0.4
"""From here on two quotes are the same words. Other quotes of the same rule in the same call stay below in 98 of 100
cases, the same ones with every tenth word misheard above in 98 of 100 (`scripts/second.py`)."""
SAME_CALL = 0.5
"""From here on two transcripts are of one call; different calls were never seen above 0.4."""
NEAR = 0.1
"""Share of the call by which a turn may have moved where only the related quotes are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFinding:
    """A finding of an earlier run."""

    rule: str
    turn: int
    fingerprint: str
    quote: str
    """Sketch of the quote."""
    related: str
    """Sketch of the related quotes together; only dots where there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCall:
    """A call of an earlier run and what was found in it."""

    path: str
    turns: int
    sketch: str
    """Sketch of all that was said."""
    findings: tuple[KnownFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What an earlier run found."""

    calls: tuple[KnownCall, ...] = ()


def write_baseline(reviews: Iterable[Review]) -> str:
    """The baseline file of these reviews: sorted JSON, a finding a line, no words; the same reviews, the same bytes.

    Waived findings are left out: they are to come back when their waiver ends.
    """
    calls = []
    for review in sorted(reviews, key=_path):
        kept = [_known(item) for item in review.findings if item.state != "waived"]
        if kept:
            kept.sort(key=lambda item: (item.turn, item.rule, item.fingerprint))
            head = {
                "path": _path(review),
                "turns": len(review.conversation.utterances),
                "sketch": _of_call(review),
            }
            lines = ",\n    ".join(json.dumps(asdict(item), ensure_ascii=False) for item in kept)
            opened = json.dumps(head, ensure_ascii=False).removesuffix("}")
            calls.append(f'  {opened}, "findings": [\n    {lines}\n  ]}}')
    body = "[\n" + ",\n".join(calls) + "\n]" if calls else "[]"
    text = f'{{"schema": "{SCHEMA}", "calls": {body}}}\n'
    return text.encode("utf-8", "replace").decode()


def read_baseline(path: Path) -> Baseline:
    """The baseline in that file; raises UsageError where it cannot be read or is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"The baseline is larger than {MOST_BYTES // 1_000_000} MB.", place=str(path))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        hint = "Write one with --write-baseline." if isinstance(error, FileNotFoundError) else None
        raise UsageError(f"The baseline cannot be read: {error.strerror}.", place=str(path), hint=hint) from None
    except UnicodeDecodeError:
        raise UsageError("This is no baseline: it is not UTF-8.", place=str(path), hint=_ANEW) from None
    return load_baseline(text, place=str(path))


def load_baseline(text: str, *, place: str | None = None) -> Baseline:
    """The baseline in the text of a file; raises UsageError for another version and for what is no baseline."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError("This is no baseline: it is not JSON.", place=place, hint=_ANEW) from None
    version = data.get("schema") if isinstance(data, dict) else None
    if version != SCHEMA:
        if isinstance(version, str) and version.startswith("coach-baseline/"):
            message = f"The baseline is of the version “{version[:40]}”; this coach reads “{SCHEMA}”."
            raise UsageError(message, place=place, hint=_ANEW)
        raise UsageError(f"This is no baseline: it lacks “schema”: “{SCHEMA}”.", place=place, hint=_ANEW)
    try:
        return Baseline(calls=tuple(_read_call(item) for item in _list(data, "calls")))
    except _DamagedError as error:
        raise UsageError(f"The baseline is damaged: {error}.", place=place, hint=_ANEW) from None


def known_findings(reviews: Sequence[Review], baseline: Baseline) -> tuple[Standing, ...]:
    """For each review which of its findings the baseline knows.

    Each known call is taken for one review at most, each known finding for one finding.
    """
    pairs = _paired(reviews, baseline)
    return tuple(
        Standing(findings=dict.fromkeys(sorted(_matched(reviews[position], pairs[position])), ("baseline", "")))
        if position in pairs
        else Standing()
        for position in range(len(reviews))
    )


def apply_baseline(reviews: Sequence[Review], baseline: Baseline) -> tuple[Review, ...]:
    """The reviews with the state `baseline` at each finding that the baseline knows; scores stay what they are."""
    return tuple(map(restated, reviews, known_findings(reviews, baseline)))


def _known(finding: Finding) -> KnownFinding:
    return KnownFinding(
        rule=finding.rule,
        turn=finding.turn,
        fingerprint=finding.fingerprint,
        quote=sketch(finding.quote),
        related=sketch(" ".join(item.quote for item in finding.related)),
    )


def _path(review: Review) -> str:
    return PurePath(review.conversation.transcript.path).as_posix()


def _of_call(review: Review) -> str:
    return sketch(" ".join(item.turn.text for item in review.conversation.utterances), CALL_BUCKETS)


def _paired(reviews: Sequence[Review], baseline: Baseline) -> dict[int, KnownCall]:
    """Which known call each review (by position) is: that of its path, else a moved one that nobody else claims."""
    calls = baseline.calls
    free = set(range(len(calls)))
    by_path: dict[str, list[int]] = defaultdict(list)
    for number, call in enumerate(calls):
        by_path[call.path].append(number)
    pairs: dict[int, int] = {}
    sketches = [""] * len(reviews)

    def alike(position: int, number: int) -> float:
        sketches[position] = sketches[position] or _of_call(reviews[position])
        return likeness(sketches[position], calls[number].sketch)

    for position, review in enumerate(reviews):
        prints = {item.fingerprint for item in review.findings}
        for number in by_path.get(_path(review), ()):
            shared = any(item.fingerprint in prints for item in calls[number].findings)
            if number in free and (shared or alike(position, number) >= SAME_CALL):
                pairs[position] = number
                free.discard(number)
                break
    moved = [position for position, review in enumerate(reviews) if position not in pairs and review.findings]
    ranked = sorted(
        (-how, position, number)
        for position in moved
        for number in free
        if (how := alike(position, number)) >= SAME_CALL
    )
    for _, position, number in ranked:
        if position not in pairs and number in free:
            pairs[position] = number
            free.discard(number)
    return {position: calls[number] for position, number in pairs.items()}


def _matched(review: Review, call: KnownCall) -> frozenset[int]:
    """The positions of the findings that the call is known to have: by fingerprint, then by likeness; one-to-one."""
    found: set[int] = set()
    left = dict(enumerate(call.findings))
    prints = {item.fingerprint: number for number, item in left.items()}
    for at, finding in enumerate(review.findings):
        number = prints.pop(finding.fingerprint, None)
        if number is not None:
            found.add(at)
            del left[number]
    mine = {at: _known(item) for at, item in enumerate(review.findings) if at not in found}
    turns = max(1, len(review.conversation.utterances))
    ranked = sorted(
        (*how, at, number)
        for at, finding in mine.items()
        for number, old in left.items()
        if finding.rule == old.rule
        and (how := _match(finding, old, away=abs(finding.turn / turns - old.turn / max(1, call.turns)))) is not None
    )
    for _, _, _, at, number in ranked:
        if at not in found and number in left:
            found.add(at)
            del left[number]
    return frozenset(found)


def _match(finding: KnownFinding, old: KnownFinding, *, away: float) -> tuple[int, float, float] | None:
    """How good a match two findings of a rule are, the smaller the better; None where they are none.

    Alike quotes match wherever they stand; a short reply may be misheard as a whole, and is known by its place and by
    what it replies to.
    """
    how = likeness(finding.quote, old.quote)
    if how >= ALIKE:
        return 0, -how, away
    related = likeness(finding.related, old.related)
    return (1, -related, away) if away <= NEAR and related >= ALIKE else None


class _DamagedError(Exception):
    """What is wrong with the file, as half a sentence."""


def _read_call(data: object) -> KnownCall:
    if not isinstance(data, dict):
        raise _DamagedError("a call is no object")
    path = _text(data, "path", "a call")
    return KnownCall(
        path=path,
        turns=_count(data, "turns", path),
        sketch=_sketch(data, "sketch", path, CALL_BUCKETS),
        findings=tuple(_read_finding(item, path) for item in _list(data, "findings")),
    )


def _read_finding(data: object, path: str) -> KnownFinding:
    if not isinstance(data, dict):
        raise _DamagedError(f"a finding of “{path}” is no object")
    return KnownFinding(
        rule=_text(data, "rule", path),
        turn=_count(data, "turn", path),
        fingerprint=_text(data, "fingerprint", path),
        quote=_sketch(data, "quote", path, BUCKETS),
        related=_sketch(data, "related", path, BUCKETS),
    )


def _list(data: Mapping[str, object], key: str) -> list[object]:
    value = data.get(key)
    if not isinstance(value, list):
        raise _DamagedError(f"“{key}” is no list")
    return value


def _text(data: Mapping[str, object], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise _DamagedError(f"“{key}” of “{where}” is no text")
    return value


def _count(data: Mapping[str, object], key: str, where: str) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _DamagedError(f"“{key}” of “{where}” is no number of a turn")
    return value


def _sketch(data: Mapping[str, object], key: str, where: str, buckets: int) -> str:
    value = _text(data, key, where)
    if not re.fullmatch(rf"[0-9a-f.]{{{buckets}}}", value):
        raise _DamagedError(f"“{key}” of “{where}” is no sketch of {buckets} signs")
    return value
