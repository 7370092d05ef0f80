"""What is had over what is asked, and the constants the steps share."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.network import Floats

SMOOTHING = 0.25  # share of the newest week in smoothed ratios: a memory of about a month
TINY = 1e-12
SLACK = 1e-9  # unmet need below this is rounding


def ratio(have: Floats, asked: Floats) -> Floats:
    """What is had over what is asked; 1 where nothing is asked."""
    return np.divide(have, asked, out=np.ones_like(have), where=asked > TINY)
