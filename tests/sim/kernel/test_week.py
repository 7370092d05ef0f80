"""V7: the compiled week does what the twin does; V8: to the same bits however draws are dealt out."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sluicegate.scenario import load_scenario
from sluicegate.sim.focus import focused
from sluicegate.sim.prepare import prepare
from sluicegate.sim.record import VARIABLES
from sluicegate.sim.run import run
from sluicegate.world import load_world


def close(kernel, twin):
    for name in VARIABLES:
        ours, theirs = getattr(kernel, name), getattr(twin, name)
        scale = np.maximum(np.abs(theirs), np.abs(theirs).max(axis=(-1, -2), keepdims=True))
        assert (np.abs(ours - theirs) <= 2e-7 * scale + 1e-12).all(), name  # the record is in single precision


@pytest.mark.parametrize("name", ["april-2025", "status-quo"])
def test_the_compiled_week_equals_the_twin_on_the_bundled_world(name):
    world = load_world(date(2025, 4, 4))
    scenario = load_scenario(name, world)
    model = prepare(scenario, focused(world, scenario), draws=5, seed=3).compiled
    close(run(model), run(model, engine="twin"))


@pytest.fixture
def banned(toy, scenario, control, day):
    licence = control("magnet", week=20, until=60, kind="licence", share=(0.3, 0.6, 0.9), notice=8)
    saving = {"place": "USA", "products": ("magnet",), "share_of_ceiling": 0.5, "start": day(18), "ramp_weeks": 9}
    path = scenario(licence, control("neodymium oxide", week=30), thrift=[saving])
    return prepare(path, toy, draws=70, seed=2).compiled


def test_the_compiled_week_equals_the_twin_on_the_toy_world(banned):
    close(run(banned), run(banned, engine="twin"))


def test_bits_do_not_depend_on_block_or_threads(banned):
    one, other = run(banned, block=64, threads=1), run(banned, block=32, threads=2)
    assert all((getattr(one, n) == getattr(other, n)).all() for n in VARIABLES)
    assert np.ptp(one.service, axis=-1).max() > 0


def test_bits_of_a_draw_do_not_depend_on_the_draws_beside_it(banned):
    every, some = run(banned), slice(5, 42)
    fewer = run(replace(banned, knobs=banned.knobs.block(some), theta=banned.theta[:, some]))
    assert all((getattr(fewer, n) == getattr(every, n)[..., some]).all() for n in VARIABLES)


def test_only_what_is_asked_for_is_recorded_and_it_is_the_same(banned):
    some = run(banned, variables=("price", "imports"))
    assert (some.price == run(banned).price).all()
    assert some.whole["service"].size == 0


def test_single_precision_follows_double(banned):
    assert np.abs(run(banned, dtype=np.float32).service - run(banned).service).max() < 5e-3
