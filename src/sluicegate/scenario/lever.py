"""A lever of the other side, held against the controller for a time."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Dated, Share, in_order


class LeverUse(Dated):
    """One lever of `world/data/levers.csv` in use.

    Parameters
    ----------
    lever : its name
    added_rate : of a tariff, duty over the price at the border, above what it was; may exceed 1
    share : of goods withheld, the part that does not pass
    effective_from, until : first day, and first day on which it is over
    """

    lever: str
    added_rate: Annotated[float, Field(gt=0, le=10)] | None = None
    share: Share = 1.0
    effective_from: date
    until: date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> LeverUse:
        in_order(self.effective_from, self.until)
        return self
