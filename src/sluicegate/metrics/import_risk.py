"""GeoPolRisk: how risky imports of a material are to one importer, and what that weighs in a life-cycle assessment.

Gemechu et al. 2016 (J. Ind. Ecol., doi 10.1111/jiec.12279) give the score, Helbig et al. 2016 the domestic output in
its denominator, Santillan-Saldivar et al. 2022 the price and the midpoint, Koyamparambath et al. 2024 the copper
equivalents. The worked cases of geopolrisk-py 2.0.1 show how the parts are put together; no page was read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

COPPER_MIDPOINT_USD_PER_KG = 0.409412948
"""Mean midpoint of copper for the OECD in 2017-21, to which factors are set in relation (geopolrisk-py 2.0.1)."""
UNRATED = 0.5
"""Instability of a supplier without an estimate: the middle (Koyamparambath et al. 2024)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class GeoPolRisk:
    """The index of one or many cases; every field has the shape of the cases.

    Parameters
    ----------
    import_risk : WTA, imports weighted by instability over all that is available, 0-1
    score : HHI x WTA, 0-1
    midpoint_usd_per_kg : score x price; NaN where nothing is imported
    factor_kg_cu_eq_per_kg : midpoint over that of copper
    """

    import_risk: Floats
    score: Floats
    midpoint_usd_per_kg: Floats
    factor_kg_cu_eq_per_kg: Floats


def geopolrisk(
    hhi: ArrayLike, imports: ArrayLike, instability: ArrayLike, home_output: ArrayLike, price_usd_per_kg: ArrayLike
) -> GeoPolRisk:
    """Import risk, score, midpoint and factor of any number of cases at once.

    `WTA = sum of f_i g_i / (p + sum of f_i)`, `score = HHI x WTA` (Gemechu et al. 2016, Helbig et al. 2016),
    `midpoint = score x price` (Santillan-Saldivar et al. 2022), `CF = midpoint / midpoint of copper`.

    Parameters
    ----------
    hhi : (...) concentration of world output, 0-10,000
    imports : (..., S) f_i, imports from each supplier, t; what comes from within the importing group counts as imports
    instability : (..., S) g_i, 0-1 (`governance.instability`); NaN where unrated; 0 within the importing group
    home_output : (...) p, t
    price_usd_per_kg : (...) value of the imports over their weight

    Raises
    ------
    ValueError : a negative weight, an instability outside 0-1, or a case with neither imports nor output.

    Examples
    --------
    >>> float(geopolrisk(5000, [3, 1], [0.5, 0.1], home_output=0, price_usd_per_kg=2).score)
    0.2
    """
    bought, rated = np.asarray(imports, dtype=float), np.asarray(instability, dtype=float)
    made, price = np.asarray(home_output, dtype=float), np.asarray(price_usd_per_kg, dtype=float)
    rated = np.where(np.isnan(rated), UNRATED, rated)
    available = made + bought.sum(axis=-1)
    if (bought < 0).any() or (made < 0).any() or (available <= 0).any():
        raise ValueError("imports and output are weights >= 0, together above 0")
    if (rated < 0).any() or (rated > 1).any():
        raise ValueError("instability lies within 0-1")
    risk = (bought * rated).sum(axis=-1) / available
    score = np.asarray(hhi, dtype=float) / 10_000 * risk
    midpoint = score * price
    return GeoPolRisk(risk, score, midpoint, midpoint / COPPER_MIDPOINT_USD_PER_KG)
