"""What drives a number: Shapley values over drivers, each present or put back to a reference."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import factorial

import numpy as np

from sluicegate.sim.network import Floats

Coalition = frozenset[str]


def coalitions(drivers: Sequence[str]) -> list[Coalition]:
    """Every set of drivers, the empty one first and the whole last."""
    return [frozenset(c) for size in range(len(drivers) + 1) for c in combinations(drivers, size)]


def shapley(drivers: Sequence[str], worth: dict[Coalition, Floats]) -> dict[str, Floats]:
    """The share of each driver in the worth of all over the worth of none (Shapley 1953, equation 12).

    phi_i = sum over S without i of s! (n - s - 1)! / n! times (v(S + i) - v(S)): a driver's mean part over all orders
    in which drivers could come. The shares sum to v(all) - v(none) exactly.

    Parameters
    ----------
    worth : by coalition, arrays of one shape; draws stay apart, so that shares have bands

    Raises
    ------
    KeyError : a coalition is missing.
    """
    n = len(drivers)
    found = {}
    for driver in drivers:
        others = [d for d in drivers if d != driver]
        found[driver] = np.asarray(sum(
            factorial(len(s)) * factorial(n - len(s) - 1) / factorial(n) * (worth[s | {driver}] - worth[s])
            for s in coalitions(others)
        ))  # fmt: skip
    return found
