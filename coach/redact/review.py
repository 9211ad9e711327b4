"""Reviews and transcripts with placeholders in every place that holds words of the call."""

from collections.abc import Sequence
from dataclasses import replace

from coach.model import (
    Act,
    Conversation,
    Finding,
    Focus,
    Language,
    Metadata,
    Related,
    Review,
    Strength,
    Transcript,
    Turn,
    Utterance,
)
from coach.redact.call import Redaction, redaction_of


def redacted(review: Review) -> Review:
    """The review with placeholders for names, numbers, addresses and dates of birth in everything that it tells.

    Findings, scores and fingerprints are those of the original words.
    """
    conversation = review.conversation
    known = redaction_of(conversation.transcript, conversation.language)
    findings = {id(finding): _finding(finding, known) for finding in review.findings}
    return replace(
        review,
        conversation=_conversation(conversation, known),
        findings=tuple(findings[id(finding)] for finding in review.findings),
        strengths=tuple(_strength(strength, known) for strength in review.strengths),
        focus=tuple(_focus(item, findings, known) for item in review.focus),
        notices=tuple(known.anywhere(notice) for notice in review.notices),
        exercise=None if review.exercise is None else known.anywhere(review.exercise),
    )


def redacted_transcript(transcript: Transcript, language: Language | None = None) -> Transcript:
    """The transcript with placeholders; the language decides how they read, by default that of the transcript."""
    return _transcript(transcript, redaction_of(transcript, language or transcript.language or "en"))


def _transcript(transcript: Transcript, known: Redaction) -> Transcript:
    return replace(
        transcript,
        turns=tuple(_turn(turn, known) for turn in transcript.turns),
        speakers=tuple(
            replace(
                speaker,
                label=known.labels[speaker.label],
                evidence=tuple(known.anywhere(reason) for reason in speaker.evidence),
            )
            for speaker in transcript.speakers
        ),
        meta=_meta(transcript.meta, known),
        notes=tuple(known.anywhere(note) for note in transcript.notes),
    )


def _turn(turn: Turn, known: Redaction) -> Turn:
    return replace(
        turn,
        speaker=known.labels[turn.speaker],
        text=known.turn(turn.number),
        remarks=tuple(known.anywhere(remark) for remark in turn.remarks),
        doubtful=tuple(known.quote(word, turn.number) for word in turn.doubtful),
    )


def _meta(meta: Metadata, known: Redaction) -> Metadata:
    """Ids name a call, and so a customer: only that they are there is kept."""
    return replace(
        meta,
        agent=None if meta.agent is None else known.anywhere(meta.agent),
        customer=None if meta.customer is None else known.anywhere(meta.customer),
        call_type=None if meta.call_type is None else known.anywhere(meta.call_type),
        ids=dict.fromkeys(meta.ids, "[ID]"),
    )


def _conversation(conversation: Conversation, known: Redaction) -> Conversation:
    transcript = _transcript(conversation.transcript, known)
    return replace(
        conversation,
        transcript=transcript,
        utterances=tuple(
            _utterance(item, turn, known) for item, turn in zip(conversation.utterances, transcript.turns, strict=True)
        ),
    )


def _utterance(utterance: Utterance, turn: Turn, known: Redaction) -> Utterance:
    number = utterance.turn.number
    return replace(
        utterance,
        turn=turn,
        words=tuple(turn.text.casefold().split()) if turn.text != utterance.turn.text else utterance.words,
        acts={name: _act(act, number, known) for name, act in utterance.acts.items()},
    )


def _act(act: Act, number: int, known: Redaction) -> Act:
    words = known.quote(act.words, number) if act.words else act.words
    return act if words == act.words else replace(act, words=words)


def _related(related: Sequence[Related], known: Redaction) -> tuple[Related, ...]:
    return tuple(replace(item, quote=known.quote(item.quote, item.turn)) for item in related)


def _basis(basis: Sequence[str], known: Redaction) -> tuple[str, ...]:
    """`5: offers something (“unser Tarif”)`: the words in quotation marks stand in the turn that the number names."""
    found = []
    for reason in basis:
        head, mark, rest = reason.rpartition(" (“")
        number, colon, _ = head.partition(":")
        if mark and colon and number.isdigit() and rest.endswith("”)"):
            found.append(f"{head}{mark}{known.quote(rest[:-2], int(number))}”)")
        else:
            found.append(reason if "“" not in reason else known.anywhere(reason))
    return tuple(found)


def _finding(finding: Finding, known: Redaction) -> Finding:
    return replace(
        finding,
        message=known.anywhere(finding.message),
        instead=known.anywhere(finding.instead),
        quote=known.quote(finding.quote, finding.turn),
        related=_related(finding.related, known),
        basis=_basis(finding.basis, known),
        state_reason=known.anywhere(finding.state_reason),
    )


def _strength(strength: Strength, known: Redaction) -> Strength:
    return replace(
        strength,
        message=known.anywhere(strength.message),
        quote=known.quote(strength.quote, strength.turn),
        related=_related(strength.related, known),
        basis=_basis(strength.basis, known),
    )


def _focus(focus: Focus, findings: dict[int, Finding], known: Redaction) -> Focus:
    """The same findings as in the list: reporters tell them apart by identity."""
    return replace(focus, findings=tuple(findings.get(id(item)) or _finding(item, known) for item in focus.findings))
