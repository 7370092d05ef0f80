"""What can befall industries: capacity lost for a time, capital lost that comes back, capital that is built anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np

from sluicegate.sim.ario.table import Table
from sluicegate.sim.network import Floats
from sluicegate.terms import InputError

Industry = tuple[str, str]
Recovery = Literal["linear", "convexe", "convexe noscale", "concave"]
SCALING = 4.0
STEEPNESS = 1e-6


@dataclass(frozen=True)
class _Dated:
    """Days from the start: a loss begins on `start`, lasts `days` and then recovers."""

    start: int
    days: int

    def _problems(self, lost: Mapping[Industry, float], most: float) -> list[str]:
        wrong = [f"{'/'.join(name)} loses {value}" for name, value in lost.items() if not 0 < value <= most]
        if self.start < 1 or self.days < 1:
            wrong.append(f"start {self.start}, days {self.days}")
        return wrong or ([] if lost else ["nobody loses anything"])

    def _refuse(self, wrong: list[str], expected: str) -> None:
        if wrong:
            raise InputError("; ".join(wrong), where=f"{type(self).__name__} from day {self.start}", expected=expected,
                             do="Mend the event.")  # fmt: skip


@dataclass(frozen=True)
class ArbitraryLoss(_Dated):
    """A share of capacity is lost, whatever the reason; `lost` by region and sector, 0-1."""

    lost: Mapping[Industry, float]
    recovery_days: int = 1
    recovery: Recovery = "linear"

    def __post_init__(self) -> None:
        wrong = self._problems(self.lost, 1.0) + _recovers(self.recovery, self.recovery_days)
        self._refuse(wrong, f"shares of capacity, days of 1 or more, a recovery of {', '.join(get_args(Recovery))}")


@dataclass(frozen=True)
class CapitalLoss(_Dated):
    """Capital is lost and comes back by itself; `lost` in the table's unit."""

    lost: Mapping[Industry, float]
    recovery_days: int = 1
    recovery: Recovery = "linear"

    def __post_init__(self) -> None:
        wrong = self._problems(self.lost, np.inf) + _recovers(self.recovery, self.recovery_days)
        self._refuse(wrong, f"capital above 0, days of 1 or more, a recovery of {', '.join(get_args(Recovery))}")


@dataclass(frozen=True)
class Rebuilding(_Dated):
    """Capital is lost and built anew by named sectors, whose other customers wait the longer.

    Parameters
    ----------
    lost : capital by region and sector, the table's unit ; households : losses by region and category of final demand
    builders : share of the work by sector, adding up to 1 ; rebuild_days : in which an even share would be done
    factor : demand for each unit lost
    """

    lost: Mapping[Industry, float]
    builders: Mapping[str, float]
    rebuild_days: int = 60
    households: Mapping[Industry, float] = field(default_factory=dict)
    factor: float = 1.0

    def __post_init__(self) -> None:
        wrong = self._problems(self.lost, np.inf) + _tau(self.rebuild_days)
        if not abs(sum(self.builders.values()) - 1) <= 1e-8 or not all(v >= 0 for v in self.builders.values()):
            wrong.append(f"builders' shares add up to {sum(self.builders.values()):g}")
        wrong += [
            f"{'/'.join(name)} loses {value}" for name, value in self.households.items() if not 0 < value < np.inf
        ]
        if not 0 < self.factor < np.inf:
            wrong.append(f"factor {self.factor}")
        self._refuse(wrong, "capital above 0, builders' shares that add up to 1, a factor above 0")


Event = ArbitraryLoss | CapitalLoss | Rebuilding


def _tau(days: int) -> list[str]:
    return [] if days >= 1 else [f"recovery takes {days} days"]


def _recovers(kind: str, days: int) -> list[str]:
    if kind not in get_args(Recovery):
        return [f"recovery {kind!r}"]
    if kind == "concave" and days < 3:  # its power has ln T - ln 2 below the line
        return [f"a concave recovery of {days} days"]
    return _tau(days)


def remaining(kind: Recovery, elapsed: Floats, days: int) -> Floats:
    """Share of a loss that is left `elapsed` days after recovery began (Hallegatte 2014; BoARIO 0.7, same names).

    linear 1 - t/T; convexe (1 - 1/T)^(4 t); convexe noscale (1 - 1/T)^t; concave T / (T + s t^k) with
    s = 1e-6 and k = (ln T - ln s) / (ln T - ln 2).
    """
    if kind == "linear":
        return np.asarray(1 - elapsed / days)
    if kind in ("convexe", "convexe noscale"):
        return np.asarray((1 - 1 / days) ** (elapsed * (SCALING if kind == "convexe" else 1.0)))
    power = (np.log(days) - np.log(STEEPNESS)) / (np.log(days) - np.log(2))
    return np.asarray(days / (days + STEEPNESS * elapsed**power))


def course(event: ArbitraryLoss | CapitalLoss, table: Table, days: int, decimals: int | None) -> Floats:
    """(days, N) what is lost on each day; after a linear recovery nothing is.

    Parameters
    ----------
    decimals : rounding of what is left, None for none
    """
    t = np.arange(days)
    since = t - 1 - (event.start + event.days)
    course = np.zeros((days, len(table.industries)))
    for (region, sector), lost in event.lost.items():
        i = table.place(region, sector)
        left = lost * remaining(event.recovery, np.maximum(since, 0).astype(float), event.recovery_days)
        left = left if decimals is None else np.round(left, decimals)
        gone = np.cumsum((left <= 0) & (since >= 0)) > 0
        course[:, i] = np.where(t < event.start, 0.0, np.where(since < 0, lost, np.where(gone, 0.0, left)))
    return course
