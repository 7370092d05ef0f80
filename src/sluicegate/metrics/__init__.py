"""Closed-form measures of dependence: concentration, reliance, cover."""

from sluicegate.metrics.concentration import hhi, hirschman
from sluicegate.metrics.cover import days_of_cover
from sluicegate.metrics.reliance import apparent_consumption, net_import_reliance

__all__ = ["apparent_consumption", "days_of_cover", "hhi", "hirschman", "net_import_reliance"]
