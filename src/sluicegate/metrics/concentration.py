"""How concentrated supply is: the indices of Herfindahl-Hirschman and of Hirschman's *National Power*."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def hhi(amounts: Sequence[float]) -> float:
    """Herfindahl-Hirschman index, 0-10,000: the sum of squared shares in percent (Hirschman 1945; Herfindahl 1950).

    Parameters
    ----------
    amounts : what each supplier supplies, in one unit, >= 0; at least one above 0

    Raises
    ------
    ValueError : no supply, or a negative amount.

    Examples
    --------
    >>> hhi([1, 1])
    5000.0
    """
    values = np.asarray(amounts, dtype=float)
    if values.size == 0 or values.sum() <= 0 or values.min() < 0:
        raise ValueError("the index needs amounts >= 0 with a sum above 0")
    shares = values / values.sum()
    return float(10_000 * np.sum(shares**2))


def hirschman(amounts: Sequence[float]) -> float:
    """Hirschman's concentration of trade, 0-100: the root of the sum of squared percentages (1945).

    100 is a single partner, `100 / sqrt(n)` is n equal partners. Parameters and errors as `hhi`.

    Examples
    --------
    >>> hirschman([3])
    100.0
    """
    return float(np.sqrt(hhi(amounts)))
