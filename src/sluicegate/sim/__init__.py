"""The simulator: compile a scenario, run it, read the result."""

from sluicegate.sim.cause import Cause
from sluicegate.sim.focus import focused
from sluicegate.sim.result import Result, simulate
from sluicegate.sim.sensitivity import judgement_share, variance_shares
from sluicegate.sim.shortage import Shortage, shortages
from sluicegate.sim.twin import order_of_events
from sluicegate.sim.walk import Walk
from sluicegate.sim.why import causes

__all__ = [
    "Cause",
    "Result",
    "Shortage",
    "Walk",
    "causes",
    "focused",
    "judgement_share",
    "order_of_events",
    "shortages",
    "simulate",
    "variance_shares",
]
