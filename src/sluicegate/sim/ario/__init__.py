"""ARIO mode: an input-output table with inventories, equal to BoARIO's `ARIOPsiModel` where that is asked for."""

from sluicegate.sim.ario.ensemble import Drawn, ensemble
from sluicegate.sim.ario.event import ArbitraryLoss, CapitalLoss, Event, Rebuilding
from sluicegate.sim.ario.model import Trajectory, simulate
from sluicegate.sim.ario.settings import Settings
from sluicegate.sim.ario.table import Table

__all__ = [
    "ArbitraryLoss",
    "CapitalLoss",
    "Drawn",
    "Event",
    "Rebuilding",
    "Settings",
    "Table",
    "Trajectory",
    "ensemble",
    "simulate",
]
