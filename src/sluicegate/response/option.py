"""What a place may choose among: each option by the unit, with its lead time, its limit and what a unit brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from sluicegate.response.action import Action, Maker, thrift_ceiling
from sluicegate.response.plan import load_costs
from sluicegate.sim import Result
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.network import Floats

FILL_WEEKS = 13
"""Weeks until stock that is ordered lies in the store."""
SOURCE_WEEKS, SOURCE_RAMP = 26, 26
"""Makers that are nearly qualified deliver half a year after they are asked, in full after another half."""
PLANT_RAMP = 52
MOST_DAYS, MOST_SOURCE, MOST_PLANT = 180.0, 0.1, 0.3
UNITS = {
    "stock": "days of use", "second source": "share of use", "recycling": "share of use", "capacity": "share of use",
    "thrift": "part of what can be saved", "offtake": "part of the projects",
}  # fmt: skip


@dataclass(frozen=True)
class Option:
    """Something that can be bought by the unit.

    Parameters
    ----------
    action : with size 1 ; most : units at most ; least : below it nothing is ordered, it is rounding of the programme
    share : (W, D) or (W, 1) of use that a unit brings in a week; for stock nothing, as it brings a day, once
    ready : first week of the run in which stock can be drawn on
    """

    action: Action
    most: float
    least: float
    share: Floats
    ready: int = 0

    @property
    def kind(self) -> str:
        """Kind of its action."""
        return self.action.kind

    @property
    def product(self) -> str:
        """The product it is for."""
        return self.action.products[0]

    def of(self, size: float) -> Action:
        """The action of a size."""
        return replace(self.action, size=round(size, 1 if self.kind == "stock" else 4))


def options(result: Result, place: str, products: tuple[str, ...], on: date) -> list[Option]:
    """Everything a place may do from a day on about some products; what comes after the horizon is left out.

    Stock; a tenth of use from makers that are nearly qualified; thrift begun before it is pressed, up to its ceiling;
    scrap up to the ceiling of recycling; a plant where the place has the process; a promise to projects on record.
    """
    return [o for o in every(result, place, products, on) if o.action.start < result.scenario.end]


def every(result: Result, place: str, products: tuple[str, ...], on: date) -> list[Option]:
    """All options, those that come too late too."""
    return [o for p in products for o in _of_product(result, place, p, on)]


def by_kind(offered: Sequence[Option], sizes: Mapping[str, float]) -> list[Action]:
    """One action of each kind for all products together, by the slowest of them, at full size where none is given.

    What one maker makes, a plant or projects, is for the first product that has one.
    """
    found = []
    for kind in dict.fromkeys(o.kind for o in offered):
        mine = [o for o in offered if o.kind == kind]
        first = mine[0]
        products = first.action.products if first.action.maker else tuple(dict.fromkeys(o.product for o in mine))
        found.append(replace(
            first.action, products=products, size=sizes.get(kind, first.most),
            start=max(o.action.start for o in mine if o.product in products),
            ramp_weeks=max(o.action.ramp_weeks for o in mine if o.product in products),
        ))  # fmt: skip
    return found


def _of_product(result: Result, place: str, product: str, on: date) -> Iterator[Option]:
    own, behaviour = (product,), load_behaviour()
    stock = Action("stock", place, own, 1.0, on)
    ready = int(np.ceil(result.scenario.week_of(on))) + FILL_WEEKS
    yield Option(stock, MOST_DAYS, 0.5, np.zeros((result.weeks, 1)), ready)
    source = Action("second source", place, own, 1.0, on + timedelta(weeks=SOURCE_WEEKS), SOURCE_RAMP)
    yield _flowing(result, source, MOST_SOURCE)
    if (ceiling := thrift_ceiling(result, place, product)).any():
        half = max(round(_thrift_weeks(result, place, product) / 2), 1)
        action = Action("thrift", place, own, 1.0, on + timedelta(weeks=half), half)
        yield replace(_flowing(result, action, 1.0), share=_ramp(result, action) * ceiling)
    weeks = round(behaviour["recycling weeks"].p50)
    scrap = Action("recycling", place, own, 1.0, on + timedelta(weeks=weeks), SOURCE_RAMP)
    yield _flowing(result, scrap, behaviour["recycling ceiling"].p50)
    if (maker := _maker(result, place, product)) is not None:
        lead = round(load_costs()["plant lead weeks"].p50)
        yield _flowing(result, Action("capacity", place, own, 1.0, on + timedelta(weeks=lead), PLANT_RAMP, maker),
                       MOST_PLANT)  # fmt: skip
    yield from _promised(result, place, product, on)


def _flowing(result: Result, action: Action, most: float) -> Option:
    return Option(action, most, 0.002, _ramp(result, action))


def _ramp(result: Result, action: Action) -> Floats:
    """(W, 1) 0 before the start, rising evenly to 1 over the ramp, as the simulator has it."""
    weeks = np.arange(result.weeks) + 1 - result.scenario.week_of(action.start)
    return np.clip(weeks / max(action.ramp_weeks, 1), 0, 1)[:, None]


def _thrift_weeks(result: Result, place: str, product: str) -> float:
    """Median weeks that re-qualification takes, mean of a place's lines by use."""
    slots = result.model.slots
    mine = np.flatnonzero((slots["place"] == place) & (slots["product"] == product) & slots["line"].notna())
    weeks = np.median(result.model.compiled.knobs.thrift_weeks[mine], axis=1)
    return float(np.average(weeks, weights=slots["use"].to_numpy(float)[mine]))


def _maker(result: Result, place: str, product: str) -> Maker | None:
    """The largest process of a place that makes the product, as large as the place's lines' whole use; None without."""
    uses = result.uses
    use = uses.loc[(uses["place"] == place) & (uses["product"] == product), "use_t_per_week"].sum() * WEEKS_PER_YEAR
    made = _makers(result, place, product)
    if not made or not use:
        return None
    process, coef = max(made.items(), key=lambda pair: pair[1][1])
    return Maker(process, place, coef[0], float(use))


def _makers(result: Result, place: str, product: str) -> dict[str, tuple[float, float]]:
    """Processes of a place that make a product: t of it per t of activity, and t a week in the base year."""
    net = result.model.compiled.net
    found = {}
    for r in np.flatnonzero(net.output_node == net.node(product, place)):
        process = net.producers[net.output_producer[r]].split("|")[0]
        found[process] = (float(net.output_coef[r]), float(net.output_coef[r] * net.activity0[net.output_producer[r]]))
    return found


def _promised(result: Result, place: str, product: str, on: date) -> Iterator[Option]:
    """A price promised to projects on record outside the controller, where the place has use for their goods.

    A unit brings what all of a place's projects would make, times the chance that money and permits come.
    """
    uses, drawn, scenario = result.uses, result.model.draws, result.scenario
    use = uses.loc[(uses["place"] == place) & (uses["product"] == product), "use_t_per_week"].sum() * WEEKS_PER_YEAR
    projects = result.model.world.projects
    if projects.empty:
        return
    chance = float((drawn["project finance"] * drawn["project permits"]).mean())
    for at in sorted(set(projects["place"]) - {scenario.controller}):
        made = _makers(result, at, product) if result.model.compiled.net.node(product, at) is not None else {}
        mine = projects[(projects["place"] == at) & projects["process"].isin(list(made))
                        & (projects["known_on"] <= on)]  # fmt: skip
        for process, rows in mine.groupby("process"):
            coef = made[str(process)][0]
            t_per_yr = float(rows["capacity_t_per_yr"].sum()) * coef
            start = max(on, min(rows["starts_p50"]))
            action = Action("offtake", place, (product,), 1.0, start, int(rows["ramp_weeks"].max()),
                            Maker(str(process), at, coef, t_per_yr))  # fmt: skip
            brought = _ramp(result, action) * min(chance * t_per_yr / use, 1.0) if use else 0.0
            yield replace(_flowing(result, action, 1.0), share=np.asarray(brought))
