"""Who is the agent and who the customer, from labels and from what each says; never from who speaks first."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coach.errors import SpeakerRoleError, UsageError
from coach.model import Role, Speaker, Transcript
from coach.understand.words import folded
from coach.yamlfile import did_you_mean

_AGENT_LABELS = (
    "agent",
    "berater",
    "beratung",
    "verkaeufer",
    "vertrieb",
    "service",
    "support",
    "hotline",
    "consultant",
    "advisor",
    "adviser",
    "sales",
    "rep",
    "representative",
    "meister",
    "techniker",
    "technician",
    "kundendienst",
    "kundenservice",
    "mitarbeiter",
    "sachbearbeiter",
    "makler",
    "broker",
    "aftercare",
    "helpdesk",
    "desk",
    "coach",
    "trainer",
    "anbieter",
    "agentur",
    "firma",
    "dienstleister",
    "seller",
    "vertreter",
    "consulting",
    "operator",
    "clerk",
    "reception",
    "empfang",
    "buero",
    "office",
    "agency",
    "callcenter",
    "engineer",
    "installer",
    "plumber",
    "roofer",
    "bank",
    "versicherung",
    "handwerker",
    "innendienst",
    "aussendienst",
)
_CUSTOMER_LABELS = (
    "kunde",
    "kundin",
    "customer",
    "client",
    "interessent",
    "patient",
    "mandant",
    "gast",
    "guest",
    "kaeufer",
    "buyer",
    "mieter",
    "tenant",
    "user",
    "nutzer",
    "anwender",
    "mitglied",
    "member",
    "versicherte",
    "anrufer",
    "caller",
    "auftraggeber",
    "passenger",
    "student",
    "parent",
    "prospect",
    "buerger",
    "owner",
    "besteller",
)
_NARRATOR = frozenset({"ich", "me", "i", "wir"})
LABEL_EVIDENCE = 6.0
NARRATOR_EVIDENCE = 0.7
LEAST_EVIDENCE = 1.4
"""Log-odds between the two readings below which nothing is said."""


def label_evidence(label: str) -> tuple[float, str]:
    """Log-odds that a label names the agent, and why; 0 where it says nothing."""
    name = folded(label).strip(" *:.")
    words = [word.strip(".,()") for word in name.replace("-", " ").replace("_", " ").split()]
    for word, following in zip(words, (*words[1:], ""), strict=True):
        side = _side(word)
        if side == "customer" and _side(following) == "agent":  # customer service
            side = "agent"
        if side == "customer":
            weight = (
                2.0 if word.startswith(("caller", "anrufer", "owner", "user", "parent", "student")) else LABEL_EVIDENCE
            )
            return -weight, f"label “{label}”"
        if side == "agent":
            return LABEL_EVIDENCE, f"label “{label}”"
    if name in ("k", "kd", "c", "cu", "cust"):
        return -3.0, f"label “{label}”"
    if name in ("a", "ag", "b", "v", "ma"):
        return 1.0, f"label “{label}”"
    if name in _NARRATOR:
        return -NARRATOR_EVIDENCE, f"label “{label}”: the one who tells of the call"
    return 0.0, ""


def parts_by_label(labels: Sequence[str]) -> dict[str, Role]:
    """The parts of two speakers where both labels name them, one each; empty otherwise.

    What they say does not outweigh that; where it speaks against the labels a note tells so.
    """
    scores = {label: label_evidence(label)[0] for label in labels}
    if sorted(scores.values()) != [-LABEL_EVIDENCE, LABEL_EVIDENCE]:
        return {}
    return {label: "agent" if score > 0 else "customer" for label, score in scores.items()}


def _side(word: str) -> Role | None:
    """The part that a word of a label names; of a compound its last part says it: `Kundenberater`, `Bürgerbüro`."""
    bare = word.removesuffix("in")
    if any(bare.endswith(stem) and (len(stem) > 3 or word == stem) for stem in _AGENT_LABELS):
        return "agent"
    if any(word.startswith(stem) or bare.endswith(stem) for stem in _CUSTOMER_LABELS):
        return "customer"
    return "agent" if any(word.startswith(stem) and (len(stem) > 3 or word == stem) for stem in _AGENT_LABELS) else None


def by_label(speaker: Speaker) -> Speaker:
    """The speaker with the role that the label alone tells, whatever the language of the call."""
    score, why = label_evidence(speaker.label)
    if speaker.role != "unknown" or abs(score) < LEAST_EVIDENCE:
        return speaker
    sure = round(1 / (1 + math.exp(-abs(score))), 2)
    return replace(
        speaker, role="agent" if score > 0 else "customer", confidence=sure, evidence=(*speaker.evidence, why)
    )


def assigned(
    transcript: Transcript,
    said: Mapping[str, tuple[float, tuple[str, ...]]],
    *,
    agents: Sequence[str] = (),
    customers: Sequence[str] = (),
    swap: bool = False,
) -> tuple[Speaker, ...]:
    """The speakers with roles; raises SpeakerRoleError where the evidence does not suffice.

    Roles that the transcript's speakers have already were stated by its format: they need no further evidence, and
    give way to the user's. `said` gives, per label, the log-odds from the words that its speaker is the agent, and the reasons.
    Labels named in `agents` and `customers` decide; two named sides need no evidence.
    """
    labels = [speaker.label for speaker in transcript.speakers]
    for named in (*agents, *customers):
        if _known(named, labels) is None:
            raise UsageError(
                f"No speaker is labelled “{named}”.", place=transcript.path, hint=did_you_mean(named, labels)
            )
    forced: dict[str, Role] = {}
    for role, names in (("agent", agents), ("customer", customers)):
        for named in names:
            label = _known(named, labels)
            if label is not None:
                if forced.get(label, role) != role:
                    raise UsageError(f"“{label}” is named as agent and as customer.", place=transcript.path)
                forced[label] = "agent" if role == "agent" else "customer"
    given = {s.label: s.role for s in transcript.speakers if s.role in ("agent", "customer")}
    beside = {s.label: s.role for s in transcript.speakers if s.role == "other" and s.label not in forced}
    forced = {**given, **forced} if not (agents or customers) else forced
    labels = [label for label in labels if label not in beside]
    forced = forced or parts_by_label(labels)
    if forced and len(set(forced.values())) == 1:
        rest: Role = "customer" if "agent" in forced.values() else "agent"
        forced |= {label: rest for label in labels if label not in forced}
    evidence = {speaker.label: _evidence(speaker, said) for speaker in transcript.speakers}
    if swap:
        evidence = {label: (-score, why) for label, (score, why) in evidence.items()}
        forced = {label: ("customer" if role == "agent" else "agent") for label, role in forced.items()}
    if set(forced.values()) >= {"agent", "customer"}:
        return tuple(_speaker(speaker, forced, evidence, {}) for speaker in transcript.speakers)
    if len(labels) < 2:
        raise unsure(transcript)
    roles, sure = _inferred(labels, evidence, transcript)
    if not sure:
        raise unsure(transcript)
    return tuple(_speaker(speaker, roles, evidence, sure) for speaker in transcript.speakers)


def unsure(transcript: Transcript) -> SpeakerRoleError:
    """The error that lists the labels and the option to use."""
    labels = [speaker.label for speaker in transcript.speakers]
    shown = ", ".join(f"“{label}”" for label in labels)
    return SpeakerRoleError(
        f"It is not clear who is the agent. Speakers found: {shown}.",
        place=transcript.path,
        hint=f"Say who serves, for instance --agent {_quoted(labels[0])} (or --customer {_quoted(labels[-1])}).",
    )


def _quoted(label: str) -> str:
    return f'"{label}"' if " " in label else label


def _known(named: str, labels: Sequence[str]) -> str | None:
    return next((label for label in labels if folded(label) == folded(named)), None)


def _evidence(speaker: Speaker, said: Mapping[str, tuple[float, tuple[str, ...]]]) -> tuple[float, tuple[str, ...]]:
    by_label, why = label_evidence(speaker.label)
    by_words, reasons = said.get(speaker.label, (0.0, ()))
    return by_label + by_words, (*speaker.evidence, *((why, *reasons) if why else reasons))


def _inferred(
    labels: Sequence[str], evidence: Mapping[str, tuple[float, tuple[str, ...]]], transcript: Transcript
) -> tuple[dict[str, Role], dict[str, float]]:
    """Roles and how sure each is: of two speakers from the difference, of more from each one's own evidence.

    Where the evidence does not part the two sides nothing is sure.
    """
    scores = {label: evidence[label][0] for label in labels}
    if len(labels) == 2:
        one, two = labels
        difference = scores[one] - scores[two]
        agent = one if difference > 0 else two
        roles: dict[str, Role] = {label: "agent" if label == agent else "customer" for label in labels}
        return roles, dict.fromkeys(labels, _sure(abs(difference))) if abs(difference) >= LEAST_EVIDENCE else {}
    spoken: dict[str, int] = defaultdict(int)
    for turn in transcript.turns:
        spoken[turn.speaker] += len(turn.text.split())
    most = max(spoken.values(), default=1)
    ordered = sorted(labels, key=lambda label: scores[label])
    middle = (scores[ordered[0]] + scores[ordered[-1]]) / 2
    cut = min(max(middle, -0.5), 0.5)
    found: dict[str, Role] = {}
    for label in labels:
        side: Role = "agent" if scores[label] > cut else "customer"
        found[label] = "other" if spoken[label] * 40 < most and abs(scores[label]) < 1 else side
    spread = scores[ordered[-1]] - scores[ordered[0]]
    if not {"agent", "customer"} <= set(found.values()) or spread < LEAST_EVIDENCE:
        return found, {}
    return found, {label: _sure(abs(scores[label] - cut)) for label in labels}


def _sure(evidence: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-min(50.0, evidence)))


def _speaker(
    speaker: Speaker,
    roles: Mapping[str, Role],
    evidence: Mapping[str, tuple[float, tuple[str, ...]]],
    sure: Mapping[str, float],
) -> Speaker:
    """The speaker in the role, as sure as `sure` says of the label, else wholly."""
    role = roles.get(speaker.label, "other")
    return replace(
        speaker, role=role, confidence=round(sure.get(speaker.label, 1.0), 2), evidence=evidence[speaker.label][1][:4]
    )
