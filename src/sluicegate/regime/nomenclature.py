"""The subheadings of the Harmonized System: which customs codes exist at all."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def subheadings() -> frozenset[str]:
    """Every six-digit code of the edition of 2022, as text."""
    text = files("sluicegate.regime").joinpath("data", "hs6.txt").read_text(encoding="utf-8")
    lines = [line.split(": ") for line in text.splitlines() if not line.startswith("#")]
    return frozenset(heading + last for heading, ends in lines for last in ends.split())
