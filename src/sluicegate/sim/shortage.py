"""Who is short of what and when: use below 95 % of what it is without control, two weeks running."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.network import Floats
from sluicegate.sim.result import Result
from sluicegate.terms import Band

SHORT_BELOW = 0.95
RUNNING_WEEKS = 2


@dataclass(frozen=True)
class Shortage:
    """One industry in one place, short of one product it buys.

    Parameters
    ----------
    row : row of `Result.uses`
    p_short : share of draws in which it is short at all
    starts : first short week (index), among the draws that are short; NaN-free
    share_short : (D,) one minus use over use without control, from the first short week to the horizon; 0 if never
    lost_per_week, lost_total : (D,) value added lost through this shortage, 2024 USD; a week is one from the start on
    run, free : the two runs it is read from
    """

    row: int
    product: str
    place: str
    industry: str
    p_short: float
    starts: Band
    share_short: Floats
    lost_per_week: Floats
    lost_total: Floats
    run: Result = field(repr=False)
    free: Result = field(repr=False)

    @property
    def path(self) -> Floats:
        """(W, D) use over use without control, put together anew each time: all of them are a large part of a run."""
        return path_against(self.run, self.free, self.row)

    @cached_property
    def usual_path(self) -> Floats:
        """(W,) median over the draws of `path`."""
        return np.asarray(np.median(self.path, axis=1))

    def start_dates(self, result: Result) -> dict[str, str]:
        """The quantiles of the start as ISO dates."""
        first = result.scenario.start
        return {q: str(first + timedelta(days=round(7 * w))) for q, w in self.starts.as_dict().items()}


def first_short_week(path: Floats) -> NDArray[np.intp]:
    """(D,) first week of the first run of two weeks below 95 %, -1 where there is none.

    Parameters
    ----------
    path : (W, D) use over use without control
    """
    below = path < SHORT_BELOW
    run = below[:-1] & below[1:]
    if not len(run):  # one week cannot be two running
        return np.full(path.shape[1], -1, dtype=np.intp)
    return np.where(run.any(axis=0), run.argmax(axis=0), -1)


def shortages(result: Result, control_free: Result, *, least_chance: float = 0.05,
              place: str | None = None) -> list[Shortage]:  # fmt: skip
    """All shortages of a run against the same run without control, or those of a place, largest loss first.

    Rows short in fewer than `least_chance` of the draws are not told from noise and are left out.
    """
    found = []
    for row, use in enumerate(result.uses.to_dict("records")):
        if place is not None and use["place"] != place:
            continue
        path = path_against(result, control_free, row)
        start = first_short_week(path)
        short = start >= 0
        if short.mean() < least_chance:
            continue
        found.append(_shortage(result, control_free, row, use, path, start, short))
    return sorted(found, key=lambda s: -float(np.mean(s.lost_total)))


def path_against(result: Result, free: Result, row: int) -> Floats:
    """(W, D) what a use had over what it has in the run without control; 1 where it has nothing there."""
    base = free.record.of("service", row)
    return np.divide(result.record.of("service", row), base, out=np.ones_like(base), where=base > 0)


def _shortage(result: Result, free: Result, row: int, use: dict[Hashable, str], path: Floats, start: NDArray[np.intp],
              short: NDArray[np.bool_]) -> Shortage:  # fmt: skip
    weeks = np.arange(path.shape[0])[:, None]
    since = (weeks >= start) & short
    length = np.maximum(since.sum(axis=0), 1)
    lost = (result.lost_through(row) - free.lost_through(row)) * since
    return Shortage(
        row=row,
        product=use["product"],
        place=use["place"],
        industry=use["industry"],
        p_short=float(short.mean()),
        starts=Band.of(start[short]),
        share_short=((1 - path) * since).sum(axis=0) / length,
        lost_per_week=lost.sum(axis=0) / length,
        lost_total=lost.sum(axis=0),
        run=result,
        free=free,
    )
