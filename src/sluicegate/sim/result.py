"""The result of a run: arrays with names, units and dates, and what is read off them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sluicegate.regime import material_group
from sluicegate.scenario import Scenario
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.draws import Draws
from sluicegate.sim.landed import RENT_SHARE, TRADER_SHARE, cost_inside, levy_by_week, licensed_price
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.prepare import Model, prepare, recorded, rows_of
from sluicegate.sim.record import VARIABLES, Recorder, Rows
from sluicegate.sim.run import Progress, run
from sluicegate.world import World
from sluicegate.world.version import dataset_version, model_version, world_digest

if TYPE_CHECKING:
    import xarray as xr

    from sluicegate.sim.cause import Cause


@dataclass(frozen=True)
class Result:
    """What a scenario did, draw by draw and week by week.

    Letters: U uses (a product in a line), Y lines, P products, X watched links, W weeks, D draws.
    """

    model: Model
    record: Recorder

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.model.scenario

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return self.model.compiled.timeline.weeks

    @cached_property
    def dates(self) -> list[date]:
        """First day of each week."""
        return [self.scenario.start + timedelta(weeks=w) for w in range(self.weeks)]

    @cached_property
    def uses(self) -> pd.DataFrame:
        """The uses in row order: product, line, industry, place, use_t_per_week."""
        net, uses = self.model.compiled.net, self.record.uses
        lines = [net.lines[y] for y in uses.line]
        return pd.DataFrame({
            "product": [net.products[p] for p in uses.product],
            "line": lines,
            "industry": [name.split("|")[0] for name in lines],
            "place": [name.split("|")[1] for name in lines],
            "use_t_per_week": uses.use,
        })  # fmt: skip

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The lines in row order: line, industry, place."""
        names = self.model.compiled.net.lines
        return pd.DataFrame({"line": names, "industry": [n.split("|")[0] for n in names],
                             "place": [n.split("|")[1] for n in names]})  # fmt: skip

    @cached_property
    def links(self) -> pd.DataFrame:
        """The watched links in row order: product, origin, destination, flow_t_per_week."""
        return links_of(self.model)

    @cached_property
    def theta(self) -> Floats:
        """(U, D) share of a line's value added in products that contain the use's product."""
        return np.asarray(self.record.uses.average @ self.model.compiled.theta)

    @cached_property
    def critical(self) -> Floats:
        """(U,) 1 critical, 0.5 important, 0 replaceable."""
        net = self.model.compiled.net
        return np.asarray(self.record.uses.average @ net.slot_critical[net.line_slots])

    @cached_property
    def value_added_per_week(self) -> Floats:
        """(Y, D) value added of each line, 2024 USD a week."""
        table = self.model.world.lines.loc[list(self.model.compiled.net.lines)]
        base = table["value_added_musd_per_yr"].to_numpy(float)[:, None] * 1e6 / WEEKS_PER_YEAR
        drawn = self.model.draws
        factor = [drawn[n] if isinstance(n, str) and n else np.ones(drawn.size) for n in table["value_added_parameter"]]
        return np.asarray(base * np.array(factor))

    def lost_value_added(self, rows: Ints | slice = slice(None)) -> Floats:
        """(Y, W, D) value added lost by line and week, 2024 USD; output caught up counts against it.

        `rows` picks lines; the whole array is large, and one place's lines are few.
        """
        return self.record.lost_share[rows] * self.value_added_per_week[rows, None, :]

    def lost_through(self, row: int) -> Floats:
        """(W, D) value added lost through the shortage of one use alone, 2024 USD a week."""
        gap = np.maximum(1.0 - self.record.of("service", row), 0)
        worth = self.value_added_per_week[self.record.uses.line[row]]
        return np.asarray(gap * self.critical[row] * self.theta[row] * worth)

    def cover_days_in(self, row: int, week: int) -> Floats:
        """(D,) days of base use in stock at the end of a week; all it takes is the stock of that week."""
        return np.asarray(self.record.stock_in(week)[row] / self.record.uses.use[row] * 7)

    def cover_days(self, row: int) -> Floats:
        """(W, D) days of base use in stock."""
        return np.asarray(self.record.stock[row] / self.record.uses.use[row] * 7)

    def price_ratio(self, area: str, *, paid: bool = False, leaks: bool = True,
                    products: Ints | slice = slice(None)) -> Floats:  # fmt: skip
        """(P, W, D) price over the base year's, inside or outside the controller's border.

        The price paid is volume-weighted: licensed buyers pay what goods cost, with tax, duty and freight, and the
        share of the rent that sellers keep; what leaks by a third country costs its premium over the outside quote
        (E14). Quotes and prices paid are different outputs. Without `leaks` it is what the controller's side gets: the
        traders' part of the rent and a middleman's premium are not its. `products` picks some of them; the whole array
        is large.
        """
        inside, outside = np.exp(self.record.price[0][products]), np.exp(self.record.price[1][products])
        quote = inside if area == "inside" else outside
        if not paid or area == "inside":
            return np.asarray(quote)
        drawn = self.model.draws
        kept = drawn[RENT_SHARE] if leaks else drawn[RENT_SHARE] * (1 - drawn[TRADER_SHARE])
        cost, levy = self._cost_inside[products], self._levy[products]
        licensed = licensed_price(inside, outside, cost, levy, kept)
        if not leaks:
            return licensed
        leaked, premium = self.record.leaked_share[products], self._premium[products]
        return np.asarray((1 - leaked) * licensed + leaked * outside * (1 + premium[:, None, :]))

    @cached_property
    def _cost_inside(self) -> Floats:
        model = self.model
        return cost_inside(model.scenario, model.world, model.compiled.net, model.draws)

    @cached_property
    def _levy(self) -> Floats:
        return levy_by_week(self.scenario, self.model.world, self.model.compiled.net, self.model.draws)

    @cached_property
    def _premium(self) -> Floats:
        """(P, D) what a middleman takes on top of the outside price, as a share of it; 0 where nothing is held."""
        drawn, products = self.model.draws, self.model.compiled.net.products
        names = [f"{material_group(p)}: leak_price_premium" for p in products]
        return np.array([drawn[n] if n in drawn.values else np.zeros(drawn.size) for n in names])

    def dataset(self) -> xr.Dataset:
        """Everything recorded as an xarray Dataset with units and long names.

        Its attributes say what it was made with: the scenario as JSON, seed, draws, day of knowledge, versions.
        """
        import xarray as xr  # a run that is only read needs none of it, and it takes a tenth of a second to load

        net, rec = self.model.compiled.net, self.record
        u, y, x = self.uses, self.lines, self.links
        coords = {
            "week": pd.to_datetime(self.dates), "draw": self.model.draws.numbered, "area": ["inside", "outside"],
            "product": list(net.products), "producer": list(net.producers),
            "use": (u["product"] + " | " + u["line"]).tolist(), "line": y["line"].tolist(),
            "link": (x["product"] + " | " + x["origin"] + " > " + x["destination"]).tolist(),
            **_columns("use", u[["product", "industry", "place"]]), **_columns("line", y[["industry", "place"]]),
            **_columns("link", x[["product", "origin", "destination"]]),
        }  # fmt: skip
        data = {shown: xr.Variable((*dims, "week", "draw"), _recorded(rec, name),
                                   attrs={"units": unit, "long_name": long_name})
                for name, (shown, dims, unit, long_name) in SHOWN.items() if name in rec.variables}  # fmt: skip
        return xr.Dataset(data, coords=coords, attrs=self.attributes)

    @property
    def attributes(self) -> dict[str, str | int]:
        """What the result was made with, as attributes of a Dataset."""
        return {
            "title": self.scenario.title,
            "scenario": self.scenario.name,
            "scenario_json": self.scenario.model_dump_json(by_alias=True),
            "seed": self.model.draws.seed,
            "as_of": str(self.scenario.as_of),
            "model_version": model_version(),
            "dataset_version": dataset_version(),
            "world_digest": world_digest(self.model.world),
        }

    def why(self, industry: str, place: str, *, week: int | None = None, of: str = "loss") -> list[Cause]:
        """Roots of what an industry in a place loses or lacks; parameters and errors as `sim.why.why`."""
        from sluicegate.sim.why import why  # it reads results

        return why(self, industry, place, week=week, of=of)

    def save(self, path: Path | str) -> list[Path]:
        """Save the Dataset: `FILE.nc` as NetCDF, any other name as a folder of NetCDF and Parquet; see `sim.saved`.

        Raises
        ------
        InputError : nothing can be written there; then it is as it was before.
        """
        from sluicegate.sim.saved import save  # as `dataset`

        return save(Path(path), self.dataset())


def links_of(model: Model) -> pd.DataFrame:
    """The watched links of a model in row order: product, origin, destination, flow_t_per_week."""
    net, watched = model.compiled.net, model.compiled.watched
    origin, destination = net.link_origin[watched], net.link_destination[watched]
    return pd.DataFrame({
        "product": [net.products[p] for p in net.node_product[origin]],
        "origin": [net.places[c] for c in net.node_place[origin]],
        "destination": [net.places[c] for c in net.node_place[destination]],
        "flow_t_per_week": net.link_flow[watched],
    })  # fmt: skip


PRICE_PAID = ("price", "leaked_share")
"""What the price paid is read from, of what a run records."""
SHOWN = {
    "service": ("service", ("use",), "1", "share of what was wanted that was there"),
    "use": ("used", ("use",), "t/week", "use of a product by a line"),
    "stock": ("stock", ("use",), "t", "stock of a product held by a line"),
    "lost_share": ("lost_share", ("line",), "1", "share of value added lost"),
    "price": ("price", ("area", "product"), "1", "quote over the base's"),
    "feared": ("wanted_stock", ("area", "product"), "t", "stock buyers aim at beyond the normal"),
    "exports": ("exports", ("link",), "t/week", "shipments as they leave customs"),
    "imports": ("imports", ("link",), "t/week", "shipments as they arrive"),
    "activity": ("activity", ("producer",), "t/week", "activity of a producer"),
}
"""Recorded arrays: name in the Dataset, dimensions before week and draw, unit, long name."""


def _recorded(record: Recorder, name: str) -> np.ndarray:
    """A recorded array as it is shown: prices are recorded as logs."""
    array: np.ndarray = getattr(record, name)
    return np.exp(array) if name == "price" else array


def _columns(dimension: str, table: pd.DataFrame) -> dict[str, tuple[str, list[str]]]:
    """What the rows of a dimension are, as coordinates along it: `use_product`, `use_place`."""
    return {f"{dimension}_{column}": (dimension, table[column].tolist()) for column in table.columns}


def simulate(scenario: Scenario, world: World, *, draws: int = 256, seed: int = 1, like: Draws | Model | None = None,
             threads: int = 2, progress: Progress | None = None, variables: Iterable[str] = VARIABLES,
             places: Collection[str] | None = None) -> Result:  # fmt: skip
    """Run a scenario on a world.

    Parameters
    ----------
    like : another run whose draws to use again ; variables : what to record
    places : whose trade, makers and service to record draw by draw, and of the others the mean; of all where None
    """
    needs = recorded(variables, places)
    model = prepare(scenario, world, draws=draws, seed=seed, like=like, needs=needs)
    rows = None if places is None else rows_of(model, places)
    return run_model(model, threads=threads, progress=progress, variables=variables, rows=rows)


def run_model(model: Model, *, threads: int = 2, progress: Progress | None = None,
              variables: Iterable[str] = VARIABLES, stock_week: int | None = None,
              rows: Rows | None = None) -> Result:  # fmt: skip
    """Run a compiled scenario; parameters as `run.run`."""
    return Result(model, run(model.compiled, threads=threads, progress=progress, variables=variables,
                             stock_week=stock_week, rows=rows))  # fmt: skip
