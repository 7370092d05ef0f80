"""Prices over the years: a wandering log price, confrontations, a price cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sluicegate.project.file import Confrontation, Market

Floats = NDArray[np.float64]
MONTHS = 12


@dataclass(frozen=True)
class Chances:
    """The luck of each month, kept apart from what it is compared with, so that cases are paired. T months, D draws.

    Parameters
    ----------
    shock : (T, D) standard normal ; enter, leave : (T, D) uniform
    """

    shock: Floats
    enter: Floats
    leave: Floats


def chances(months: int, draws: int, seed: int) -> Chances:
    """Independent luck for each month and draw."""
    rng = np.random.default_rng([seed, 7])
    return Chances(rng.standard_normal((months, draws)), rng.random((months, draws)), rng.random((months, draws)))


def wandering(market: Market, luck: Chances) -> Floats:
    """(T, D) price over its mean: X' = phi X + s e in logs from its long-run spread, made to average 1.

    `phi` halves a gap in `half_life_years`; the long-run variance of X is volatility^2 / (2 kappa), kappa = ln 2 over
    the half-life (Schwartz 1997, model 1), so a month's price is lognormal with mean 1.
    """
    kappa = np.log(2) / market.half_life_years
    spread = market.volatility / np.sqrt(2 * kappa)
    phi = np.exp(-kappa / MONTHS)
    x = np.empty_like(luck.shock)
    x[0] = spread * luck.shock[0]
    for t in range(1, len(x)):
        x[t] = phi * x[t - 1] + spread * np.sqrt(1 - phi**2) * luck.shock[t]
    return np.asarray(np.exp(x - spread**2 / 2))


def confronted(what: Confrontation, luck: Chances, *, per_year: float | None = None) -> NDArray[np.bool_]:
    """(T, D) months in a confrontation; with the same luck more of them the likelier one is (a monotone coupling)."""
    enter = 1 - np.exp(-(what.per_year if per_year is None else per_year) / MONTHS)
    leave = 1 - np.exp(-1 / (what.years * MONTHS))
    on = np.zeros(luck.enter.shape, dtype=bool)
    on[0] = luck.enter[0] < enter
    for t in range(1, len(on)):
        on[t] = (on[t - 1] & (luck.leave[t] >= leave)) | (luck.enter[t] < enter)
    return on
