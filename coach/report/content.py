"""What a report for people says of a finding or strength, before anybody lays it out: quotes, places, short words."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from coach.model import Finding, Focus, Language, Related, Review, Strength
from coach.report.wording import counted, say

SHORT_QUOTE = 110
"""Characters of a quote that stands as an example only."""

NAMED = 4
"""Unsure findings whose turns are named where they are not shown."""
KEPT = 3
"""Strengths that are named as worth keeping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One quote of a finding, with where it was said."""

    turn: int
    line: int | None
    quote: str


def quotes(review: Review, finding: Finding) -> list[Said]:
    """The finding's quotes by turn; where no other turn belongs to it, the customer's turn just before."""
    related: Sequence[Related] = finding.related
    said = {item.turn: Said(turn=item.turn, line=item.line, quote=item.quote) for item in related if item.quote}
    said[finding.turn] = Said(turn=finding.turn, line=finding.line, quote=finding.quote)
    if len(said) == 1 and role(review, finding.turn) == "agent":
        for item in review.conversation.utterances:
            if item.turn.number == finding.turn - 1 and item.role == "customer" and item.turn.text:
                quote = short(item.turn.text, SHORT_QUOTE * 2)
                said[item.turn.number] = Said(turn=item.turn.number, line=item.turn.line, quote=quote)
    return [said[turn] for turn in sorted(said)]


def role(review: Review, turn: int) -> str:
    """Who speaks in the turn; `unknown` where there is no such turn."""
    return next((item.role for item in review.conversation.utterances if item.turn.number == turn), "unknown")


def place(turn: int, line: int | None, language: Language) -> str:
    """“turn 5 (line 7)”."""
    return say("turn", language, turn=turn) if line is None else say("turn-line", language, turn=turn, line=line)


def turn_list(turns: Sequence[int], language: Language) -> str:
    """“turn 5, 7”."""
    return say("turn-list", language, turns=", ".join(str(turn) for turn in turns))


def places(lead: Finding, findings: Sequence[Finding], language: Language) -> str:
    """“turn 5, 7; turn 9 (title)”: where the other findings of a root cause are; the lead's title is not said again."""
    turns: dict[str, list[int]] = {}
    for finding in sorted(findings, key=lambda item: (item.title != lead.title, item.turn, item.rule)):
        turns.setdefault(finding.title, []).append(finding.turn)
    return "; ".join(
        turn_list(numbers, language) + ("" if title == lead.title else f" ({title})")
        for title, numbers in turns.items()
    )


def unsure_named(findings: Sequence[Finding], language: Language) -> str:
    """“2 unsure findings not shown (turn 5: Blame passed on; turn 9: …)”: where a person may want to look."""
    first = sorted(findings, key=lambda item: (item.turn, item.rule))[:NAMED]
    named = [f"{say('turn', language, turn=item.turn)}: {item.title}" for item in first]
    where = "; ".join([*named, "…"] if len(findings) > NAMED else named)
    return counted("hidden-low", len(findings), language, where=where)


def gravity(finding: Finding, language: Language) -> str:
    """How grave it is, and where it does not count, why: “medium; waived: agreed with the customer”."""
    parts = [say(f"severity-{finding.severity}", language)]
    if finding.state == "waived":
        parts.append(say("waived", language, reason=finding.state_reason))
    elif finding.state == "baseline":
        parts.append(say("known", language))
    elif finding.state_reason:
        parts.append(finding.state_reason)
    return "; ".join(parts)


def based_on(finding: Finding, language: Language) -> list[str]:
    """What the finding rests on, turn by turn; the turn's number is said once."""
    by_turn: dict[str, list[str]] = {}
    for reason in finding.basis:
        turn, _, what = reason.partition(": ")
        by_turn.setdefault(turn, []).append(typeset(what, language))
    return [f"{say('turn', language, turn=turn)}: {', '.join(what)}" for turn, what in by_turn.items()]


def typeset(reason: str, language: Language) -> str:
    """The reason with the language's own marks: „…“ and “93 %” in German, “…” and “93%” in English."""
    if language == "en":
        return f"{reason.removesuffix(' %)')}%)" if reason.endswith(" %)") else reason
    head, mark, words = reason.rpartition(" (“")
    return f"{head} („{words.removesuffix('”)')}“)" if mark and words.endswith("”)") else reason


def by_rule(strengths: Sequence[Strength]) -> list[list[Strength]]:
    """The strengths in groups of one rule, in the order in which they first show."""
    groups: dict[str, list[Strength]] = {}
    for strength in sorted(strengths, key=lambda item: (item.turn, item.rule)):
        groups.setdefault(strength.rule, []).append(strength)
    return list(groups.values())


def kept(strengths: Sequence[Strength], advised: Sequence[Focus]) -> list[str]:
    """What to keep, in a few words: the three strengths that show first.

    None of a dimension in which the reader is told to start something: that would ask for what was just praised.
    """
    begun = {item.findings[0].dimension for item in advised if item.kind == "start"}
    groups = [group for group in by_rule(strengths) if group[0].dimension not in begun]
    return [group[0].keep or group[0].title for group in groups[:KEPT]]


def phrase(item: Focus, language: Language) -> str:
    """What to start or stop, in a few words."""
    return item.phrase.get(language) or item.findings[0].title


def file_name(path: str) -> str:
    """The path's last part: a report that is passed on tells nothing of the folders of whoever made it."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def file_names(paths: Sequence[str]) -> list[str]:
    """What to call the files: their names or, where they lie in several folders, their paths below the common one."""
    plain = [path.replace("\\", "/") for path in paths]
    folders = {path.rpartition("/")[0] for path in plain}
    if len(folders) == 1:
        return [file_name(path) for path in plain]
    try:
        common = os.path.commonpath([folder or "." for folder in folders])
    except ValueError:  # some paths are absolute, others are not
        return [file_name(path) for path in plain]
    return [os.path.relpath(path, common) if common else path for path in plain]


def short(text: str, most: int = SHORT_QUOTE) -> str:
    """The text, cut at a word where it is longer."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:–-…") + " …"


def sentence(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
