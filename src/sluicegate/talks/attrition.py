"""Who can wait: wars of attrition."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def concession(t: float, prize: float, cost: float) -> float:
    """Chance to have given in by t in the symmetric war of attrition: 1 - exp(-c t / v) (Maynard Smith 1974)."""
    return float(1 - np.exp(-cost * t / prize))


def worth_of_stopping(t: float, prize: float, cost: float) -> float:
    """What a side expects that gives in at t when the other keeps to `concession`: zero for every t.

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
