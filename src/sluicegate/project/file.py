"""What a project's file may hold. Money is 2024 USD; every number may have a range, and says where it comes from."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sluicegate.terms.parameter import Kind, Label, Parameter


class Part(BaseModel):
    """Base of all parts: nothing unknown, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(Part):
    """A number above zero with its 90 % range and its origin; without a range it is taken as certain."""

    value: float = Field(gt=0)
    low: float | None = Field(default=None, gt=0)
    high: float | None = Field(default=None, gt=0)
    label: Label = "judgement"
    reason: str = ""
    figure: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Told:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs low and high")
        if self.low is not None and self.high is not None and not self.low < self.value < self.high:
            raise ValueError(f"{self.low:g}, {self.value:g}, {self.high:g} do not rise")
        return self

    def parameter(self, name: str, unit: str) -> Parameter:
        """The same as an uncertain input."""
        kind: Kind = "fixed" if self.low is None else "lognormal"
        low, high = self.low or self.value, self.high or self.value
        refs = (self.figure,) if self.figure else ()
        return Parameter(name, kind, low, self.value, high, unit, self.label, self.reason or "stated in the file", refs)


def _plain(value: Any) -> Any:
    return {"value": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


Number = Annotated[Told, BeforeValidator(_plain)]
"""A number, or one with `value`, `low`, `high`, `label`, `reason`, `figure`."""


class Output(Part):
    """One good the plant makes; by-products come with it in fixed shares.

    `price_usd_per_kg` may be left out for a product of the world, whose base price outside is then taken. `feed_share`
    is what bought feed costs, as a share of the good's own price: feed is priced off the good, and moves with it.
    """

    product: str
    t_per_yr: Number
    price_usd_per_kg: Number | None = None
    variable_usd_per_kg: Number | None = None
    feed_share: float = Field(default=0.0, ge=0, lt=1)


class Loan(Part):
    """A public loan: drawn with the capital, interest added while building, then paid back in equal parts a year."""

    musd: Number
    rate: float = Field(ge=0, le=1)
    years: int = Field(ge=1, le=50)


class Floor(Part):
    """The treasury pays what the price lacks to the floor; `keeps` is its share of what the price is above."""

    product: str
    usd_per_kg: Number
    years: int = Field(ge=1, le=50)
    keeps: float = Field(default=0.0, ge=0, le=1)


class Offtake(Part):
    """A buyer takes a share of output at a fixed price."""

    product: str
    share: float = Field(gt=0, le=1)
    usd_per_kg: Number
    years: int = Field(ge=1, le=50)


class Support(Part):
    """What others give: each is valued alone and together."""

    grant_musd: Number | None = None
    loan: Loan | None = None
    floor: Floor | None = None
    offtake: Offtake | None = None
    treasury_rate: float = Field(default=0.04, ge=0, le=1)


class Confrontation(Part):
    """Years in which the controller holds goods back, and prices outside are those of a scenario."""

    scenario: str = "april-2025"
    per_year: float = Field(default=0.15, ge=0, le=10)
    years: float = Field(default=1.5, gt=0)
    reason: str = ""


class PriceCut(Part):
    """The controller sells below usual prices once the plant runs."""

    share: float = Field(default=0.4, gt=0, lt=1)
    after_months: int = Field(default=12, ge=0)
    months: int = Field(default=36, ge=1)
    reserve_musd: float = Field(default=0.0, ge=0)


class Market(Part):
    """How prices wander about their base: a mean-reverting log price (Schwartz 1997, model 1)."""

    volatility: float = Field(default=0.35, ge=0, le=3)
    half_life_years: float = Field(default=2.0, gt=0)
    reason: str = "metals of this size moved by a third a year and came back in a few; judgement"


class Project(Part):
    """A plant from decision to closure."""

    name: str
    place: str
    decided: str = Field(pattern=r"^\d{4}-\d{2}$")
    capex_musd: Number
    lead_months: Number
    ramp_months: Number
    life_years: int = Field(ge=1, le=50)
    fixed_musd_per_yr: Number
    idle_share: float = Field(default=0.35, ge=0, le=1)
    discount_rate: float = Field(default=0.1, ge=0, le=1)
    outputs: tuple[Output, ...] = Field(min_length=1)
    support: Support = Support()
    confrontation: Confrontation = Confrontation()
    price_cut: PriceCut = PriceCut()
    market: Market = Market()

    @model_validator(mode="after")
    def _fits(self) -> Project:
        made = [o.product for o in self.outputs]
        if len(set(made)) < len(made):
            raise ValueError("a product stands twice in outputs")
        for kind in ("floor", "offtake"):
            given = getattr(self.support, kind)
            if given is not None and given.product not in made:
                raise ValueError(f"the {kind}'s product {given.product!r} is not among the outputs: {', '.join(made)}")
        return self
