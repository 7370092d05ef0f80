"""The documents of one company: `exposure` and its `plan`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from sluicegate.desk.shapes.band import DateQuantiles, Quantiles
from sluicegate.desk.shapes.plan import PlannedShape
from sluicegate.desk.shapes.scenario import ProvenanceShape
from sluicegate.desk.shapes.shape import Shape


class WeekRunning(Shape):
    """A week of a line: the share of draws that have not stopped, and the share of full production."""

    date: str
    p_running: float = Field(ge=0, le=1)
    share_running: Quantiles


class StopReason(Shape):
    """What stops a line, in what share of the draws with a stop."""

    input: str
    origin: str
    measure: str
    share: float = Field(ge=0, le=1)


class CompanyLineShape(Shape):
    """A line of a company; no `stops` where it never does."""

    id: str
    line: str
    p_stop: float = Field(ge=0, le=1)
    stops: DateQuantiles | None
    weeks_until_stop: Quantiles | None
    survival: list[WeekRunning]
    because: list[StopReason]
    unit: str


class CompanyInputShape(Shape):
    """An input of a company: days of full use in stock and due, and when it runs out."""

    id: str
    input: str
    product: str
    days_of_cover: Quantiles
    days_with_what_is_due: Quantiles
    unit: str
    p_runs_out: float = Field(ge=0, le=1)
    runs_out: DateQuantiles | None
    share_of_country_use: float | None
    stock_from: str
    deliveries: str
    suppliers: list[dict[str, Any]]


class ApplicationShape(Shape):
    """An open application, given that it is still open; no chances where no licence is needed."""

    id: str
    application: str
    licence_needed: bool
    p_decided_before_stop: float | None
    p_goods_before_stop: float | None
    p_decided_within_horizon: float | None
    decided_on: DateQuantiles | None
    unit: str


class CompanyActionShape(Shape):
    """Something to do about an input: the last day, per draw and safe in 95 of 100.

    `passes` is the share of the usual flow that comes by the route, `amount` what is missing up to the horizon.
    """

    id: str
    do: Literal["order", "apply", "qualify"]
    input: str
    origin: str
    licence_of: list[str]
    by: DateQuantiles | None
    safe_by: str | None
    p_too_late_today: float = Field(ge=0, le=1)
    lead_weeks: Quantiles
    passes: float
    amount: Quantiles
    unit: str


class CompanyTurn(Shape):
    """What a change of the company's own would do."""

    what: str
    p_stop: float = Field(ge=0, le=1)
    first_stop: DateQuantiles | None
    value_lost: Quantiles | None
    value_saved: Quantiles | None
    unit: str


class ExposureShape(Shape):
    """The `exposure` document; values are in the company's currency, lines with the likeliest stop first."""

    title: str
    company: dict[str, Any]
    scenario: str
    horizon_weeks: int
    lines: list[CompanyLineShape]
    inputs: list[CompanyInputShape]
    applications: list[ApplicationShape]
    actions: list[CompanyActionShape]
    value_at_risk: dict[str, Any] | None
    would_change: list[CompanyTurn]
    decided_by: list[dict[str, Any]]
    assumed: list[str]
    provenance: ProvenanceShape


class CompanyPlanShape(PlannedShape):
    """The `plan` document of a company's file."""

    company: dict[str, Any]
    do_not_run_out: list[str]
