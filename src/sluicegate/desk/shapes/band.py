"""A number or a date with its band."""

from __future__ import annotations

from sluicegate.desk.shapes.shape import Shape


class Quantiles(Shape):
    """A number with its band; the unit stands beside it or in the field's name."""

    q05: float
    q25: float
    q50: float
    q75: float
    q95: float


class DateQuantiles(Shape):
    """A date with its band."""

    q05: str
    q25: str
    q50: str
    q75: str
    q95: str
