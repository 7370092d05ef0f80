"""Planned flows fed back to the simulation: at rest nothing moves, shares are shares, orders go where the plan says."""

import numpy as np
import pytest

from sluicegate.response.chain import chain_of, recorded
from sluicegate.response.steer import shares, steered
from sluicegate.sim.result import run_model


def _chain(result, week=20):
    return chain_of(result, week, 30, np.ones(len(result.lines)))[0]


def test_the_base_years_flows_fed_back_change_nothing(ask):
    run = ask(draws=4, weeks=60)
    chain = _chain(run)
    again = steered(run, chain, np.repeat(chain.usual[:, None], 30, axis=1), 20)
    assert np.abs(again.lost_value_added()).max() == pytest.approx(0, abs=1.0)
    assert again.record.lost_share == pytest.approx(run.record.lost_share, abs=1e-6)


def test_a_run_that_is_not_steered_is_the_run_itself(ask, control):
    """Steered from the last week on, the twin with its new links is the kernel without them."""
    run = ask(control("magnet", week=20), draws=4, weeks=60)
    chain = _chain(run)
    again = steered(run, chain, np.repeat(chain.usual[:, None], 1, axis=1), 59)
    assert again.record.lost_share == pytest.approx(run.record.lost_share, abs=1e-5)


def test_shares_of_a_buyer_sum_to_one_and_stay_where_nothing_is_shipped(ask):
    chain = _chain(ask(draws=4, weeks=60))
    flow = np.repeat(chain.usual[:, None], 30, axis=1)
    flow[:, 10:] = 0
    found = shares(chain, flow)
    total = np.bincount(chain.destination, found[:, -1], minlength=chain.nodes)
    fed = np.bincount(chain.destination, chain.usual, minlength=chain.nodes) > 0
    assert total[fed] == pytest.approx(1)
    assert found[:, -1] == pytest.approx(found[:, 0])


def test_orders_by_a_new_link_bring_goods_over_it(ask, control):
    """A buyer who is barred from one origin and told to order from another gets more than one who is not told."""
    run = ask(control("magnet", week=20), draws=4, weeks=60)
    chain = _chain(run)
    old = len(run.model.compiled.net.link_flow)
    barred = {int(e) for b in run.model.compiled.knobs.borders for e in b.links}
    hit = {int(chain.destination[e]) for e in barred}
    new = [e for e in range(old, len(chain.origin)) if int(chain.destination[e]) in hit]
    if not new:
        new = [e for e in range(old) if int(chain.destination[e]) in hit and e not in barred]
    flow = np.repeat(chain.usual[:, None], 30, axis=1)
    for e in new:
        mine = chain.destination == chain.destination[e]
        flow[mine] = 0.0
        flow[e] = 1.0
    told = steered(run, chain, flow, 20)
    assert not np.allclose(told.record.lost_share, run.record.lost_share, atol=1e-6)


@pytest.mark.parametrize("week", [0, 20])
def test_a_chain_of_the_little_that_is_recorded_is_that_of_a_record_of_all(week, ask, control):
    run = ask(control("magnet", week=20), draws=40, weeks=60)
    variables, of_stock, rows = recorded(run.model, week)
    few = run_model(run.model, variables=variables, stock_week=of_stock, rows=rows)
    assert 0 < few.record.whole["exports"].shape[0] < len(few.record.watched)
    found, held = (chain_of(r, week, 30, np.ones(len(r.lines))) for r in (few, run))
    for one, other in zip(found, held, strict=True):
        assert all(np.array_equal(getattr(one, f), getattr(other, f)) for f in one.__dataclass_fields__)
