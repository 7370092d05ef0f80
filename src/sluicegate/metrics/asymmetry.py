"""Who depends on whom in trade between two: Hirschman's asymmetry (1945)."""

from __future__ import annotations

import math


def trade_dependence(with_other: float, with_all: float) -> float:
    """Share of a place's trade, exports and imports, that is with one other: (X_TC + M_TC) / (X_T + M_T).

    Hirschman, *National Power and the Structure of Foreign Trade* (1945), chapter 2.

    Raises
    ------
    ValueError : a negative amount, more with one than with all, or no trade.
    """
    if with_other < 0 or with_all <= 0 or with_other > with_all * (1 + 1e-9):
        raise ValueError(f"trade of {with_other:g} with one of {with_all:g} with all")
    return min(with_other / with_all, 1.0)


def asymmetry(target: float, controller: float) -> float:
    """How many times more one depends than the other, in logs: ln(D_T / D_C); infinite where only one depends.

    Raises
    ------
    ValueError : neither depends, or a share outside 0-1.

    Examples
    --------
    >>> asymmetry(0.2, 0.2)
    0.0
    """
    if not (0 <= target <= 1 and 0 <= controller <= 1) or target == controller == 0:
        raise ValueError(f"shares {target:g} and {controller:g}: no dependence to compare")
    if target == 0 or controller == 0:
        return math.inf if controller == 0 else -math.inf
    return math.log(target / controller)
