"""Closed-form measures of dependence: concentration, governance, reliance, supply risk, what is left, cover."""

from sluicegate.metrics.concentration import hhi, hirschman
from sluicegate.metrics.cover import days_of_cover
from sluicegate.metrics.criticality import economic_importance, governed_concentration, supply_risk
from sluicegate.metrics.disruption import cleared, value_added_lost
from sluicegate.metrics.governance import governance_risk, instability
from sluicegate.metrics.import_risk import GeoPolRisk, geopolrisk
from sluicegate.metrics.reliance import apparent_consumption, net_import_reliance
from sluicegate.metrics.remainder import n_minus_1

__all__ = [
    "GeoPolRisk",
    "apparent_consumption",
    "cleared",
    "days_of_cover",
    "economic_importance",
    "geopolrisk",
    "governance_risk",
    "governed_concentration",
    "hhi",
    "hirschman",
    "instability",
    "n_minus_1",
    "net_import_reliance",
    "supply_risk",
    "value_added_lost",
]
