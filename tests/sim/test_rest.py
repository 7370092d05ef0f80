"""V1: where nothing is done nothing moves. And weeks before the first change need not be simulated."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.sim.engine import Engine
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week, run
from sluicegate.sim.state import base_state

SERIES = ("stock", "on_order", "pool", "orders", "share", "reliability", "activity", "wanted")
AT_ZERO = ("price", "unmet", "hoard", "pressure", "lost", "restart", "backlog")


def _advanced(compiled, weeks, rounding=0.0):
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    state, base = (base_state(compiled.net, engine.sums, engine.knobs) for _ in range(2))
    state.stock *= 1 + rounding
    state.orders *= 1 - rounding
    for t in range(weeks):
        advance_week(engine, state, t)
    return state, base


@pytest.mark.parametrize("rounding", [0.0, 1e-15])
@pytest.mark.parametrize("world", ["toy", "bundled"])
def test_no_shock_no_change_for_ten_years(world, rounding, scenario, request):
    model = prepare(scenario(weeks=520), request.getfixturevalue(world), draws=2, seed=3)
    state, base = _advanced(model.compiled, 520, rounding)
    for name in SERIES:
        was = getattr(base, name)
        drift = np.abs(getattr(state, name) - was) / np.where(was > 0, was, 1)
        assert drift.max() < 1e-12, name
    for name in AT_ZERO:
        assert np.abs(getattr(state, name)).max() < 1e-12, name


def test_a_co_product_that_hardly_anybody_wants_stands_still_too(toy, scenario, in_step):
    """Of cerium a hundred thousand times what is used is made and dumped: its stock holds the difference exactly."""
    much = toy.recipes["t_per_t"].where(toy.recipes["product"] != "cerium oxide", 5e4)
    model = prepare(
        scenario(weeks=260), replace(toy, recipes=toy.recipes.assign(t_per_t=much)), draws=2, seed=1
    ).compiled
    base = base_state(model.net, model.engine().sums, model.knobs).pool
    *_, (twin, kernel) = in_step(model)
    for pool in (twin.pool, kernel["pool"]):
        assert (np.abs(pool - base) <= 1e-12 * base).all()


def test_skipping_the_weeks_before_the_first_change_is_the_same_as_simulating_them(toy, control, scenario):
    what = scenario(control("magnet", "cerium oxide", kind="licence", week=23, notice=4), weeks=60)
    compiled = prepare(what, toy, draws=3, seed=1).compiled
    from_the_start = replace(compiled, timeline=replace(compiled.timeline, first_change=0))
    skipped, full = run(compiled, threads=1), run(from_the_start, threads=1)
    assert compiled.timeline.first_change == 19
    for name in ("service", "use", "stock", "lost_share", "price", "exports", "imports", "activity"):
        np.testing.assert_allclose(getattr(skipped, name), getattr(full, name), rtol=1e-6, atol=1e-9, err_msg=name)


def test_a_world_out_of_balance_is_refused(toy, scenario):
    flows = toy.flows.copy()
    flows.loc[flows["product"] == "magnet", "flow_t_per_yr"] *= 1.01
    with pytest.raises(Exception, match=r"out of balance.*magnet"):
        prepare(scenario(), replace(toy, flows=flows), draws=1, seed=1)
