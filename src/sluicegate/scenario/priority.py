"""Uses that are served before the others of a place: an allocation order, or makers' own choice of customers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Band, Dated, PlaceCode, Share, in_order, inside, three


class Priority(Dated):
    """Industries or makers of a place that get what they are due of a product before the place's others do.

    Where all get what they are due it changes nothing. One holds at a time for a product in a place.

    Parameters
    ----------
    place : whose uses are ranked ; products : the goods of which not enough arrives
    first : industries, or processes of makers, served before the others ; then : who comes next, before the rest
    share : how far they go before the others: 0 shares as without it, 1 serves them strictly first; one number, or 5,
        50 and 95 % quantiles
    effective_from : first day ; until : first day on which it is over, left out where it never is
    reason : one sentence a reader can judge
    """

    place: PlaceCode
    products: Annotated[tuple[str, ...], Field(min_length=1)]
    first: Annotated[tuple[str, ...], Field(min_length=1)]
    then: tuple[str, ...] = ()
    share: Share | Band
    effective_from: date
    until: date | None = None
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Priority:
        in_order(self.effective_from, self.until)
        for field, names in (("products", self.products), ("first", self.ranked)):
            if twice := sorted(n for n, count in Counter(names).items() if count > 1):
                raise ValueError(f"{field}: named twice: {', '.join(twice)}")
        inside("share", self.quantiles)
        return self

    @property
    def ranked(self) -> tuple[str, ...]:
        """Who is named, the first before those that come then."""
        return self.first + self.then

    @property
    def quantiles(self) -> Band:
        """`share` as three quantiles; equal where there is no spread."""
        return three(self.share)

    def meets(self, other: Priority) -> bool:
        """Whether another holds for one of the same products in the same place on one of the same days."""
        same = self.place == other.place and not {*self.products}.isdisjoint(other.products)
        return same and all(a.until is None or b.effective_from < a.until for a, b in ((self, other), (other, self)))
