"""Which rows of a recorded variable are kept draw by draw, and of which others the sum over the draws."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.reserve import NO_END

NOWHERE = -1
"""Code of a row of which nothing is kept."""


@dataclass(frozen=True)
class Kept:
    """The rows of one variable, n of them.

    Parameters
    ----------
    codes : (n,) place of a row among those kept draw by draw; -2 less its place among the sums; or `NOWHERE`
    rows : those kept draw by draw, in order ; summed : those of which the sum is kept, in order
    """

    codes: Ints
    rows: Ints
    summed: Ints

    @classmethod
    def of(cls, count: int, chosen: Ints | None, first_sum: int | None = None) -> Kept:
        """All `count` rows, or those chosen; of the others sums from place `first_sum` on, or nothing where None."""
        rows = np.arange(count) if chosen is None else np.unique(np.asarray(chosen, dtype=np.intp))
        rest = np.setdiff1d(np.arange(count), rows)
        codes = np.full(count, NOWHERE, dtype=np.intp)
        codes[rows] = np.arange(len(rows))
        if first_sum is None:
            return cls(codes, rows, rest[:0])
        codes[rest] = -2 - first_sum - np.arange(len(rest))
        return cls(codes, rows, rest)

    @classmethod
    def nothing(cls, count: int) -> Kept:
        """No row of `count`."""
        return cls.of(count, np.zeros(0, dtype=np.intp))

    @property
    def every(self) -> bool:
        """Whether every row is kept draw by draw."""
        return len(self.rows) == len(self.codes)

    def places(self) -> Ints:
        """Places of `summed` among the sums."""
        return -2 - self.codes[self.summed]


def of_places(net: Network, watched: Ints, use_line: Ints, places: Collection[str],
              deposits: Floats) -> dict[str, Ints]:  # fmt: skip
    """Rows of a record to keep draw by draw for readers who look at some places: their trade, makers and lines.

    Of what buyers fear only the mean is read, wherever they are; of a maker whose ore runs down every draw.

    Parameters
    ----------
    use_line : (U,) the line of each use
    deposits : (I,) what each maker has in the ground, `NO_END` where it does not run down
    """
    known = np.array([place in places for place in net.places])
    lines = np.array([name.rsplit("|", 1)[1] in places for name in net.lines], dtype=bool)
    ends = [net.node_place[end[watched]] for end in (net.link_origin, net.link_destination)]
    makers = np.array([name.rsplit("|", 1)[1] in places for name in net.producers]) | (deposits < NO_END)
    return {"exports": np.flatnonzero(known[ends[0]] | known[ends[1]]), "activity": np.flatnonzero(makers),
            "service": np.flatnonzero(lines[use_line]), "feared": np.zeros(0, dtype=np.intp)}  # fmt: skip


def summed(values: Floats) -> Floats:
    """(n,) sums over the draws of (n, D), each value rounded to single precision first, as one recorded is."""
    return np.asarray(values.astype(np.float32).sum(axis=1, dtype=float))
