"""Two stages by the L-shaped method: a master programme with the CVaR, one cut a draw and round below the second stage.

    min  c'x + (1 - l) mean_d Q_d(x) + l CVaR_a(Q)        w'x <= budget, 0 <= x <= most
    CVaR_a(Q) = min_eta eta + mean_d (Q_d - eta)+ / (1 - a)                       (Rockafellar and Uryasev 2000)

Q_d is what the second stage costs in draw d, convex in x; its dual solution gives a cut Q_d(x) >= Q_d(y) + g'(x - y).
The master's optimum is a lower bound, a plan's own cost an upper one (Van Slyke and Wets 1969; many cuts a round: Birge
and Louveaux 1988).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sluicegate.response.solver import Programme
from sluicegate.terms import SluicegateError

Floats = NDArray[np.float64]
Second = Callable[[Floats], tuple[Floats, Floats]]
"""From x (J,) to Q (D,) and a slope of it (D, J)."""
GAP = 1e-6
"""Distance of the bounds at which the rounds end, as a share of the upper one."""
MOST_ROUNDS = 200


@dataclass(frozen=True)
class First:
    """The first stage, J options.

    Parameters
    ----------
    cost : (J,) of a unit ; most : (J,) units at most
    weight : (J,) what a unit takes of the budget ; budget : what there is of it
    aversion : weight l of the worst draws against the mean ; tail : a, the worst draws are those beyond this share
    floor : a bound below Q in every draw
    """

    cost: Floats
    most: Floats
    weight: Floats
    budget: float
    aversion: float = 0.0
    tail: float = 0.9
    floor: float = 0.0


@dataclass(frozen=True)
class Found:
    """An optimum.

    Parameters
    ----------
    x : (J,) ; objective : its cost ; second : (D,) Q of it
    budget_worth : what one more of the budget saves ; worth : (J,) what one more of each option saves in Q
    rounds : of the method ; gap : between its bounds, as a share
    """

    x: Floats
    objective: float
    second: Floats
    budget_worth: float
    worth: Floats
    rounds: int
    gap: float


def minimise(first: First, second: Second, draws: int) -> Found:
    """The optimum of both stages, to `GAP`.

    Raises
    ------
    SluicegateError : the bounds do not meet.
    """
    master = _Master(first, draws)
    best, kept = np.inf, (np.zeros(len(first.cost)), np.zeros(draws))
    for rounds in range(1, MOST_ROUNDS + 1):
        below, x = master.solve()
        loss, slope = second(x)
        above = objective(first, x, loss)
        if above < best:
            best, kept = above, (x, loss)
        if best - below <= GAP * max(abs(best), 1e-9):
            gap = max(best - below, 0.0) / max(abs(best), 1e-9)
            return Found(kept[0], best, kept[1], master.budget_worth, master.worth, rounds, gap)
        master.cut(x, loss, slope)
    raise SluicegateError(f"the bounds of the programme did not meet in {MOST_ROUNDS} rounds")


def objective(first: First, x: Floats, loss: Floats) -> float:
    """Cost, mean and tail of a plan with the losses of all draws."""
    return float(first.cost @ x + (1 - first.aversion) * loss.mean() + first.aversion * tail_mean(loss, first.tail))


def tail_mean(losses: Floats, tail: float = 0.9) -> float:
    """CVaR: the mean of the worst 1 - tail of the draws, the draw on the border counted in part."""
    ordered = np.sort(losses)[::-1]
    weight = np.clip((1 - tail) * len(ordered) - np.arange(len(ordered)), 0, 1)
    return float(ordered @ weight / weight.sum())


class _Master:
    """Columns: x, a loss for each draw, what of it lies beyond eta, eta. Rows: budget, the tail, then the cuts."""

    def __init__(self, first: First, draws: int) -> None:
        options, every, ones = len(first.cost), np.arange(draws), np.ones(draws)
        self.options, self.draws = options, draws
        loss, over, eta = options + every, options + draws + every, options + 2 * draws
        price, lower, upper = np.zeros(eta + 1), np.zeros(eta + 1), np.full(eta + 1, np.inf)
        price[:options], price[loss] = first.cost, (1 - first.aversion) / draws
        price[over], price[eta] = first.aversion / ((1 - first.tail) * draws), first.aversion
        lower[loss], lower[eta], upper[:options] = first.floor, first.floor, first.most
        money = sparse.csr_array((first.weight, (np.zeros(options, int), np.arange(options))), shape=(1, eta + 1))
        columns = np.concatenate([loss, over, np.full(draws, eta)])
        beyond = sparse.csr_array((np.concatenate([-ones, ones, ones]), (np.tile(every, 3), columns)),
                                  shape=(draws, eta + 1))  # fmt: skip
        self.programme = Programme(
            price, sparse.vstack([money, beyond]), np.concatenate([[-np.inf], np.zeros(draws)]),
            np.concatenate([[first.budget], np.full(draws, np.inf)]), lower, upper)  # fmt: skip
        self.slopes: list[Floats] = []
        self.duals = np.zeros(1 + draws)

    def solve(self) -> tuple[float, Floats]:
        """A lower bound and the plan it belongs to."""
        found = self.programme.solve()
        self.duals = found.duals
        return found.objective, np.maximum(found.x[: self.options], 0.0)

    def cut(self, x: Floats, loss: Floats, slope: Floats) -> None:
        """Q_d >= loss_d + slope_d'(. - x) in every draw."""
        ones = sparse.eye_array(self.draws, format="csr")
        rest = sparse.csr_array((self.draws, self.programme.shape[1] - self.options - self.draws))
        self.programme.add_rows(sparse.hstack([sparse.csr_array(-slope), ones, rest]), loss - slope @ x,
                                np.full(self.draws, np.inf))  # fmt: skip
        self.slopes.append(slope)

    @property
    def budget_worth(self) -> float:
        """What a further unit of budget saves."""
        return float(max(-self.duals[0], 0.0))

    @property
    def worth(self) -> Floats:
        """(J,) loss that a further unit of each option saves: the slopes of the cuts that bind, by their weights."""
        weights = self.duals[1 + self.draws :].reshape(-1, self.draws)
        found = np.zeros(self.options)
        for weight, slope in zip(weights, self.slopes, strict=True):
            found -= weight @ slope
        return np.maximum(found, 0.0)
