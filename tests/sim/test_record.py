"""What is recorded fits in memory, has units, and can be read back."""

import numpy as np
import pytest

from sluicegate.sim.prepare import prepare
from sluicegate.sim.record import ROOM, STORED, Recorder, Uses
from sluicegate.sim.run import advance_week, run
from sluicegate.sim.state import base_state


@pytest.mark.parametrize(("weeks", "gigabytes"), [(104, 0.4), (1043, 3.0)])
def test_a_run_of_256_draws_of_the_whole_world_fits_in_memory(weeks, gigabytes, bundled, scenario):
    compiled = prepare(scenario(weeks=weeks), bundled, draws=1, seed=1).compiled
    one = Recorder(compiled.net, Uses.of(compiled.net), compiled.watched, weeks, ROOM)
    assert set(one.whole) == set(STORED)
    assert 256 / ROOM * sum(array.nbytes for array in one.whole.values()) < gigabytes * 1e9


def test_the_dataset_has_units_names_dates_and_the_seed(ask, control):
    run = ask(control("magnet"), draws=2, weeks=30, seed=7)
    data = run.dataset()
    assert all(v.attrs["units"] and v.attrs["long_name"] for v in data.data_vars.values())
    assert {"scenario": "toy", "seed": 7, "as_of": "2026-11-23"}.items() <= data.attrs.items()
    assert str(data["week"].values[1])[:10] == "2024-01-08"
    shipped = data["exports"].sel(link="magnet | CHN > USA").isel(draw=0)
    assert shipped.isel(week=0) == pytest.approx(11)
    assert shipped.isel(week=20) < 4  # what leaks


def test_the_price_paid_lies_between_what_goods_cost_and_the_quote_outside_where_nothing_leaks(ask, control):
    run = ask(control("magnet"), draws=4, fixed={"magnets: leak_share": 0.0})
    inside, outside = run.price_ratio("inside"), run.price_ratio("outside")
    paid = run.price_ratio("outside", paid=True)
    magnet = run.model.compiled.net.products.index("magnet")
    assert (outside[magnet, -1] > 1.5 * inside[magnet, -1]).all()
    cost = 1 + 0.9 * (inside - 1)  # the toy's prices inside are 0.9 of those outside
    assert (paid >= np.minimum(cost, outside) - 1e-6).all()
    assert (paid <= np.maximum(cost, outside) + 1e-6).all()


def test_a_world_in_which_nothing_changes_keeps_one_week_and_gives_them_all(ask):
    record = ask(draws=3, weeks=20).record
    assert {array.shape[1] for array in record.whole.values()} == {1}
    assert record.service.shape == (len(record.uses.line), 20, 3)
    assert (record.service == 1).all()


def test_what_was_not_recorded_is_not_given_as_nothing(ask, control):
    run = ask(control("magnet"), draws=2)
    with pytest.raises(AttributeError, match="use was not recorded, only"):
        _ = Recorder(run.model.compiled.net, run.record.uses, run.record.watched, 5, 2, ("stock",)).use


@pytest.fixture
def held(toy, scenario, control):
    licence = control("magnet", week=10.4, until=30, kind="licence", share=(0.3, 0.6, 0.9), notice=3)
    return prepare(scenario(licence, control("gallium, low purity", week=14), weeks=45), toy, draws=5, seed=1).compiled


def test_what_arrives_is_what_the_delay_line_lands_on_links_held_and_free(held):
    """The record stores what left; the twin, which has a delay line for every link, is asked what came."""
    engine, record = held.engine(), run(held)
    state = base_state(held.net, engine.sums, engine.knobs)
    landed = np.stack([advance_week(engine, state, t).landed[held.watched] for t in range(45)], axis=1)
    assert 0 < len(record.held) < len(held.watched)
    assert len(set(held.net.link_transit[held.watched])) > 3
    np.testing.assert_allclose(record.imports, landed, rtol=3e-6, atol=1e-6)
    assert np.array_equal(record.arrivals(np.array([3, 1])), record.imports[[3, 1]])
    assert np.array_equal(record.mean_arrivals(), record.imports.mean(axis=2, dtype=float))


@pytest.mark.parametrize("week", [0, 7, 30, 44])
def test_one_week_of_stock_is_that_of_a_record_of_all(week, held):
    alone, every = run(held, stock_week=week), run(held)
    assert alone.whole["stock"].shape[1] == 1
    assert np.array_equal(alone.stock_in(week), every.stock[:, week])
    assert np.array_equal(every.stock_in(week), every.stock[:, week])
    with pytest.raises(AttributeError, match=r"of week \d+ alone"):
        _ = alone.stock
    with pytest.raises(AttributeError, match=r"of week \d+ alone"):
        alone.stock_in(20)
    np.testing.assert_allclose(
        run(held, engine="twin", stock_week=week).stock_in(week), alone.stock_in(week), rtol=3e-6
    )


FEW = {"exports": np.array([0, 4]), "activity": np.array([1]), "feared": np.array([], int), "service": np.array([2]),
       "use": np.array([1])}  # fmt: skip


@pytest.fixture(params=["kernel", "twin"])
def parted(request, toy, scenario, control):
    """A record of some rows alone and one of all, of draws that fill no block."""
    licence = control("magnet", week=10.4, until=30, kind="licence", share=(0.3, 0.6, 0.9), notice=3)
    compiled = prepare(scenario(licence, weeks=40), toy, draws=39, seed=1).compiled
    return run(compiled, rows=FEW, engine=request.param, block=8), run(compiled, engine=request.param)


def test_rows_kept_are_those_of_a_record_of_all(parted):
    few, every = parted
    for name in ("exports", "activity", "service", "use"):
        assert np.array_equal(few.of(name, FEW[name]), getattr(every, name)[FEW[name]])
        assert np.array_equal(few.of(name, FEW[name][0]), getattr(every, name)[FEW[name][0]])
    assert np.array_equal(few.arrivals(FEW["exports"]), every.imports[FEW["exports"]])
    assert few.whole["exports"].shape[0] == 2


def test_of_rows_that_are_not_kept_the_mean_is_there_whatever_the_draws_fill(parted):
    few, every = parted
    for name in ("exports", "activity", "feared", "service"):
        mean = getattr(every, name).mean(axis=-1, dtype=float).reshape(-1, few.weeks)
        np.testing.assert_allclose(few.mean(name), mean, rtol=1e-12, atol=1e-18)
        assert np.array_equal(few.mean(name, 3), few.mean(name)[3])
    np.testing.assert_allclose(few.mean_arrivals(), every.imports.mean(axis=2, dtype=float), rtol=1e-12, atol=1e-18)


def test_a_row_that_is_not_kept_is_not_given_as_another(parted):
    few, _ = parted
    for ask in (lambda: few.exports, lambda: few.of("exports", 1), lambda: few.arrivals(np.array([1])),
                lambda: few.mean("use"), lambda: few.of("activity", np.array([1, 2]))):  # fmt: skip
        with pytest.raises(AttributeError, match="alone"):
            ask()


def test_prices_and_losses_are_kept_whole_or_not_at_all(held):
    with pytest.raises(ValueError, match="cannot keep a part of"):
        run(held, rows={"price": np.array([0])})


def test_a_world_at_rest_has_its_means_in_every_week(toy, scenario):
    still = run(prepare(scenario(weeks=9), toy, draws=3, seed=1).compiled, rows=FEW)
    assert still.sums.shape[1] == 1
    assert still.mean("exports").shape == (len(still.watched), 9)
    np.testing.assert_allclose(still.mean("exports")[:, 5], still.flow, rtol=1e-6)
