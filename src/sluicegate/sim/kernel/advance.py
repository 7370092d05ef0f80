"""The compiled driver: one block of draws over all its weeks, in the order of `twin.ORDER`."""

from __future__ import annotations

from typing import Any

from numba import njit

from sluicegate.sim.kernel.border import border
from sluicegate.sim.kernel.cache import BARE, kept
from sluicegate.sim.kernel.capacity import capacity
from sluicegate.sim.kernel.dated import dated_changes
from sluicegate.sim.kernel.demand import demand_on_producers
from sluicegate.sim.kernel.links import duty_borne, forestall, links
from sluicegate.sim.kernel.orders import orders
from sluicegate.sim.kernel.prices import prices
from sluicegate.sim.kernel.production import production
from sluicegate.sim.kernel.rationing import rationing
from sluicegate.sim.kernel.record import write
from sluicegate.sim.kernel.slow import slow_responses
from sluicegate.sim.kernel.supply import supply
from sluicegate.sim.kernel.transit import offtake, transit
from sluicegate.sim.kernel.use import use

with kept():

    @njit(cache=True, **BARE)
    def advance(at: Any, whole: Any, real: Any, rows: Any, marks: Any, gates: Any, waiting: Any, timeline: Any,
                record: Any, first: int, last: int, draw: int) -> None:  # fmt: skip
        """Take a block of draws, the first of which is number `draw`, from week `first` to before week `last`.

        Parameters
        ----------
        at, whole, real : the layout and what no draw changes (`layout.py`)
        rows : (rows, LANES) the block's arena ; marks : what is marked of its links (`pack.marks`)
        gates, waiting : the borders and what waits (`gate.py`)
        timeline : `Dated` ; record : `Record`
        """
        for t in range(first, last):
            dated_changes(at, rows, gates, waiting, t)
            capacity(at, whole, real, rows, timeline.outage, timeline.extra_capacity, timeline.quota, t)
            border(at, whole, rows, marks, gates, waiting, t)
            demand_on_producers(at, whole, real, rows, timeline.offtake, t)
            production(at, whole, real, rows)
            rationing(at, rows, marks)
            forestall(at, whole, rows, gates, t)
            duty_borne(at, whole, rows, timeline.duty, t)
            links(at, whole, real, rows, marks, waiting, timeline.landed, record, t, draw)
            offtake(at, rows, timeline.offtake, t)
            transit(at, whole, real, rows, timeline.new_supply, t)
            use(at, whole, real, rows, timeline.saving, t)
            orders(at, whole, real, rows, timeline.stock_weeks, t)
            prices(at, whole, rows, timeline.cost, t)
            slow_responses(at, whole, real, rows)
            supply(at, whole, real, rows, timeline.floor, t)
            write(at, whole, real, rows, record, t, draw)
