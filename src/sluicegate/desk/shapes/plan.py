"""The documents of the best answer: `plan`, `reroute`."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from sluicegate.desk.shapes.band import Quantiles
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class PlanRow(Shape):
    """A plan at one budget, simulated on fresh draws."""

    id: str
    budget: float
    unit: str
    cost: Quantiles
    loss: Quantiles
    avoided: Quantiles
    mean_net: float
    p_pays: float = Field(ge=0, le=1)
    worst_tenth: float


class PlanAcross(Shape):
    """One plan in every future, means of fresh draws; the error is the standard error of the largest regret."""

    plan: str
    what: list[str]
    cost: dict[str, float]
    total: dict[str, float]
    regret: dict[str, float]
    largest_regret: float = Field(ge=0)
    error: float = Field(ge=0)
    worst_in: str


class PlanFutures(Shape):
    """Plans across futures: `total` is loss left and cost, `least_regret` the plan whose largest regret is least."""

    id: str
    unit: str
    futures: list[dict[str, Any]]
    plans: list[PlanAcross]
    least_regret: str
    of_the_plan: float


class PlannedShape(Shape):
    """What a plan's document says whoever it is for."""

    title: str
    on: str
    budget: float
    unit: str
    note: str | None
    actions: list[dict[str, Any]]
    alone: list[dict[str, Any]]
    loss_without: Quantiles
    frontier: list[PlanRow]
    margins: dict[str, Any] | None
    limits: list[str]
    provenance: ProvenanceShape


class PlanShape(PlannedShape):
    """The `plan` document of a scenario."""

    place: str
    options: list[dict[str, Any]]
    expected_by_programme: dict[str, float] | None
    information: dict[str, Any] | None
    optimality: dict[str, Any] | None
    futures: PlanFutures | None
    rivals: list[dict[str, Any]]
    regret: dict[str, Any]


class RerouteSimulated(Shape):
    """What is lost and saved where buyers split their orders as planned, by the simulation."""

    lost: Quantiles
    saved: Quantiles
    mean_saved: float
    p_saves: float = Field(ge=0, le=1)
    by_place: dict[str, float]


class RerouteWay(Shape):
    """What is lost with some freedom to change flows, by the programme and simulated."""

    id: str
    way: str
    lost: float
    saved: float
    by_place: dict[str, float]
    simulated: RerouteSimulated | None


class RerouteShape(Shape):
    """The `reroute` document of a scenario."""

    title: str
    weeks: int = Field(ge=4)
    unit: str
    note: str | None
    ways: list[RerouteWay]
    changes: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    capacity: list[dict[str, Any]]
    stocks: list[dict[str, Any]]
    limits: list[str]
    provenance: ProvenanceShape
