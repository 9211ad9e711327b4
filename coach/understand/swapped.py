"""Notices where speaker recognition mixed the two sides up: for a stretch their words fit the other's role.

Reported, never mended: who speaks is for a person to say. The bounds lie far above what 400 calls with right labels
reach, so that silence is the rule and a note is worth a look.
"""

from collections.abc import Sequence

from coach.model import Role, Transcript

CAP = 3.0
"""Log-odds that one turn can add; a single odd sentence proves nothing."""
LEAST = 3.0
"""Log-odds against its role that each side must bring together, and that the rest of the call must speak for the roles."""
LEAST_TURNS = 4
_STRETCH = (
    "From turn {} to turn {} the two speakers seem to be swapped, judging by their words. "
    "Nothing was changed; check the speaker recognition there."
)
_WHOLE = (
    "The words suggest that agent and customer are the other way round than the file states. "
    "Nothing was changed; use --swap if so."
)


def swap_notes(
    transcript: Transcript, roles: Sequence[Role], odds: Sequence[float], *, stated: bool
) -> tuple[str, ...]:
    """A note where the sides seem swapped for a stretch of the call, or, with `stated` roles, in all of it.

    `odds` gives for each turn the log-odds from its words that the agent speaks; `stated` says that the roles come
    from the file.
    """
    fit = [
        max(-CAP, min(CAP, value if role == "agent" else -value)) if role in ("agent", "customer") else 0.0
        for role, value in zip(roles, odds, strict=True)
    ]
    first, end = _worst(fit)
    against = {side: -sum(fit[at] for at in range(first, end) if roles[at] == side) for side in ("agent", "customer")}
    rest = sum(fit[:first]) + sum(fit[end:])
    if end - first < LEAST_TURNS or min(against.values()) < LEAST:
        return ()
    one, last = transcript.turns[first].number, transcript.turns[end - 1].number
    if rest >= LEAST:
        return (_STRETCH.format(one, last),)
    if stated and sum(fit) <= -2 * LEAST:
        return (_WHOLE,)
    return ()


def _worst(fit: Sequence[float]) -> tuple[int, int]:
    """(first, past the last) of the stretch that fits its roles worst."""
    best, found = 0.0, (0, 0)
    total, first = 0.0, 0
    for at, value in enumerate(fit):
        if total <= 0:
            total, first = 0.0, at
        total -= value
        if total > best:
            best, found = total, (first, at + 1)
    return found
