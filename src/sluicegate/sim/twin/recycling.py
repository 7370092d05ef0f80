"""Scrap that a high price brings back. Equations in `docs/explanation/simulator.md`."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.engine import Engine
from sluicegate.sim.state import State


def collect(eng: Engine, s: State) -> None:
    """The share of use that comes back moves to what the price pays for, with a lag and below a ceiling (E19, ours)."""
    sup = eng.knobs.supply
    price = s.price.reshape(-1, s.price.shape[-1])
    aim = sup.recycling_ceiling * (1 - np.exp(-sup.recycling_elasticity * np.maximum(price, 0)))
    s.recycled += (aim - s.recycled) / sup.recycling_weeks
