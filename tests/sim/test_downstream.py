"""Losses of the lines, carried into the economy."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.scenario import load_scenario
from sluicegate.sim import focused, simulate
from sluicegate.sim.ario import Settings, ensemble
from sluicegate.sim.downstream import downstream, own_table
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import load_world


@pytest.fixture(scope="module")
def runs():
    world = load_world()
    scenario = load_scenario("gallium-germanium-2023", world)
    result = simulate(scenario, focused(world, scenario), draws=16, seed=1)
    return result, simulate(scenario.without_controls(), result.model.world, like=result.model.draws)


@pytest.fixture(scope="module")
def own():
    return own_table(load_world())


def test_a_final_good_that_stops_costs_its_leontief_multiplier(own):
    """With stocks that never run out only orders carry a loss: v (I - A)^-1 per unit of final sales (Leontief 1936)."""
    table, _, _ = own
    cell = ("DEU", "wind turbines")
    at = table.place(*cell)
    inverse = np.linalg.inv(np.eye(len(table.x)) - table.z / np.maximum(table.x, 1e-12))
    wanted = float(table.value_added_share @ inverse[:, at] / table.value_added_share[at])
    still = Settings(inventory_days=float("inf"), overproduction_max=1.0)
    run = ensemble(table, [cell], np.full((3 * 365, 1, 1), 0.1), still)
    direct = 0.1 * 3 * table.value_added[at]
    assert run.lost_value_added().sum() / direct == pytest.approx(wanted, rel=0.03)


def test_no_control_costs_nobody_anything(runs, own):
    _, free = runs
    found = downstream(free, free, own[0], own[2], own[1])
    assert not found.direct.any()
    assert np.abs(found.lost()).max() < 1e-12 * own[0].x.max()


def test_what_the_lines_lose_is_what_the_run_says(runs, own):
    result, free = runs
    found = downstream(result, free, own[0], own[2], own[1])
    more = np.maximum(result.lost_value_added() - free.lost_value_added(), 0).sum(axis=(0, 1)) / 1e6
    assert found.direct.sum(axis=0) == pytest.approx(more, rel=1e-9)
    assert more.max() > 0


def test_the_economy_loses_at_least_what_its_lines_lose(runs, own):
    result, free = runs
    found = downstream(result, free, own[0], own[2], own[1])
    hurt = found.direct.sum(axis=0) > 1.0
    assert (found.lost().sum(axis=0)[hurt] > found.direct.sum(axis=0)[hurt]).all()


def test_regions_and_sectors_add_to_the_same(runs, own):
    found = downstream(*runs, own[0], own[2], own[1])
    assert found.of_regions().sum(axis=0) == pytest.approx(found.lost().sum(axis=0))
    assert found.of_sectors().sum(axis=0) == pytest.approx(found.lost().sum(axis=0))


def test_a_table_smaller_than_the_loss_says_so(runs, own):
    table, settings, cells = own
    found = downstream(*runs, table, cells, settings, usd_per_unit=1.0)
    assert any(found.capped)


@pytest.mark.parametrize(
    ("cells", "error"), [({}, InputError), ({"compound semiconductors|USA": [("USA", "x")]}, NotFoundError)]
)
def test_lines_that_the_table_does_not_have_are_refused(runs, own, cells, error):
    with pytest.raises(error):
        downstream(*runs, own[0], cells, replace(own[1]))
