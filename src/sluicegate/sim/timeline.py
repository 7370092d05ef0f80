"""Dated changes that are the same in every draw, laid out by week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.network import Floats


@dataclass(frozen=True)
class Timeline:
    """What a scenario changes from outside, W weeks.

    Parameters
    ----------
    outage : (W, I) share of a producer's capacity that is lost
    extra_capacity : (W, I) t of activity a week added by new plants
    stock_weeks : (W, S) weeks of use by which buyers raise the stock they aim at
    new_supply : (W, N) t a week that a second source brings to a node
    saving : (W, S) part of what thrift can save at most that is saved without being pressed
    quota : (W, I) t of activity a week that a production quota leaves a producer; infinite where there is none
    duty : (W, E) log of one plus the duty on a link, above the base year's; (W, 0) where there is none at all
    levied : (W, E) log of the factor by which export levies of a link changed since the day before the start; (W, 0)
        where none does
    cost : (W, 2P) by how much those changes raise the log price that an area's quote goes back to; (W, 0) where none
    contract : (E,) links whose orders makers serve as those at home
    first_change : first week in which anything at all differs from the base year; W when nothing does
    """

    outage: Floats
    extra_capacity: Floats
    stock_weeks: Floats
    new_supply: Floats
    saving: Floats
    quota: Floats
    duty: Floats
    levied: Floats
    cost: Floats
    contract: NDArray[np.bool_]
    first_change: int

    @property
    def landed(self) -> Floats:
        """(W, E) log of what duties and export levies add to a link's price; (W, 0) where there are none."""
        if not self.duty.size or not self.levied.size:
            return self.duty if self.duty.size else self.levied
        return self.duty + self.levied

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return len(self.outage)


def in_force(start: float, end: float, weeks: int) -> Floats:
    """(W,) share of each week that lies between two moments, in weeks from the start."""
    t = np.arange(weeks)
    return np.asarray(np.maximum(np.minimum(t + 1, end) - np.maximum(t, start), 0))
