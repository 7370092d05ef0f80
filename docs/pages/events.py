"""The page of the order of events."""

from __future__ import annotations

from pages.markdown import title
from sluicegate.sim.twin import order_of_events


def events() -> str:
    """The order of events of a week."""
    return "\n".join([
        title("Order of events in a week"),
        "`ORDER` in `sim/twin/order.py`, as it is run. The last step, 12, writes the record. The equations are",
        "in [the simulator](../explanation/simulator.md).\n", *order_of_events(), "",
    ])  # fmt: skip
