"""The years between: from the day stocks no longer cover a gap to the day supply from elsewhere does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.network import Floats

OPEN = 0.05
"""A gap is open in months in which more than this share of use is missing, as a shortage is told."""
RUNNING = 2
"""Months in a row that open a gap."""


@dataclass(frozen=True)
class Bridge:
    """The gap in a product's supply of one place, M months and D draws.

    Parameters
    ----------
    opens : (D,) first month of the gap, -1 where there is none
    closes : (D,) first month from which it stays closed to the horizon, -1 where it is still open at the end
    missing_t : (D,) t of use missing between the two, or to the horizon
    """

    opens: NDArray[np.intp]
    closes: NDArray[np.intp]
    missing_t: Floats

    @property
    def months(self) -> Floats:
        """(D,) months to be bridged; NaN where the gap never opens or outlasts the horizon."""
        done = (self.opens >= 0) & (self.closes >= 0)
        return np.where(done, self.closes - self.opens, np.nan)


def bridge(missing: Floats, use_t_per_month: float) -> Bridge:
    """When a gap opens and closes, and how much of the product would carry users across it.

    Parameters
    ----------
    missing : (M, D) share of use missing by month ; use_t_per_month : use without any gap
    """
    short = missing > OPEN
    run = short.copy()
    for later in range(1, RUNNING):
        run[:-later] &= short[later:]
        run[len(run) - later :] = False
    has = run.any(axis=0)
    opens = np.where(has, run.argmax(axis=0), -1)
    last = len(short) - 1 - short[::-1].argmax(axis=0)
    closes = np.where(has & (last < len(short) - 1), last + 1, -1)
    month = np.arange(len(missing))[:, None]
    inside = has & (month >= opens) & ((closes < 0) | (month < closes))
    return Bridge(opens, closes, (np.maximum(missing, 0) * inside).sum(axis=0) * use_t_per_month)


def by_month(weekly: Floats, month_of: NDArray[np.intp]) -> Floats:
    """(M, ...) mean of the weeks that begin in each month.

    Parameters
    ----------
    weekly : (W, ...) ; month_of : (W,) number of the month each week begins in, from 0 and without a hole
    """
    count = np.bincount(month_of)
    total = np.zeros((len(count), *weekly.shape[1:]))
    np.add.at(total, month_of, weekly)
    return total / count.reshape(-1, *[1] * (weekly.ndim - 1))
