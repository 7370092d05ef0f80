"""Beyond the lines: what stops for want of the lines' output, through an input-output table in ARIO mode.

The lines' own losses are what the simulator of the chain found; here they are losses of capacity of their sector, and
the table carries them to customers that lack inputs and to suppliers that lack orders (Hallegatte 2014). Links that
the chain itself follows are not followed again: it ends at the line, the table begins there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sluicegate.sim.ario.ensemble import Ensemble, ensemble
from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.table import Table
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.network import Floats
from sluicegate.sim.result import Result
from sluicegate.terms import InputError
from sluicegate.world import World
from sluicegate.world.economy import economy

Cell = tuple[str, str]
"""A region and a sector of a table."""
Cells = Mapping[str, Sequence[Cell]]
"""Where each line is in a table: one cell, or several that share its losses by their value added."""

READ = ("lost_share",)
"""What is carried on, of what a run records."""


@dataclass(frozen=True)
class Downstream:
    """A scenario's losses in the lines, and in the economy around them. K hit sectors, P rows, N industries, D draws.

    Parameters
    ----------
    hit : region and sector of each loss ; direct : (K, D) value added of the stopped lines, in the table's unit
    capped : (K,) whether some week's loss exceeded what the table has of that sector
    """

    run: Ensemble
    hit: tuple[Cell, ...]
    direct: Floats
    capped: tuple[bool, ...]

    @property
    def table(self) -> Table:
        """The table it ran on."""
        return self.run.table

    def lost(self) -> Floats:
        """(N, D) value added not made over the horizon, in the table's unit; negative where a seller gains."""
        return np.asarray(self.run.lost_value_added()[0])

    def of_regions(self) -> Floats:
        """(R, D) the same by region."""
        return np.asarray(self.lost().reshape(len(self.table.regions), len(self.table.sectors), -1).sum(axis=1))

    def of_sectors(self) -> Floats:
        """(S, D) the same by sector."""
        return np.asarray(self.lost().reshape(len(self.table.regions), len(self.table.sectors), -1).sum(axis=0))


def own_table(world: World) -> tuple[Table, Settings, dict[str, tuple[Cell, ...]]]:
    """Our own table of a world, how its buyers behave, and the sector of each line.

    Raises
    ------
    InputError : tables that do not balance.
    """
    own = economy(world)
    z, y, x = (np.asarray(part, dtype=np.float64) for part in (own.z, own.y, own.x))
    table = Table(own.regions, own.sectors, z, y, x, tuple((r, "final demand") for r in own.regions),
                  "M.USD")  # fmt: skip
    cells: dict[str, tuple[Cell, ...]] = {
        str(line): ((own.region_of(str(row["place"])), str(row["industry"])),)
        for line, row in world.lines[["place", "industry"]].iterrows()
    }
    return table, Settings(inventory_days=own.inventory_days, restoration_days=30.0), cells


def downstream(result: Result, free: Result, table: Table, cells: Cells, settings: Settings | None = None,
               *, usd_per_unit: float = 1e6, threads: int = 2) -> Downstream:  # fmt: skip
    """Carry the losses of a run's lines, against the same draws without control, through a table.

    A sector's loss of capacity in a week is its lines' lost value added over the table's value added of the sector, at
    most all of it. Output caught up later is not taken from the chain: the table has its own overproduction.

    Parameters
    ----------
    cells : where each line is in the table; lines that are not named lose nothing here
    usd_per_unit : 2024 USD in a unit of the table

    Raises
    ------
    InputError : no line of the run is named, or a named sector has no value added.
    NotFoundError : a region or sector that the table lacks.
    """
    rows = [(y, cells[name]) for y, name in enumerate(result.model.compiled.net.lines) if name in cells]
    if not rows:
        raise InputError("no line of the run has a sector in the table", where="input-output table",
                         expected="a sector for each line that may stop", do="Name them in the map.")  # fmt: skip
    hit = tuple(sorted({cell for _, several in rows for cell in several}))
    usual = np.array([table.value_added[table.place(*cell)] for cell in hit]) * usd_per_unit / WEEKS_PER_YEAR
    weekly = np.zeros((len(hit), result.weeks, result.model.draws.size))
    for y, several in rows:
        at = np.array([y])
        more = np.maximum(result.lost_value_added(at)[0] - free.lost_value_added(at)[0], 0.0)
        where = np.array([hit.index(cell) for cell in several])
        for k, part in zip(where, _parts(usual[where]), strict=True):
            weekly[k] += part * more
    if (empty := (usual <= 0) & weekly.any(axis=(1, 2))).any():
        raise InputError(f"no value added in {' / '.join(hit[int(np.argmax(empty))])}", where="input-output table",
                         expected="a sector that makes something", do="Name another sector.")  # fmt: skip
    share = np.divide(weekly, usual[:, None, None], out=np.zeros_like(weekly), where=usual[:, None, None] > 0)
    lost = np.repeat(np.minimum(share, 1.0).transpose(1, 0, 2), 7, axis=0)
    how = replace(settings or Settings(), days_per_year=7 * WEEKS_PER_YEAR)
    run = ensemble(table, hit, lost, how, threads=threads)
    over = tuple(bool((row > 1.0).any()) for row in share)
    return Downstream(run, hit, weekly.sum(axis=1) / usd_per_unit, over)


def _parts(usual: Floats) -> Floats:
    """Shares of a loss that fall on cells with so much value added; all on the first where none has any."""
    total = usual.sum()
    return np.asarray(usual / total) if total > 0 else np.eye(len(usual))[0]
