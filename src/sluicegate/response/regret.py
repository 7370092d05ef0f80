"""Plans across futures: what each plan comes to in each future, and what it will be sorry for.

regret_pf = total_pf - min over plans q of total_qf, and the plan of least largest regret (Savage 1951, Journal of the
American Statistical Association 46(253), 55-67). No chance of a future enters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sluicegate.response.two_stage import Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Regrets:
    """P plans in F futures on D draws each.

    Parameters
    ----------
    plans, futures : names ; total : (P, F, D) loss that is left and cost of the plan
    """

    plans: tuple[str, ...]
    futures: tuple[str, ...]
    total: Floats

    @property
    def regret(self) -> Floats:
        """(P, F) mean total less that of the best plan of the future."""
        mean = self.total.mean(axis=2)
        return np.asarray(mean - mean.min(axis=0))

    @property
    def error(self) -> Floats:
        """(P, F) standard error of the regret: plans are compared draw by draw."""
        best = self.total.mean(axis=2).argmin(axis=0)
        apart = self.total - self.total[best, np.arange(len(self.futures))]
        return np.asarray(apart.std(axis=2, ddof=1) / np.sqrt(self.total.shape[2]))

    @property
    def least(self) -> int:
        """The plan whose largest regret is least; the first of several."""
        return int(self.regret.max(axis=1).argmin())


def pooled(problems: Sequence[Problem], keys: Sequence[Sequence[object]]) -> tuple[Problem, list[object]]:
    """One problem whose draws are those of several, every future as likely as another, and the keys of its options.

    Periods after the end of a shorter future lack nothing. An option that a future does not have brings nothing there.

    Parameters
    ----------
    keys : what names each option, by problem

    Raises
    ------
    ValueError : the problems are not of the same uses and lines.
    """
    first = problems[0]
    if any(not (np.array_equal(p.product, first.product) and np.array_equal(p.line, first.line)) for p in problems):
        raise ValueError("the futures are not of the same uses")
    known = list(dict.fromkeys(k for own in keys for k in own))
    periods = max(p.gap.shape[1] for p in problems)
    where = [np.array([known.index(k) for k in own], dtype=np.intp) for own in keys]
    late = [(0, 0), (0, 0)]
    gaps = [np.pad(p.gap, [late[0], (0, periods - p.gap.shape[1]), late[1]]) for p in problems]
    brings = []
    for p, rows in zip(problems, where, strict=True):
        own = np.zeros((len(known), periods, p.draws))
        own[rows, : p.gap.shape[1]] = p.brings
        brings.append(own)
    option, kept = np.zeros(len(known), dtype=np.intp), np.zeros(len(known), dtype=bool)
    cost, times, most = np.zeros(len(known)), np.zeros(len(known)), np.zeros(len(known))
    for p, rows in zip(problems, where, strict=True):
        option[rows], kept[rows] = p.option, p.kept
        cost[rows], times[rows], most[rows] = cost[rows] + p.cost, times[rows] + 1, np.maximum(most[rows], p.most)
    return replace(
        first, gap=np.concatenate(gaps, axis=2), value=np.concatenate([p.value for p in problems], axis=1),
        option=option, kept=kept, brings=np.concatenate(brings, axis=2), cost=cost / times, most=most,
    ), known  # fmt: skip
