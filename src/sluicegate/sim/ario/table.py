"""A multi-regional input-output table, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sluicegate.sim.network import Floats
from sluicegate.terms import InputError, NotFoundError

BALANCE = 1e-3
"""Largest gap between use and output, as a share of output: tables are published rounded."""
SAME_FILE = 0.01
"""Largest gap between all output that is published and all use, before files are taken to belong to other tables."""


@dataclass(frozen=True)
class Table:
    """Who buys what of whom in a year. N industries = regions x sectors, a region's sectors together; C columns.

    Parameters
    ----------
    z : (N, N) sales of row to column, `unit` a year ; y : (N, C) sales to final demand ; x : (N,) output
    final : (C,) region and category of each column of final demand
    year : of the flows, where their file tells
    """

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    z: Floats
    y: Floats
    x: Floats
    final: tuple[tuple[str, str], ...]
    unit: str = "M.USD"
    year: int | None = None

    def __post_init__(self) -> None:
        problems = [*self._shapes()] or [*self._values()]
        if problems:
            raise InputError("; ".join(problems), where="input-output table",
                             expected="flows that are numbers, not negative, and add up to output",
                             do="Mend the table; negative stock changes belong outside final demand.")  # fmt: skip

    def _shapes(self) -> list[str]:
        n = len(self.regions) * len(self.sectors)
        wanted = {"z": (n, n), "y": (n, len(self.final)), "x": (n,)}
        wrong = [f"{name} has shape {getattr(self, name).shape}, not {shape}" for name, shape in wanted.items()
                 if getattr(self, name).shape != shape]  # fmt: skip
        return wrong or ([] if n else ["it has no industry"])

    def _values(self) -> list[str]:
        found = []
        for name in ("z", "y", "x"):
            values = getattr(self, name)
            if not np.isfinite(values).all():
                found.append(f"{name} has {int((~np.isfinite(values)).sum())} cells that are not numbers")
            elif (values < 0).any():
                found.append(f"{name} has {int((values < 0).sum())} negative cells, first {self._first(values < 0)}")
        if found:
            return found
        gap = np.abs(self.z.sum(axis=1) + self.y.sum(axis=1) - self.x)
        if (off := gap > BALANCE * np.maximum(self.x, 1e-9 * self.x.max(initial=0.0))).any():
            found.append(f"the use of {int(off.sum())} industries is not their output, first {self._first(off)}")
        if (self.x <= 0).all():
            found.append("no industry has any output")
        return found

    def _first(self, wrong: np.ndarray) -> str:
        return " / ".join(self.industries[int(np.argwhere(wrong)[0][0])])

    @cached_property
    def industries(self) -> list[tuple[str, str]]:
        """(N,) region and sector."""
        return [(region, sector) for region in self.regions for sector in self.sectors]

    def place(self, region: str, sector: str) -> int:
        """The number of an industry.

        Raises
        ------
        NotFoundError : no such region or sector.
        """
        for kind, name, known in (("region", region, self.regions), ("sector", sector, self.sectors)):
            if name not in known:
                raise NotFoundError(name, kind=kind, known=known, where="input-output table")
        return self.regions.index(region) * len(self.sectors) + self.sectors.index(sector)

    @cached_property
    def value_added(self) -> Floats:
        """(N,) output less what was bought, at least zero."""
        return np.asarray(np.maximum(self.x - self.z.sum(axis=0), 0.0))

    @cached_property
    def value_added_share(self) -> Floats:
        """(N,) value added over output; 0 for an industry without output."""
        return np.divide(self.value_added, self.x, out=np.zeros_like(self.x), where=self.x > 0)

    @cached_property
    def by_input(self) -> Floats:
        """(sectors, N) purchases of each sector's goods, wherever made."""
        return np.asarray(self.z.reshape(len(self.regions), len(self.sectors), -1).sum(axis=0))

    @cached_property
    def coefficients(self) -> Floats:
        """(sectors, N) purchases per unit of output; 0 for an industry without output."""
        return np.divide(self.by_input, self.x, out=np.zeros_like(self.by_input), where=self.x > 0)


def from_flows(regions: Sequence[str], sectors: Sequence[str], z: Floats, y: Floats, final: Sequence[tuple[str, str]],
               *, unit: str, year: int | None = None, output: Floats | None = None, where: str) -> Table:  # fmt: skip
    """A table from flows as they are published, in the order of `Table`.

    Final demand below zero (stocks drawn down) is taken out of demand and of output. What an industry buys that makes
    nothing counts as final demand of its region. Value added below zero counts as none.

    Parameters
    ----------
    output : (N,) as published, to hold the rows against

    Raises
    ------
    InputError : a sector that a region lacks, output that is not what rows add up to, or what `Table` refuses.
    """
    if len(z) != (n := len(regions) * len(sectors)):
        raise InputError(f"{len(z):,} industries in {len(regions)} regions and {len(sectors)} sectors",
                         expected=f"every sector in every region, {n:,}", where=where,
                         do="Fill the table up with zeros.")  # fmt: skip
    if output is not None and not (gap := _gap(z, y, output)) <= SAME_FILE:
        raise InputError(f"its rows and its output differ by {gap:.1%}", where=where,
                         expected="rows that add up to the output beside them",
                         do="A file broke off or is of another year: download it again.")  # fmt: skip
    demand = np.maximum(y, 0.0)
    x = z.sum(axis=1) + demand.sum(axis=1)
    z, demand = _without_idle(regions, z, demand, x, final)
    return Table(tuple(regions), tuple(sectors), z, demand, x, tuple(final), unit, year)


def _gap(z: Floats, y: Floats, output: Floats) -> float:
    """What rows and output differ by in all, as a share of all output; not a number where a cell is none."""
    return float(np.abs(z.sum(axis=1) + y.sum(axis=1) - output).sum() / np.abs(output).sum())


def _without_idle(regions: Sequence[str], z: Floats, y: Floats, x: Floats,
                  final: Sequence[tuple[str, str]]) -> tuple[Floats, Floats]:  # fmt: skip
    """Purchases of industries without output as final demand of their region, where it has a column of it."""
    idle = np.flatnonzero((x <= 0) & (z != 0).any(axis=0))
    if not len(idle):
        return z, y
    z, owners = z.copy(), [region for region, _ in final]
    for j in idle.tolist():
        region = regions[j // (len(x) // len(regions))]
        y[:, owners.index(region) if region in owners else 0] += z[:, j]
        z[:, j] = 0.0
    return z, y
