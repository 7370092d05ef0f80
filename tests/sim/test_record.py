"""What is recorded fits in memory, has units, and can be read back."""

import numpy as np
import pytest

from sluicegate.sim.prepare import prepare
from sluicegate.sim.record import Recorder, Uses

ARRAYS = ("service", "use", "stock", "lost_share", "price", "exports", "imports", "activity", "leaked_share",
          "taken", "feared", "worth")  # fmt: skip


@pytest.mark.parametrize(("weeks", "gigabytes"), [(104, 0.5), (1043, 3.3)])
def test_a_run_of_256_draws_of_the_whole_world_fits_in_memory(weeks, gigabytes, bundled, scenario):
    compiled = prepare(scenario(weeks=weeks), bundled, draws=1, seed=1).compiled
    one = Recorder(compiled.net, Uses.of(compiled.net), compiled.watched, weeks, 1)
    assert set(one.whole) == set(ARRAYS) - {"worth"}
    assert 256 * sum(getattr(one, name).nbytes for name in ARRAYS) < gigabytes * 1e9


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
