"""Games of two players in normal form: dominance, equilibria, and the regret of every answer.

Payoffs of the row player A and the column player B are (m, n); a strategy is a distribution over rows or columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from sluicegate.terms import InputError

Floats = NDArray[np.float64]
CLOSE = 1e-9
"""Payoffs closer than this, as a share of the game's range, are the same."""
LARGEST = 12
"""Moves a side; supports double with each."""


@dataclass(frozen=True)
class Equilibrium:
    """Strategies x (m,) and y (n,), what each earns, and the most either could gain by another answer."""

    x: Floats
    y: Floats
    row: float
    column: float
    regret: float

    @property
    def pure(self) -> bool:
        """Whether both play one move."""
        return bool((self.x > CLOSE).sum() == 1 and (self.y > CLOSE).sum() == 1)


def checked(a: object, b: object) -> tuple[Floats, Floats]:
    """Both payoffs as arrays.

    Raises
    ------
    InputError : not two tables of numbers of one shape, empty, or too large.
    """
    try:
        one, two = np.array(a, dtype=float), np.array(b, dtype=float)
    except (TypeError, ValueError) as error:
        raise _refused("payoffs that are no table of numbers") from error
    if one.ndim != 2 or one.shape != two.shape or not one.size:
        raise _refused(f"payoffs of shapes {one.shape} and {two.shape}")
    if not (np.isfinite(one).all() and np.isfinite(two).all()):
        raise _refused("a payoff that is no number")
    if max(one.shape) > LARGEST:
        raise _refused(f"{max(one.shape)} moves")
    return one, two


def _refused(found: str) -> InputError:
    return InputError(found, where="game", expected=f"two tables of finite numbers of one shape, up to {LARGEST} moves",
                      do="Mend the payoffs.")  # fmt: skip


def regret(a: Floats, b: Floats, x: Floats, y: Floats) -> float:
    """The most that either player could gain by another move."""
    return float(max((a @ y).max() - x @ a @ y, (x @ b).max() - x @ b @ y))


def regrets(a: Floats, b: Floats, x: Floats, y: Floats) -> Floats:
    """(D,) the same in each of D games (m, n, D), the strategies alike in all."""
    mine, theirs = np.einsum("mnd,n->md", a, y), np.einsum("mnd,m->nd", b, x)
    return np.asarray(np.maximum(mine.max(axis=0) - x @ mine, theirs.max(axis=0) - y @ theirs))


def pure(a: Floats, b: Floats) -> NDArray[np.bool_]:
    """(..., m, n) which pairs of moves are equilibria (Nash 1951); leading axes are games of their own."""
    best_row = a >= a.max(axis=-2, keepdims=True) - _slack(a)
    best_column = b >= b.max(axis=-1, keepdims=True) - _slack(b)
    return np.asarray(best_row & best_column)


def _slack(payoff: Floats) -> Floats:
    return np.asarray(CLOSE * np.maximum(np.ptp(payoff, axis=(-2, -1)), 1e-300))[..., None, None]


def undominated(a: Floats, b: Floats) -> tuple[list[int], list[int]]:
    """Rows and columns left when moves strictly dominated by another are struck in turn (Luce and Raiffa 1957)."""
    rows, columns = list(range(a.shape[0])), list(range(a.shape[1]))
    while True:
        left = [r for r in rows if not any((a[q, columns] > a[r, columns]).all() for q in rows if q != r)]
        kept = [c for c in columns if not any((b[left, d] > b[left, c]).all() for d in columns if d != c)]
        if left == rows and kept == columns:
            return rows, columns
        rows, columns = left, kept


def equilibria(a: Floats, b: Floats) -> list[Equilibrium]:
    """All equilibria with supports of equal size (all there are in a game without ties), pure ones first.

    Support enumeration (Dickhaut and Kaplan 1991; von Stengel 2007, algorithm 3.4), each answer checked by its regret.
    """
    scale = max(float(np.ptp(a)), float(np.ptp(b)), 1e-300)
    found: list[Equilibrium] = []
    for size in range(1, min(a.shape) + 1):
        for rows in combinations(range(a.shape[0]), size):
            for columns in combinations(range(a.shape[1]), size):
                x = _indifferent(b[np.ix_(rows, columns)].T, rows, a.shape[0])
                y = _indifferent(a[np.ix_(rows, columns)], columns, a.shape[1])
                if x is None or y is None or (left := regret(a, b, x, y)) > 1e3 * CLOSE * scale:
                    continue
                if not any(np.allclose(x, e.x, atol=1e-7) and np.allclose(y, e.y, atol=1e-7) for e in found):
                    found.append(Equilibrium(x, y, float(x @ a @ y), float(x @ b @ y), max(left, 0.0)))
    return found


def _indifferent(payoff: Floats, support: tuple[int, ...], size: int) -> Floats | None:
    """The mix on a support that leaves the other player, with `payoff` (their moves, ours), indifferent; or None."""
    k = len(support)
    system = np.zeros((k + 1, k + 1))
    system[:k, :k], system[:k, k], system[k, :k] = payoff, -1.0, 1.0
    try:
        part = np.linalg.solve(system, np.append(np.zeros(k), 1.0))[:k]
    except np.linalg.LinAlgError:
        return None
    if (part < -CLOSE).any():
        return None
    mix = np.zeros(size)
    mix[list(support)] = np.maximum(part, 0.0)
    return np.asarray(mix / mix.sum())


def zero_sum(a: Floats) -> tuple[Floats, float]:
    """The row player's safest mix and the value of a zero-sum game (von Neumann 1928), by linear programme."""
    m, n = a.shape
    answer = linprog(np.append(np.zeros(m), -1.0), A_ub=np.hstack([-a.T, np.ones((n, 1))]), b_ub=np.zeros(n),
                     A_eq=[np.append(np.ones(m), 0.0)], b_eq=[1.0], bounds=[(0, None)] * m + [(None, None)],
                     method="highs")  # fmt: skip
    return np.asarray(answer.x[:m]), float(-answer.fun)


@dataclass(frozen=True)
class Commitment:
    """What a leader commits to, what the follower answers, and what each earns."""

    x: Floats
    answer: int
    leader: float
    follower: float


def stackelberg(a: Floats, b: Floats, *, mixed: bool = True) -> Commitment:
    """The best commitment of the row player when ties of the follower break its way.

    One linear programme for each answer of the follower (Conitzer and Sandholm 2006, theorem 1); `mixed=False` keeps
    to single moves.
    """
    m, n = a.shape
    if not mixed:
        slack = float(_slack(b).squeeze())
        best = [int(np.argmax(np.where(b[r] >= b[r].max() - slack, a[r], -np.inf))) for r in range(m)]
        lead = int(np.argmax(a[np.arange(m), best]))
        return Commitment(np.eye(m)[lead], best[lead], float(a[lead, best[lead]]), float(b[lead, best[lead]]))
    found: list[Commitment] = []
    for j in range(n):
        answer = linprog(-a[:, j], A_ub=(b - b[:, [j]]).T, b_ub=np.zeros(n), A_eq=[np.ones(m)], b_eq=[1.0],
                         bounds=[(0, None)] * m, method="highs")  # fmt: skip
        if answer.status == 0:
            found.append(Commitment(np.asarray(answer.x), j, float(-answer.fun), float(answer.x @ b[:, j])))
    return max(found, key=lambda c: c.leader)
