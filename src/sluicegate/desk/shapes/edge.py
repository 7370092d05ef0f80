"""The `edge` document: who holds out longer, and what answers it."""

from __future__ import annotations

from pydantic import Field

from sluicegate.desk.shapes.band import DateQuantiles, Quantiles
from sluicegate.desk.shapes.shape import Shape
from sluicegate.desk.shapes.shortage import PeakShape


class EdgePointShape(Shape):
    """The edge in one week; A is null where no draw has one, or where neither side has a burden to speak of."""

    date: str
    A: Quantiles | None
    E: Quantiles | None
    p_positive: float = Field(ge=0, le=1)
    loss_target: Quantiles
    loss_controller: Quantiles


class LeverShape(Shape):
    """A lever of the other side: whether it is counted, and what it would cost both if held in full."""

    id: str
    lever: str
    what: str
    counted: bool
    in_full: str
    costs_controller: Quantiles
    costs_target: Quantiles
    unit: str


class GoneShape(Shape):
    """Share of draws with an edge in which it is gone by a day; what is missing to one at the end is censored."""

    date: str
    p_gone: float = Field(ge=0, le=1)


class TalksLineShape(Shape):
    """What a deal that spares both sides' losses from a day on is worth to them, and what halves would have one pay."""

    id: str
    target_would_be_spared: Quantiles
    controller_would_be_spared: Quantiles
    nash_transfer: Quantiles
    impatience_share_controller: Quantiles | None
    unit: str


class HappeningShape(Shape):
    """A day on which something changes in the run."""

    on: str
    what: str
    name: str


class LostByShape(Shape):
    """By when a share of all draws that have an edge have lost it; null beyond the horizon."""

    share: float = Field(ge=0, le=1)
    by: str | None


class EdgeShape(Shape):
    """The `edge` document."""

    id: str
    controller: str
    target: str
    path: list[EdgePointShape]
    undefined_share: float = Field(ge=0, le=1)
    expires: DateQuantiles | None
    p_not_within_horizon: float = Field(ge=0, le=1)
    expires_of_all: list[LostByShape]
    expiry_curve: list[GoneShape]
    levers_included: list[str]
    levers: list[LeverShape]
    levers_absent: list[str]
    talks: TalksLineShape | None
    peaks: list[PeakShape]
    happenings: list[HappeningShape]
