"""How a border stops goods: the ban itself, the quota, the wait for the office, its refusals, files never decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

from sluicegate.sim.gate import Border
from sluicegate.sim.network import Floats, Network

BAN: Final = "ban"
QUOTA: Final = "quota"
QUEUE: Final = "waiting for the office"
REFUSED: Final = "refused"
UNDECIDED: Final = "not licensed"
HOW: Final = (BAN, QUOTA, QUEUE, REFUSED, UNDECIDED)
"""Ways of being stopped. `not licensed` is what an office does not let through or never decides."""


@dataclass(frozen=True)
class Stopped:
    """What a border stops of what it covers, W weeks, T tiers.

    Parameters
    ----------
    ways : (W, T) share stopped in each week, mean over draws, by way of `HOW` ; only those the border has
    closed : (W,) whether in a week no office asks and nothing is let through: a ban
    held : (W,) share of each week in which it holds, mean over draws
    """

    ways: Mapping[str, Floats]
    closed: NDArray[np.bool_]
    held: Floats

    def up_to(self, week: int) -> dict[str, Floats]:
        """(T,) mean share stopped before week `week`, by how and tier."""
        if self.closed[:week].all():
            return {BAN: np.full(next(iter(self.ways.values())).shape[1], self.held[:week].mean())}
        return {how: np.asarray(share[:week].mean(axis=0)) for how, share in self.ways.items()}


def stopped(border: Border, net: Network) -> Stopped:
    """What a border stops, week by week from the start of the run.

    Of what an office lets through in the end, what is held before its start and its review are over waits for it:
    the Erlang law of the review says how much that is.
    """
    weeks, tiers, _ = border.level.shape
    hold = border.hold.mean(axis=1)
    if border.allowance is not None:
        over = (hold * _over(border, net))[:, None] * np.ones(tiers)
        return Stopped({QUOTA: over}, np.zeros(weeks, dtype=bool), hold)
    level = np.minimum(border.level, 1)
    closed = np.asarray((level == 0).all(axis=(1, 2)) & (border.office is None))
    held = border.hold[:, None]
    ways = {QUEUE: held * level * (1 - _decided(border))}
    refused = np.zeros_like(level) if border.office is None else np.minimum(border.office.refused, 1 - level)
    if border.office is not None:
        ways[REFUSED] = held * refused
    ways[UNDECIDED] = held * (1 - level - refused)
    return Stopped({how: share.mean(axis=2) for how, share in ways.items()}, closed, hold)


def _over(border: Border, net: Network) -> float:
    """The part of the flow that exceeds a quota."""
    allowance = border.allowance
    assert allowance is not None
    weeks = len(allowance.first)
    allowed = allowance.t_per_period * max(int(allowance.first.sum()), 1) / weeks
    return max(1 - allowed / float(net.link_flow[np.unique(border.links)].sum()), 0.0)


def _decided(border: Border) -> Floats:
    """(W, T, D) share of files begun on the first day that is decided by the middle of each week."""
    since = np.arange(len(border.rule))[:, None] + 0.5 - border.effective - border.office_start
    weeks = np.maximum(border.review_weeks[border.rule], 1e-9)
    stages = (border.stages - border.entry)[border.rule][:, :, None]
    return np.asarray(gammainc(stages, stages * np.maximum(since, 0)[:, None, :] / weeks))
