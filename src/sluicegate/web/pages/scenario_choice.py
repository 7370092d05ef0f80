"""The choice of a scenario in a form."""

from __future__ import annotations

from sluicegate.scenario import bundled_names
from sluicegate.web.pages.form import Field


def scenario_field(chosen: str = "status-quo", name: str = "scenario") -> Field:
    """The bundled scenarios; one's own are run from their own pages."""
    return Field(name, "Scenario", "select", chosen, options=tuple((n, n) for n in bundled_names()))
