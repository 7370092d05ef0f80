"""The edge: whose loss weighs more, as a path in time with its band, and when it is gone.

Source of the formulas: `docs/explanation/edge-in-full.md`; bargaining reading after Rubinstein (1982), where the
log ratio of the two sides' losses is the log-odds of the split.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sluicegate.leverage.lever import LeverLoss, held, sum_of
from sluicegate.sim import Result
from sluicegate.sim.network import Floats
from sluicegate.sim.side import SideLoss, controller_loss, target_loss, weekly_gdp
from sluicegate.world.lever import load_levers

FLOOR = 1e-6
"""Added to both sides' burden (share of GDP), so that two zeros give no edge rather than an error."""
MATERIAL = 1e-4
"""A burden below 0.01 % of GDP is no material edge, however large the ratio."""


@dataclass(frozen=True)
class Edge:
    """Who has the edge, W weeks and D draws.

    Parameters
    ----------
    a : (W, D) bounded edge in [-1, 1]; NaN where a side gains, so that no ratio exists
    burden_target, burden_controller : (W, D) loss over GDP in the window that starts in the week
    expires : (D,) first week after the start in which the edge is gone; -1 when not within the horizon
    defined : (D,) whether the draw has an edge at all
    levers : of the target, in use and counted in both losses
    """

    controller: str
    target: str
    a: Floats
    burden_target: Floats
    burden_controller: Floats
    loss_target: SideLoss
    loss_controller: SideLoss
    expires: NDArray[np.intp]
    defined: NDArray[np.bool_]
    start: int
    levers: tuple[LeverLoss, ...] = ()

    @property
    def undefined_share(self) -> float:
        """Share of draws in which a side gains over the whole run, so that there is no ratio of losses."""
        return float(1 - self.defined.mean())

    @property
    def material(self) -> NDArray[np.bool_]:
        """(W,) weeks in which the target's median burden is above 0.01 % of its GDP."""
        return np.median(self.burden_target, axis=1) > MATERIAL

    @property
    def weighs(self) -> NDArray[np.bool_]:
        """(W,) weeks in which the median burden of one side or the other is above 0.01 % of its GDP."""
        return self.material | (np.median(self.burden_controller, axis=1) > MATERIAL)


def bounded(burden_target: Floats, burden_controller: Floats) -> Floats:
    """Edge in [-1, 1]: (l_T - l_C) / (l_T + l_C + 2 e), which is tanh(E / 2); NaN where either is negative."""
    a = (burden_target - burden_controller) / (burden_target + burden_controller + 2 * FLOOR)
    return np.where((burden_target < 0) | (burden_controller < 0), np.nan, a)


def log_edge(burden_target: Floats, burden_controller: Floats) -> Floats:
    """Edge index E = ln((l_T + e) / (l_C + e)) for burdens that are not negative."""
    return np.asarray(np.log((burden_target + FLOOR) / (burden_controller + FLOOR)))


def ahead(losses: Floats, window: int, rate_per_year: float) -> Floats:
    """(W, D) present value of the losses of this and the next weeks, up to `window` of them or the horizon."""
    return np.array([present(losses[t : t + window], rate_per_year) for t in range(len(losses))])


def present(losses: Floats, rate_per_year: float) -> Floats:
    """(D,) present value, in the first week, of (W, D) losses by week."""
    factor = (1 + rate_per_year) ** (-1 / 52.18)
    return np.asarray(factor ** np.arange(len(losses)) @ losses)


def edge(result: Result, free: Result, controller: str, target: str, *, window: int = 26, rate: float = 0.05) -> Edge:
    """The edge of a controller over a target, from a run and the same run without control.

    Parameters
    ----------
    window : weeks of losses ahead that count in each week
    rate : discount rate a year

    Raises
    ------
    NotFoundError : the dataset has no GDP for one of the two.
    """
    hurt, cost, levers = losses(result, free, controller, target)
    weeks = np.minimum(window, result.weeks - np.arange(result.weeks))[:, None]
    burden_target = ahead(hurt.total, window, rate) / (weekly_gdp(result, target) * weeks)
    burden_controller = ahead(cost.total, window, rate) / (weekly_gdp(result, controller) * weeks)
    start = min(result.model.compiled.timeline.first_change, result.weeks - 1)  # the last week where nothing changes
    defined = (hurt.total.sum(axis=0) > 0) & (cost.total.sum(axis=0) > 0)
    a = bounded(burden_target, burden_controller)
    return Edge(
        controller=controller, target=target, a=a, burden_target=burden_target, burden_controller=burden_controller,
        loss_target=hurt, loss_controller=cost, defined=defined, start=start,
        expires=expiry(burden_target, burden_controller, start), levers=levers,
    )  # fmt: skip


def losses(result: Result, free: Result, controller: str,
           target: str) -> tuple[SideLoss, SideLoss, tuple[LeverLoss, ...]]:  # fmt: skip
    """What target and controller lose against the run without control, levers the target uses counted on both sides."""
    hurt, cost = target_loss(result, free, target), controller_loss(result, free, controller, target)
    if not result.scenario.levers:
        return hurt, cost, ()
    known = load_levers(result.model.world.overlay, result.model.world.as_of)
    used = tuple(held(result.scenario, known, target, controller, result.model.draws))
    if not used:
        return hurt, cost, ()
    return (
        replace(hurt, levers=sum_of(u.by for u in used)),
        replace(cost, levers=sum_of(u.against for u in used)),
        used,
    )


def expiry(burden_target: Floats, burden_controller: Floats, start: int) -> NDArray[np.intp]:
    """(D,) first week after the target's burden was material in which it no longer is, or weighs less; -1 if none.

    A draw in which the burden never is material has no edge to lose: its expiry is the start.
    """
    has = (burden_target > MATERIAL) & (burden_target > burden_controller)
    has[:start] = False
    last = len(has) - 1 - has[::-1].argmax(axis=0)
    gone = np.where(has.any(axis=0), last + 1, start)
    return np.where(gone >= len(has) - 1, -1, gone)


def half_life(found: Edge) -> tuple[Floats, float]:
    """Weeks in which a draw's edge index E falls to half of its height, and the share of draws in which it does not.

    Counted from the week in which E is highest, over draws that have an edge (E above zero in a material week); the
    share is of those. The first array holds only those that fall within the horizon. A side that gains in a week counts
    as losing nothing in it.
    """
    e = np.where(found.burden_target > MATERIAL, log_edge(np.maximum(found.burden_target, 0),
                                                          np.maximum(found.burden_controller, 0)), -np.inf)  # fmt: skip
    e = e[found.start :, found.defined]
    peak = e.max(axis=0, initial=-np.inf)
    e, peak = e[:, peak > 0], peak[peak > 0]
    top = e.argmax(axis=0)
    below = (e <= peak / 2) & (np.arange(len(e))[:, None] > top)
    below[len(e) - 1] = False  # the last week has no window ahead of it to fall in
    falls = below.any(axis=0)
    weeks = below.argmax(axis=0) - top
    return weeks[falls].astype(float), float(1 - falls.mean()) if falls.size else 0.0


def pain(losses: Floats, gdp_per_week: float, start: int) -> NDArray[np.intp]:
    """(D,) days from the start to the first week in which a side loses a material share of its GDP; -1 if never."""
    hurt = losses[start:] > MATERIAL * gdp_per_week
    return np.where(hurt.any(axis=0), 7 * hurt.argmax(axis=0), -1)
