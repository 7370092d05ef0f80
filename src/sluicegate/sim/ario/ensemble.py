"""Many draws of one table: losses that differ from draw to draw, everything else alike."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.ario.model import at_rest
from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.table import Table
from sluicegate.sim.kernel.aligned import aligned
from sluicegate.sim.network import Floats, Ints
from sluicegate.terms import InputError

FIXED = ("z", "a", "aim", "most_a_stock", "unbound", "y", "x0", "endless", "restore")
"""Arrays of the kernel that no draw changes, in its order."""
FREE = 1e30
"""A bound on output that does not bind."""


@dataclass(frozen=True)
class Ensemble:
    """Sums over the days of each row. P rows, N industries, D draws; in the table's unit.

    Parameters
    ----------
    output, unmet : (P, N, D) gross output, and final demand not met
    days : (P,) days in each row
    """

    table: Table
    output: NDArray[np.floating[Any]]
    unmet: NDArray[np.floating[Any]]
    days: Floats
    days_per_year: float

    def lost_value_added(self) -> Floats:
        """(P, N, D) value added not made in each row, at the base year's share of output."""
        usual = self.days[:, None, None] * (self.table.x / self.days_per_year)[:, None]
        return np.asarray((usual - self.output) * self.table.value_added_share[:, None], dtype=float)


def ensemble(table: Table, hit: Sequence[tuple[str, str]], lost: Floats, settings: Settings | None = None, *,
             every: int | None = None, threads: int = 2, dtype: Any = np.float64) -> Ensemble:  # fmt: skip
    """Run a table through losses of capacity, draw by draw.

    Parameters
    ----------
    hit : region and sector of each loss, each industry once ; lost : (T, losses, D) share of capacity lost, 0-1
    every : days summed in a row of the result; all days in one by default
    dtype : precision; in single a run is about twice as fast and 1e-5 off

    Raises
    ------
    InputError : losses out of range, or settings that only one run can have (`compatible`).
    NotFoundError : no such industry.
    """
    from sluicegate.sim.ario.lanes_kernel import run_block  # numba takes long to load
    from sluicegate.sim.kernel.lanes import width

    how = settings or Settings()
    _check(hit, lost, how)
    days, _, draws = lost.shape
    lanes, step = width(dtype), every or days
    rows, n = -(-days // step), len(table.x)
    arrays = _wide(table, how, dtype)
    size = arrays["a"].shape[1]
    where, by_sector = np.full(size, -1, dtype=np.intp), _by_sector(table)
    for k, (region, sector) in enumerate(hit):
        where[np.argmax(by_sector == table.place(region, sector))] = k
    output = np.empty((rows, n, draws), dtype=dtype)
    unmet = np.empty_like(output)

    def advance(first: int) -> None:
        mine = slice(first, min(first + lanes, draws))
        pad = np.minimum(np.arange(first, first + lanes), draws - 1)
        rest = _rest(arrays, lanes, dtype)
        told = aligned(lost[:, :, pad].reshape(-1, lanes), dtype)
        made, missed = (aligned(np.zeros((rows * size, lanes)), dtype) for _ in range(2))
        run_block(*(arrays[name] for name in FIXED),
                  *(np.dtype(dtype).type(v) for v in (how.overproduction_base, how.overproduction_max,
                                                      1 / how.overproduction_days)),
                  how.orders == "alternative", where, len(hit), told, step, *rest, made, missed)  # fmt: skip
        for into, part in ((output, made), (unmet, missed)):
            into[:, by_sector, mine] = part.reshape(rows, size, lanes)[:, :n, : mine.stop - first]

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(advance, range(0, draws, lanes)))
    lengths = np.diff(np.append(np.arange(0, days, step), days)).astype(float)
    return Ensemble(table, output, unmet, lengths, how.days_per_year)


def _check(hit: Sequence[tuple[str, str]], lost: Floats, how: Settings) -> None:
    wrong = []
    if lost.ndim != 3 or not lost.size or lost.shape[1] != len(hit):
        wrong.append(f"losses of shape {lost.shape} for {len(hit)} industries")
    elif not ((lost >= 0) & (lost <= 1)).all():
        wrong.append("losses that are not shares from 0 to 1")
    if len(set(hit)) != len(hit):
        wrong.append("an industry is named twice")
    if how.compatible:
        wrong.append("`compatible` holds for single runs")
    if wrong:
        raise InputError("; ".join(wrong), where="ensemble", expected="losses by day, industry and draw, each 0 to 1",
                         do="Mend them.")  # fmt: skip


def _by_sector(table: Table) -> Ints:
    """(N,) the table's industries sector by sector, as the kernel has them."""
    return np.arange(len(table.x)).reshape(len(table.regions), -1).T.reshape(-1)


def _wide(table: Table, how: Settings, dtype: Any) -> dict[str, Any]:
    """The arrays of a table at rest in a precision, industries by sector, filled up to a multiple of four."""
    rest, order = at_rest(table, how), _by_sector(table)
    more = -len(order) % 4

    def laid(values: Any) -> Any:
        return np.pad(values[..., order], [(0, 0)] * (values.ndim - 1) + [(0, more)])

    a, counts = laid(table.coefficients), laid(rest["counts"])
    ns, nr, n = len(a), len(table.regions), a.shape[1]
    z = laid((table.z / how.days_per_year).reshape(nr, ns, -1).transpose(1, 0, 2))
    aim = a * rest["stock_days"][:, None]
    bound = counts & ~rest["endless"][:, None]
    stock = np.where(np.isinf(rest["stock"]), 0.0, rest["stock"])
    numbers = {
        "z": z.reshape(ns, nr, n // 4, 4).transpose(0, 2, 1, 3).reshape(-1), "a": a, "aim": aim,
        "most_a_stock": np.divide(1.0, aim * how.psi, out=np.zeros_like(aim), where=bound),
        "unbound": np.where(bound, 0.0, FREE), "y": laid(rest["y"]), "x0": laid(rest["x0"]),
        "restore": rest["restore"], "stock": laid(stock), "sold": z.sum(axis=2).reshape(-1),
    }  # fmt: skip
    return {name: np.ascontiguousarray(v, dtype=dtype) for name, v in numbers.items()} | {"endless": rest["endless"]}


def _rest(arrays: dict[str, Any], lanes: int, dtype: Any) -> list[NDArray[Any]]:
    """The state of a block at rest: stocks, orders per unit of the table, and what an industry has for itself."""
    n = arrays["a"].shape[1]
    sold, ones = np.zeros(n, dtype=dtype), np.ones(n, dtype=dtype)
    sold[: arrays["sold"].size] = arrays["sold"]
    bound = (arrays["stock"] * arrays["most_a_stock"] + arrays["unbound"]).min(axis=0)
    own = np.concatenate([ones, arrays["x0"], arrays["x0"], bound])
    pair = np.stack([0 * ones, ones], axis=1).reshape(-1)
    stock = arrays["stock"].reshape(-1)
    state = (stock, np.ones_like(stock), own, pair, sold)
    return [aligned(np.repeat(v[:, None], lanes, axis=1), dtype) for v in state]
