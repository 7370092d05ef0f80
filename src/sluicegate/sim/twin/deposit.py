"""Deposits that run down. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine
from sluicegate.sim.network import Floats
from sluicegate.sim.state import State

LEAST_LEFT = 1e-9
"""Share of reserves below which the grade falls no further: the mine is empty."""


def grade(eng: Engine, s: State) -> Floats:
    """(depleting, D) grade over the base year's: the share of reserves left, to a power (E21, ours)."""
    left = 1 - s.extracted[eng.depletes] / eng.knobs.supply.reserves[eng.depletes, None]
    return np.asarray(np.maximum(left, LEAST_LEFT) ** eng.knobs.supply.grade_power)


def extract(eng: Engine, s: State) -> None:
    """What was mined this week is gone from the ground (E21)."""
    s.extracted[eng.depletes] += s.activity[eng.depletes]
