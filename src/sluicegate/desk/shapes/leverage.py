"""What stands behind the edge: `lab shapley`, `lab static`, `years`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from sluicegate.desk.shapes.band import DateQuantiles, Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class DriverRow(Shape):
    """A driver of the edge: its share in E and in the target's loss, and what it is put back to."""

    id: str
    driver: str
    reference: str
    E: Quantiles
    E_mean: float
    loss_target: Quantiles
    loss_target_mean: float


class DriversShape(Shape):
    """The `lab shapley` document; means of the drivers sum to `as_it_is` less `reference`."""

    title: str
    controller: str
    target: str
    as_it_is: dict[str, Any]
    reference: dict[str, Any]
    drivers: list[DriverRow]
    limits: list[str]
    provenance: ProvenanceShape


class StaticShape(Shape):
    """The `lab static` document; an asymmetry without bound is null."""

    title: str
    controller: str
    target: str
    trade: dict[str, Any]
    chain: dict[str, Any]
    power: dict[str, Any]
    limits: dict[str, str]
    provenance: ProvenanceShape


class BridgeShape(Shape):
    """A product's gap: when it opens and closes, what would carry users across, plants on their way, the path."""

    id: str
    product: str
    use_t_per_yr: float
    opens: DateQuantiles
    p_opens: float = Field(ge=0, le=1)
    closes: DateQuantiles | None
    p_open_at_horizon: float = Field(ge=0, le=1)
    months: Quantiles | None
    missing_t: Quantiles
    missing_days_of_use: Quantiles
    stock_musd: Quantiles | None
    pipeline: list[dict[str, Any]]
    path: list[dict[str, Any]]


class YearsShape(Shape):
    """The `years` document."""

    title: str
    controller: str
    target: str
    years: int
    bridges: list[BridgeShape]
    no_gap: list[str]
    edge: dict[str, Any]
    by_year: list[dict[str, Any]]
    defence: dict[str, Any]
    chance: dict[str, Any]
    stockpile: dict[str, Any]
    would_change: list[dict[str, Any]]
    look_again: list[dict[str, str]]
    limits: list[str]
    provenance: ProvenanceShape
