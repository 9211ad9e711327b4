"""A conversation in numbers: talk share, stretches, questions, pauses, pace, what became of questions and refusals.

Seconds, words and counts are what they say; names ending in `_share` are 0 to 1; None is what cannot be measured, such
as pauses without time stamps. `by_time` is 1 where talk share and stretches go by time, 0 where they go by words:
time counts only where all turns have a beginning and an end.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from coach.model import Conversation, Finding, Language, Role, Strength, Turn, Utterance

STATEMENTS = frozenset({"fact", "objection", "worry", "complaint", "wish", "displeasure"})
"""Acts of a customer that want to be taken up."""
QUESTIONS = frozenset({"question-yes-no", "question-wh", "question-choice"})
CLOSED = frozenset({"question-closed", "question-choice"})
FOLLOWS_UP = frozenset({"acknowledgement", "paraphrase", "question-open", "question-closed", "question-choice"})
TAKEN_UP = 30.0
"""Uptake, 0 to 100, from which a turn takes up the one before."""
LEAST_REPLY = 3
"""Words of a reply worth following up."""
LEAST_OVERLAP = 0.8
"""Seconds of talking at the same time that are no accident of the clock."""
_FILLERS: Mapping[Language, frozenset[str]] = {
    "de": frozenset({"äh", "ähm", "öh", "öhm", "hm", "hmm", "aeh", "aehm", "oeh", "oehm", "ehm", "em"}),
    "en": frozenset({"uh", "um", "uhm", "er", "erm", "hm", "hmm"}),
}
_VOWELS = re.compile(r"[aeiouyäöü]+")

METRICS = (
    "by_time",
    "duration_seconds",
    "turns",
    "agent_talk_share",
    "longest_monologue_words",
    "longest_monologue_seconds",
    "longest_story_words",
    "longest_story_seconds",
    "switches_per_minute",
    "switches_per_100_words",
    "questions",
    "questions_open",
    "questions_closed",
    "questions_open_share",
    "questions_followed_up_share",
    "paraphrases",
    "paraphrases_per_question",
    "latency_mean",
    "latency_after_objections",
    "interruptions",
    "words_per_minute",
    "syllables_per_minute",
    "silence_share",
    "fillers_per_minute",
    "fillers_per_100_words",
    "customer_questions",
    "customer_questions_answered_share",
    "statements",
    "statements_taken_up_share",
    "refusals",
    "refusals_respected_share",
)
"""All names, in the order of the report."""


def metrics(
    conversation: Conversation, findings: Sequence[Finding], strengths: Sequence[Strength]
) -> Mapping[str, float | None]:
    """Every name of METRICS with its value, four decimals at most, or None where it cannot be measured."""
    sure = [finding for finding in findings if finding.confidence != "low"]
    items = conversation.utterances
    found: dict[str, float | None] = dict.fromkeys(METRICS)
    found |= _talk(items, conversation.transcript.meta.duration)
    found |= _asked(items, strengths)
    found |= _timing(items)
    found |= _pace(items, conversation.language)
    found |= _outcomes(items, findings)
    found["interruptions"] = _interruptions(items, sure)
    return {name: None if value is None else round(value, 4) for name, value in found.items()}


def _seconds(turn: Turn) -> float | None:
    if turn.start is None or turn.end is None or turn.end < turn.start:
        return None
    return turn.end - turn.start


def _spoken(items: Sequence[Utterance], role: Role) -> list[Utterance]:
    return [item for item in items if item.role == role and item.words]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _talk(items: Sequence[Utterance], duration: float | None) -> dict[str, float | None]:
    """Who has the floor, how long at a stretch, and how often it changes hands."""
    seconds = [_seconds(item.turn) for item in items]
    by_time = bool(items) and all(value is not None for value in seconds)
    amounts = [value or 0.0 for value in seconds] if by_time else [float(len(item.words)) for item in items]
    both = {item.role for item in items if item.words} >= {"agent", "customer"}
    own = sum(amount for item, amount in zip(items, amounts, strict=True) if item.role == "agent")
    ends = [item.turn.end for item in items if item.turn.end is not None]
    length = duration if duration is not None else (max(ends) if ends and by_time else None)
    switches = sum(one.role != other.role for one, other in itertools.pairwise(items))
    words = sum(len(item.words) for item in items)
    return {
        "by_time": float(by_time),
        "duration_seconds": length,
        "turns": float(len(items)),
        "agent_talk_share": _share(own, sum(amounts)) if both else None,
        "longest_monologue_words": _longest(items, "agent", "words"),
        "longest_monologue_seconds": _longest(items, "agent", "seconds"),
        "longest_story_words": _longest(items, "customer", "words"),
        "longest_story_seconds": _longest(items, "customer", "seconds"),
        "switches_per_minute": _share(60.0 * switches, length) if length else None,
        "switches_per_100_words": _share(100.0 * switches, words),
    }


def _longest(items: Sequence[Utterance], role: Role, what: str) -> float | None:
    """The longest stretch of a side; the other's back-channels do not break it, where that has been measured."""
    lengths = []
    for item in _spoken(items, role):
        plain = _seconds(item.turn) if what == "seconds" else float(len(item.words))
        length = item.signals.get(f"stretch-{what}", plain)
        if length is not None:
            lengths.append(length)
    return max(lengths, default=None)


def _asked(items: Sequence[Utterance], strengths: Sequence[Strength]) -> dict[str, float | None]:
    """The agent's questions, of which kind, and what follows them."""
    own = _spoken(items, "agent")
    if not own:
        return {}
    kinds = [_kinds(item) for item in own]
    opened, closed = sum(kind[0] for kind in kinds), sum(kind[1] for kind in kinds)
    questions = sum(sum(kind) for kind in kinds)
    paraphrases = {strength.turn for strength in strengths if strength.rule == "acknowledges"}
    paraphrases |= {item.turn.number for item in own if "paraphrase" in item.acts}
    followed = _followed_up(items)
    return {
        "questions": float(questions),
        "questions_open": float(opened),
        "questions_closed": float(closed),
        "questions_open_share": _share(opened, opened + closed),
        "questions_followed_up_share": _share(sum(followed), len(followed)),
        "paraphrases": float(len(paraphrases)),
        "paraphrases_per_question": _share(len(paraphrases), questions),
    }


def _kinds(item: Utterance) -> tuple[int, int, int]:
    """How many open and closed questions a turn asks, and how many whose kind is not known."""
    open_here, closed_here = "question-open" in item.acts, bool(CLOSED & item.acts.keys())
    number = max(int(item.signals.get("questions", 0)), open_here + closed_here)
    if open_here and closed_here:
        return 1, number - 1, 0
    if open_here:
        return number, 0, 0
    return (0, number, 0) if closed_here else (0, 0, number)


def _followed_up(items: Sequence[Utterance]) -> list[bool]:
    """For each of the agent's questions that got a reply, whether the agent's next turn takes the reply up."""
    found = []
    for index, item in enumerate(items):
        if item.role != "agent" or not sum(_kinds(item)):
            continue
        reply = next((at for at in range(index + 1, len(items)) if items[at].role == "customer"), None)
        if reply is None or len(items[reply].words) < LEAST_REPLY:
            continue
        after = next((later for later in items[reply + 1 :] if later.role == "agent"), None)
        if after is not None:
            found.append(_takes_up(after))
    return found


def _takes_up(item: Utterance) -> bool:
    return bool(FOLLOWS_UP & item.acts.keys()) or item.signals.get("uptake", 0) >= TAKEN_UP


def _timing(items: Sequence[Utterance]) -> dict[str, float | None]:
    """Pauses before the agent answers, in seconds, and how much of the call is silence."""
    all_pauses: list[float] = []
    objected: list[float] = []
    for before, item in itertools.pairwise(items):
        if item.role != "agent" or before.role != "customer":
            continue
        if item.turn.start is None or before.turn.end is None:
            continue
        pause = max(0.0, item.turn.start - before.turn.end)
        all_pauses.append(pause)
        if before.acts.keys() & {"objection", "refusal"}:
            objected.append(pause)
    return {
        "latency_mean": _share(sum(all_pauses), len(all_pauses)),
        "latency_after_objections": _share(sum(objected), len(objected)),
        "silence_share": _silence([item.turn for item in items]),
    }


def _silence(turns: Sequence[Turn]) -> float | None:
    """The share of the call, from its first word to its last, in which nobody talks."""
    spans = [(turn.start, turn.end) for turn in turns if turn.start is not None and turn.end is not None]
    if not spans or len(spans) < len(turns):
        return None
    spans.sort()
    reached = spans[0][0]
    silent = sum(turn.silence for turn in turns)
    for start, end in spans:
        silent += max(0.0, start - reached)
        reached = max(reached, end)
    share = _share(silent, reached - spans[0][0])
    return None if share is None else min(1.0, share)


def _pace(items: Sequence[Utterance], language: Language) -> dict[str, float | None]:
    """The agent's words, syllables (German) and fillers a minute, over the turns whose length is known."""
    own = _spoken(items, "agent")
    words = sum(len(item.words) for item in own)
    fillers = sum(word in _FILLERS[language] for item in own for word in item.words)
    timed = [(item, seconds) for item in own if (seconds := _seconds(item.turn))]
    minutes = sum(seconds for _, seconds in timed) / 60
    syllables = sum(_syllables(word) for item, _ in timed for word in item.words)
    timed_fillers = sum(word in _FILLERS[language] for item, _ in timed for word in item.words)
    return {
        "words_per_minute": _share(sum(len(item.words) for item, _ in timed), minutes),
        "syllables_per_minute": _share(syllables, minutes) if language == "de" else None,
        "fillers_per_minute": _share(timed_fillers, minutes),
        "fillers_per_100_words": _share(100.0 * fillers, words),
    }


def _syllables(word: str) -> int:
    """Groups of vowels: right for most German words; every word has at least one."""
    return max(1, len(_VOWELS.findall(word)))


def _interruptions(items: Sequence[Utterance], findings: Sequence[Finding]) -> float | None:
    """The agent's turns that cut in; back-channels do not."""
    if not _spoken(items, "agent"):
        return None
    turns = {finding.turn for finding in findings if finding.rule == "interruption"}
    for item in items:
        over = item.signals.get("cut-off", 0.0) >= LEAST_OVERLAP or "interruption" in item.acts
        if item.role == "agent" and over and "backchannel" not in item.acts:
            turns.add(item.turn.number)
    return float(len(turns))


def _outcomes(items: Sequence[Utterance], findings: Sequence[Finding]) -> dict[str, float | None]:
    """What became of the customer's questions, statements and refusals.

    A question counts as answered, a statement as taken up, a refusal as respected, where no finding says otherwise at
    one of the agent's turns before the customer's next turn of that kind, not even one of low confidence: nobody is
    told that all was taken up where that is doubtful. A question or statement that a finding says was passed over was
    made, even where no act tells so.
    """
    found: dict[str, float | None] = {}
    for name, share, acts, faults in (
        ("customer_questions", "customer_questions_answered_share", QUESTIONS, {"ignored-question"}),
        (
            "statements",
            "statements_taken_up_share",
            STATEMENTS,
            {"ignored-statement", "missing-apology", "missing-reassurance"},
        ),
        (
            "refusals",
            "refusals_respected_share",
            frozenset({"refusal"}),
            {"pitch-after-refusal", "no-graceful-exit"},
        ),
    ):
        faulty = {finding.turn for finding in findings if finding.rule in faults}
        said = {index for index, item in enumerate(items) if item.role == "customer" and item.acts.keys() & acts}
        at = sorted(
            index
            for index in said | (_passed_over(items, faulty) if name != "refusals" else set())
            if any(later.role == "agent" for later in items[index + 1 :])
        )
        bounds = [*at[1:], len(items)] if at else []
        failed = sum(
            any(items[later].turn.number in faulty for later in range(first + 1, last))
            for first, last in zip(at, bounds, strict=True)
        )
        found[name] = float(len(at))
        found[share] = _share(len(at) - failed, len(at))
    return found


def _passed_over(items: Sequence[Utterance], faulty: AbstractSet[int]) -> set[int]:
    """The customer's turns right before faulty ones of the agent's."""
    return {
        index - 1
        for index, item in enumerate(items)
        if item.turn.number in faulty and index and items[index - 1].role == "customer"
    }
