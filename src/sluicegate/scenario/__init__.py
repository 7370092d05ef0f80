"""A what-if, as data: dated events on the base world."""

from sluicegate.scenario.event import Control, Easing, Outage, Plant, SecondSource, StockOrder
from sluicegate.scenario.file import bundled_names, load_scenario, parse_scenario, unknown_names
from sluicegate.scenario.scenario import ParameterChange, Scenario

__all__ = [
    "Control",
    "Easing",
    "Outage",
    "ParameterChange",
    "Plant",
    "Scenario",
    "SecondSource",
    "StockOrder",
    "bundled_names",
    "load_scenario",
    "parse_scenario",
    "unknown_names",
]
