"""A table and a run of it as the kernel of one run reads them: rows of sixteen industries, the last filled up.

All of a kind stands in one piece of memory: a small table runs in a third of a millisecond, and getting memory fifty
times would take as long again.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.kernel.aligned import zeros
from sluicegate.sim.network import Floats

WIDE, TILE = 16, 4
"""Industries in a row: as many doubles as the kernel takes at once; rows of buyers it works on together."""

Results = namedtuple("Results", ("production", "overproduction", "demand", "unmet", "rebuilt"))
"""(T x R, WIDE) each, as in `Trajectory`."""
OWN = ("x", "over", "demand", "able", "goal", "ship", "rho", "sales", "lost")
FLAT = ("x", "demand", "rho", "sales", "lost")
Scratch = namedtuple("Scratch", ("g", "offered", "sums", *OWN, "gates", *(f"{name}_flat" for name in FLAT)))  # type: ignore[misc]
"""What a day hands on: orders per unit the table holds and the table on offer, by input and buyer; sums of a seller's
orders; an industry's own numbers as in the equations, some of them as one long array too; whether stocks moved and any
is short."""
Work = namedtuple("Work", ("maker", "owner", "event", "left", "begins", "rate", "factor", "queued", "done", "some",
                           "rows", "flat", "capital", "worth", "scale"))  # fmt: skip
"""Rebuilding by entry: maker, owner (-1 a household), event, what is left and what is asked for; by event: first day,
rate a day, factor, whether it is done; demand by industry; (T, N) capital lost that does not wait for rebuilding, and
(N,) what there is, the table's unit; ten to the decimals kept, 0 for all."""


def rooms(heights: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """Arrays (height, WIDE) of zeros by name, one after the other in one piece."""
    whole, found, first = zeros((sum(heights.values()), WIDE), np.float64), {}, 0
    for name, height in heights.items():
        found[name] = whole[first : first + height]
        first += height
    return found


def in_rows(**given: Floats) -> dict[str, NDArray[Any]]:
    """Each (..., N) numbers by industry as (... x R, WIDE), to be read only: what fits as it is is not copied."""
    as_it_is = {n: v.reshape(-1, WIDE) for n, v in given.items() if v.shape[-1] % WIDE == 0 and v.flags.c_contiguous}
    rest = {n: v for n, v in given.items() if n not in as_it_is}
    found = rooms({n: v.size // v.shape[-1] * _rows(v.shape[-1]) for n, v in rest.items()}) if rest else {}
    for name, values in rest.items():
        wide = found[name].reshape(*values.shape[:-1], -1)
        wide[..., : values.shape[-1]] = values
    return as_it_is | found


def table_in_rows(z: Floats, sectors: int, per_year: float) -> NDArray[Any]:
    """(N, N) sales a year as (sectors x R x regions, WIDE) a day, in the order in which the kernel reads them.

    For an input and `TILE` rows of buyers, the last ones fewer, all regions, and for a region the rows.
    """
    n = len(z)
    regions, rows = n // sectors, _rows(n)
    laid = zeros((sectors * rows * regions, WIDE), np.float64)
    by_input = laid.reshape(sectors, rows * regions, WIDE)
    for first in range(0, rows, TILE):
        tile = min(TILE, rows - first)
        some = z[:, first * WIDE : (first + tile) * WIDE].reshape(regions, sectors, -1).transpose(1, 0, 2)
        into = by_input[:, first * regions : (first + tile) * regions].reshape(sectors, regions, tile * WIDE)
        np.divide(some, per_year, out=into[..., : some.shape[2]])
    return laid


def scratch(sectors: int, regions: int, x0: NDArray[Any], base: float) -> Scratch:
    """Room for a day, the industries at rest; `x0` (R, WIDE) is output at rest."""
    rows = len(x0)
    made = rooms({"g": sectors * rows, "offered": sectors * rows, "sums": regions} | dict.fromkeys(OWN, rows))
    made["x"][...], made["over"][...], made["rho"][...] = x0, base, 1.0
    flat = {f"{name}_flat": made[name].reshape(-1) for name in FLAT}
    return Scratch(**(made | flat | {"gates": np.zeros(2, dtype=np.bool_)}))


def results(days: int, rows: int) -> Results:
    """Room for what is asked for of every day."""
    return Results(**rooms(dict.fromkeys(Results._fields, days * rows)))


def by_industry(rows: NDArray[Any], industries: int) -> Floats:
    """(... x R, WIDE) as (..., N) again."""
    return np.asarray(rows.reshape(-1, _rows(industries) * WIDE)[:, :industries])


def _rows(industries: int) -> int:
    return -(-industries // WIDE)
