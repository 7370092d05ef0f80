"""What every part of an event is made of: strict fields, place codes, shares."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from sluicegate.terms import InputError, parse_place
from sluicegate.terms.day import EARLIEST, LATEST


def _place(text: str) -> str:
    try:
        return parse_place(text)
    except InputError as error:
        raise ValueError(str(error)) from error


def _in_our_time(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} is not between {EARLIEST} and {LATEST}")
    return day


PlaceCode = Annotated[str, AfterValidator(_place)]
Share = Annotated[float, Field(ge=0, le=1)]
Day = Annotated[date, AfterValidator(_in_our_time)]
"""A day the dataset can speak of."""
Quantiles = tuple[float, float, float]
"""5, 50 and 95 %."""
Band = tuple[Share, Share, Share]
"""The same of a share."""
LONGEST_WEEKS = 2100
"""Forty years: the base year says nothing of what comes later, and no wait is longer."""


def _counted(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a yes or no where a number belongs")
    return value


Weeks = Annotated[int, Field(ge=1, le=LONGEST_WEEKS), BeforeValidator(_counted)]
"""How long a run is; a number as text, as a form sends it, will do."""


def in_order(effective_from: date | None, until: date | None) -> None:
    """See that something ends after it begins.

    Raises
    ------
    ValueError : it does not.
    """
    if effective_from and until and until <= effective_from:
        raise ValueError(f"`until` {until} is not after `effective_from` {effective_from}")


def three(value: float | Quantiles) -> Quantiles:
    """A number or its quantiles, as three; equal where there is no spread."""
    return value if isinstance(value, tuple) else (value, value, value)


def rising(name: str, quantiles: Quantiles) -> None:
    """See that quantiles do not fall.

    Raises
    ------
    ValueError : they do.
    """
    low, middle, high = quantiles
    if not low <= middle <= high:
        raise ValueError(f"{name}: the quantiles {low:g}, {middle:g}, {high:g} do not rise")


def inside(name: str, quantiles: Band) -> None:
    """See that the quantiles of a share do not fall, and where they differ do not lie on its edge.

    Raises
    ------
    ValueError : they do.
    """
    rising(name, quantiles)
    low, _, high = quantiles
    if low < high and (low <= 0 or high >= 1):
        raise ValueError(f"{name}: quantiles that differ must lie between 0 and 1, not on the edge")


class Dated(BaseModel):
    """Base of every event: strict, frozen, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
