"""Added import duties as dated steps, and the talks around them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from sluicegate.regime.measure import Citation, Confidence, Entry, PlaceCode


class AddedRate(Entry):
    """A general added duty rate (0-1, may exceed 1) from `first` to `last`, both inclusive; `last` open if absent."""

    by: PlaceCode
    on_goods_of: PlaceCode
    first: date
    last: date | None = None
    added_rate: Annotated[float, Field(ge=0)]
    announced_on: date
    what: str
    source: Citation
    confidence: Confidence

    @model_validator(mode="after")
    def _in_order(self) -> AddedRate:
        if self.last and self.last < self.first:
            raise ValueError(f"the step ends ({self.last}) before it begins ({self.first})")
        return self


class TalksEvent(Entry):
    """A threat, a round of talks, a retaliation, an expiry: what was said or done on a day."""

    day: date
    actors: tuple[PlaceCode, ...]
    kind: str
    what: str
    until: date | None = None
    detail: str = ""
    source: Citation
    confidence: Confidence
    note: str = ""


class TariffFile(Entry):
    """The file of tariff steps and talks."""

    last_verified: date
    note: str = ""
    rates: tuple[AddedRate, ...]
    talks: tuple[TalksEvent, ...]
