"""Transcript → Conversation: who is who, which language, what each turn does and measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from coach.errors import UnreadableTranscriptError
from coach.model import Act, Conversation, Language, Role, Speaker, Transcript, Utterance
from coach.rulebook import RuleBook
from coach.understand.address import address_of
from coach.understand.compared import Compared
from coach.understand.cues import CueIndex, acts_by_role, index_of
from coach.understand.doubt import doubt_of, doubtful_share, sure_acts
from coach.understand.excerpt import in_context
from coach.understand.language import language_of, refuse_stated
from coach.understand.learned import Model, load_model
from coach.understand.memory import call_signals, remembered
from coach.understand.roles import assigned, by_label, label_evidence, parts_by_label
from coach.understand.sides import doubted, refuse_lecture
from coach.understand.structure import measured, structural_acts
from coach.understand.swapped import swap_notes
from coach.understand.tokens import acts_by_tokens, with_tokens
from coach.understand.words import Words, all_words

__all__ = [
    "Choices",
    "by_label",
    "evidence_of_roles",
    "grouped",
    "observed",
    "understand",
]

Signs: TypeAlias = dict[tuple[Role, str], tuple[int, str, str]]
"""Side and act → how sure the surest place is, the turn's text and the words in it."""
MOST_REASONS = 4
"""Signs that are named for a role."""
Cued: TypeAlias = Mapping[Role, dict[str, Act]]
_SIDES: tuple[Role, Role] = ("agent", "customer")
MOST_TURNS = 20_000
"""Turns of a talk of a day and a night; more would take minutes and is no call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a user decides for the understanding of a call."""

    language: Language | None = None
    agents: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    swap: bool = False
    model: bool = True
    """False: cues and structure alone."""


def understand(transcript: Transcript, book: RuleBook, *, choices: Choices | None = None) -> Conversation:
    """The call understood. Raises SpeakerRoleError where roles are unclear, UnreadableTranscriptError for other languages and for endless transcripts."""
    chosen = choices or Choices()
    if len(transcript.turns) > MOST_TURNS:
        raise UnreadableTranscriptError(
            f"The transcript has {len(transcript.turns):,} turns; a call has some hundreds, and at most {MOST_TURNS:,} are judged.",
            place=transcript.path,
            hint=_SPLIT,
        )
    language, words = _worded(transcript, chosen)
    model = load_model()
    cued = _cued(transcript, words, _index(book, language), language)
    odds = _odds(words, cued, model)
    said = _said(transcript, odds, cued)
    speakers = _assigned(transcript, said, chosen)
    role_of = {speaker.label: speaker.role for speaker in speakers}
    chosen_roles = bool(chosen.agents or chosen.customers or chosen.swap)
    labels = [speaker.label for speaker in transcript.speakers if speaker.role != "other"]
    stated = not chosen_roles and (
        any(speaker.role == "agent" for speaker in transcript.speakers) or bool(parts_by_label(labels))
    )
    doubts: tuple[str, ...] = ()
    if not chosen_roles and not any(speaker.role == "agent" for speaker in transcript.speakers):
        refuse_lecture(transcript)
        speakers, doubts = doubted(transcript, speakers, said)
    swaps = swap_notes(transcript, [role_of[turn.speaker] for turn in transcript.turns], odds, stated=stated)
    known = replace(transcript, speakers=speakers, language=language, notes=(*transcript.notes, *doubts, *swaps))
    return _understood(known, words, book, cued, model=model if chosen.model else None)


def evidence_of_roles(transcript: Transcript, book: RuleBook, *, choices: Choices | None = None) -> tuple[Speaker, ...]:
    """The speakers with what points to a role, where that is not enough to say it."""
    said = _evidence(transcript, book, choices or Choices())
    return tuple(
        replace(
            speaker,
            evidence=(
                *speaker.evidence,
                *filter(None, (label_evidence(speaker.label)[1],)),
                *said[speaker.label][1],
            ),
        )
        for speaker in transcript.speakers
    )


def _evidence(transcript: Transcript, book: RuleBook, chosen: Choices) -> Mapping[str, tuple[float, tuple[str, ...]]]:
    language, words = _worded(transcript, chosen)
    cued = _cued(transcript, words, _index(book, language), language)
    return _said(transcript, _odds(words, cued, load_model()), cued)


def _worded(transcript: Transcript, chosen: Choices) -> tuple[Language, Sequence[Words]]:
    """The language and each turn's words."""
    texts = [turn.text for turn in transcript.turns]
    stated = transcript.meta.language
    if chosen.language is None:
        refuse_stated(stated, path=transcript.path)
    language = chosen.language or transcript.language or language_of(texts, path=transcript.path, stated=stated)
    words = all_words(texts, language)
    if not any(item.words for item in words):
        raise UnreadableTranscriptError(
            "The transcript holds no words.", place=transcript.path, hint="Check that the right file was named."
        )
    return language, words


def _assigned(
    transcript: Transcript, said: Mapping[str, tuple[float, tuple[str, ...]]], chosen: Choices
) -> tuple[Speaker, ...]:
    return assigned(transcript, said, agents=chosen.agents, customers=chosen.customers, swap=chosen.swap)


def _cued(transcript: Transcript, words: Sequence[Words], index: CueIndex, language: Language) -> list[Cued]:
    """What the phrases find in each turn, for either role."""
    found: list[Cued] = []
    for turn, item in zip(transcript.turns, words, strict=True):
        found.append(acts_by_role(item, turn.text, _SIDES, index, doubt=doubt_of(turn, language)))
    return found


def _understood(
    transcript: Transcript, words: Sequence[Words], book: RuleBook, cued: Sequence[Cued], *, model: Model | None
) -> Conversation:
    """The call with acts and signals, roles and language being known."""
    language = transcript.language or "de"
    role_of: dict[str, Role] = {speaker.label: speaker.role for speaker in transcript.speakers}
    roles = [role_of[turn.speaker] for turn in transcript.turns]
    compared = Compared(words, language)
    utterances = _observed(transcript, words, compared, roles, language, book, cued)
    if model is not None:
        utterances = model.applied(utterances, words, compared, book, language)
    utterances = grouped(utterances, book)
    utterances = remembered(utterances, transcript, words, language)
    agent_texts = [item.turn.text for item in utterances if item.role == "agent"]
    return Conversation(
        transcript=transcript,
        language=language,
        address=address_of(agent_texts) if language == "de" else "sie",
        utterances=tuple(utterances),
        signals=call_signals(utterances),
        mood=tuple(
            (item.turn.number, round(item.signals["mood"] / 100, 2)) for item in utterances if item.role == "customer"
        ),
    )


def observed(
    transcript: Transcript,
    words: Sequence[Words],
    roles: Sequence[Role],
    language: Language,
    book: RuleBook,
    index: CueIndex,
) -> list[Utterance]:
    """Each turn with what cues and structure show."""
    cued = _cued(transcript, words, index, language)
    return _observed(transcript, words, Compared(words, language), roles, language, book, cued)


def _observed(
    transcript: Transcript,
    words: Sequence[Words],
    compared: Compared,
    roles: Sequence[Role],
    language: Language,
    book: RuleBook,
    cued: Sequence[Cued],
) -> list[Utterance]:
    asked = compared.asked
    signals = measured(transcript.turns, roles, words, compared, language)
    named = with_tokens(book, language)
    last = len(roles) - 1
    utterances = []
    for at, (turn, role, item) in enumerate(zip(transcript.turns, roles, words, strict=True)):
        acts: dict[str, Act] = structural_acts(
            item, asked[at], turn.text, role, language, first=at == 0, last=at == last
        )
        by_cue = cued[at].get(role, {})
        if named:
            by_cue = by_cue | sure_acts(acts_by_tokens(turn.text, role, language, book, named), turn, language)
        acts |= {name: act for name, act in by_cue.items() if act.score >= book.acts[name].least}
        if turn.doubtful:
            signals[at]["doubt"] = doubtful_share(turn, item, language)
        utterances.append(Utterance(turn=turn, role=role, words=item.words, acts=acts, signals=signals[at]))
    return utterances


def grouped(utterances: Sequence[Utterance], book: RuleBook) -> list[Utterance]:
    """The utterances with the acts that are groups of others, each with its surest member's words."""
    groups = [(act, frozenset(act.members)) for act in book.acts.values() if act.members]
    result = []
    for item in utterances:
        found: dict[str, Act] = {}
        for group, members in groups:
            if item.role in group.roles and not item.acts.keys().isdisjoint(members):
                present = [item.acts[name] for name in group.members if name in item.acts]
                found[group.id] = replace(max(present, key=lambda act: act.score), name=group.id)
        result.append(replace(item, acts={**item.acts, **found}) if found else item)
    return result


def _odds(words: Sequence[Words], cued: Sequence[Cued], model: Model | None) -> list[float]:
    """Per turn, the log-odds from the words that it is the agent who talks."""
    by_words = model.agent_log_odds(words) if model is not None else [0.0] * len(words)
    found: list[float] = []
    for value, by_role in zip(by_words, cued, strict=True):
        score = value
        as_agent, as_customer = by_role["agent"], by_role["customer"]
        for sign, mine, other in ((1, as_agent, as_customer), (-1, as_customer, as_agent)):
            score += sum(sign * act.score for name, act in mine.items() if name not in other) / 200
        found.append(score)
    return found


def _said(
    transcript: Transcript, odds: Sequence[float], cued: Sequence[Cued]
) -> Mapping[str, tuple[float, tuple[str, ...]]]:
    """Per speaker, the log-odds from the words that it is the agent who talks, with the reasons."""
    found: dict[str, tuple[float, Signs]] = {speaker.label: (0.0, {}) for speaker in transcript.speakers}
    for turn, value, by_role in zip(transcript.turns, odds, cued, strict=True):
        score, signs = found[turn.speaker]
        as_agent, as_customer = by_role["agent"], by_role["customer"]
        for role, mine, other in zip(_SIDES, (as_agent, as_customer), (as_customer, as_agent), strict=True):
            for name, act in mine.items():
                known = signs.get((role, name))
                if name not in other and (known is None or known[0] < act.score):
                    signs[role, name] = (act.score, turn.text, act.words)
        found[turn.speaker] = (score + value, signs)
    return {
        label: (score, _reasons("agent" if score > 0 else "customer", signs)) for label, (score, signs) in found.items()
    }


def _reasons(side: Role, signs: Signs) -> tuple[str, ...]:
    """The surest signs of a side, each kind once, the surest first."""
    of_side = [(name, *sign) for (role, name), sign in signs.items() if role == side]
    surest = sorted(of_side, key=lambda sign: -sign[1])[:MOST_REASONS]
    return tuple(f"{side}: {name} “{in_context(text, words)}”" for name, _, text, words in surest)


_SPLIT = "Split the file into its calls."
_INDEXES: dict[tuple[str, Language], CueIndex] = {}


def _index(book: RuleBook, language: Language) -> CueIndex:
    key = (book.hash, language)
    if key not in _INDEXES:
        _INDEXES[key] = index_of(book.acts.values(), language)
    return _INDEXES[key]
