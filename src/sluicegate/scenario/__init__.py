"""A what-if, as data: dated events on the base world."""

from sluicegate.scenario.contract import Contract
from sluicegate.scenario.event import Control, Easing, Outage, Plant, SecondSource, StockOrder, Thrift
from sluicegate.scenario.export_levy import ExportLevy
from sluicegate.scenario.file import bundled_names, load_scenario, parse_scenario, unknown_names
from sluicegate.scenario.lever import LeverUse
from sluicegate.scenario.licensing_office import LicensingOffice, OfficeChange
from sluicegate.scenario.next_stage import NextStage
from sluicegate.scenario.office import Capacity, CapacityChange, Office, OpenLicence, Part, Rule
from sluicegate.scenario.priority import Priority
from sluicegate.scenario.quota import Abroad, Period, ProductionQuota, Quota
from sluicegate.scenario.scenario import ParameterChange, Scenario
from sluicegate.scenario.standing import settled, standing_controls
from sluicegate.scenario.support import Deposit, Offtake, Priced, PriceFloor, Project
from sluicegate.scenario.tariff import Tariff

__all__ = [
    "Abroad",
    "Capacity",
    "CapacityChange",
    "Contract",
    "Control",
    "Deposit",
    "Easing",
    "ExportLevy",
    "LeverUse",
    "LicensingOffice",
    "NextStage",
    "Office",
    "OfficeChange",
    "Offtake",
    "OpenLicence",
    "Outage",
    "ParameterChange",
    "Part",
    "Period",
    "Plant",
    "PriceFloor",
    "Priced",
    "Priority",
    "ProductionQuota",
    "Project",
    "Quota",
    "Rule",
    "Scenario",
    "SecondSource",
    "StockOrder",
    "Tariff",
    "Thrift",
    "bundled_names",
    "load_scenario",
    "parse_scenario",
    "settled",
    "standing_controls",
    "unknown_names",
]
