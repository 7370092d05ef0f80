"""How far a supplier's government counts against it: the World Bank's estimates on the scales of the indices."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

BEST = 2.5
"""The estimates of the Worldwide Governance Indicators run from about -2.5 (weak) to 2.5 (strong)."""


def instability(estimate: ArrayLike) -> NDArray[np.float64]:
    """Weakness of government, 0-1: `(2.5 - estimate) / 5`, held within 0-1; any shape, NaN stays NaN.

    The normalisation of GeoPolRisk, which takes it of *political stability and absence of violence*
    (Koyamparambath et al. 2024; table `Normalized` of geopolrisk-py 2.0.1).

    Examples
    --------
    >>> instability([2.5, 0, -2.7]).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.asarray(np.clip((BEST - np.asarray(estimate, dtype=float)) / (2 * BEST), 0.0, 1.0))


def governance_risk(estimate: ArrayLike) -> NDArray[np.float64]:
    """Weakness of government, 0-10, as the European Commission scales it (2017): ten times that.

    Examples
    --------
    >>> float(governance_risk(0.0))
    5.0
    """
    return 10 * instability(estimate)
