"""The `project` document."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class SupportRow(Shape):
    """One kind of support: what it adds to the owner's value, and what it costs the public."""

    id: str
    support: str
    gain: Quantiles
    mean_gain: float
    treasury_cost: Quantiles
    mean_treasury_cost: float
    unit: str


class ProjectShape(Shape):
    """The `project` document."""

    title: str
    place: str
    outputs: list[dict[str, Any]]
    break_even: dict[str, Any]
    npv: dict[str, Any]
    support: list[SupportRow]
    confrontation: dict[str, Any]
    price_cut: dict[str, Any]
    idle_share: dict[str, Any]
    scenarios: list[dict[str, Any]]
    assumed: list[str]
    provenance: ProvenanceShape
