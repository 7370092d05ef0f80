"""What to buy before anybody knows how it goes: the programme of a place or a company that lacks inputs.

First stage: how much of each option, under a budget. An option brings days of use of a product: once, to be kept until
they are needed (stock), or period by period, to be used as they come (a second source, a plant, thrift, scrap). Second
stage, in each draw and period: what is released to each use. The loss of a line is that of its worst input:

    Q_d(x) = min sum_yt lost_yt
    lost_yt >= v_u (gap_ut - sum_j brought_jt x_j) - released_ut      each use u of line y, options that are not kept
    held_ut  = held_u,t-1 + v_u sum_j brought_jt x_j - released_ut    options that are kept

`released` and `held` are worth v a day, so that draws differ in right-hand sides alone and each is solved again from
its own basis of the round before. Both stages, the budget and the weight of the worst draws are put together by
`l_shaped`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import stdtrit

from sluicegate.response.l_shaped import First, minimise, tail_mean
from sluicegate.response.solver import Basis, Programme
from sluicegate.terms import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Problem:
    """What can be short, and what can be bought. U uses, Y lines, J options, T periods, D draws.

    Parameters
    ----------
    product, line : (U,) product and line of each use
    gap : (U, T, D) days of use that are missing in a period
    value : (U, D) loss of the use's line for a day without it
    option : (J,) product of each option ; kept : (J,) whether what it brings is kept until it is needed
    brings : (J, T, D), or (J, T, 1) for all draws: days of use of the product that one unit brings in a period
    cost : (J,) of one unit ; most : (J,) units at most
    outlay : (J,) what a unit takes of the budget, where that is not its cost: goods that are got back are paid for too
    """

    product: Ints
    line: Ints
    gap: Floats
    value: Floats
    option: Ints
    kept: NDArray[np.bool_]
    brings: Floats
    cost: Floats
    most: Floats
    outlay: Floats | None = None

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.gap.shape[2])

    def only(self, draws: Ints) -> Problem:
        """The same in some draws."""
        brings = self.brings if self.brings.shape[2] == 1 else self.brings[:, :, draws]
        return replace(self, gap=self.gap[:, :, draws], value=self.value[:, draws], brings=brings)

    @property
    def mean(self) -> Problem:
        """The same with the mean of all draws as its only one."""
        return replace(self, gap=self.gap.mean(axis=2, keepdims=True), value=self.value.mean(axis=1, keepdims=True),
                       brings=self.brings.mean(axis=2, keepdims=True))  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What the programme chooses, and what it expects. J options, D draws.

    Parameters
    ----------
    size : (J,) units of each option ; cost : of all ; loss : (D,) loss left in each draw, by the programme
    budget_worth : what one more unit of budget saves, loss and cost together ; worth : (J,) loss that one more unit
        of an option saves, whatever it costs ; rounds : of the method ; gap : between its bounds, as a share
    """

    size: Floats
    cost: float
    loss: Floats
    budget_worth: float
    worth: Floats
    rounds: int
    gap: float


def solve(problem: Problem, budget: float, *, aversion: float = 0.5, tail: float = 0.9) -> Plan:
    """The best plan under a budget.

    Parameters
    ----------
    aversion : weight of the worst draws against the mean, 0-1 ; tail : the worst draws are those beyond this share

    Raises
    ------
    InputError : a budget below zero, weights out of range, or nothing that can be short.
    """
    if not (np.isfinite(budget) and budget >= 0):
        raise InputError(f"a budget of {budget:g}", where="--budget", expected="0 or more", do="Mend it.")
    if not (0 <= aversion <= 1 and 0 <= tail < 1):
        raise InputError(f"aversion {aversion:g}, tail {tail:g}", where="plan", expected="shares", do="Mend them.")
    if not problem.gap.size or not (problem.gap > 0).any():
        raise InputError("nothing is short in any draw", where="plan", expected="somebody who is short",
                         do="Name a place and a scenario that hurts it.")  # fmt: skip
    scale = _scale(problem)
    outlay = problem.cost if problem.outlay is None else problem.outlay
    first = First(problem.cost / scale, problem.most, outlay / scale, budget / scale, aversion, tail)
    found = minimise(first, SecondStage(problem, scale).solve, problem.draws)
    return Plan(found.x, float(problem.cost @ found.x), found.second * scale, found.budget_worth, found.worth * scale,
                found.rounds, found.gap)  # fmt: skip


def _scale(problem: Problem) -> float:
    """Money in the programme is counted in the worst draw's loss without any plan, over a hundred."""
    lost = np.einsum("utd,ud->d", problem.gap, problem.value)
    return max(float(lost.max()) / 100, 1e-300)


class SecondStage:
    """Q_d of all draws: one programme whose rows are bounded anew for each, and each draw's last basis."""

    def __init__(self, problem: Problem, scale: float = 1.0) -> None:
        self.problem, self.scale = problem, scale
        active = (problem.gap > 0).any(axis=(0, 2))
        self.periods = np.flatnonzero(active)
        uses, periods = len(problem.product), len(self.periods)
        lines, self.line = np.unique(problem.line, return_inverse=True)
        cells, short = uses * periods, len(lines) * periods
        cell = np.arange(cells).reshape(uses, periods)
        lost = 2 * cells + self.line[:, None] * periods + np.arange(periods)
        ones = np.ones(cells)
        flat, before = cell.ravel(), cell[:, 1:].ravel()
        row = np.concatenate([flat, flat, before, cells + flat, cells + flat])
        column = np.concatenate([flat, cells + flat, cells + cell[:, :-1].ravel(), flat, lost.ravel()])
        data = np.concatenate([ones, ones, -np.ones(len(before)), ones, ones])
        matrix = sparse.csc_array((data, (row, column)), shape=(2 * cells, 2 * cells + short))
        cost = np.zeros(2 * cells + short)
        cost[2 * cells :] = 1.0
        self.rows = np.arange(2 * cells)
        self.bases: dict[int, Basis] = {}
        self.most = np.full(2 * cells, np.inf)
        self.programme = Programme(cost, matrix, np.zeros(2 * cells), np.full(2 * cells, np.inf),
                                   np.zeros(2 * cells + short), np.full(2 * cells + short, np.inf))  # fmt: skip

    @cached_property
    def brings(self) -> Floats:
        """(J, active periods, D or 1) what a unit brings, what is kept gathered up to the first period it can serve."""
        p = self.problem
        found = p.brings[:, self.periods].copy()
        slot = np.searchsorted(self.periods, np.arange(p.brings.shape[1]))
        for t, at in enumerate(slot):
            if at < len(self.periods) and self.periods[at] != t:
                found[p.kept, at] += p.brings[p.kept, t]
        return found

    @cached_property
    def _serves(self) -> tuple[Floats, Floats]:
        """(U, J) whether an option is kept for a use, or flows to it."""
        same = self.problem.product[:, None] == self.problem.option[None, :]
        return (same & self.problem.kept).astype(float), (same & ~self.problem.kept).astype(float)

    def solve(self, size: Floats) -> tuple[Floats, Floats]:
        """(D,) Q of a plan and (D, J) a slope of it, in units of the scale."""
        p, (kept, flowing) = self.problem, self._serves
        loss, slope = np.zeros(p.draws), np.zeros((p.draws, len(size)))
        for d in range(p.draws):
            gap = p.gap[:, self.periods, d]
            if not gap.any():
                continue
            value, brings = p.value[:, [d]] / self.scale, self.brings[:, :, d if self.brings.shape[2] > 1 else 0]
            comes, flows = (kept * size) @ brings, (flowing * size) @ brings
            lower = np.concatenate([np.full(gap.size, -np.inf), (value * (gap - flows)).ravel()])
            self.most[: gap.size] = (value * comes).ravel()
            self.programme.bound_rows(self.rows, lower, self.most)
            found = self.programme.solve(self.bases.get(d))
            self.bases[d] = self.programme.basis
            loss[d] = found.objective
            held, lacking = (a.reshape(gap.shape) * value for a in np.split(found.duals, 2))
            slope[d] = ((kept.T @ held - flowing.T @ lacking) * brings).sum(axis=1)
        return loss, slope


def losses(problem: Problem, size: Floats) -> Floats:
    """(D,) what a plan of given sizes leaves of the loss, by the programme."""
    scale = _scale(problem)
    return SecondStage(problem, scale).solve(size)[0] * scale


def informed(problem: Problem, budget: float) -> tuple[float, float]:
    """Value of knowing the draw before buying, and of buying for all draws instead of for their mean; means of draws.

    EVPI = RP - WS and VSS = EEV - RP (Birge and Louveaux 2011, ch. 4).
    """
    together = solve(problem, budget, aversion=0.0)
    here = together.cost + float(together.loss.mean())
    known = [_alone(problem.only(np.array([d])), budget) for d in range(problem.draws)]
    middle = solve(problem.mean, budget, aversion=0.0)
    blind = middle.cost + float(losses(problem, middle.size).mean())
    return here - float(np.mean(known)), blind - here


def optimality_gap(problem: Problem, plan: Plan, budget: float, *, aversion: float = 0.5, tail: float = 0.9) -> float:
    """A plan's objective in a batch of fresh draws less that of the batch's own best plan, by the programme.

    On average it is above the plan's true distance from the best (Mak, Morton and Wood 1999, Operations Research
    Letters 24, 47-56, section 3.2). With a tail the objective is a mean only at a fixed eta: that of the plan's own
    draws is part of what is judged.

    Parameters
    ----------
    problem : on draws the plan was not made with
    """
    eta = float(np.quantile(plan.loss, tail, method="inverted_cdf"))
    left = losses(problem, plan.size)
    beyond = eta + np.maximum(left - eta, 0).mean() / (1 - tail)
    mine = plan.cost + (1 - aversion) * left.mean() + aversion * beyond
    if not (problem.gap > 0).any():
        return float(mine)
    best = solve(problem, budget, aversion=aversion, tail=tail)
    theirs = best.cost + (1 - aversion) * best.loss.mean() + aversion * tail_mean(best.loss, tail)
    return float(mine - theirs)


def upper_end(gaps: Sequence[float], sure: float = 0.95) -> float:
    """One-sided upper end of the mean of independent gaps: mean + t s / sqrt(n).

    Raises
    ------
    ValueError : fewer than two gaps.
    """
    if len(gaps) < 2:
        raise ValueError(f"{len(gaps)} batches")
    spread = float(np.std(gaps, ddof=1)) / float(np.sqrt(len(gaps)))
    return float(np.mean(gaps)) + float(stdtrit(len(gaps) - 1, sure)) * spread


def _alone(problem: Problem, budget: float) -> float:
    if not (problem.gap > 0).any():
        return 0.0
    found = solve(problem, budget, aversion=0.0)
    return found.cost + float(found.loss[0])
