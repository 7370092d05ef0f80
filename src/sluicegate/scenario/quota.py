"""Quotas, and the rule that reaches goods made abroad."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode, Share, in_order

Period = Literal["year", "half", "quarter", "month"]


class Quota(Dated):
    """What may leave in a calendar period, t; what is left at its end does not carry over.

    Parameters
    ----------
    t_per_period : all links of the control together
    period : of the calendar; a week belongs to the period in which it begins
    sharing : first come, whoever asks; or by the shares of the base year, each link its own part
    """

    t_per_period: Annotated[float, Field(ge=0)]
    period: Period
    sharing: Literal["first come", "by share"] = "first come"


class Abroad(Dated):
    """A rule for goods made in other places out of the controller's goods and sent to third ones.

    Parameters
    ----------
    threshold : least share of the goods' value that is the controller's content, inclusive
    content : products that count as content; left out, all of the controller's goods
    """

    threshold: Share
    content: tuple[str, ...] = ()


class ProductionQuota(Dated):
    """A cap on what a process in a place does, t of its activity in a year, kept evenly over its weeks."""

    process: str
    place: PlaceCode
    t_per_yr: Annotated[float, Field(ge=0)]
    effective_from: date
    until: date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> ProductionQuota:
        in_order(self.effective_from, self.until)
        return self
