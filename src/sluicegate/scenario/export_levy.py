"""What a place takes on its own exports in a scenario: export duty, or a refund of tax that it cuts, by date."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode, in_order


class ExportLevy(Dated):
    """A rate that holds in place of the one on record.

    It makes the place's goods dearer to buyers abroad, who turn to others and use less, and goes to the place's
    treasury. The run without the controls is without the controller's export levies too.

    Parameters
    ----------
    place : whose exports
    products : left out, all goods of the chain
    levy : `export duty`, a share of the price with what is left of the tax, or `tax refund`, a share of the price
        without tax; a refund of 0 leaves all of the tax on exports
    rate : 0.25 is 25 %
    effective_from, until : first day, and first day on which it is over
    """

    place: PlaceCode
    products: tuple[str, ...] = ()
    levy: Literal["export duty", "tax refund"] = "export duty"
    rate: Annotated[float, Field(ge=0, le=10)]
    effective_from: date
    until: date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> ExportLevy:
        in_order(self.effective_from, self.until)
        if self.levy == "tax refund" and self.rate > 1:
            raise ValueError(f"a refund of {self.rate:g} times the price; a rate of 0.13 is 13 %")
        return self
