"""Long-term contracts: whom makers serve before the others when there is not enough for all."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sluicegate.scenario.dated import Dated, PlaceCode


class Contract(Dated):
    """Buyers abroad whom makers of a place serve as they serve customers at home, for the whole run.

    How far these go before all others the input `home preference` says: 0 shares alike, 1 serves them first.

    Parameters
    ----------
    origin : whose makers ; destinations : whose buyers have contracts ; products : of which goods
    """

    origin: PlaceCode
    products: Annotated[tuple[str, ...], Field(min_length=1)]
    destinations: Annotated[tuple[PlaceCode, ...], Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _abroad(self) -> Contract:
        if self.origin in self.destinations:
            raise ValueError(f"{self.origin} is served as home already")
        return self
