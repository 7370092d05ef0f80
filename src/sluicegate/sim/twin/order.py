"""The order of events in a week, as data one can print."""

from __future__ import annotations

from collections.abc import Callable

from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.state import State
from sluicegate.sim.twin.border import border
from sluicegate.sim.twin.capacity import capacity
from sluicegate.sim.twin.dated import dated_changes
from sluicegate.sim.twin.demand import demand_on_producers
from sluicegate.sim.twin.orders import orders
from sluicegate.sim.twin.prices import prices
from sluicegate.sim.twin.production import production
from sluicegate.sim.twin.rationing import rationing
from sluicegate.sim.twin.slow import slow_responses
from sluicegate.sim.twin.transit import transit
from sluicegate.sim.twin.use import use

Step = Callable[[Engine, State, Week], None]
ORDER: tuple[Step, ...] = (
    dated_changes,
    capacity,
    border,
    demand_on_producers,
    production,
    rationing,
    transit,
    use,
    orders,
    prices,
    slow_responses,
)
"""The steps in the order they are taken. The border decides before makers plan and goods are rationed, so that
what is licensed this week can be made and shipped this week; step 12, the record, is `record.Recorder`."""


def order_of_events() -> list[str]:
    """The order of events, one line a step, as the docstrings say it."""
    return [(step.__doc__ or "").split("\n")[0] for step in ORDER]
