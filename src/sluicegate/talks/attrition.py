"""Who can wait: wars of attrition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def concession(t: float, prize: float, cost: float) -> float:
    """Chance to have given in by t in the symmetric war of attrition: 1 - exp(-c t / v) (Maynard Smith 1974)."""
    return float(1 - np.exp(-cost * t / prize))


def worth_of_stopping(t: float, prize: float, cost: float) -> float:
    """What a side expects that gives in at t when the other keeps to `concession`: zero for every t.

    Maynard Smith (1974).

    The prize if the other gave in before, less the cost of the time that passed.
    """
    given_in = concession(t, prize, cost)
    waited = prize / cost * (1 - np.exp(-cost * t / prize))  # mean of the lesser of t and the other's time
    return float(prize * given_in - cost * waited)


@dataclass(frozen=True)
class Standoff:
    """Two sides that may be stubborn. First and second in each pair.

    Parameters
    ----------
    hazard : a unit of time at which each gives in ; lasts : time by which each would surely have, were it not stubborn
    at_once : chance with which each gives in at the start
    """

    hazard: tuple[float, float]
    lasts: tuple[float, float]
    at_once: tuple[float, float]


def standoff(gains: tuple[float, float], costs: tuple[float, float], stubborn: tuple[float, float]) -> Standoff:
    """Each side gives in at the rate that leaves the other indifferent to waiting (Abreu and Gul 2000, proposition 1).

    Side i's hazard is what waiting costs the other over what the other gains when i gives in. The side that would take
    longer to be known as stubborn gives in at once with the chance that makes both end together.

    Parameters
    ----------
    gains : what each gains when the other gives in ; costs : what waiting costs each a unit of time
    stubborn : chance that each never gives in
    """
    hazard = (costs[1] / gains[1], costs[0] / gains[0])
    lasts = tuple(float(-np.log(z) / rate) for z, rate in zip(stubborn, hazard, strict=True))
    end = min(lasts)
    at_once = tuple(float(max(1 - z * np.exp(rate * end), 0.0)) for z, rate in zip(stubborn, hazard, strict=True))
    return Standoff(hazard, (lasts[0], lasts[1]), (at_once[0], at_once[1]))


@dataclass(frozen=True)
class LongStandoff:
    """A standoff whose costs change. First and second in each pair, W units of time.

    Parameters
    ----------
    at_once : chance with which each gives in at the start
    lasts : time by which each would surely have given in, were it not stubborn; infinite where the horizon ends first
    given_in : (W, 2) chance to have given in by the end of each unit, the start included
    """

    at_once: tuple[float, float]
    lasts: tuple[float, float]
    given_in: NDArray[np.float64]


def standoff_over_time(gains: tuple[float, float], costs: NDArray[np.float64],
                       stubborn: tuple[float, float]) -> LongStandoff:  # fmt: skip
    """`standoff` with costs of waiting that change, such as a loss that jumps when a stock is out.

    Side i gives in at rate c_j(t) / G_j, so that j stays indifferent at every moment; both must be known as stubborn at
    the same time, so the one that would take longer gives in at once with 1 - z e^(integral of its rate up to then)
    (Abreu and Gul 2000, proposition 1, with flow costs in place of a constant rate). The hazard is highest when waiting
    hurts the other most: deals cluster at the start and where a stock ends.

    Parameters
    ----------
    gains : what each gains when the other gives in ; costs : (W, 2) what a unit of time costs each, >= 0
    stubborn : chance that each never gives in
    """
    rates = np.stack([costs[:, 1] / gains[1], costs[:, 0] / gains[0]], axis=1)
    spent = np.concatenate([np.zeros((1, 2)), rates.cumsum(axis=0)])
    need = -np.log(np.asarray(stubborn))
    lasts = (_reached(spent[:, 0], need[0]), _reached(spent[:, 1], need[1]))
    end = min(*lasts, float(len(rates)))
    by_end = [float(np.interp(end, np.arange(len(spent)), spent[:, i])) for i in (0, 1)]
    known = np.isfinite(min(lasts))
    at_once = [max(1 - z * np.exp(total), 0.0) if known else 0.0 for z, total in zip(stubborn, by_end, strict=True)]
    given = 1 - (1 - np.array(at_once)) * np.exp(-np.minimum(spent[1:], np.array(by_end)))
    return LongStandoff((float(at_once[0]), float(at_once[1])), lasts, given)


def _reached(total: NDArray[np.float64], need: float) -> float:
    """When a rising total passes what is needed, between its points; infinite where it never does."""
    if total[-1] < need:
        return float("inf")
    at = int(np.searchsorted(total, need))
    return float(at - (total[at] - need) / (total[at] - total[at - 1]))
