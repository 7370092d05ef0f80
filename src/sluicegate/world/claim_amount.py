"""The number a claim states, in our units, and when a figure agrees with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sluicegate.world.basis import Basis

RELATIVE = 0.10
"""A figure within a tenth of the claimed number agrees."""

POINTS = 0.05
"""So does a share within five points."""

_AT_LEAST = re.compile(r"at least|more than|over|above|exceed|minimum|upward|>", re.I)
_AT_MOST = re.compile(r"at most|up to|less than|under|below|fewer|maximum|<", re.I)
_MONEY = {"k": 1e-3, "thousand": 1e-3, "m": 1.0, "million": 1.0, "mn": 1.0, "bn": 1e3, "billion": 1e3, "trillion": 1e6}
_MASS = {"kg": 1e-3, "kilogram": 1e-3, "t": 1.0, "ton": 1.0, "tonne": 1.0, "mt": 1.0, "kt": 1e3, "thousand t": 1e3}
_MASS |= {"million t": 1e6, "metric ton": 1.0, "metric tonne": 1.0, "thousand ton": 1e3, "million ton": 1e6}


@dataclass(frozen=True)
class ClaimAmount:
    """A claimed number.

    Parameters
    ----------
    value : in `unit`, shares 0-1
    unit : `share`, `t`, `musd`, `USD/kg`, `years`, `days`, `weeks`
    side : `at least`, `at most` or `about`
    """

    value: float
    unit: str
    side: str

    def comparable(self, unit: str) -> bool:
        """Whether a figure in this unit speaks of the same kind of quantity."""
        return {"t/yr": "t", "ratio": "share"}.get(unit, unit) == self.unit

    def agrees(self, basis: Basis) -> bool:
        """Whether the claim is within tolerance of the basis's number or range; `at least`, `at most` on one side."""
        numbers = [n for n in (basis.value, basis.low, basis.high) if n is not None]
        slack = max(RELATIVE * abs(self.value), POINTS if self.unit == "share" else 0.0)
        low, high = min(numbers) - slack, max(numbers) + slack
        if self.side == "at least":
            return self.value <= high
        if self.side == "at most":
            return self.value >= low
        return low <= self.value <= high


def read_amount(amount: Mapping[str, object]) -> ClaimAmount | None:
    """A claim's amount in our units; None where there is no number or the unit is none of ours."""
    try:
        value = float(str(amount.get("value")).replace(",", ""))
    except ValueError:
        return None
    found = _unit(str(amount.get("unit") or "").strip())
    if found is None:
        return None
    unit, factor = found
    qualifier = str(amount.get("qualifier") or "")
    side = "at least" if _AT_LEAST.search(qualifier) else "at most" if _AT_MOST.search(qualifier) else "about"
    return ClaimAmount(value * factor, unit, side)


def _unit(printed: str) -> tuple[str, float] | None:
    """Our unit and the factor to it for a unit as an article has it."""
    unit = printed.casefold().removesuffix("s").replace("metric ton", "ton").strip()
    if unit in ("percent", "%", "per cent", "pct"):
        return "share", 0.01
    if unit == "share":
        return "share", 1.0
    if unit in ("usd/kg", "$/kg"):
        return "USD/kg", 1.0
    if unit in ("usd/t", "usd/ton", "usd/tonne"):
        return "USD/kg", 1e-3
    if unit in ("year", "week", "day"):
        return f"{unit}s", 1.0
    if unit == "month":
        return "years", 1 / 12
    money = re.fullmatch(r"(?:(k|thousand|mn?|million|bn|billion|trillion) ?)?(?:us ?)?(?:usd|\$|dollar|us\$)", unit)
    if money or unit == "musd":
        scale = money.group(1) if money else "m"
        return "musd", _MONEY[scale] if scale else 1e-6
    mass = re.sub(r"(/y(ea)?r?| a year| per year| of .*| reo| w| sb| ga| ge)$", "", unit)
    return ("t", _MASS[mass]) if mass in _MASS else None
