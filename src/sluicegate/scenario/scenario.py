"""A what-if, as data: what happens when, to whom it matters, how far we look."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sluicegate.scenario.contract import Contract
from sluicegate.scenario.dated import Day, PlaceCode, Weeks
from sluicegate.scenario.event import Control, Outage, Plant, SecondSource, StockOrder, Thrift
from sluicegate.scenario.export_levy import ExportLevy
from sluicegate.scenario.lever import LeverUse
from sluicegate.scenario.licensing_office import LicensingOffice
from sluicegate.scenario.next_stage import NextStage
from sluicegate.scenario.priority import Priority
from sluicegate.scenario.quota import ProductionQuota
from sluicegate.scenario.support import Deposit, Offtake, PriceFloor, Project
from sluicegate.scenario.tariff import Tariff

WEEK = timedelta(days=7)


class ParameterChange(BaseModel):
    """A scenario's own distribution for a named parameter, in the parameter's unit.

    Parameters
    ----------
    p05, p50, p95 : its quantiles; three alike leave no spread
    label : what is behind it ; reason : one sentence a reader can judge
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    p05: float
    p50: float
    p95: float
    label: Literal["official", "reported", "derived", "fitted", "practice", "judgement"] = "judgement"
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _rising(self) -> ParameterChange:
        if not self.p05 <= self.p50 <= self.p95:
            raise ValueError(f"the quantiles {self.p05:g}, {self.p50:g}, {self.p95:g} do not rise")
        return self


class Scenario(BaseModel):
    """A dated what-if on the base world.

    Parameters
    ----------
    name : what it is called for short ; title : what happens, in one line
    start : the first day simulated ; weeks : how many weeks are simulated (20 years is 1043)
    as_of : nothing that became known later is used
    controller : the side whose edge is asked for; left out where there is no such question
    target : the side over whom it is asked for
    controls, outages, plants, stocks, second_sources, thrift, production_quotas : the events
    offices : how much the offices of the controls swing and clamp down, by date; gone with them in the counterfactual
    contracts : buyers abroad whom makers serve as they serve customers at home
    priorities : uses of a place that are served before its others when not enough arrives for all
    next_stages : what pressed industries can buy abroad in place of a part: the motor in place of the magnet
    tariffs : duties of a place on goods of another, which hold with and without the controls
    export_levies : what places take on their own exports; the controller's are part of what it does, as controls are
    floors, offtakes, projects : prices and volumes promised to makers, and plants built if they pay
    levers : what the other side holds against the controller while the control stands; never in the counterfactual
    depletion : mines with reserves on record run down ; deposits : reserves in place of the record
    parameters : changes to named uncertain inputs
    in_force : add the controls of the register that are in force by the record of the as-of date
    settings : how open questions of the register turn out, by the question's id; needs `in_force`
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    start: Day
    weeks: Weeks
    as_of: Day
    controller: PlaceCode | None = None
    target: PlaceCode | None = None
    controls: tuple[Control, ...] = ()
    offices: tuple[LicensingOffice, ...] = ()
    outages: tuple[Outage, ...] = ()
    plants: tuple[Plant, ...] = ()
    stocks: tuple[StockOrder, ...] = ()
    second_sources: tuple[SecondSource, ...] = ()
    thrift: tuple[Thrift, ...] = ()
    production_quotas: tuple[ProductionQuota, ...] = ()
    contracts: tuple[Contract, ...] = ()
    priorities: tuple[Priority, ...] = ()
    next_stages: tuple[NextStage, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    export_levies: tuple[ExportLevy, ...] = ()
    floors: tuple[PriceFloor, ...] = ()
    offtakes: tuple[Offtake, ...] = ()
    projects: tuple[Project, ...] = ()
    levers: tuple[LeverUse, ...] = ()
    depletion: bool = False
    deposits: tuple[Deposit, ...] = ()
    parameters: dict[str, ParameterChange] = {}
    in_force: bool = False
    settings: dict[str, str] = {}

    @model_validator(mode="after")
    def _sides(self) -> Scenario:
        if self.controller and self.controller == self.target:
            raise ValueError(f"controller and target are both {self.controller}")
        return self

    @model_validator(mode="after")
    def _supply(self) -> Scenario:
        if self.deposits and not self.depletion:
            raise ValueError("`deposits` are only read with `depletion: true`")
        mines = [(d.process, d.place) for d in self.deposits]
        if len(set(mines)) != len(mines):
            raise ValueError(f"two deposits of one mine: {sorted({m for m in mines if mines.count(m) > 1})}")
        stages = [(s.place, s.industry, s.product) for s in self.next_stages]
        if len(set(stages)) != len(stages):
            raise ValueError(f"two next stages of one use: {sorted({x for x in stages if stages.count(x) > 1})}")
        places = [office.place for office in self.offices]
        if len(set(places)) != len(places):
            raise ValueError(f"two offices of one place: {sorted({p for p in places if places.count(p) > 1})}")
        named = [p.name for p in self.projects]
        if len(set(named)) != len(named):
            raise ValueError(f"two projects share a name: {sorted({n for n in named if named.count(n) > 1})}")
        return self

    @model_validator(mode="after")
    def _one_priority_at_a_time(self) -> Scenario:
        for (i, one), (j, other) in combinations(enumerate(self.priorities), 2):
            if one.meets(other):
                raise ValueError(f"priorities {i} and {j} hold for the same goods in {one.place} at once; "
                                 "say both in one: `first`, and `then` for who comes next")  # fmt: skip
        return self

    @property
    def end(self) -> date:
        """First day after the last week."""
        return self.start + self.weeks * WEEK

    def week_of(self, day: date) -> float:
        """Weeks from the start to `day`, with the days as a fraction."""
        return (day - self.start).days / 7

    def date_of(self, week: int) -> date:
        """First day of a week (0 is the first)."""
        return self.start + week * WEEK

    def without_controls(self) -> Scenario:
        """The counterfactual: the same without any export control, the controller's levies, or a lever against them."""
        kept = tuple(levy for levy in self.export_levies if levy.place != self.controller)
        gone = {"controls": (), "offices": (), "levers": (), "export_levies": kept}
        return self.model_copy(update={"name": f"{self.name}, no control", **gone})
