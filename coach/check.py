"""A rule holds where one of its ways binds to turns; what is found there makes findings and strengths.

Pure: no files, no spaCy. `coach.sequences` tells where a way binds.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.model import Address, Confidence, Conversation, Finding, Language, Related, Strength, Utterance
from coach.passage import passage
from coach.rulebook import Advice, Rule, RuleBook, Step, Texts, Way
from coach.sequences import Bindings, Places, holds, is_possible, places_of, sequences
from coach.signals import BUILT_IN, LIKELY, MEASURE, meaning_of

_RANK: Mapping[Confidence, int] = {"low": 0, "medium": 1, "high": 2}
_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
RULED_OUT = 10
"""Percentage of the model below which what phrases suspect is not even shown as uncertain."""
MOSTLY_DOUBTFUL = 50
"""Percentage of doubtful words from which a turn proves little."""
UNSURE_ROLE = 0.7
"""Confidence of a role below which findings are at most fairly sure."""
_OPENS: Mapping[Language, str] = {"de": "„", "en": "“"}
"""The mark that begins a quotation."""
_SIDES = ("agent", "customer")
QUOTE_LENGTH = 240
"""Characters; longer quotes are cut at a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a rule holds: the turn it is reported at and the turns its steps are bound to (indices)."""

    rule: Rule
    way: Way
    at: int
    bound: tuple[tuple[str, int], ...]
    contradicted: bool = False
    """All holds but a guard: what was said speaks for it, what was learned against it."""

    @property
    def confidence(self) -> Confidence:
        """The way's confidence; low where a guard contradicts it."""
        return "low" if self.contradicted else self.way.confidence


def check(
    conversation: Conversation,
    book: RuleBook,
    *,
    report_language: Language,
    address: Address = "sie",
    settings: Mapping[str, Mapping[str, float]] | None = None,
    off: Iterable[str] = (),
    whole: bool = True,
) -> tuple[tuple[Finding, ...], tuple[Strength, ...]]:
    """Findings and strengths of a call, each by turn, then rule.

    `settings` overrides rule settings by rule id; `off` names rules not to run; `whole=False` says that the
    turns are a cutting, on which rules about whole calls are silent.
    """
    matches = matches_of(conversation, book, settings=settings, off=off, whole=whole)
    findings: list[Finding] = []
    strengths: list[Strength] = []
    ordinals: dict[tuple[str, str], int] = {}
    for match in matches:
        if match.rule.kind == "strength":
            if not _misheard(match, conversation):
                strengths.append(_strength(match, conversation, book, report_language, address))
            continue
        finding = _finding(match, conversation, book, report_language, address)
        quotes = "\x1f".join([finding.quote, *(related.quote for related in finding.related)]).casefold()
        ordinal = ordinals.get((finding.rule, quotes), 0)
        ordinals[finding.rule, quotes] = ordinal + 1
        digest = hashlib.sha256(f"{finding.rule}\x1e{quotes}\x1e{ordinal}".encode()).hexdigest()
        findings.append(replace(finding, fingerprint=digest[:16]))
    return tuple(findings), tuple(strengths)


def matches_of(
    conversation: Conversation,
    book: RuleBook,
    *,
    settings: Mapping[str, Mapping[str, float]] | None = None,
    off: Iterable[str] = (),
    whole: bool = True,
) -> list[Match]:
    """Where the rules hold, precedence applied, by turn, then rule id."""
    skipped = frozenset(off)
    places = places_of(conversation)
    found: dict[tuple[str, int], Match] = {}
    for rule in book.rules.values():
        if rule.id in skipped or (rule.whole_call and not whole):
            continue
        values = {**rule.settings, **(settings or {}).get(rule.id, {})}
        for match in matches_of_rule(rule, conversation, values, places=places):
            found[rule.id, match.at] = match
    sure = {place: match for place, match in found.items() if not match.contradicted}
    kept = [
        match
        for (_, at), match in found.items()
        if not any(_gives_way(match, sure.get((other, at)), conversation) for other in match.rule.yields_to)
    ]
    return sorted(kept, key=lambda match: (match.at, match.rule.id))


def _gives_way(match: Match, other: Match | None, conversation: Conversation) -> bool:
    """The more specific rule holds at the same turn, and what was learned does not speak more for this one.

    Where it does, the turn most likely passes over two different things.
    """
    if other is None:
        return False
    signals = conversation.utterances[match.at].signals
    own, its = (_learned(rule, signals) for rule in (match.rule, other.rule))
    return own is None or its is None or own < its


def _learned(rule: Rule, signals: Mapping[str, float]) -> float | None:
    """How likely what the rule is about was found at a turn; None for rules that ask for nothing learned."""
    asked = {bound.signal for way in rule.ways for step in way.steps for bound in step.signals}
    return max((signals[name] for name in asked if name in LIKELY and name in signals), default=None)


def matches_of_rule(
    rule: Rule, conversation: Conversation, settings: Mapping[str, float], *, places: Places | None = None
) -> list[Match]:
    """Where one rule holds, by turn; of several ways at one turn the surest counts.

    `places` are the call's, where somebody has gathered them already.
    """
    places = places or places_of(conversation)
    best: dict[int, Match] = {}
    for way in rule.ways:
        if not is_possible(way, places) or not all(holds(bound, conversation.signals, settings) for bound in way.call):
            continue
        for at, bound in sequences(way, places, settings):
            match = Match(rule=rule, way=way, at=at, bound=bound)
            known = best.get(at)
            if known is None or _RANK[way.confidence] > _RANK[known.confidence]:
                best[at] = match
    if rule.kind == "finding":
        for match in _contradicted(rule, conversation, settings, places):
            best.setdefault(match.at, match)
        if rule.once is not None and not all(match.contradicted for match in best.values()):
            best = {at: match for at, match in best.items() if not match.contradicted}
    ordered = [best[at] for at in sorted(best)]
    if rule.once == "first":
        return ordered[:1]
    if rule.once == "last":
        return ordered[-1:]
    return ordered


def _contradicted(
    rule: Rule, conversation: Conversation, settings: Mapping[str, float], places: Places
) -> Iterator[Match]:
    """Where a way would hold if it had no guards; such places are shown, but count for nothing.

    Not where the model as good as rules it out.
    """
    for way in rule.ways:
        if not any(step.guard for step in way.steps) or not is_possible(way, places):
            continue
        if not all(holds(bound, conversation.signals, settings) for bound in way.call):
            continue
        bare = replace(way, steps=tuple(replace(step, guard=()) for step in way.steps))
        for at, bound in sequences(bare, places, settings):
            if not _is_ruled_out(way, bound, conversation):
                yield Match(rule=rule, way=way, at=at, bound=bound, contradicted=True)


def _is_ruled_out(way: Way, bound: Bindings, conversation: Conversation) -> bool:
    """The model finds what a guard asks for next to impossible at the turn."""
    places = dict(bound)
    return any(
        conversation.utterances[places[step.name]].signals.get(guard.signal, RULED_OUT) < RULED_OUT
        for step in way.steps
        if step.name in places
        for guard in step.guard
        if guard.signal in LIKELY
    )


def _finding(match: Match, conversation: Conversation, book: RuleBook, language: Language, address: Address) -> Finding:
    utterance = conversation.utterances[match.at]
    rule = match.rule
    return Finding(
        rule=rule.id,
        dimension=rule.dimension,
        severity=rule.severity,
        confidence="low" if _misheard(match, conversation) else _capped(match.confidence, conversation),
        turn=utterance.turn.number,
        line=utterance.turn.line,
        title=rule.title[language],
        message=addressed(_message(match, conversation, language), address),
        why=addressed(rule.why[language], address),
        instead=addressed(_instead(match, conversation, language), conversation.address),
        quote=quoted(utterance.turn.text),
        related=_related(match, conversation),
        basis=_basis(match, conversation, book, language),
    )


def _capped(confidence: Confidence, conversation: Conversation) -> Confidence:
    """No finding is surer than who serves and who is served."""
    unsure = any(
        speaker.confidence < UNSURE_ROLE for speaker in conversation.transcript.speakers if speaker.role in _SIDES
    )
    return "medium" if unsure and confidence == "high" else confidence


def _misheard(match: Match, conversation: Conversation) -> bool:
    """A turn that the match rests on was mostly guessed by the speech recogniser.

    What was learned of a turn was learned from the turn before it, too.
    """
    steps = {step.name: step for step in match.way.steps}
    places = {index for _, index in match.bound}
    places |= {i - 1 for name, i in match.bound if i and _is_learned(steps[name], conversation.utterances[i])}
    return any(conversation.utterances[index].signals.get("doubt", 0) >= MOSTLY_DOUBTFUL for index in places)


def _is_learned(step: Step, utterance: Utterance) -> bool:
    """The step holds by what the model makes of the turn."""
    asked = (utterance.acts.get(name) for name in (*step.any, *step.all))
    return any(bound.signal in LIKELY for bound in step.signals) or any(
        act is not None and act.source == "model" for act in asked
    )


def _strength(
    match: Match, conversation: Conversation, book: RuleBook, language: Language, address: Address
) -> Strength:
    utterance = conversation.utterances[match.at]
    rule = match.rule
    return Strength(
        rule=rule.id,
        dimension=rule.dimension,
        turn=utterance.turn.number,
        line=utterance.turn.line,
        title=rule.title[language],
        keep=(rule.keep or rule.title)[language],
        message=addressed(_message(match, conversation, language), address),
        quote=quoted(_telling(match, utterance)),
        related=_related(match, conversation),
        basis=_basis(match, conversation, book, language),
    )


def _words_of(act: str, utterance: Utterance) -> str:
    """The words that show an act; none for a date in a question, which nobody promises."""
    words = utterance.acts[act].words
    return "" if act == "date" and words and passage(utterance.turn.text, [words]).endswith("?") else words


def _telling(match: Match, utterance: Utterance) -> str:
    """The sentences of the turn that carry what is praised: by the acts of the way, else by those that the rule knows.

    Where the model alone sees it, phrases that another way asks for are the best sign of the place; of several that
    only mean something together, the first.
    """
    bound = {name for name, index in match.bound if index == match.at}
    for ways in ((match.way,), match.rule.ways):
        said: list[str] = []
        for step in (step for way in ways for step in way.steps if step.name in bound or step.report):
            whole = all(act in utterance.acts for act in step.all)
            asked = (*step.any, *(step.all if whole else step.all[:1]))
            said += [_words_of(act, utterance) for act in asked if act in utterance.acts]
        if any(said):
            return passage(utterance.turn.text, said)
    return utterance.turn.text


def _message(match: Match, conversation: Conversation, language: Language) -> str:
    """What was noticed, in the words for this case or this way."""
    texts = _fitting(match.rule.messages, match, conversation) or match.way.message or match.rule.message
    signals = conversation.utterances[match.at].signals
    return MEASURE.sub(lambda found: _number(signals[found[1]], language), texts[language])


def _number(value: float, language: Language) -> str:
    """“2.5”, “2,5”, “3”: with one digit behind the point at most."""
    return f"{round(value, 1):g}".replace(".", "," if language == "de" else ".")


def _instead(match: Match, conversation: Conversation, language: Language) -> str:
    """The advice whose case fits: what to say in the call's language, what to do in the report's."""
    texts = _fitting(match.rule.instead, match, conversation)
    return "" if texts is None else in_both(texts, report=language, call=conversation.language)


def _fitting(cases: Sequence[Advice], match: Match, conversation: Conversation) -> Texts | None:
    """The first that needs no case, or whose step was bound to a turn that does one of its acts."""
    bound = dict(match.bound)
    for case in cases:
        index = bound.get(case.step or "")
        if case.step is None or (
            index is not None and any(act in conversation.utterances[index].acts for act in case.acts)
        ):
            return case.texts
    return None


def in_both(texts: Texts, *, report: Language, call: Language) -> str:
    """The text in the report's language, but what it quotes in the call's: the agent is to say it there.

    A text without a quotation in either language is all for the reader.
    """
    lead, mark, _ = texts[report].partition(_OPENS[report])
    _, spoken_mark, spoken = texts[call].partition(_OPENS[call])
    return lead + spoken_mark + spoken if mark and spoken_mark else texts[report]


def _related(match: Match, conversation: Conversation) -> tuple[Related, ...]:
    related = []
    for step, index in match.bound:
        if index == match.at:
            continue
        turn = conversation.utterances[index].turn
        related.append(Related(step=step, turn=turn.number, quote=quoted(turn.text), line=turn.line))
    return tuple(related)


def _basis(match: Match, conversation: Conversation, book: RuleBook, language: Language) -> tuple[str, ...]:
    """What the match rests on: `5: offers something (“our plan”)`, `7: the agent presses on after a no (93 %)`.

    The number is the turn's; what stands in quotation marks was said in it, all else is no word of the call.
    """
    steps = {step.name: step for step in match.way.steps}
    basis = []
    for name, index in match.bound:
        step, utterance = steps[name], conversation.utterances[index]
        number = utterance.turn.number
        for act_name in (*step.any, *step.all):
            act = utterance.acts.get(act_name)
            if act is None:
                continue
            done = book.acts[act_name].describes[language] if act_name in book.acts else BUILT_IN[act_name][language]
            basis.append(f"{number}: {done} (" + (f"“{act.words}”)" if act.words else f"{act.score} %)"))
        for bound in (*step.signals, *step.guard):
            value = utterance.signals.get(bound.signal)
            if value is not None:
                meaning = meaning_of(bound.signal, language)
                basis.append(f"{number}: {meaning}" + (f" ({value:g} %)" if bound.signal in LIKELY else f": {value:g}"))
    return tuple(dict.fromkeys(basis))


def addressed(text: str, address: Address) -> str:
    """The text with each `{Sie-form|du-form}` resolved."""
    return _CHOICE.sub(lambda found: found[1] if address == "sie" else found[2], text)


def quoted(text: str) -> str:
    """The text, cut at a word where it is longer than QUOTE_LENGTH characters."""
    if len(text) <= QUOTE_LENGTH:
        return text
    return text[:QUOTE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
