"""The examples of rules hold: five laws that every rule obeys, shipped or a user's own.

1. A rule fires at exactly the marked turns of its examples, and nowhere in those that mark none.
2. With the roles swapped it is silent, unless it says why it may hold either way (`symmetric`).
3. The good examples of a finding trigger no other finding, unless they name it (`also`).
4. Every condition is needed: whatever is dropped (see `needed.py`), some example changes its outcome.
5. The advice is sound: with the `better` turns put in place the rule is silent and nothing new is found.

An example is understood by cues and structure alone, its roles being given: these are what a rule's author can answer
for. What the trained model adds is measured on whole labelled calls, not on examples.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from coach.check import Match, matches_of
from coach.errors import RuleFileError
from coach.model import Conversation, Language, Metadata, Role, Speaker, Transcript, Turn
from coach.needed import lacking
from coach.rulebook import ActSpec, Example, Rule, RuleBook
from coach.rules import LANGUAGES
from coach.understand import Choices, understand
from coach.yamlfile import did_you_mean

_LABELS: Mapping[str, str] = {"agent": "A", "customer": "K"}
_OTHER: Mapping[Role, Role] = {"agent": "customer", "customer": "agent"}
_DATES = ("call_date", "lead_date")
_WORDS = ("agent", "customer", "call_type")

Turns: TypeAlias = tuple[tuple[Role, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """That an example of a rule (or of an act) does not hold, and what happened instead."""

    law: int
    """1 to 5; 0 for an act whose example turn is not recognised."""
    rule: str
    language: Language | None
    place: str
    """Path and line of the example, or of the rule where all examples are meant."""
    message: str
    dialogue: tuple[str, ...] = ()
    """The example's turns with the acts that were recognised, for law 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A book with its examples understood: each only once, since understanding is what costs."""

    book: RuleBook
    model: bool = False
    understood: dict[tuple[Turns, Language, tuple[tuple[str, str], ...]], Conversation] = field(default_factory=dict)


Law: TypeAlias = Callable[[Rule, Language, Bench], Iterable[Breach]]


def breaches(
    bench: Bench, rules: Iterable[str], *, laws: Iterable[int] = (1,), languages: Sequence[Language] = LANGUAGES
) -> Iterator[Breach]:
    """Where the rules break the laws, rule by rule."""
    wanted = sorted(laws)
    for name in rules:
        rule = bench.book.rules[name]
        for number in wanted:
            if number == NEEDED:
                yield from needed(rule, bench)
            else:
                for language in languages:
                    yield from LAWS[number](rule, language, bench)


def act_breaches(bench: Bench, acts: Iterable[str]) -> Iterator[Breach]:
    """Which example turns of acts their own cues do not tell apart."""
    for name in acts:
        spec = bench.book.acts[name]
        for language in LANGUAGES:
            found = spec.examples.get(language)
            if found is None:
                continue
            for text, expected in [*((text, True) for text in found.has), *((text, False) for text in found.lacks)]:
                if _recognised(spec, text, language, bench) != expected:
                    reason = "is not recognised in" if expected else "is recognised in"
                    yield Breach(
                        law=0, rule=name, language=language, place=spec.path, message=f"The act {reason} “{text}”."
                    )


def without_examples(rule: Rule) -> tuple[Language, ...]:
    """The languages in which the rule lacks an example that fires or one that stays silent."""
    return tuple(
        language
        for language in LANGUAGES
        if len({bool(example.marked) for example in rule.examples.get(language, ())}) < len((True, False))
    )


def conversation_of(
    example: Example, language: Language, bench: Bench, *, path: str, turns: Turns | None = None
) -> Conversation:
    """The example as an understood call, with the given turns in place of its own, if any."""
    spoken = example.turns if turns is None else turns
    key = (spoken, language, tuple(sorted(example.meta.items())))
    if key not in bench.understood:
        transcript = Transcript(
            path=path,
            format="example",
            language=language,
            speakers=tuple(Speaker(label=label, role=_role(label), confidence=1.0) for label in _LABELS.values()),
            turns=tuple(
                Turn(number=number, speaker=_LABELS[role], text=text)
                for number, (role, text) in enumerate(spoken, start=1)
            ),
            meta=_meta(example, path),
        )
        choices = Choices(language=language, model=bench.model)
        bench.understood[key] = understand(transcript, bench.book, choices=choices)
    return bench.understood[key]


def fired(rule: Rule, conversation: Conversation, book: RuleBook, *, whole: bool) -> tuple[int, ...]:
    """The turns at which the rule holds, rules that it yields to taken into account."""
    others = {name: book.rules[name] for name in rule.yields_to if name in book.rules}
    small = replace(book, rules={**others, rule.id: rule})
    return tuple(match.at + 1 for match in matches_of(conversation, small, whole=whole) if match.rule.id == rule.id)


def fires_as_marked(rule: Rule, language: Language, bench: Bench) -> Iterator[Breach]:
    """Law 1."""
    for example in rule.examples.get(language, ()):
        conversation = conversation_of(example, language, bench, path=rule.path)
        turns = fired(rule, conversation, bench.book, whole=example.whole)
        if turns == example.marked:
            continue
        wanted = f"must fire at {_turns(example.marked)}" if example.marked else "must stay silent"
        others = [
            f"{match.rule.id} at {match.at + 1} ({match.confidence})"
            for match in matches_of(conversation, bench.book, whole=example.whole)
            if match.rule.id != rule.id
        ]
        instead = f"; beside it: {', '.join(others)}" if others else ""
        happened = f"fires at {_turns(turns)}" if turns else "does not fire"
        message = f"The rule {wanted}, but {happened}{instead}."
        yield _breach(1, rule, language, example, message, dialogue=tuple(_dialogue(example, conversation)))


def silent_when_swapped(rule: Rule, language: Language, bench: Bench) -> Iterator[Breach]:
    """Law 2."""
    if rule.symmetric:
        return
    for example in rule.examples.get(language, ()):
        if not example.marked:
            continue
        swapped: Turns = tuple((_OTHER[role], text) for role, text in example.turns)
        conversation = conversation_of(example, language, bench, path=rule.path, turns=swapped)
        turns = fired(rule, conversation, bench.book, whole=example.whole)
        if turns:
            yield _breach(2, rule, language, example, f"With the roles swapped, the rule fires at {_turns(turns)}.")


def good_is_good(rule: Rule, language: Language, bench: Bench) -> Iterator[Breach]:
    """Law 3."""
    if rule.kind != "finding":
        return
    for example in rule.examples.get(language, ()):
        if example.marked:
            continue
        conversation = conversation_of(example, language, bench, path=rule.path)
        others = [
            match for match in _findings(conversation, bench, example) if match.rule.id not in (rule.id, *example.also)
        ]
        if others:
            message = f"A good example triggers {_named(others)}; mend it, or name the rule under “also”."
            yield _breach(3, rule, language, example, message)


def needed(rule: Rule, bench: Bench) -> Iterator[Breach]:
    """Law 4, over the examples of all languages."""
    calls = [
        (example, conversation_of(example, language, bench, path=rule.path))
        for language in LANGUAGES
        for example in rule.examples.get(language, ())
    ]
    if not calls:
        return
    whole = [(conversation, example.whole) for example, conversation in calls]
    before = [fired(rule, conversation, bench.book, whole=cut) for conversation, cut in whole]
    for what, variant in lacking(rule, bench.book):
        if all(
            fired(variant, conversation, bench.book, whole=cut) == turns
            for (conversation, cut), turns in zip(whole, before, strict=True)
        ):
            message = f"No example needs {what}: add one that does, or leave it out."
            yield Breach(law=NEEDED, rule=rule.id, language=None, place=rule.path, message=message)


def advice_is_sound(rule: Rule, language: Language, bench: Bench) -> Iterator[Breach]:
    """Law 5."""
    if rule.kind != "finding":
        return
    for example in rule.examples.get(language, ()):
        if example.marked:
            yield from (
                _breach(5, rule, language, example, message) for message in _unsound(rule, language, example, bench)
            )


def _unsound(rule: Rule, language: Language, example: Example, bench: Bench) -> Iterator[str]:
    if not example.better:
        yield "The example lacks “better”: the agent's turns as they should be."
        return
    for number in example.better:
        if not 1 <= number <= len(example.turns) or example.turns[number - 1][0] != "agent":
            yield f"“better” names turn {number}, which is no turn of the agent."
            return
    turns: Turns = tuple(
        (role, example.better.get(number, text)) for number, (role, text) in enumerate(example.turns, start=1)
    )
    conversation = conversation_of(example, language, bench, path=rule.path, turns=turns)
    still = fired(rule, conversation, bench.book, whole=example.whole)
    if still:
        yield f"With the better turns in place, the rule still fires at {_turns(still)}."
    before = _findings(conversation_of(example, language, bench, path=rule.path), bench, example)
    known = {_where(match) for match in before}
    new = [
        match
        for match in _findings(conversation, bench, example)
        if _where(match) not in known and match.rule.id not in (rule.id, *example.also)
    ]
    if new:
        yield f"With the better turns in place, something new is found: {_named(new)}."


NEEDED = 4
LAWS: Mapping[int, Law] = {
    1: fires_as_marked,
    2: silent_when_swapped,
    3: good_is_good,
    NEEDED: lambda rule, _language, bench: needed(rule, bench),
    5: advice_is_sound,
}


def _findings(conversation: Conversation, bench: Bench, example: Example) -> list[Match]:
    """What a report would show: findings of medium or high confidence."""
    return [
        match
        for match in matches_of(conversation, bench.book, whole=example.whole)
        if match.rule.kind == "finding" and match.confidence != "low"
    ]


def _where(match: Match) -> tuple[str, int]:
    """The rule and the turn; a rule that is reported once a call may move."""
    return match.rule.id, 0 if match.rule.once else match.at


def _recognised(spec: ActSpec, text: str, language: Language, bench: Bench) -> bool:
    for role in sorted(spec.roles):
        example = Example(turns=((role, text),))
        conversation = conversation_of(example, language, bench, path=spec.path)
        if spec.id in conversation.utterances[0].acts:
            return True
    return False


def _meta(example: Example, path: str) -> Metadata:
    """The example's metadata; raises RuleFileError for a key or a date that is none."""
    place = f"{path}:{example.line}"
    found: dict[str, date | str] = {}
    for key, value in example.meta.items():
        if key in _DATES:
            try:
                found[key] = date.fromisoformat(value)
            except ValueError:
                raise RuleFileError(f"“{value}” is not a date.", place=place, hint="Write 2025-11-18.") from None
        elif key in _WORDS:
            found[key] = value
        else:
            raise RuleFileError(
                f"“{key}” is not known under “meta”.", place=place, hint=did_you_mean(key, (*_DATES, *_WORDS))
            )
    return Metadata(**found)  # type: ignore[arg-type]  # each key was checked with its kind above


def _role(label: str) -> Role:
    return "agent" if label == _LABELS["agent"] else "customer"


def _dialogue(example: Example, conversation: Conversation) -> Iterator[str]:
    for number, ((role, text), utterance) in enumerate(
        zip(example.turns, conversation.utterances, strict=True), start=1
    ):
        acts = ", ".join(f"{act.name} {act.score}" for act in utterance.acts.values())
        mark = "*" if number in example.marked else " "
        yield f"{mark}{number:>2} {_LABELS[role]}: {text}  [{acts}]"


def _breach(
    law: int, rule: Rule, language: Language, example: Example, message: str, *, dialogue: tuple[str, ...] = ()
) -> Breach:
    return Breach(
        law=law,
        rule=rule.id,
        language=language,
        place=f"{rule.path}:{example.line}",
        message=message,
        dialogue=dialogue,
    )


def _named(matches: Iterable[Match]) -> str:
    return ", ".join(f"{match.rule.id} at turn {match.at + 1}" for match in matches)


def _turns(numbers: Sequence[int]) -> str:
    return f"turn{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
