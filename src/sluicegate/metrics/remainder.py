"""What is left when the largest supplier is not."""

from __future__ import annotations

from collections.abc import Mapping


def n_minus_1(supply: Mapping[str, float], demand: Mapping[str, float]) -> float:
    """What the others supply over what the others use: supply and demand without the largest supplier, a ratio >= 0.

    The N-1 analysis of the International Energy Agency (*Global Critical Minerals Outlook 2025*): the largest
    supplier drops out together with its own demand.

    Parameters
    ----------
    supply, demand : tonnes (or any one unit) by place

    Raises
    ------
    ValueError : no supply, a negative amount, or nobody else with demand.

    Examples
    --------
    >>> n_minus_1({"A": 80, "B": 20}, {"A": 60, "B": 40})
    0.5
    """
    amounts = [*supply.values(), *demand.values()]
    if not supply or min(amounts) < 0 or max(supply.values()) <= 0:
        raise ValueError("supply needs amounts >= 0 with one above 0")
    largest = max(supply, key=lambda place: supply[place])
    left = sum(t for place, t in supply.items() if place != largest)
    wanted = sum(t for place, t in demand.items() if place != largest)
    if wanted <= 0:
        raise ValueError("nobody but the largest supplier has demand")
    return left / wanted
