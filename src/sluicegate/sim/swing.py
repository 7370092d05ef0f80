"""What moves an office by itself: slow swings, spells of clampdown, and how much it has of either by date."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sluicegate.scenario import Scenario
from sluicegate.scenario.licensing_office import FACTORS
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.sim.practice import dated_factors, office_name
from sluicegate.sim.window import in_weeks


def office_swing(scenario: Scenario, drawn: Draws, place: str) -> Floats:
    """(W, D) factor on what an office lets through: a slow swing of mean one, and spells of clampdown.

    The log swing is an AR(1) with the fitted spread and memory, common to all items of one office. A factor on its
    spread counts in its own week, so that the mean is one in every week and a factor of nought stills it at once.
    """
    sd = drawn[office_name(place, "swing_log_sd")]
    noise = drawn.noise(f"swing {place}", scenario.weeks)
    keep = np.broadcast_to(np.exp(-1 / _by_week(scenario, drawn, place, "swing_memory_factor")), noise.shape)
    log = np.empty_like(noise)
    log[0] = sd * noise[0]
    for t in range(1, scenario.weeks):
        log[t] = keep[t] * log[t - 1] + sd * np.sqrt(1 - keep[t] ** 2) * noise[t]
    size = _factor(scenario, drawn, place, "swing_factor")
    spread = _by_week(scenario, drawn, place, "swing_factor")
    return np.asarray(np.exp(size * log - spread**2 / 2) * clampdowns(scenario, drawn, place))


def clampdowns(scenario: Scenario, drawn: Draws, place: str) -> Floats:
    """(W, D) what an office does of its usual work: spells start at random at the yearly rate and stop a share.

    A spell has the length of the week in which it starts, and stops in each week the share of that week.
    """
    rate, length, depth = (
        _by_week(scenario, drawn, place, f"clampdown_{x}_factor") for x in ("rate", "length", "depth")
    )
    starts = drawn.chance(f"clampdown {place}", scenario.weeks) < rate / 52.18
    begun = np.where(starts, length, 0)
    left = np.zeros(drawn.size)
    closed = np.empty(starts.shape, dtype=bool)
    for t in range(scenario.weeks):
        left = np.maximum(left - 1, begun[t])
        closed[t] = left > 0
    return np.where(closed, 1 - np.minimum(depth, 1), 1)


def _by_week(scenario: Scenario, drawn: Draws, place: str, factor: str) -> Floats:
    """(W, D) the input of an office that a factor is on, times what it is by date; (1, D) where no change states it."""
    return _factor(scenario, drawn, place, factor) * drawn[office_name(place, FACTORS[factor])]


def _factor(scenario: Scenario, drawn: Draws, place: str, factor: str) -> Floats:
    """(W, D) a factor by week, a week in which it changes by its days; one (1, 1) where no change states it."""
    changes = [(c, drawn[name]) for f, c, name in dated_factors(scenario, place) if f == factor]
    if not changes:
        return np.ones((1, 1))
    since = [in_weeks(scenario, c.effective_from, None)[:, None] for c, _ in changes]
    spans = [first - then for first, then in pairwise([*since, np.zeros((scenario.weeks, 1))])]
    return np.asarray(1 - since[0] + sum(on * value for on, (_, value) in zip(spans, changes, strict=True)))
