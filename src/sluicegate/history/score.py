"""What a forecast was worth once the figure is known: fair ensemble CRPS, coverage, Brier score."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.network import Floats


def fair_crps(members: Floats, observed: float) -> float:
    """Continuous ranked probability score of an ensemble (M,), fair to its size, in the units of what is observed.

    E|X - y| - E|X - X'| / 2, the second mean over pairs of different members (Ferro 2014, eq. 8).

    Raises
    ------
    ValueError : fewer than two members.
    """
    x, m = np.sort(members), len(members)
    if m < 2:
        raise ValueError("a fair score needs two members at least")
    pairs = (2 * np.arange(1, m + 1) - m - 1) @ x  # sum over pairs of |xi - xj|
    return float(np.abs(x - observed).mean() - pairs / (m * (m - 1)))


def covered(members: Floats, observed: float, level: float) -> bool:
    """Whether the central band of a level holds what was observed."""
    low, high = np.quantile(members, [(1 - level) / 2, (1 + level) / 2])
    return bool(low <= observed <= high)


def rank(members: Floats, observed: float) -> float:
    """Share of the members below what was observed, ties by half: the probability integral transform."""
    return float(((members < observed).sum() + 0.5 * (members == observed).sum()) / len(members))


def brier(probability: float, happened: bool) -> float:
    """Brier score of a probability (Brier 1950): 0 is perfect, 0.25 is what one half earns."""
    return (probability - float(happened)) ** 2


def resampled(values: Floats, weights: Floats, size: int) -> Floats:
    """(size,) members that stand for weighted values alike, by systematic resampling at fixed points."""
    order = np.argsort(values, kind="stable")
    points = (np.arange(size) + 0.5) / size
    picked = np.searchsorted(np.cumsum(weights[order]), points)
    return np.asarray(values[order][np.minimum(picked, len(values) - 1)])
