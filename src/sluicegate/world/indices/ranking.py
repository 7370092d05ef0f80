"""Where the indices disagree: each material's place in every method's order, and the widest gap between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.method import METHODS

FEWEST_RANKED = 5
"""An order of fewer materials says nothing about who disagrees."""

Said = Mapping[str, Mapping[str, Entry]]
"""Entries by material and method."""


@dataclass(frozen=True)
class Rank:
    """A material's place in one method's order; 1 is the riskiest, equals share the better place."""

    rank: int
    of: int

    @property
    def relative(self) -> float:
        """0 for the riskiest, 1 for the least risky."""
        return (self.rank - 1) / (self.of - 1) if self.of > 1 else 0.0


@dataclass(frozen=True)
class Disagreement:
    """Two methods that place a material furthest apart.

    Parameters
    ----------
    high, low : the method that finds it riskier, and the one that does not
    apart : difference of the relative ranks, 0-1
    why : one clause
    """

    high: str
    low: str
    apart: float
    why: str


def ranks(said: Said) -> dict[str, dict[str, Rank]]:
    """Ranks by material and method, among the materials the method has a value for; a bound alone has no rank."""
    found: dict[str, dict[str, Rank]] = {material: {} for material in said}
    for name, method in METHODS.items():
        sign = -1 if method.riskier_when == "high" else 1
        known = {material: by[name].value for material, by in said.items() if name in by}
        order = {material: sign * value for material, value in known.items() if value is not None}
        for material, value in order.items():
            found[material][name] = Rank(1 + sum(other < value for other in order.values()), len(order))
    return found


def disagreement(entries: Mapping[str, Entry], placed: Mapping[str, Rank]) -> Disagreement | None:
    """The widest gap of one material; None where fewer than two methods rank it."""
    usable = {name: rank for name, rank in placed.items() if rank.of >= FEWEST_RANKED}
    if len(usable) < 2:
        return None
    high = min(usable, key=lambda name: usable[name].relative)
    low = max(usable, key=lambda name: usable[name].relative)
    why = f"{entries[high].because}, while {entries[low].because}"
    return Disagreement(high, low, usable[low].relative - usable[high].relative, why)
