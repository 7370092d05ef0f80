"""Many draws of one table: losses, and how buyers and makers behave, differ from draw to draw; the table does not."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.ario.model import at_rest
from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.table import Table
from sluicegate.sim.budget import Budget
from sluicegate.sim.kernel.aligned import aligned
from sluicegate.sim.network import Floats, Ints
from sluicegate.terms import InputError

FIXED = ("z", "a", "aim", "most_a_stock", "unbound", "y", "x0", "endless")
"""Arrays of the kernel that no draw changes, in its order."""
SUMS = 6
"""Numbers an industry and draw that a run over one row holds: two sums, and what is read off them."""
FREE = 1e30
"""A bound on output that does not bind."""


@dataclass(frozen=True)
class Drawn:
    """Settings that differ from draw to draw, each (D,) and in the ranges of `Settings`; None where all have the same.

    Parameters
    ----------
    psi : share of the stock aimed at below which production slows
    restoration_days : days in which a gap of stock is closed, the same for all inputs
    overproduction_max : factor on capacity at most ; overproduction_days : to reach it
    """

    psi: Floats | None = None
    restoration_days: Floats | None = None
    overproduction_max: Floats | None = None
    overproduction_days: Floats | None = None

    def of(self, draw: int, how: Settings) -> Settings:
        """The settings of one draw."""
        own: dict[str, Any] = {name: float(values[draw]) for name, values in self._given().items()}
        return replace(how, **own)

    def _given(self) -> dict[str, Floats]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}

    def problems(self, draws: int, how: Settings) -> list[str]:
        """What is wrong with them: how many there are, or the first draw whose settings are out of range."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        wrong = [
            f"{name} of shape {np.shape(v)} for {draws} draws" for name, v in given.items() if np.shape(v) != (draws,)
        ]
        if wrong:
            return wrong
        wrong += [f"{name} is not a finite number above 0 in every draw" for name, v in given.items()
                  if not (np.isfinite(v) & (np.asarray(v) > 0)).all()]  # fmt: skip
        for draw in range(0 if wrong else draws):
            try:
                self.of(draw, how)
            except InputError as error:
                return [f"draw {draw}: {error.found}"]
        return wrong


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
             drawn: Drawn | None = None, every: int | None = None, threads: int = 2,
             dtype: Any = np.float64) -> Ensemble:  # fmt: skip
    """Run a table through losses of capacity, draw by draw.

    Parameters
    ----------
    hit : region and sector of each loss, each industry once ; lost : (T, losses, D) share of capacity lost, 0-1
    drawn : settings by draw, in place of those of all
    every : days summed in a row of the result; all days in one by default
    dtype : precision; in single a run is about twice as fast and 1e-5 off

    Raises
    ------
    InputError : losses or settings out of range, or settings that only one run can have (`compatible`).
    NotFoundError : no such industry.
    """
    from sluicegate.sim.ario.lanes_kernel import run_block  # numba takes long to load
    from sluicegate.sim.kernel.lanes import width

    how = settings or Settings()
    by_draw = drawn or Drawn()
    _check(hit, lost, how, by_draw)
    days, _, draws = lost.shape
    restore, behaves = _behaviour(table, how, by_draw, draws)
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
        own_how, own_restore = (aligned(every_draw[:, pad], dtype) for every_draw in (behaves, restore))
        rest = _rest(arrays, lanes, dtype)
        told = aligned(lost[:, :, pad].reshape(-1, lanes), dtype)
        made, missed = (aligned(np.zeros((rows * size, lanes)), dtype) for _ in range(2))
        base, lean = np.dtype(dtype).type(how.overproduction_base), how.orders == "alternative"
        run_block(*(arrays[name] for name in FIXED), own_restore, own_how, base, lean, where, len(hit), told, step,
                  *rest, made, missed)  # fmt: skip
        for into, part in ((output, made), (unmet, missed)):
            into[:, by_sector, mine] = part.reshape(rows, size, lanes)[:, :n, : mine.stop - first]

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(advance, range(0, draws, lanes)))
    lengths = np.diff(np.append(np.arange(0, days, step), days)).astype(float)
    return Ensemble(table, output, unmet, lengths, how.days_per_year)


def room(table: Table, draws: int, threads: int = 2) -> Budget:
    """What an ensemble of a table needs beside the table itself: its flows once more, its states, its sums."""
    from sluicegate.sim.kernel.lanes import width  # numba takes long to load

    n, wide = len(table.x), width(np.float64)
    block = 8 * wide * n * (2 * len(table.sectors) + 16)
    once = table.z.nbytes + 8 * n * 6 * len(table.sectors) + min(threads, -(-draws // wide)) * block
    return Budget(record=8 * n * SUMS * draws, model=0, reading=0, once=once, draws=draws)


def _behaviour(table: Table, how: Settings, drawn: Drawn, draws: int) -> tuple[Floats, Floats]:
    """(sectors, D) share of a gap of stock closed in a day, and (HOW, D) the kernel's rows of what differs by draw."""

    def by_draw(own: Floats | None, same: float) -> Floats:
        return np.full(draws, same) if own is None else np.asarray(own, dtype=float)

    restore = np.repeat(how.restoration(table)[:, None], draws, axis=1)
    if drawn.restoration_days is not None:
        restore = np.repeat(1 / np.asarray(drawn.restoration_days, dtype=float)[None], len(restore), axis=0)
    most, days = drawn.overproduction_max, drawn.overproduction_days
    behaves = by_draw(most, how.overproduction_max), 1 / by_draw(days, how.overproduction_days), 1 / by_draw(
        drawn.psi, how.psi)  # fmt: skip
    return restore, np.array(behaves)


def _check(hit: Sequence[tuple[str, str]], lost: Floats, how: Settings, drawn: Drawn) -> None:
    wrong = []
    if lost.ndim != 3 or not lost.size or lost.shape[1] != len(hit):
        wrong.append(f"losses of shape {lost.shape} for {len(hit)} industries")
    elif not ((lost >= 0) & (lost <= 1)).all():
        wrong.append("losses that are not shares from 0 to 1")
    if len(set(hit)) != len(hit):
        wrong.append("an industry is named twice")
    if lost.ndim == 3:
        wrong += drawn.problems(lost.shape[2], how)
    if how.compatible:
        wrong.append("`compatible` holds for single runs")
    if wrong:
        expected = "losses by day, industry and draw, each 0 to 1; settings by draw, in range"
        raise InputError("; ".join(wrong), where="ensemble", expected=expected, do="Mend them.")


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
    n = a.shape[1]
    z, sold = _by_fours(table, how, order, n)
    aim = a * rest["stock_days"][:, None]
    bound = counts & ~rest["endless"][:, None]
    stock = np.where(np.isinf(rest["stock"]), 0.0, rest["stock"])
    numbers = {
        "z": z, "a": a, "aim": aim,
        "most_a_stock": np.divide(1.0, aim, out=np.zeros_like(aim), where=bound),
        "unbound": np.where(bound, 0.0, FREE), "y": laid(rest["y"]), "x0": laid(rest["x0"]),
        "stock": laid(stock), "sold": sold,
    }  # fmt: skip
    return {name: np.ascontiguousarray(v, dtype=dtype) for name, v in numbers.items()} | {"endless": rest["endless"]}


def _by_fours(table: Table, how: Settings, order: Ints, n: int) -> tuple[Floats, Floats]:
    """Sales a day as the kernel reads them, flat, four buyers side by side; and (N,) what each industry sells others.

    One input at a time: a published table takes half a gigabyte, and each copy of the whole as much again.
    """
    nr, ns = len(table.regions), len(table.sectors)
    z, sold = np.zeros((ns, n // 4, nr, 4)), np.empty((ns, nr))
    for s, sales in enumerate(table.z.reshape(nr, ns, -1).transpose(1, 0, 2)):
        own = np.pad((sales / how.days_per_year)[:, order], [(0, 0), (0, n - len(order))])
        z[s] = own.reshape(nr, n // 4, 4).transpose(1, 0, 2)
        sold[s] = own.sum(axis=1)
    return z.reshape(-1), sold.reshape(-1)


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
