"""A buyer who is pressed for a part buys the next stage abroad: the motor in place of the magnet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Band, Dated, PlaceCode, Share, inside, three


class NextStage(Dated):
    """What an industry can buy abroad instead of having it made at home of a product it is pressed for.

    It then needs less of the product, loses less, and the maker of the stage at home loses what it would have made.

    Parameters
    ----------
    place, industry : who is pressed ; product : of which
    maker : industry of the same place that makes the stage at home and loses it
    share : of the industry's use of the product, what can be bought as the next stage at most; one number, or 5, 50
        and 95 % quantiles
    weeks : of pressure until that is reached; half of them pass before anything is bought, as with thrift
    value_share : value added of making the stage at home over the industry's own, if all of it were bought abroad
    """

    place: PlaceCode
    industry: str
    product: str
    maker: str
    share: Share | Band
    weeks: Annotated[float, Field(gt=0)]
    value_share: Share | Band
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> NextStage:
        for name in ("share", "value_share"):
            inside(name, self.quantiles(name))
        if self.maker == self.industry:
            raise ValueError(f"{self.industry} is pressed and maker at once")
        return self

    def quantiles(self, name: str) -> Band:
        """`share` or `value_share` as three quantiles; equal where there is no spread."""
        return three(getattr(self, name))
