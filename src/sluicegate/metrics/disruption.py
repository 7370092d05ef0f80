"""A year without one country's net exports: the price at which the rest of the world clears, and what it costs.

The frame is that of US Geological Survey Open-File Report 2024-1057 (Nassar et al. 2024): a post-disruption
equilibrium from constant price elasticities and spare capacity, then value added lost. Its second step optimises over
input-output tables; ours is the closed form below, without the tables. Numbers differ accordingly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cleared:
    """The market outside the country after the cut; every field has the shape of the cases.

    Parameters
    ----------
    price_ratio : price over the price before, >= 1
    use_ratio : use over use before, 0-1
    """

    price_ratio: Floats
    use_ratio: Floats


def cleared(
    use_t: ArrayLike, lost_t: ArrayLike, demand_elasticity: ArrayLike, supply_elasticity: ArrayLike,
    spare_t: ArrayLike = np.inf,
) -> Cleared:  # fmt: skip
    """Where use `D p**e_d` meets supply `S min(p**e_s, 1 + spare / S)`, with `S = D - lost` and p the price ratio.

    Without a bound `p = (D / S) ** (1 / (e_s - e_d))`; where output cannot follow, `p = (S_max / D) ** (1 / e_d)`.

    Parameters
    ----------
    use_t : D, use outside the country before, t a year
    lost_t : net exports that no longer come, t a year, 0 <= lost < D
    demand_elasticity : e_d < 0
    supply_elasticity : e_s >= 0, of the others
    spare_t : what the others can make beyond S, t a year; infinite where only the elasticity bounds them

    Raises
    ------
    ValueError : a quantity or an elasticity outside its range.

    Examples
    --------
    >>> float(cleared(100, 50, demand_elasticity=-0.5, supply_elasticity=0.5).price_ratio)
    2.0
    """
    used, lost, falls, rises, spare = (
        np.asarray(x, dtype=float) for x in (use_t, lost_t, demand_elasticity, supply_elasticity, spare_t)
    )
    if (lost < 0).any() or (lost >= used).any() or (falls >= 0).any() or (rises < 0).any() or (spare < 0).any():
        raise ValueError("0 <= lost < use, demand elasticity below 0, supply elasticity and spare capacity >= 0")
    others = used - lost
    free = (used / others) ** (1 / (rises - falls))
    most = np.minimum(others + spare, used)
    bound = (most / used) ** (1 / falls)
    price = np.where(others * free**rises > most, bound, free)
    return Cleared(price, price**falls)


def value_added_lost(value_added: ArrayLike, dependent: ArrayLike, use_ratio: ArrayLike) -> Floats:
    """Value added that falls with use: `V x theta x (1 - use ratio)`, in the unit of V, any shapes that broadcast.

    Parameters
    ----------
    value_added : V, a year's value added of an industry
    dependent : theta, share of it in products that contain the material, 0-1
    use_ratio : 0-1

    Raises
    ------
    ValueError : a share outside 0-1.

    Examples
    --------
    >>> float(value_added_lost(1000, 0.1, 0.75))
    25.0
    """
    share, left = np.asarray(dependent, dtype=float), np.asarray(use_ratio, dtype=float)
    if ((share < 0) | (share > 1)).any() or ((left < 0) | (left > 1)).any():
        raise ValueError("theta and the use ratio are shares, 0-1")
    return np.asarray(np.asarray(value_added, dtype=float) * share * (1 - left))
