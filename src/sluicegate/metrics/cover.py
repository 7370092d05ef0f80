"""How long a stock lasts when supply is cut."""

from __future__ import annotations

from math import inf


def days_of_cover(stock_days: float, cut: float, thrift: float = 0.0, pipeline_days: float = 0.0) -> float:
    """Days until a stock runs out under a constant cut.

    `t = L + S / (cut - thrift)` when the cut exceeds thrift, else never: goods on the way arrive for L days, then the
    stock of S days of use pays for the part of use that is neither delivered nor saved.

    Parameters
    ----------
    stock_days : S, stock above the safety buffer, in days of use
    cut : share of supply that no longer comes, 0-1
    thrift : share of use saved from the day the pipeline is empty, 0-1
    pipeline_days : L, days for which goods under way keep arriving

    Raises
    ------
    ValueError : a share outside 0-1 or a negative stock or pipeline.

    Examples
    --------
    >>> days_of_cover(45, cut=0.6, thrift=0.1, pipeline_days=30)
    120.0
    """
    if not (0 <= cut <= 1 and 0 <= thrift <= 1 and stock_days >= 0 and pipeline_days >= 0):
        raise ValueError("cut and thrift are shares, stock and pipeline are days >= 0")
    if cut <= thrift:
        return inf
    return pipeline_days + stock_days / (cut - thrift)
