"""How a control's licence office works: the settings of the long form, each labelled, each dated where it changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from sluicegate.scenario.dated import LONGEST_WEEKS, Dated, Day, PlaceCode, Quantiles, Share, rising, three

Setting = Literal[
    "review_weeks_mean", "review_stages", "eligible_share", "preparation_weeks", "returned_share", "refile_weeks",
    "approved_share", "refused_share", "validity_weeks", "office_start_weeks", "overcompliance_share",
    "overcompliance_fade_weeks", "frontload_weeks_of_use", "frontload_surge_limit", "leak_share", "leak_delay_weeks",
    "customs_clearing_weeks",
]  # fmt: skip
"""What a rule may set."""
LONG_FORM = ("preparation_weeks", "returned_share", "refile_weeks", "approved_share", "refused_share", "validity_weeks")
"""What only an office stage by stage has."""
OF_OFFICE = ("review_weeks_mean", "review_stages", "eligible_share", "office_start_weeks", *LONG_FORM)
"""What only an office has; a ban and a quota have none."""
WHOLE_BORDER = ("office_start_weeks", "overcompliance_share", "overcompliance_fade_weeks", "frontload_weeks_of_use",
                "frontload_surge_limit", "leak_delay_weeks", "customs_clearing_weeks")  # fmt: skip
"""What differs by destination alone: it belongs to the first days of a control, or to the way of the goods."""
LEAST: dict[str, float] = {"review_stages": 1, "validity_weeks": 1, "refile_weeks": 1, "frontload_surge_limit": 1,
                           "overcompliance_fade_weeks": 0.1}  # fmt: skip
"""Least value where it is not nought."""
WHOLE = ("review_stages", "validity_weeks")
"""Settings that shape the office and are the same in every draw: their median counts, as a whole number."""


class Rule(Dated):
    """One setting from a day on, for some destinations, one end use and one tier of applicants.

    Parameters
    ----------
    setting : which one
    value : 5, 50 and 95 % quantiles, or one number for all draws; weeks, stages or a share (0-1)
    label : fitted to exports, practice of an office on record, official, or judgement ; reason : why
    effective_from : left out, from the control's first day
    destinations, end_use, applicants : left out, all. Of two rules the one with more conditions holds, then the later.
        Rules of `WHOLE_BORDER` take destinations alone
    """

    setting: Setting
    value: float | Quantiles
    label: Literal["official", "fitted", "practice", "judgement"]
    reason: Annotated[str, Field(min_length=1)]
    effective_from: date | None = None
    destinations: tuple[PlaceCode, ...] = ()
    end_use: Literal["civil", "military"] | None = None
    applicants: str | None = None

    @model_validator(mode="after")
    def _in_range(self) -> Rule:
        rising(self.setting, self.quantiles)
        low, middle, high = self.quantiles
        if low < (least := LEAST.get(self.setting, 0)):
            raise ValueError(f"{self.setting}: {low:g} is below {least:g}")
        if self.setting.endswith("_share") and high > 1:
            raise ValueError(f"{self.setting}: {high:g} is above 1")
        if low < high and (low <= 0 or (self.setting.endswith("_share") and high >= 1)):
            raise ValueError(f"{self.setting}: quantiles that differ must lie inside the range, not on its edge; "
                             f"found {low:g}, {middle:g}, {high:g}")  # fmt: skip
        if self.setting == "returned_share" and high >= 1:
            raise ValueError("returned_share: of 1 or more, no paper would ever be accepted")
        if self.setting in WHOLE and middle != round(middle):
            raise ValueError(f"{self.setting}: {middle:g} is no whole number")
        if self.setting == "validity_weeks" and high > LONGEST_WEEKS:
            raise ValueError(f"{self.setting}: {high:g} is above {LONGEST_WEEKS}")
        if self.setting == "review_stages" and high > 12:
            raise ValueError(f"review_stages: {high:g} is above 12")
        return self

    @model_validator(mode="after")
    def _conditions(self) -> Rule:
        given = [n for n in ("effective_from", "end_use", "applicants") if getattr(self, n) is not None]
        if self.setting in WHOLE_BORDER and given:
            raise ValueError(f"{self.setting}: differs by destination alone, from the control's first day; "
                             f"found {', '.join(given)}")  # fmt: skip
        return self

    @property
    def quantiles(self) -> Quantiles:
        """The value as three quantiles; equal where there is no spread."""
        return three(self.value)


class PerWeek(Dated):
    """How much an office can take into review in a week: quantiles or one number, and how it is known."""

    per_week: Annotated[float, Field(gt=0)] | tuple[Annotated[float, Field(gt=0)], float, float]
    label: Literal["official", "fitted", "practice", "judgement"]
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _rises(self) -> PerWeek:
        rising("per_week", self.quantiles)
        return self

    @property
    def quantiles(self) -> Quantiles:
        """The capacity as three quantiles, in its unit a week."""
        return three(self.per_week)


class CapacityChange(PerWeek):
    """Another capacity from a day on, in the unit of the first."""

    effective_from: Day


class Capacity(PerWeek):
    """What an office can take into review in a week, shared by all its controls on one group of items.

    Parameters
    ----------
    per_week : quantiles or one number ; unit : tonnes or applications
    contract_t : t of one application; needed where the unit is applications
    changes : capacities from later days on, each until the next
    """

    unit: Literal["t", "applications"]
    contract_t: Annotated[float, Field(gt=0)] | None = None
    changes: tuple[CapacityChange, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Capacity:
        if self.unit == "applications" and self.contract_t is None:
            raise ValueError("a capacity in applications needs `contract_t`, t of one application")
        days = [change.effective_from for change in self.changes]
        if twice := sorted({str(day) for day in days if days.count(day) > 1}):
            raise ValueError(f"changes: two capacities from {', '.join(twice)} on")
        return self


class OpenLicence(Dated):
    """Licences that spare a holder the single file: a share of what is held, from a day on, until they lapse.

    Parameters
    ----------
    kind : general, under which nothing is filed; registration, under which papers are filed and not reviewed
    share : of the held flow, in the hands of the exporters that have it
    validity_weeks : after which it lapses, unless another entry follows
    """

    kind: Literal["general", "registration"]
    share: Share
    effective_from: date
    validity_weeks: Annotated[float, Field(gt=0)]
    destinations: tuple[PlaceCode, ...] = ()
    end_use: Literal["civil", "military"] | None = None
    applicants: str | None = None
    label: Literal["official", "fitted", "practice", "judgement"]
    reason: Annotated[str, Field(min_length=1)]


class Part(Dated):
    """A share that an office's files are parted by, and how it is known."""

    share: Share
    label: Literal["official", "fitted", "practice", "judgement"]
    reason: Annotated[str, Field(min_length=1)]


class Office(Dated):
    """The settings of a control's office; what is left out comes from the table of practice.

    The short form takes `military_share` and `applicants`, so that rules can tell end uses and applicants apart.

    Parameters
    ----------
    capacity : left out, no limit
    open_licences : general licences and registrations
    military_share : share of an industry's use that is military, by industry; the rest is civil
    applicants : tiers of applicants and their shares of what is filed, summing to one; rules name them
    """

    capacity: Capacity | None = None
    open_licences: tuple[OpenLicence, ...] = ()
    military_share: dict[str, Part] = Field(default_factory=dict)
    applicants: dict[str, Part] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _adds_up(self) -> Office:
        total = sum(part.share for part in self.applicants.values())
        if self.applicants and abs(total - 1) > 1e-9:
            raise ValueError(f"applicants: the shares add up to {total:g}, not to 1")
        unknown = {o.applicants for o in self.open_licences if o.applicants} - set(self.applicants)
        if unknown:
            raise ValueError(f"open_licences: no tier of applicants is called {', '.join(sorted(unknown))}")
        return self


SETTINGS: tuple[str, ...] = get_args(Setting)
