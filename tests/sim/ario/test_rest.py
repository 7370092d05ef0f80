"""What holds for any table."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sluicegate.sim.ario import ArbitraryLoss, CapitalLoss, Settings, simulate

SIZES = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(0, 10_000))


@given(SIZES, st.sampled_from([5.0, 90.0, np.inf]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_without_an_event_nothing_moves(small, size, stock, compatible):
    table = small(*size)
    run = simulate(table, settings=Settings(inventory_days=stock, compatible=compatible), days=520)
    np.testing.assert_allclose(run.production, np.tile(table.x / 365, (520, 1)), rtol=1e-12)
    assert np.abs(run.unmet).max() <= 1e-12 * table.x.max()


@given(SIZES, st.floats(0.01, 1), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_output_stays_within_capacity_and_demand(small, size, share, days):
    table = small(*size)
    loss = ArbitraryLoss(3, days, {table.industries[0]: share}, 30)
    run = simulate(table, [loss], Settings(inventory_days=10.0), days=150)
    most = table.x / 365 * run.overproduction
    most[3 : 3 + days, 0] *= 1 - share
    assert (run.production <= most * (1 + 1e-9)).all()
    assert (run.production <= run.demand * (1 + 1e-9)).all()
    assert (run.production >= 0).all()
    assert (run.stock >= -1e-9 * table.x.max()).all()


def test_a_larger_loss_costs_more(small):
    table = small(3, 4, 7)
    lost = [simulate(table, [ArbitraryLoss(3, 60, {table.industries[0]: s})], days=200).lost_value_added().sum()
            for s in (0.2, 0.5, 0.9)]  # fmt: skip
    assert lost[0] < lost[1] < lost[2]


def test_losses_of_capital_and_of_any_kind_do_not_add_up_the_larger_counts(small):
    table = small(2, 3, 1)
    name = table.industries[0]
    any_kind = ArbitraryLoss(3, 30, {name: 0.5})
    capital = CapitalLoss(3, 30, {name: 0.4 * 4 * table.value_added[0]})
    both, alone = (simulate(table, events, days=34).production for events in ([any_kind, capital], [any_kind]))
    np.testing.assert_allclose(both, alone, rtol=1e-12)


def test_a_buyer_with_endless_stocks_never_slows_for_its_inputs(small):
    table = small(2, 3, 5)
    loss = ArbitraryLoss(2, 100, {table.industries[0]: 1.0})
    run = simulate(table, [loss], Settings(inventory_days=np.inf), days=120)
    assert run.production[50, 0] == 0
    np.testing.assert_allclose(
        run.production[50, 1:], np.minimum(run.demand, table.x / 365 * run.overproduction)[50, 1:]
    )


def test_the_result_has_units_and_names(shipped):
    data = simulate(shipped, days=3).dataset()
    assert data.production.attrs["units"] == "M.USD/day"
    assert set(data.dims) == {"day", "industry"}
