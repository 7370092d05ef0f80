"""What can happen in a scenario, each as dated data."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode, Share, in_order
from sluicegate.scenario.office import LONG_FORM, OF_OFFICE, Office, Rule
from sluicegate.scenario.quota import Abroad, Quota


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

    Parameters
    ----------
    kind : a licence, a ban, or a quota in t a period, which needs `quota`
    form : short, one delay and one share that passes; long, the office stage by stage
    office : its settings ; rules : how a setting differs by date, destination, end use and applicant
    suspended : spans in which nothing is held, first and last day
    abroad : hold goods made abroad with the controller's content, not its own
    """

    register_id: str | None = Field(None, alias="register")
    name: str | None = None
    kind: Literal["licence", "ban", "quota"] = "licence"
    form: Literal["short", "long"] = "short"
    origin: PlaceCode | None = None
    products: dict[str, Share | tuple[Share, Share, Share]] = Field(default_factory=dict)
    destinations: tuple[PlaceCode, ...] = ()
    announced_on: date | None = None
    effective_from: date | None = None
    until: date | None = None
    first_licences_by: date | None = None
    easings: tuple[Easing, ...] = ()
    suspended: tuple[tuple[date, date], ...] = ()
    office: Office | None = None
    rules: tuple[Rule, ...] = ()
    quota: Quota | None = None
    abroad: Abroad | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)

    @model_validator(mode="after")
    def _complete(self) -> Control:
        if self.register_id is None:
            lacking = [n for n in ("name", "origin", "products", "effective_from") if not getattr(self, n)]
            if lacking:
                raise ValueError(f"a control needs `register`, or all of name, origin, products, effective_from; "
                                 f"missing: {', '.join(lacking)}")  # fmt: skip
        in_order(self.effective_from, self.until)
        if self.announced_on and self.effective_from and self.announced_on > self.effective_from:
            raise ValueError(f"`announced_on` {self.announced_on} is after `effective_from` {self.effective_from}")
        for first, last in self.suspended:
            if last < first:
                raise ValueError(f"suspended: the span ends ({last}) before it begins ({first})")
        for product, share in self.products.items():
            if isinstance(share, tuple) and list(share) != sorted(share):
                raise ValueError(f"products: the shares of {product}, {share}, do not rise from low to high")
        return self

    @model_validator(mode="after")
    def _fits_its_form(self) -> Control:
        if (self.kind == "quota") != (self.quota is not None):
            raise ValueError("`quota` (t and period) goes with `kind: quota`, and the one needs the other")
        if self.form == "long" and self.kind != "licence":
            raise ValueError(f"`form: long` is about an office that licenses; this control is a {self.kind}")
        if self.office and self.form != "long" and (self.office.capacity or self.office.open_licences):
            raise ValueError("`capacity` and `open_licences` of an `office` need `form: long`")
        if self.kind != "licence" and (said := [n for n in ("office", "first_licences_by") if getattr(self, n)]):
            raise ValueError(f"{' and '.join(said)}: of an office that licenses; this control is a {self.kind}")
        if self.kind == "quota" and self.easings:
            raise ValueError("a quota is eased by another quota from that day on; `easings` are for a licence or a ban")
        for rule in self.rules:
            if wrong := _ruled_wrongly(self, rule):
                raise ValueError(f"rules: {wrong}")
        return self


def _ruled_wrongly(control: Control, rule: Rule) -> str:
    """What a rule says that its control cannot mean; empty where it can."""
    office = control.office or Office()
    if control.kind != "licence" and rule.setting in OF_OFFICE:
        return f"{rule.setting} is of an office that licenses; this control is a {control.kind}"
    if control.form == "short" and rule.setting in LONG_FORM:
        return f"{rule.setting} needs `form: long`"
    if control.form == "long" and rule.setting == "eligible_share":
        return "eligible_share is of the short form; `form: long` takes approved_share"
    if rule.end_use == "military" and not office.military_share:
        return "end_use: no `military_share` of the office says which part of an industry's use is military"
    if rule.applicants and rule.applicants not in office.applicants:
        return f"no tier of applicants is called {rule.applicants!r}"
    return ""


class Outage(Dated):
    """A share of a process's capacity in one place is lost for a time."""

    process: str
    place: PlaceCode
    share: Share
    effective_from: date
    until: date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Outage:
        in_order(self.effective_from, self.until)
        return self


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
    products: Annotated[tuple[str, ...], Field(min_length=1)]
    days: Annotated[float, Field(gt=0)]
    effective_from: date
    industries: tuple[str, ...] = ()
    reason: str = ""


class Thrift(Dated):
    """A programme of a place's lines to use less of a product, without waiting until they are pressed.

    Parameters
    ----------
    share_of_ceiling : part of what thrift can save of the product at most (its `thrift: ...` parameter) ;
        start : first day it saves anything ; ramp_weeks : until it saves that part in full
    """

    place: PlaceCode
    products: Annotated[tuple[str, ...], Field(min_length=1)]
    share_of_ceiling: Share
    start: date
    ramp_weeks: Annotated[int, Field(ge=0)] = 26
    reason: str = ""


class SecondSource(Dated):
    """Supply from outside the controller that a place's buyers open, as a share of their use."""

    place: PlaceCode
    products: Annotated[tuple[str, ...], Field(min_length=1)]
    share_of_use: Share
    start: date
    ramp_weeks: Annotated[int, Field(ge=0)] = 26
    reason: str = ""
