"""Run a table through events, and read off what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.sim.ario.event import ArbitraryLoss, CapitalLoss, Event, Rebuilding, course
from sluicegate.sim.ario.rows import Work, by_industry, in_rows, results, scratch, table_in_rows
from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.table import Table
from sluicegate.sim.kernel.aligned import aligned
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError

if TYPE_CHECKING:
    import xarray as xr

CAPITAL_DECIMALS, SHARE_DECIMALS = 7, 6
"""What BoARIO rounds remaining losses to, for a table in millions."""
LEAST_INPUT = 1e-5
LONGEST = 100_000


@dataclass(frozen=True)
class Trajectory:
    """What a run did, day by day: T days, N industries; all in the table's unit a day but `overproduction`.

    Parameters
    ----------
    production, demand, unmet (final demand), rebuilt : (T, N) ; overproduction : (T, N) factor on capacity
    stock : (sectors, N) at the end
    """

    table: Table
    production: Floats
    overproduction: Floats
    demand: Floats
    unmet: Floats
    rebuilt: Floats
    stock: Floats
    days_per_year: float

    def dataset(self) -> xr.Dataset:
        """Everything as an xarray Dataset with units and long names."""
        import pandas as pd  # with xarray a third of a second, and few runs are read so
        import xarray as xr

        unit = f"{self.table.unit}/day"
        names = {
            "production": ("gross output", unit), "overproduction": ("capacity over capacity at rest", "1"),
            "demand": ("orders, final demand and rebuilding", unit), "unmet": ("final demand not met", unit),
            "rebuilt": ("output for rebuilding", unit),
        }  # fmt: skip
        index = pd.MultiIndex.from_tuples(self.table.industries, names=["region", "sector"])
        data = {n: (("day", "industry"), getattr(self, n), {"long_name": title, "units": u})
                for n, (title, u) in names.items()}  # fmt: skip
        coords = xr.Coordinates.from_pandas_multiindex(index, "industry")
        return xr.Dataset(data, coords=coords).assign_coords(day=np.arange(len(self.production)))

    def lost_value_added(self) -> Floats:
        """(T, N) value added not made, at the base year's share of output; overproduction counts against it."""
        return (self.table.x / self.days_per_year - self.production) * self.table.value_added_share


def simulate(table: Table, events: Sequence[Event] = (), settings: Settings | None = None, *,
             days: int = 365) -> Trajectory:  # fmt: skip
    """Run a table through events for a number of days.

    Raises
    ------
    InputError : days out of range, an event beyond them, more capital lost than there is.
    NotFoundError : an event names a region or sector the table does not have.
    """
    from sluicegate.sim.ario.kernel import run  # numba takes long to load

    how = settings or Settings()
    check_days(events, days)
    arbitrary, capital = losses(table, events, days, how)
    worth = how.capital_to_value_added * table.value_added
    _check_capital(table, events, worth)
    work, rest, n = _work(table, events, capital, worth, how), at_rest(table, how), len(table.x)
    if not len(work.left) and any(isinstance(event, CapitalLoss | Rebuilding) for event in events):
        gone = np.divide(capital, worth, out=np.zeros_like(capital), where=worth != 0)
        arbitrary = np.maximum(arbitrary, gone, out=gone)
    aim = table.coefficients * rest["stock_days"][:, None]
    least = np.where(rest["counts"], aim * how.psi, 0.0)
    laid = in_rows(a=table.coefficients, aim=aim, least=least, y=rest["y"], x0=rest["x0"], real=np.ones(n),
                   lost=arbitrary, stock=rest["stock"])  # fmt: skip
    stock, other = (aligned(laid["stock"], np.float64) for _ in range(2))
    made = results(days, len(laid["x0"]))
    swapped = run(
        table_in_rows(table.z, len(table.sectors), how.days_per_year),
        *(laid[name] for name in ("a", "aim", "least", "y", "x0", "real")), rest["endless"], rest["restore"],
        how.overproduction_base, how.overproduction_max, 1 / how.overproduction_days, laid["lost"],
        how.orders == "alternative", how.compatible, bool(len(work.left)), work,
        scratch(len(table.sectors), len(table.regions), laid["x0"], how.overproduction_base), made, stock, other,
    )  # fmt: skip
    told = {name: by_industry(array, n) for name, array in made._asdict().items()}
    return Trajectory(table, **told, stock=by_industry(other if swapped else stock, n),
                      days_per_year=how.days_per_year)  # fmt: skip


def at_rest(table: Table, how: Settings) -> dict[str, NDArray[Any]]:
    """The arrays of a table at rest, a day; endless stocks are held as infinite."""
    stock_days = how.stock_days(table)
    endless = np.isinf(stock_days)
    x0 = table.x / how.days_per_year
    stock = np.zeros_like(table.coefficients)
    stock[~endless] = x0 * table.coefficients[~endless] * stock_days[~endless, None]
    stock[endless] = np.inf
    # an input counts above 1e-5 of output; BoARIO holds a year's purchases against a day's output, and so do we then
    least = LEAST_INPUT * (x0 if how.compatible else table.x)
    return {
        "y": table.y.sum(axis=1) / how.days_per_year,
        "x0": x0,
        "stock_days": np.where(endless, 0.0, stock_days),
        "endless": endless,
        "restore": how.restoration(table),
        "counts": table.by_input > least,
        "stock": stock,
    }


def check_days(events: Sequence[Event], days: int) -> None:
    """Refuse a horizon out of range, and events beyond it."""
    if not 1 <= days <= LONGEST:
        raise InputError(f"{days} days", where="days", expected=f"1 to {LONGEST:,}", do="Ask for fewer or more.")
    for event in events:
        if event.start + event.days > days:
            raise InputError(f"an event from day {event.start} for {event.days} days in a run of {days}",
                             where="events", expected="an end within the run", do="Ask for more days.")  # fmt: skip


def losses(table: Table, events: Sequence[Event], days: int, how: Settings) -> tuple[Floats, Floats]:
    """(T, N) share of capacity lost for any reason, and (T, N) capital lost that does not wait for rebuilding.

    Of several arbitrary losses the largest counts; capital adds up. BoARIO sees an arbitrary loss a day late.
    """
    n = len(table.x)
    arbitrary, capital = np.zeros((days, n)), np.zeros((days, n))
    for event in events:
        if isinstance(event, ArbitraryLoss):
            decimals = SHARE_DECIMALS if how.compatible else None
            np.maximum(arbitrary, course(event, table, days, decimals), out=arbitrary)
        elif isinstance(event, CapitalLoss):
            capital += course(event, table, days, CAPITAL_DECIMALS if how.compatible else None)
        else:
            for (region, sector), lost in event.lost.items():
                capital[event.start : event.start + event.days + 1, table.place(region, sector)] += lost
    if how.compatible:
        arbitrary[1:] = arbitrary[:-1].copy()
        arbitrary[0] = 0.0
    return arbitrary, capital


def _check_capital(table: Table, events: Sequence[Event], worth: Floats) -> None:
    lost = np.zeros(len(worth))
    for event in events:
        if isinstance(event, CapitalLoss | Rebuilding):
            for (region, sector), value in event.lost.items():
                lost[table.place(region, sector)] += value
    if (over := lost > worth).any():
        first = int(np.argmax(over))
        name = "/".join(table.industries[first])
        found = f"{name} loses {lost[first]:g} of a capital of {worth[first]:g}"
        raise InputError(found, where="events", expected="no more than there is", do="Mend the loss or the capital.")


def _work(table: Table, events: Sequence[Event], capital: Floats, worth: Floats, how: Settings) -> Work:
    """Entries of all rebuilding: each builder's share is split over origins as the owner buys of that sector."""
    maker: list[int] = []
    owner: list[int] = []
    number: list[int] = []
    left: list[float] = []
    every = [e for e in events if isinstance(e, Rebuilding)]
    for v, event in enumerate(every):
        wanted = [((i, table.z[:, i]), lost) for name, lost in event.lost.items() for i in [table.place(*name)]]
        wanted += [((-1, _household(table, name)), lost) for name, lost in event.households.items()]
        for (who, bought), lost in wanted:
            for sector, part in event.builders.items():
                origins = [table.place(region, sector) for region in table.regions]
                total = bought[origins].sum()
                if part > 0 and not total > 0:
                    raise InputError(f"nobody who loses buys of {sector}", where="events", do="Name other builders.",
                                     expected="builders the owner buys of: work is split as it buys")  # fmt: skip
                for i in origins:
                    if total > 0 and bought[i] > 0:
                        maker.append(i)
                        owner.append(who)
                        number.append(v)
                        left.append(lost * part * event.factor * bought[i] / total)
    laid = in_rows(asked=np.zeros(len(worth)), capital=capital if every else capital[:1], worth=worth)
    return Work(
        maker=np.array(maker, dtype=np.intp), owner=np.array(owner, dtype=np.intp),
        event=np.array(number, dtype=np.intp), left=np.array(left, dtype=float),
        begins=np.array([e.start + e.days for e in every], dtype=np.intp),
        rate=np.array([1 / e.rebuild_days for e in every], dtype=float),
        factor=np.array([e.factor for e in every], dtype=float),
        queued=np.zeros(len(left)), done=np.zeros(len(every), dtype=np.bool_),
        some=np.zeros(len(every), dtype=np.bool_), rows=laid["asked"], flat=laid["asked"].reshape(-1),
        capital=laid["capital"].reshape(-1, laid["worth"].size), worth=laid["worth"].reshape(-1),
        scale=10.0**CAPITAL_DECIMALS if how.compatible else 0.0,
    )  # fmt: skip


def _household(table: Table, name: tuple[str, str]) -> Floats:
    """(N,) what a column of final demand buys."""
    if name not in table.final:
        raise InputError(f"no final demand {'/'.join(name)}", where="events", expected="a region and category",
                         do=f"Known: {', '.join('/'.join(f) for f in table.final[:6])}.")  # fmt: skip
    return table.y[:, table.final.index(name)]
