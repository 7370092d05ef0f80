"""A what-if, as data: dated events on the base world."""

from sluicegate.scenario.event import Control, Easing, Outage, Plant, SecondSource, StockOrder
from sluicegate.scenario.file import bundled_names, load_scenario, parse_scenario, unknown_names
from sluicegate.scenario.scenario import ParameterChange, Scenario
from sluicegate.scenario.standing import settled, standing_controls
from sluicegate.scenario.support import Deposit, Offtake, PriceFloor, Project

__all__ = [
    "Control",
    "Deposit",
    "Easing",
    "Offtake",
    "Outage",
    "ParameterChange",
    "Plant",
    "PriceFloor",
    "Project",
    "Scenario",
    "SecondSource",
    "StockOrder",
    "bundled_names",
    "load_scenario",
    "parse_scenario",
    "settled",
    "standing_controls",
    "unknown_names",
]
