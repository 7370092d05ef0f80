"""What to hold and what to open before anybody knows how it goes: a linear programme of two stages.

First stage: days of stock and shares of second supply, product by product, under a budget. Second stage, in each draw
and period: what is released to each use. The loss of a line is that of its worst input. The objective weighs the mean
loss and the mean of the worst draws:

    min  c'x + (1 - l) mean Q + l CVaR_a(Q)      CVaR: eta + mean (Q - eta)+ / (1 - a)   (Rockafellar and Uryasev 2000)

It is solved whole, as its extensive form, by HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from sluicegate.terms import InputError, SluicegateError

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Problem:
    """What can be short, and what holding and opening cost. P products, U uses, Y lines, T periods, D draws.

    Parameters
    ----------
    product, line : (U,) product and line of each use
    gap : (U, T, D) days of use that are missing in a period
    value : (U, D) loss of the use's line for a day without it ; reach : (P, T) days of use that a whole second source
        (share 1) gives in a period ; late : (T,) whether stock may be drawn on
    stock_cost, source_cost : (P,) cost of a day of stock, and of a second source of all use
    most_days, most_share : limits of both
    """

    product: Ints
    line: Ints
    gap: Floats
    value: Floats
    reach: Floats
    late: NDArray[np.bool_]
    stock_cost: Floats
    source_cost: Floats
    most_days: float = 180.0
    most_share: float = 0.3


@dataclass(frozen=True)
class Plan:
    """What the programme chooses, and what it expects. P products, D draws.

    Parameters
    ----------
    days, share : (P,) stock in days of use, second source in shares of use ; cost : of both
    loss : (D,) loss left in each draw, by the programme ; budget_worth : loss saved by one more unit of budget
    day_worth : (P,) loss saved by a further day of stock: the dual of what is held
    """

    days: Floats
    share: Floats
    cost: float
    loss: Floats
    budget_worth: float
    day_worth: Floats


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
    build = _Rows(problem)
    count, draws = build.columns, problem.gap.shape[2]
    cost = np.zeros(count)
    cost[build.loss_of_draw] = (1 - aversion) / draws
    cost[build.eta] = aversion
    cost[build.over] = aversion / ((1 - tail) * draws)
    cost[build.stock], cost[build.source] = problem.stock_cost, problem.source_cost
    matrix, bound = build.rows(budget)
    upper = build.upper()
    lower = np.zeros(count)
    lower[build.eta] = -np.inf
    scale = max(float(problem.value.max()), 1e-300)
    answer = linprog(cost / scale, A_ub=matrix, b_ub=bound, bounds=np.column_stack([lower, upper]), method="highs")
    if answer.status != 0:
        raise SluicegateError(f"the programme was not solved: {answer.message}")
    x = answer.x
    days, share = x[build.stock], x[build.source]
    spent = float(problem.stock_cost @ days + problem.source_cost @ share)
    duals = -answer.ineqlin.marginals * scale
    held = duals[1 : 1 + len(build.owner)]
    worth = np.bincount(problem.product[build.owner], weights=held, minlength=len(days)).astype(np.float64)
    return Plan(days, share, spent, x[build.loss_of_draw], float(duals[0]), worth)


class _Rows:
    """Columns and rows of the extensive form; a cell (use, period, draw) only where something is missing."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.use, self.period, self.draw = np.nonzero(problem.gap > 0)
        products, self.draws = len(problem.stock_cost), problem.gap.shape[2]
        cells = len(self.use)
        key = (problem.line[self.use] * problem.gap.shape[1] + self.period) * self.draws + self.draw
        keys, self.line_cell = np.unique(key, return_inverse=True)
        self.line_draw = keys % self.draws
        owners, self.of_owner = np.unique(self.use * self.draws + self.draw, return_inverse=True)
        self.owner = owners // self.draws
        sizes = [products, products, cells, len(keys), self.draws, self.draws, 1]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        parts = [np.arange(a, b) for a, b in pairwise(starts)]
        self.stock, self.source, self.released, self.lost, self.loss_of_draw, self.over, self.eta = parts
        self.columns = int(starts[-1])

    def upper(self) -> Floats:
        """(columns,) upper bounds; what is missing bounds a release, and nothing is released before it is held."""
        bound = np.full(self.columns, np.inf)
        bound[self.stock], bound[self.source] = self.problem.most_days, self.problem.most_share
        missing = self.problem.gap[self.use, self.period, self.draw]
        bound[self.released] = np.where(self.problem.late[self.period], missing, 0.0)
        return bound

    def rows(self, budget: float) -> tuple[sparse.csr_matrix, Floats]:
        """Budget; stock of each use and draw; loss of each line, period and draw; loss of each draw; the tail."""
        p = self.problem
        product = p.product[self.use]
        blocks, bounds = [], []

        money, none = np.concatenate([p.stock_cost, p.source_cost]), np.zeros(2 * len(p.stock_cost), dtype=np.intp)
        spend = self._matrix(1, (none, np.concatenate([self.stock, self.source]), money))
        blocks.append(spend)
        bounds.append(np.array([budget]))

        held = self.stock[p.product[self.owner]]
        each = np.arange(len(self.owner))
        blocks.append(self._matrix(len(each), (self.of_owner, self.released, 1.0), (each, held, -1.0)))
        bounds.append(np.zeros(len(each)))

        cells = np.arange(len(self.use))
        worth = p.value[self.use, self.draw]
        blocks.append(self._matrix(
            len(cells), (cells, self.released, -worth), (cells, self.lost[self.line_cell], -1.0),
            (cells, self.source[product], -worth * p.reach[product, self.period])))  # fmt: skip
        bounds.append(-worth * p.gap[self.use, self.period, self.draw])

        each = np.arange(self.draws)
        blocks.append(self._matrix(self.draws, (self.line_draw, self.lost, 1.0), (each, self.loss_of_draw, -1.0)))
        blocks.append(self._matrix(self.draws, (each, self.loss_of_draw, 1.0), (each, self.over, -1.0),
                                   (each, np.repeat(self.eta, self.draws), -1.0)))  # fmt: skip
        bounds += [np.zeros(self.draws)] * 2
        return sparse.vstack(blocks).tocsr(), np.concatenate(bounds)

    def _matrix(self, rows: int, *entries: tuple[Ints, Ints, Floats | float]) -> sparse.csr_matrix:
        """A block from (row, column, value) of its cells."""
        row = np.concatenate([e[0] for e in entries])
        column = np.concatenate([e[1] for e in entries])
        value = np.concatenate([np.broadcast_to(e[2], e[0].shape) for e in entries])
        return sparse.csr_matrix((value, (row, column)), shape=(rows, self.columns))


def tail_mean(losses: Floats, tail: float = 0.9) -> float:
    """CVaR: the mean of the worst 1 - tail of the draws, the draw on the border counted in part."""
    ordered = np.sort(losses)[::-1]
    weight = np.clip((1 - tail) * len(ordered) - np.arange(len(ordered)), 0, 1)
    return float(ordered @ weight / weight.sum())
