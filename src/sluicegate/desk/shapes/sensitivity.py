"""The `sensitivity` document."""

from __future__ import annotations

from typing import Any

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class IntervalShape(Shape):
    """An estimate with its 90 % interval."""

    value: float
    low: float
    high: float


class SobolShape(Shape):
    """What one input, group of inputs or the noise decides; shares of variance."""

    id: str
    factor: str
    inputs: list[str]
    label: str
    first: IntervalShape
    total: IntervalShape


class ScalarShape(Shape):
    """The outcome asked about."""

    id: str
    kind: str
    about: str
    what: str
    unit: str
    value: Quantiles


class ScreeningShape(Shape):
    """What the screening by rank found; `grouped` inputs vary as one."""

    draws: int
    inputs: int
    grouped: int
    grouped_share: float
    shares: list[dict[str, Any]]


class SensitivityShape(Shape):
    """The `sensitivity` document."""

    title: str
    of: ScalarShape
    indices: list[SobolShape]
    sum_first: float
    unit: str
    interval: float
    screening: ScreeningShape
    design: dict[str, Any]
    provenance: ProvenanceShape
