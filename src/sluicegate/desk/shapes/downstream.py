"""The documents of the wider economy: `downstream`, `lab shock`."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class DownstreamTotal(Shape):
    """Value added lost in the lines, in the whole economy, and what lies between."""

    id: str
    unit: str
    lines: Quantiles
    economy: Quantiles
    beyond: Quantiles
    economy_per_line_value: Quantiles | None


class DownstreamRow(Shape):
    """Value added lost in one country or one industry."""

    id: str
    lines: Quantiles
    economy: Quantiles
    unit: str


class DownstreamTable(Shape):
    """The input-output table: its unit and year as it tells them, and the lines that have no place in it."""

    name: str
    unit: str
    year: int | None
    usd_per_unit: float
    regions: int
    sectors: int
    left_out: list[str]


class DownstreamShape(Shape):
    """The `downstream` document; rows with the largest loss first."""

    title: str
    scenario: str
    weeks: int
    total: DownstreamTotal
    countries: list[DownstreamRow]
    industries: list[DownstreamRow]
    capped: list[dict[str, str]]
    unit: str
    assumed: list[str]
    table: DownstreamTable
    provenance: ProvenanceShape


class ShockShape(Shape):
    """The `lab shock` document: value added lost, in the table's unit."""

    table: str
    unit: str
    days: int
    lost_by_those_hit: float
    lost_in_all: float
    times: float | None
    industries: list[dict[str, Any]]
