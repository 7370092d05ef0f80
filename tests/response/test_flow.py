"""The flow programme: a stock-out in closed form, conservation, prices, and the chain of the toy world."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.response.chain import chain_of
from sluicegate.response.flow import Chain, FlowProgramme

WEEKS = 20


def _simple(**how):
    """One maker of a good in A; buyers in A and in B, two weeks away, whose line uses 10 t a week and stops without."""
    chain = Chain(
        nodes=2, origin=np.array([0, 0]), destination=np.array([0, 1]), transit=np.array([0, 2]),
        before=np.array([5.0, 10.0]), usual=np.array([5.0, 0.0]), room=np.full((2, WEEKS), 10.0),
        freight=np.array([1.0, 50.0]),
        fed=np.zeros(0, int), feed_node=np.zeros(0, int), feed=np.zeros(0), maker=np.array([0]),
        made_node=np.array([0]), made=np.ones(1), capacity=np.full((1, WEEKS), 15.0), stock=np.array([0.0, 30.0]),
        pool=np.zeros(2), comes=np.zeros((2, WEEKS)), holding=np.full(2, 0.5), need_node=np.array([0, 1]),
        need_line=np.array([0, 1]), use=np.repeat([[5.0], [10.0]], WEEKS, axis=1), hurt=np.ones(2),
        value=np.array([1e4, 1e5]),
    )  # fmt: skip
    return replace(chain, **how)


def test_a_chain_in_balance_loses_nothing():
    assert FlowProgramme(_simple()).solve().lost.max() == pytest.approx(0, abs=1e-9)


def test_under_a_ban_a_line_runs_for_its_stock_and_what_is_under_way():
    """30 t in hand and 20 t under way at 10 t a week: five of twenty weeks."""
    shut = np.array([[10.0] * WEEKS, [0.0] * WEEKS])
    found = FlowProgramme(_simple(room=shut)).solve()
    assert found.lost.sum(axis=1) == pytest.approx([0, WEEKS - 5])


def test_what_is_short_goes_to_the_line_that_loses_most():
    found = FlowProgramme(_simple(capacity=np.full((1, WEEKS), 8.0))).solve()
    assert found.lost[0].sum() > found.lost[1].sum()


def test_nothing_appears_and_nothing_vanishes():
    chain = _simple(capacity=np.full((1, WEEKS), 11.0))
    found = FlowProgramme(chain).solve()
    used = (chain.use * (1 - found.missing))[1].sum()
    came = chain.stock[1] + 2 * chain.before[1] + found.flow[1, : WEEKS - 2].sum()
    assert came == pytest.approx(used + found.stock[1, -1])
    assert (found.flow.sum(axis=0) <= found.activity.sum(axis=0) + 1e-9).all()


def test_prices_differ_by_freight_along_a_link_that_is_neither_empty_nor_full():
    """Complementary slackness: at a full link the difference is freight and what a t more of room saves."""
    chain = _simple(capacity=np.full((1, WEEKS), 11.0))
    found = FlowProgramme(chain).solve()
    spread = found.price[1, 2:] - found.maker_price[0, :-2]
    flow = found.flow[1, :-2]
    inside = (flow > 1e-6) & (flow < 10 - 1e-6)
    assert spread[inside] == pytest.approx(np.full(inside.sum(), 50.0), abs=1e-6)
    assert spread[flow > 1e-6] == pytest.approx(50 + found.room_worth[1, :-2][flow > 1e-6], abs=1e-5)
    assert (spread <= 50 + found.room_worth[1, :-2] + 1e-6).all()


def test_a_t_more_of_room_saves_what_its_dual_says():
    tight = np.array([[10.0] * WEEKS, [4.0] * WEEKS])
    programme = FlowProgramme(_simple(room=tight))
    before = programme.solve()
    tight[1, 5] += 0.01
    programme.change_room(tight)
    assert before.cost - programme.solve().cost == pytest.approx(0.01 * before.room_worth[1, 5], rel=1e-4)


def test_solved_again_is_as_solved_anew():
    tight = np.array([[10.0] * WEEKS, [4.0] * WEEKS])
    programme = FlowProgramme(_simple())
    programme.solve()
    programme.change_room(tight)
    assert programme.solve().cost == pytest.approx(FlowProgramme(_simple(room=tight)).solve().cost)


@pytest.fixture(scope="module")
def banned(ask, control):
    return ask(control("magnet", week=20), draws=4, weeks=60)


def _lost(result, times, new=False, week=20):
    chain, links = chain_of(result, week, 30, np.ones(len(result.lines)))
    programme = FlowProgramme(chain)
    programme.change_room(links.room(times, new=new))
    return float((programme.solve().lost * chain.value[:, None]).sum())


def test_more_freedom_never_loses_more_and_a_planner_loses_no_more_than_the_market(banned):
    lost = [_lost(banned, times, new) for times, new in ((1, False), (2, False), (np.inf, False), (np.inf, True))]
    simulated = banned.lost_value_added()[:, 20:50].mean(axis=2).sum()
    assert (np.diff(lost) <= 1e-6 * lost[0]).all()
    assert lost[0] <= simulated * 1.001
    assert lost[0] > lost[-1]


def test_the_base_year_needs_no_new_routes(ask):
    """V1 of the simulator, seen by the planner: nothing held, nothing lost."""
    assert _lost(ask(draws=4, weeks=60), 1.0) == pytest.approx(0, abs=1.0)
