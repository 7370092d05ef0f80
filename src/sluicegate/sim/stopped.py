"""How a border stops goods: the ban itself, the quota, the wait for the office, its refusals, files never decided."""

from __future__ import annotations

from typing import Final

import numpy as np
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


def stopped(border: Border, net: Network, until: int) -> dict[str, Floats]:
    """(T,) mean share of what it covers that a border stops up to a week, by how and tier.

    Of what an office lets through in the end, what is held before its start and its review are over waits for it:
    the Erlang law of the review says how much that is, week by week. Weeks count from the start of the run.

    Returns
    -------
    ways of `HOW` with (T,) shares; only those the border has.
    """
    hold = border.hold[:until]
    tiers = border.level.shape[1]
    if border.allowance is not None:
        return {QUOTA: np.full(tiers, hold.mean() * _over(border, net))}
    level = np.minimum(border.level[:until], 1)
    if not level.any() and border.office is None:
        return {BAN: np.full(tiers, hold.mean())}
    held = hold[:, None]
    ways = {QUEUE: held * level * (1 - _decided(border, until))}
    refused = np.zeros_like(level) if border.office is None else np.minimum(border.office.refused[:until], 1 - level)
    if border.office is not None:
        ways[REFUSED] = held * refused
    ways[UNDECIDED] = held * (1 - level - refused)
    return {how: np.asarray(share.mean(axis=(0, 2))) for how, share in ways.items()}


def _over(border: Border, net: Network) -> float:
    """The part of the flow that exceeds a quota."""
    allowance = border.allowance
    assert allowance is not None
    weeks = len(allowance.first)
    allowed = allowance.t_per_period * max(int(allowance.first.sum()), 1) / weeks
    return max(1 - allowed / float(net.link_flow[np.unique(border.links)].sum()), 0.0)


def _decided(border: Border, until: int) -> Floats:
    """(until, T, D) share of files begun on the first day that is decided by the middle of each week."""
    since = np.arange(until)[:, None] + 0.5 - border.effective - border.office_start
    rule = border.rule[:until]
    weeks = np.maximum(border.review_weeks[rule], 1e-9)
    stages = (border.stages - border.entry)[rule][:, :, None]
    return np.asarray(gammainc(stages, stages * np.maximum(since, 0)[:, None, :] / weeks))
