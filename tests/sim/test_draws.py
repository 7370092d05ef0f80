"""V8: the same seed gives the same result however the work is split, and draws are the same whatever their number."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.sim import simulate
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import run

ARRAYS = ("service", "use", "stock", "lost_share", "price", "exports", "imports", "activity")


@pytest.fixture(scope="module")
def what(control, scenario):
    return scenario(control("magnet", "neodymium oxide", kind="licence", notice=3), weeks=60)


@pytest.mark.parametrize(("block", "threads"), [(7, 1), (7, 2), (32, 2), (256, 1)])
def test_blocks_and_threads_do_not_change_a_bit(block, threads, what, toy):
    compiled = prepare(what, toy, draws=36, seed=5).compiled  # 36 leaves a last block of one draw
    whole, split = run(compiled, block=36, threads=1), run(compiled, block=block, threads=threads)
    for name in ARRAYS:
        assert np.array_equal(getattr(whole, name), getattr(split, name)), name


def test_blocks_do_not_change_a_bit_in_the_whole_world(bundled, control, scenario):
    what = scenario(control("dysprosium oxide", "NdFeB magnet, Dy/Tb", kind="licence"), weeks=60)
    compiled = prepare(what, bundled, draws=9, seed=1).compiled
    whole, split = run(compiled, block=9, threads=1), run(compiled, block=4, threads=2)
    assert all(np.array_equal(getattr(whole, name), getattr(split, name)) for name in ARRAYS)


def test_the_first_draws_are_the_same_whatever_their_number(what, toy):
    few, many = (simulate(what, toy, draws=n, seed=2, threads=1) for n in (3, 11))
    for name in ARRAYS:
        assert np.array_equal(getattr(few.record, name), getattr(many.record, name)[..., :3]), name


def test_draws_differ_and_seeds_differ(what, toy):
    one, again, other = (simulate(what, toy, draws=4, seed=s, threads=1).record for s in (1, 1, 2))
    assert np.array_equal(one.exports, again.exports)
    assert not np.array_equal(one.exports, other.exports)
    assert len({one.service[..., d].tobytes() for d in range(4)}) == 4


def test_the_run_without_control_can_use_the_same_draws(what, toy):
    with_control = simulate(what, toy, draws=4, seed=1, threads=1)
    without = simulate(what.without_controls(), toy, like=with_control.model.draws, threads=1)
    assert np.array_equal(with_control.record.stock[:, 0], without.record.stock[:, 0])
    assert np.abs(without.record.lost_share).max() == 0


def test_two_policies_share_their_draws_and_the_chance_of_each_week(what, toy, scenario, control):
    other = scenario(control("magnet", "neodymium oxide", kind="licence", week=20), weeks=60)
    one, two = (prepare(w, toy, draws=8, seed=3).draws for w in (what, other))
    shared = one.values.keys() & two.values.keys()
    assert len(shared) > 20
    assert one.values.keys() == two.values.keys()
    assert all(np.array_equal(one[n], two[n]) for n in shared)
    assert np.array_equal(one.noise("office", 60), two.noise("office", 60))
    like = prepare(other, toy, draws=8, seed=3, like=one).draws
    assert all(np.array_equal(one[n], like[n]) for n in one.values)


def test_a_part_of_the_draws_is_what_it_is_among_all(what, toy):
    draws = prepare(what, toy, draws=10, seed=3).draws
    part = draws.part(slice(4, 9)).part(slice(1, 3))
    assert np.array_equal(part["hoarding"], draws["hoarding"][5:7])
    assert np.array_equal(part.noise("x", 5), draws.noise("x", 5)[:, 5:7])
    assert np.array_equal(part.chance("x", 5), draws.chance("x", 5)[:, 5:7])


@pytest.mark.parametrize("seed", [0, 1, 2**32 + 7])
def test_the_chance_of_a_draw_is_that_of_numpys_own_generator(seed, what, toy):
    draws = replace(prepare(what, toy, draws=3, seed=3).draws, seed=seed)
    own = [np.random.default_rng([seed, *b"customs", d]) for d in range(3)]
    assert np.array_equal(draws.chance("customs", 4), np.stack([g.random(4) for g in own], axis=1))


def test_a_model_used_again_gives_what_its_draws_give(what, toy, scenario, control):
    """Only what does not hang on the scenario may be taken over: another control, notice and horizon must not be."""
    one = prepare(what, toy, draws=5, seed=1)
    other = scenario(control("magnet", week=4, notice=2), weeks=30)
    taken, anew = (simulate(other, toy, like=like, threads=1).record for like in (one, one.draws))
    assert all(np.array_equal(getattr(taken, name), getattr(anew, name)) for name in ARRAYS)


def test_a_model_of_another_world_gives_its_draws_alone(what, toy, scenario):
    one = prepare(what, toy, draws=5, seed=1)
    more = replace(toy, producers=toy.producers.assign(capacity_t_per_yr=toy.producers["capacity_t_per_yr"] * 2))
    again = prepare(scenario(weeks=30), more, draws=5, seed=1, like=one)
    assert again.draws is one.draws
    assert np.array_equal(again.compiled.knobs.capacity, 2 * one.compiled.knobs.capacity)
