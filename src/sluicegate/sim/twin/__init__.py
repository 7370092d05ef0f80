"""The plain NumPy twin of the simulator's week, in twelve numbered steps.

Each operation acts on arrays whose last axis is the draw, and no operation mixes draws. The equations
are numbered (E1, E2 ...) and explained in `docs/explanation/simulator.md`.
"""

from sluicegate.sim.twin.order import ORDER, order_of_events

__all__ = ["ORDER", "order_of_events"]
