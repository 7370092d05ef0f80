"""The licensing office of a place, as all its controls meet it: how its own moods change from a day on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Dated, Day, PlaceCode, Quantiles, rising, three

FACTORS: dict[str, str] = {
    "swing_factor": "swing_log_sd", "swing_memory_factor": "swing_memory_weeks",
    "clampdown_rate_factor": "clampdown_per_year", "clampdown_depth_factor": "clampdown_depth",
    "clampdown_length_factor": "clampdown_weeks",
}  # fmt: skip
"""What a change may state, and the input of the office that it is a factor on."""
Times = Annotated[float, Field(ge=0, le=100)]
TimesMemory = Annotated[float, Field(ge=0.01, le=100)]
"""Something is divided by a memory."""
Factor = Times | tuple[Times, Times, Times]
MemoryFactor = TimesMemory | tuple[TimesMemory, TimesMemory, TimesMemory]


class OfficeChange(Dated):
    """How much more or less an office swings and clamps down than it usually does, from a day on.

    What a change leaves out stays as it was; a factor of 1 is the office's usual way again.

    Parameters
    ----------
    effective_from : first day
    swing_factor : on how far what it lets through swings, one number or 5, 50 and 95 % quantiles; 0 is no swing
    swing_memory_factor : on how long a swing lasts
    clampdown_rate_factor : on how often it clamps down without a text; 0 begins none, one begun before goes on
    clampdown_depth_factor : on the share a clampdown stops, at most all of it
    clampdown_length_factor : on how long a clampdown lasts that begins from then on
    label : fitted to exports, practice of an office on record, official, or judgement ; reason : why
    """

    effective_from: Day
    swing_factor: Factor | None = None
    swing_memory_factor: MemoryFactor | None = None
    clampdown_rate_factor: Factor | None = None
    clampdown_depth_factor: Factor | None = None
    clampdown_length_factor: Factor | None = None
    label: Literal["official", "fitted", "practice", "judgement"]
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _in_range(self) -> OfficeChange:
        if not self.stated:
            raise ValueError(f"changes nothing; state one or more of {', '.join(FACTORS)}")
        for name, quantiles in self.stated.items():
            rising(name, quantiles)
            low, middle, high = quantiles
            if low == 0 < high:
                raise ValueError(f"{name}: quantiles that differ must lie above 0; found 0, {middle:g}, {high:g}")
        return self

    @property
    def stated(self) -> dict[str, Quantiles]:
        """The factors it states, as three quantiles each; equal where there is no spread."""
        given = {name: getattr(self, name) for name in FACTORS}
        return {name: three(v) for name, v in given.items() if v is not None}


class LicensingOffice(Dated):
    """The office that licenses the exports of a place: one for all its controls.

    Parameters
    ----------
    place : whose office ; changes : of its swings and clampdowns, each until the next
    """

    place: PlaceCode
    changes: tuple[OfficeChange, ...]

    @model_validator(mode="after")
    def _one_a_day(self) -> LicensingOffice:
        days = [change.effective_from for change in self.changes]
        if not days:
            raise ValueError("changes: none is stated; leave the office out")
        if twice := sorted({str(day) for day in days if days.count(day) > 1}):
            raise ValueError(f"changes: two from {', '.join(twice)} on; state both in one")
        return self
