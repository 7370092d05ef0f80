"""V7: whole runs of the compiled week stay on the twin's in double precision, every state variable, every week."""

from datetime import date

import pytest

from sluicegate.scenario import load_scenario
from sluicegate.sim.focus import focused
from sluicegate.sim.prepare import prepare
from sluicegate.world import load_world

BOUND = 1e-12
OF_RATIOS = 1e-11
"""Reliability is shipped over ordered; where orders have all but ceased that is a ratio of two small numbers."""


def _close(far):
    assert len(far) >= 18
    assert far.pop("reliability") < OF_RATIOS
    assert max(far.values()) < BOUND, far


def test_three_years_of_the_toy_world_under_two_measures_are_the_twin_s(toy, scenario, control, day, furthest):
    licence = control("magnet", week=20, until=60, kind="licence", share=(0.3, 0.6, 0.9), notice=8)
    halt = {"process": "mining", "place": "CHN", "share": 0.8, "effective_from": day(90), "until": day(110)}
    what = scenario(licence, control("neodymium oxide", week=30), outages=[halt], weeks=156)
    _close(furthest(prepare(what, toy, draws=16, seed=2).compiled))


@pytest.mark.parametrize("name", ["april-2025", "status-quo"])
def test_a_whole_run_of_the_bundled_world_is_the_twin_s(name, furthest):
    world = load_world(date(2025, 4, 4))
    what = load_scenario(name, world)
    _close(furthest(prepare(what, focused(world, what), draws=3, seed=3).compiled))


def test_where_orders_swing_by_themselves_the_compiled_week_is_as_near_as_the_twin_is_to_itself(
    toy, scenario, control, furthest, shaken
):
    """Buyers who close a gap twice over in a week overshoot, and whatever differs grows: so does a rounding."""
    hasty = {"order weeks": 0.4, "order limit": 50.0, "hoarding": 0.0}
    model = prepare(scenario(control("magnet", share=0.3), weeks=50, fixed=hasty), toy, draws=2, seed=2).compiled
    far, own = furthest(model), shaken(model)
    assert own["stock"] > 1e-10
    assert all(far[name] <= max(30 * own[name], BOUND) for name in far)
