"""What can happen in a scenario, each as dated data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode, Share


class Easing(Dated):
    """From a day on, the share that passes is multiplied and never falls below a floor."""

    effective_from: date
    eligible_factor: Annotated[float, Field(ge=0)] = 1.0
    eligible_at_least: Share = 0.0
    destinations: tuple[PlaceCode, ...] = ()
    reason: str = ""


class Control(Dated):
    """An export control of one place on named products.

    Either `register` names an entry of the register, whose dates and products fill what is not
    given here, or `origin`, `products` and `effective_from` are given. `first_licences_by` is a day by
    which the office is known to have decided its first applications.
    """

    register_id: str | None = Field(None, alias="register")
    name: str | None = None
    kind: Literal["licence", "ban"] = "licence"
    origin: PlaceCode | None = None
    products: dict[str, Share | tuple[Share, Share, Share]] = {}
    destinations: tuple[PlaceCode, ...] = ()
    announced_on: date | None = None
    effective_from: date | None = None
    until: date | None = None
    first_licences_by: date | None = None
    easings: tuple[Easing, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _complete(self) -> Control:
        if self.register_id is None:
            lacking = [n for n in ("name", "origin", "products", "effective_from") if not getattr(self, n)]
            if lacking:
                raise ValueError(f"a control needs `register`, or all of name, origin, products, effective_from; "
                                 f"missing: {', '.join(lacking)}")  # fmt: skip
        if self.effective_from and self.until and self.until <= self.effective_from:
            raise ValueError(f"`until` {self.until} is not after `effective_from` {self.effective_from}")
        if self.announced_on and self.effective_from and self.announced_on > self.effective_from:
            raise ValueError(f"`announced_on` {self.announced_on} is after `effective_from` {self.effective_from}")
        return self


class Outage(Dated):
    """A share of a process's capacity in one place is lost for a time."""

    process: str
    place: PlaceCode
    share: Share
    effective_from: date
    until: date | None = None
    reason: str = ""


class Plant(Dated):
    """New capacity of an existing kind of process in one place, ramping up from its start."""

    process: str
    place: PlaceCode
    capacity_t_per_yr: Annotated[float, Field(gt=0)]
    start: date
    ramp_weeks: Annotated[int, Field(ge=0)] = 52
    reason: str = ""


class StockOrder(Dated):
    """Buyers in a place raise the stock of a product they aim at by some days of use."""

    place: PlaceCode
    products: tuple[str, ...]
    days: Annotated[float, Field(gt=0)]
    effective_from: date
    industries: tuple[str, ...] = ()
    reason: str = ""


class SecondSource(Dated):
    """Supply from outside the controller that a place's buyers open, as a share of their use."""

    place: PlaceCode
    products: tuple[str, ...]
    share_of_use: Share
    start: date
    ramp_weeks: Annotated[int, Field(ge=0)] = 26
    reason: str = ""
