"""A what-if, as data: dated events on the base world."""

from sluicegate.scenario.event import Control, Easing, Outage, Plant, SecondSource, StockOrder
from sluicegate.scenario.file import bundled_names, load_scenario, parse_scenario, unknown_names
from sluicegate.scenario.scenario import ParameterChange, Scenario
from sluicegate.scenario.standing import settled, standing_controls

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
    "settled",
    "standing_controls",
    "unknown_names",
]
