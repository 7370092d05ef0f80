"""A duty that a place lays on goods of another, by date."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode, in_order


class Tariff(Dated):
    """A duty added to that of the base year, on the price at the border.

    Several that hold at once add up. It makes the origin dearer to the place's buyers, who turn to others, and goes to
    the place's treasury.

    Parameters
    ----------
    by : the importing place ; on_goods_of : the origin
    products : left out, all goods of the chain
    added_rate : share of the price at the border; 1.45 is 145 %
    effective_from, until : first day, and first day on which it is over
    """

    by: PlaceCode
    on_goods_of: PlaceCode
    products: tuple[str, ...] = ()
    added_rate: Annotated[float, Field(gt=0, le=10)]
    effective_from: date
    until: date | None = None
    reason: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Tariff:
        in_order(self.effective_from, self.until)
        if self.by == self.on_goods_of:
            raise ValueError(f"a duty of {self.by} on its own goods")
        return self
