"""What counts as a shortage, when it starts and how large it is."""

import numpy as np
import pytest

from sluicegate.sim import shortages, simulate
from sluicegate.sim.shortage import first_short_week


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ([1, 1, 0.9, 0.9, 1, 1], 2),
        ([1, 0.5, 1, 1, 1, 1], -1),  # a dip of one week is no shortage
        ([1, 0.5, 1, 0.94, 0.94, 0.2], 3),
        ([0.95, 0.95, 0.95, 0.95, 0.95, 0.95], -1),  # 95 % is not below 95 %
        ([0, 0, 1, 1, 1, 1], 0),
        ([1, 1, 1, 1, 1, 0], -1),  # nobody knows whether it lasts
    ],
)
def test_short_is_below_95_per_cent_two_weeks_running(path, first):
    assert first_short_week(np.array(path, dtype=float)[:, None])[0] == first


def test_the_share_short_runs_from_the_first_short_week_to_the_horizon(ask, control):
    run, free = ask(control("magnet", until=45), draws=4), ask(draws=4)
    found = next(s for s in shortages(run, free) if (s.product, s.place, s.industry) == ("magnet", "USA", "cars"))
    for d in range(4):
        start = first_short_week(found.path)[d]
        assert start > 10
        assert found.share_short[d] == pytest.approx((1 - found.path[start:, d]).mean(), rel=1e-6)
        assert found.lost_per_week[d] * (80 - start) == pytest.approx(found.lost_total[d], rel=1e-6)
    assert found.p_short == 1
    assert found.start_dates(run)["q50"] > "2024-03-11"


def test_nobody_is_short_when_nothing_happens(ask):
    assert shortages(ask(), ask()) == []


def test_the_largest_loss_comes_first_and_rows_short_in_few_draws_are_left_out(ask, control):
    run, free = ask(control("magnet", kind="licence"), draws=8), ask(draws=8)
    all_rows = shortages(run, free, least_chance=0.01)
    losses = [float(np.mean(s.lost_total)) for s in all_rows]
    assert losses == sorted(losses, reverse=True)
    assert all(s.p_short >= 0.6 for s in shortages(run, free, least_chance=0.6))
    assert {s.row for s in shortages(run, free, least_chance=0.6)} <= {s.row for s in all_rows}


def test_the_shortages_of_a_place_need_no_more_than_its_own_lines(ask, control, toy):
    run, free = ask(control("magnet"), draws=8), ask(draws=8)
    few = [simulate(r.scenario, toy, like=r.model, variables=("service",), places={"USA"}) for r in (run, free)]
    found, all_of_them = shortages(*few, place="USA"), shortages(run, free)
    assert 0 < len(found) < len(all_of_them)
    theirs = [s for s in all_of_them if s.place == "USA"]
    assert [(s.row, *s.lost_total) for s in found] == [(s.row, *s.lost_total) for s in theirs]
    assert all(np.array_equal(a.usual_path, b.usual_path) for a, b in zip(found, theirs, strict=True))
    with pytest.raises(AttributeError, match="other rows alone"):
        shortages(*few)
