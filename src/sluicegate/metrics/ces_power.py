"""What cutting off inputs can extract, in closed form: a buyer whose costs are a nested CES.

After Clayton, Maggiori and Schreger, *A Framework for Geoeconomics* (NBER 31852) and *A Theory of Economic Coercion and
Fragmentation* (NBER 33309): power is what the target would lose by being cut off from all that the controller's
coalition sells. Their own equation was not read; the form here is derived from a two-tier CES and has the properties
their abstracts state: power rises faster than the controller's share, and joint threats are worth more than single
ones. Call it a nested-CES power, not theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LARGEST_SHARE = 0.99
"""A share of one diverges: nothing to substitute towards. Shares above this are taken as this."""


def cost_rise(spending: Sequence[float], held: Sequence[float], *, rho: float, sigma: Sequence[float]) -> float:
    """Rise of log unit cost when a coalition's varieties are cut off entirely.

        1 / (1 - rho) ln sum_J Omega_J (1 - omega_J)^((rho - 1) / (sigma_J - 1)),
        sum_J Omega_J / (sigma_J - 1) ln 1 / (1 - omega_J)                          for rho = 1

    since losing a share omega of a lower nest raises its price index by (1 - omega)^(-1 / (sigma - 1)) (Feenstra 1994).

    Parameters
    ----------
    spending : Omega, shares of cost by input, sum 1; what nobody holds belongs in with held 0
    held : omega, the coalition's share within each input, 0-1
    rho, sigma : elasticity between inputs, and within each between sources; sigma above 1

    Raises
    ------
    ValueError : shares that do not sum to 1 or lie outside 0-1; an elasticity out of range.
    """
    omega, inner = np.minimum(np.asarray(held, float), LARGEST_SHARE), np.asarray(sigma, float)
    share = np.asarray(spending, float)
    if not np.isclose(share.sum(), 1) or (share < 0).any() or (omega < 0).any() or max(held, default=0) > 1:
        raise ValueError("shares of cost must sum to 1, and shares held lie between 0 and 1")
    if (inner <= 1).any() or rho <= 0:
        raise ValueError(f"elasticities between sources must exceed 1 and the one between inputs 0: {sigma}, {rho}")
    if abs(rho - 1) < 1e-9:
        return float(np.sum(share / (inner - 1) * -np.log1p(-omega)))
    return float(np.log(np.sum(share * (1 - omega) ** ((rho - 1) / (inner - 1)))) / (1 - rho))


def power(value: float, rise: float, *, per_cost: float = 1.0) -> float:
    """What can be extracted at most: V (1 - exp(-k d log c)), the slack of the target's participation.

    Parameters
    ----------
    value : what the target has with all inputs ; rise : of log unit cost when cut off
    per_cost : k, log value lost per log cost: 1 for real income, eta - 1 under CES demand with elasticity eta,
        b / (1 - b) for a price taker with output q^b
    """
    return float(value * -np.expm1(-per_cost * rise))


def elasticity_at(years: float, *, short: float, long: float, half_life_years: float) -> float:
    """An elasticity that grows with time: long - (long - short) 2^(-t / half-life)."""
    return float(long - (long - short) * 0.5 ** (years / half_life_years))
