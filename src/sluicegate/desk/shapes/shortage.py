"""Who is short of what, the cover left, what it costs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sluicegate.desk.shapes.band import DateQuantiles, Quantiles
from sluicegate.desk.shapes.shape import Shape


class ShortageShape(Shape):
    """One industry in one place short of one product."""

    id: str
    product: str
    place: str
    industry: str
    p_short: float = Field(ge=0, le=1)
    starts: DateQuantiles
    share_short: Quantiles
    value_added_lost_per_week: Quantiles
    value_added_lost_total: Quantiles
    unit: str
    evidence: str
    judgement_share: float | None


class CoverShape(Shape):
    """Days of cover of one industry in one place."""

    id: str
    product: str
    place: str
    industry: str
    days: Quantiles


class PriceShape(Shape):
    """Change of a quote, in the week it is farthest off."""

    id: str
    product: str
    area: Literal["inside", "outside"]
    change: Quantiles
    at: str
    peaks: list[PeakShape]


class OutcomeShape(Shape):
    """Shortages, days of cover, prices."""

    shortages: list[ShortageShape]
    days_of_cover: list[CoverShape]
    prices: list[PriceShape]


class PeakShape(Shape):
    """A turning point of a path: causes with shares that sum to one, and what else moves buyers then."""

    at: str
    value: float
    causes: list[dict[str, Any]]
    also: list[str]
    says: str
