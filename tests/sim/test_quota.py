"""Quotas, suspensions and several measures on one link."""

from datetime import date

import numpy as np
import pytest

from sluicegate.regime import material_group
from sluicegate.sim.engine import Engine
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.state import base_state


def _calm(*controls):
    names = ("customs_clearing_weeks", "office_start_weeks", "overcompliance_share", "leak_share")
    calm = {f"{material_group(p)}: {n}": 0.0 for c in controls for p in c.products for n in names}
    return calm | {"CHN office: swing_log_sd": 0.0, "CHN office: clampdown_per_year": 0.0}


def _exports(toy, scenario, *controls, weeks=104, product="magnet", **how):
    """(W, D) what leaves China of a product, t a week, and the flow at rest."""
    compiled = prepare(scenario(*controls, weeks=weeks, fixed=_calm(*controls), **how), toy, draws=2, seed=4).compiled
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    state = base_state(compiled.net, engine.sums, engine.knobs)
    net = compiled.net
    made, used = net.node_place[net.link_origin], net.node_place[net.link_destination]
    own = [e for e in range(len(net.link_flow)) if net.products[net.link_product()[e]] == product
           and net.places[made[e]] == "CHN" and made[e] != used[e]]  # fmt: skip
    out = [advance_week(engine, state, t).exports[own].sum(axis=0) for t in range(weeks)]
    return np.array(out), net.link_flow[own].sum()


@pytest.mark.parametrize("sharing", ["first come", "by share"])
@pytest.mark.parametrize(("period", "months"), [("month", 1), ("quarter", 3), ("half", 6), ("year", 12)])
def test_no_more_leaves_in_any_period_than_its_quota(period, months, sharing, toy, scenario, control):
    quota = {"t_per_period": 12.0 * months, "period": period, "sharing": sharing}
    what = control("magnet", kind="quota", week=0, quota=quota)
    exports, flow = _exports(toy, scenario, what)
    start = scenario().start
    days = [date.fromordinal(start.toordinal() + 7 * t) for t in range(104)]
    periods = [d.year * 12 // months + (d.month - 1) // months for d in days]
    used = [exports[[p == q for q in periods]].sum(axis=0) for p in sorted(set(periods))]
    assert np.max(used) <= 12.0 * months * (1 + 1e-9)
    assert np.max(used) == pytest.approx(12.0 * months, rel=1e-6)
    assert flow > 12.0 * 12 / 52


def test_a_quota_above_the_flow_changes_nothing(toy, scenario, control):
    quota = {"t_per_period": 1e6, "period": "year"}
    exports, flow = _exports(toy, scenario, control("magnet", kind="quota", week=0, quota=quota, notice=None))
    assert exports / flow == pytest.approx(1, rel=1e-12)


def test_what_is_left_of_a_quota_does_not_carry_over(toy, scenario, control):
    quota = {"t_per_period": 30.0, "period": "month"}
    what = control("magnet", kind="quota", week=0, quota=quota)
    exports, _ = _exports(
        toy,
        scenario,
        what,
        weeks=12,
        outages=[
            {
                "process": "making",
                "place": "CHN",
                "share": 1.0,
                "effective_from": scenario().start,
                "until": date(2024, 2, 5),
            }
        ],
    )
    assert exports[4:9].sum(axis=0).max() <= 30.0 * (1 + 1e-9)  # February, although little left in January


def test_of_a_production_quota_no_more_is_made(toy, scenario, day):
    quota = {"process": "mining", "place": "CHN", "t_per_yr": 2600, "effective_from": day(10), "until": day(30)}
    compiled = prepare(scenario(production_quotas=[quota], weeks=60), toy, draws=2, seed=4).compiled
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    state = base_state(compiled.net, engine.sums, engine.knobs)
    mine = compiled.net.producers.index("mining|CHN")
    made = []
    for t in range(60):
        advance_week(engine, state, t)
        made.append(state.activity[mine].max())
    assert made[:10] == pytest.approx([100] * 10)
    assert max(made[10:30]) == pytest.approx(2600 * 7 / 365.25)
    assert max(made[31:]) > 100


def test_nothing_is_held_while_a_measure_is_suspended(toy, scenario, control, day):
    what = control("magnet", week=10, suspended=((day(20), day(41)),))
    exports, flow = _exports(toy, scenario, what, weeks=60)
    assert (exports[11:20] < 1e-9).all()
    assert (exports[21:41] > 0.5 * flow).all()
    assert (exports[42:] < 1e-9).all()


def test_two_offices_on_one_link_are_passed_in_turn(toy, scenario, control, day):
    open_all = {"setting": "review_weeks_mean", "value": 0, "label": "judgement", "reason": "test"}
    licence = control(
        "magnet",
        kind="licence",
        week=5,
        rules=(open_all,),
        easings=({"effective_from": day(5), "eligible_at_least": 0.6},),
        name="licence",
    )
    quota = control("magnet", kind="quota", week=5, quota={"t_per_period": 20, "period": "month"}, name="quota")
    alone, _ = _exports(toy, scenario, quota, weeks=60)
    both, flow = _exports(toy, scenario, licence, quota, weeks=60)
    assert both[6:].max() <= flow * 1.0001
    assert both[8:].sum() <= alone[8:].sum() * 1.0001


def test_what_two_measures_cover_in_turn_is_held_twice_and_neither_loses_nor_makes_goods(toy, scenario, control):
    half = control("magnet", kind="quota", week=5, share=0.5, quota={"t_per_period": 0, "period": "year"}, name="a")
    third = control("magnet", kind="quota", week=5, share=0.4, quota={"t_per_period": 0, "period": "year"}, name="b")
    exports, flow = _exports(toy, scenario, half, third, weeks=7)
    assert exports[6] == pytest.approx(flow * 0.5 * 0.6, rel=0.2)


def test_goods_made_abroad_are_held_only_where_they_hold_enough_of_the_controller_s(toy, scenario, control):
    reach = {}
    for threshold in (0.001, 0.9):
        what = control("magnet", week=0, abroad={"threshold": threshold})
        net = (compiled := prepare(scenario(what), toy, draws=1, seed=1).compiled).net
        reach[threshold] = {
            (net.places[net.node_place[net.link_origin[e]]], net.places[net.node_place[net.link_destination[e]]])
            for b in compiled.knobs.borders
            for e in b.links
        }
    assert reach == {0.001: {("JPN", "DEU"), ("JPN", "USA")}, 0.9: set()}
