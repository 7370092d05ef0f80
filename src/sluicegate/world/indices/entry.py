"""What one index says of one material."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """What one method says of one material.

    Parameters
    ----------
    method : a key of `METHODS`
    value : in `unit`; None where only a bound is known
    low, high : bounds, None where there are none
    unit, year : of the value
    source : the source it is printed in, or what it is computed from
    because : one clause with the evidence, for a reader who asks why
    inputs : ids of the figures, sources and rows behind it
    """

    method: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int
    source: str
    because: str
    inputs: tuple[str, ...] = ()
