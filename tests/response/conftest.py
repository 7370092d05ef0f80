"""The programme of two stages as one, by scipy: the rival of the L-shaped method."""

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog


@pytest.fixture
def extensive():
    """The function that writes and solves the one programme."""
    return one_programme


def one_programme(problem, budget, aversion=0.5, tail=0.9):
    """Optimal value and sizes of the options: every release, stock, loss and draw a column of one programme."""
    p = problem
    uses, periods, draws = p.gap.shape
    options, lines = len(p.cost), p.line.max() + 1
    brings = np.broadcast_to(p.brings, (options, periods, draws))
    release = options + np.arange(uses * periods * draws).reshape(p.gap.shape)
    held = release + release.size
    lost = held.max() + 1 + np.arange(lines * periods * draws).reshape(lines, periods, draws)
    over = lost.max() + 1 + np.arange(draws)
    eta = over[-1] + 1
    rows = sparse.lil_array((1 + 2 * p.gap.size + draws, eta + 1))
    bounds = np.zeros(rows.shape[0])
    rows[0, :options], bounds[0], at = p.cost, budget, 1
    for u, t, d in np.ndindex(p.gap.shape):
        mine = p.option == p.product[u]
        for j in np.flatnonzero(mine & p.kept):  # held = before + comes - released
            rows[at, j] = -brings[j, t, d]
        rows[at, held[u, t, d]], rows[at, release[u, t, d]] = 1, 1
        if t:
            rows[at, held[u, t - 1, d]] = -1
        for j in np.flatnonzero(mine & ~p.kept):
            rows[at + 1, j] = -p.value[u, d] * brings[j, t, d]
        rows[at + 1, release[u, t, d]], rows[at + 1, lost[p.line[u], t, d]] = -p.value[u, d], -1
        bounds[at + 1] = -p.value[u, d] * p.gap[u, t, d]
        at += 2
    cost = np.zeros(eta + 1)
    cost[:options], cost[eta] = p.cost, aversion
    for d in range(draws):
        rows[at, lost[:, :, d].ravel()], rows[at, over[d]], rows[at, eta] = 1, -1, -1
        cost[lost[:, :, d].ravel()] = (1 - aversion) / draws
        cost[over[d]] = aversion / ((1 - tail) * draws)
        at += 1
    upper = np.full(eta + 1, np.inf)
    upper[:options] = p.most
    lower = np.zeros(eta + 1)
    lower[eta] = -np.inf
    found = linprog(cost, A_ub=rows.tocsr(), b_ub=bounds, bounds=np.column_stack([lower, upper]))
    assert found.status == 0
    assert found.status == 0, found.message
    return found.fun, found.x[:options]
