"""What states and investors do about supply in a scenario: floors, offtake, projects, deposits that run out."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode, Share, in_order

Positive = Annotated[float, Field(gt=0)]
Weeks = Annotated[float, Field(ge=0)]


class Priced(Dated):
    """A price promised for a product made in one place, in USD a kg or as a multiple of the base year's price."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    payer: PlaceCode
    product: str
    place: PlaceCode
    usd_per_kg: Positive | None = None
    share_of_base_price: Positive | None = None
    t_per_yr: Positive | None = None
    effective_from: date
    until: date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Priced:
        if self.usd_per_kg is not None and self.share_of_base_price is not None:
            raise ValueError("give `usd_per_kg` or `share_of_base_price`, not both")
        in_order(self.effective_from, self.until)
        return self


class PriceFloor(Priced):
    """The payer makes up the gap to a floor on what makers in a place sell, up to `t_per_yr` of product."""

    @model_validator(mode="after")
    def _has_a_price(self) -> PriceFloor:
        if self.usd_per_kg is None and self.share_of_base_price is None:
            raise ValueError("a floor needs `usd_per_kg` or `share_of_base_price`")
        return self


class Offtake(Priced):
    """The payer buys `t_per_yr` from makers in a place and keeps it, at the price given or the market's if higher."""

    @model_validator(mode="after")
    def _has_a_volume(self) -> Offtake:
        if self.t_per_yr is None:
            raise ValueError("an offtake needs `t_per_yr`")
        return self


class Project(Dated):
    """A plant that is built if the expected price pays for it, and finance and permits come.

    Parameters
    ----------
    process, place : an existing kind of process at a place that has it
    capacity_t_per_yr : of the process's activity
    earliest : first day on which it can be decided
    incentive_share_of_base_price : expected price of its basket, over the base year's, from which it is decided
    cost_share_of_base_price : price over the base year's below which a finished plant idles
    lead_weeks, ramp_weeks : from the decision to the start, from the start to full capacity
    finance, permits : probability of each
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str
    process: str
    place: PlaceCode
    capacity_t_per_yr: Positive
    earliest: date
    incentive_share_of_base_price: Positive
    cost_share_of_base_price: Positive
    lead_weeks: Weeks | tuple[Weeks, Weeks, Weeks]
    ramp_weeks: Weeks = 52
    finance: Share = 1.0
    permits: Share = 1.0
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Project:
        if isinstance(self.lead_weeks, tuple) and list(self.lead_weeks) != sorted(self.lead_weeks):
            raise ValueError(f"`lead_weeks` {self.lead_weeks} are not in rising order (5, 50, 95 %)")
        return self


class Deposit(Dated):
    """What is left in the ground for one process and place, t of its activity; only read with `depletion: true`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    process: str
    place: PlaceCode
    reserves_t: Positive
    reason: str = ""
