"""The third storey of the model: what the course of the call tells about a turn.

Faults and merits come in company: a remark that might be a slight is likelier one in a call that is full of them, and
less likely one in a call that goes well; and where a turn does one thing for sure, it seldom does another that
excludes it. So each signal's log-odds are corrected by how the call goes apart from the turn, by the turns around it,
and by all that the turn itself is suspected of. Everything is whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.model import Role

Integers = NDArray[np.int64]
NEAR = 2
"""The agent's turns before and after that count as near."""
PRIOR_TURNS = 2
"""Turns of the usual kind added to every call, so that a short one is not judged by chance."""
BITS = 20
"""Weights are shifted by so much."""
LARGEST = 20_000
"""Largest argument of the table of logarithms, in thousandths."""
OWN = 5
"""Measurements of a turn for one signal alone."""
COMMON = 8
"""Measurements of a turn that are the same for all signals; each also counts by its logarithm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What corrects the sums of the storeys below; arrays have a row or an entry for each label."""

    labels: tuple[str, ...]
    roles: tuple[Role, ...]
    """Whose turns the label is about."""
    signs: Integers
    """1 for a fault of the agent, 2 for a merit, 0 for what the customer does."""
    slopes: Integers
    """A sum times this and shifted by 8 bits, and the shift on top, are log-odds times 256."""
    shifts: Integers
    levels: Integers
    """The least log-odds for 1, 2, … 1000 thousandths."""
    logs: Integers
    """Logarithms of 0, 1, … LARGEST thousandths."""
    usual: Integers
    """Thousandths of each label in a usual turn."""
    weights: Integers
    """OWN + 2 * COMMON for each label: for its log-odds, the sums of the linear model and of the trees, its mean
    elsewhere in the call, the logarithm of that; the common measurements and their logarithms."""
    bias: Integers
    table: Integers
    """labels × 100: the least corrected sum for 1 %, 2 %, … 100 %."""

    def log_odds(self, linear: Integers, trees: Integers) -> Integers:
        """The log-odds that the storeys below give, from the sums of the linear model and the trees (turns × labels)."""
        odds: Integers = ((linear // 2 + trees) * self.slopes >> 8) + self.shifts
        return odds

    def inputs(self, linear: Integers, trees: Integers, roles: Sequence[Role]) -> list[Integers]:
        """For each label, what its weights are for, at each turn (turns × (OWN + 2 * COMMON))."""
        own, shared = self._parts(linear, trees, roles)
        return [
            np.concatenate([np.stack([part[:, at] for part in own], axis=1), shared], axis=1)
            for at in range(len(self.labels))
        ]

    def _parts(self, linear: Integers, trees: Integers, roles: Sequence[Role]) -> tuple[tuple[Integers, ...], Integers]:
        """The inputs that labels have for themselves (each turns × labels), and what is the same for all of them."""
        odds = self.log_odds(linear, trees)
        common, elsewhere = self.views(odds, roles)
        shared = np.concatenate([common, self._log(common)], axis=1)
        return (odds, linear, trees, elsewhere, self._log(elsewhere)), shared

    def corrected(self, linear: Integers, trees: Integers, roles: Sequence[Role]) -> Integers:
        """The corrected sums (turns × labels): each label's inputs times its weights, for all labels at once."""
        own, shared = self._parts(linear, trees, roles)
        sums = shared @ self.weights[:, OWN:].T + self.bias
        for part, weights in zip(own, self.weights[:, :OWN].T, strict=True):
            sums += part * weights
        corrected: Integers = sums >> BITS
        return corrected

    def percentages(self, linear: Integers, trees: Integers, roles: Sequence[Role]) -> Integers:
        """The probabilities, 0 to 100, of each label at each turn; those of the other side's labels mean nothing."""
        found = self.corrected(linear, trees, roles)
        columns = [self.table[at].searchsorted(found[:, at], side="right") for at in range(len(self.labels))]
        return np.stack(columns, axis=1)

    def views(self, odds: Integers, roles: Sequence[Role]) -> tuple[Integers, Integers]:
        """The common measurements of each turn (turns × COMMON), and each label's mean in the other turns (× labels)."""
        mine = np.array(roles)[:, np.newaxis] == np.array(self.roles)
        chances = np.where(mine, self.levels.searchsorted(odds, side="right"), 0)
        counts = mine.sum(axis=0)
        elsewhere = (chances.sum(axis=0) - chances + PRIOR_TURNS * self.usual) // (counts - mine + PRIOR_TURNS)
        agent = np.array(roles) == "agent"
        parts = []
        for sign in (1, 2):
            here = chances[:, self.signs == sign].sum(axis=1)
            usual = int(self.usual[self.signs == sign].sum())
            rest = (here.sum() - here + PRIOR_TURNS * usual) // (agent.sum() - agent + PRIOR_TURNS)
            parts += [rest, *_near(here, agent), here]
        return np.stack(parts, axis=1), elsewhere

    def _log(self, thousandths: Integers) -> Integers:
        return self.logs[np.minimum(thousandths, LARGEST)]


def _near(here: Integers, agent: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """For each turn, the sum over the agent's turns close before it, and close after it."""
    sums = np.concatenate([[0], here[agent].cumsum()])
    before = agent.cumsum() - agent
    after = agent.cumsum()
    last = len(sums) - 1
    return (
        sums[before] - sums[np.maximum(before - NEAR, 0)],
        sums[np.minimum(after + NEAR, last)] - sums[after],
    )
