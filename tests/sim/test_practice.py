"""What practice and a control's own words make of a border: whom it holds, from which day, how much it lets pass."""

from datetime import date

import numpy as np
import pytest
from scipy.special import ndtr

from sluicegate.sim.content import content_share
from sluicegate.sim.engine import Week
from sluicegate.sim.office import delay
from sluicegate.sim.practice import schedule
from sluicegate.sim.prepare import prepare
from sluicegate.sim.state import base_state
from sluicegate.sim.swing import clampdowns, office_swing
from sluicegate.sim.twin.border import border
from sluicegate.sim.twin.office import advance

STATED = {"label": "judgement", "reason": "test"}
CALM = {"CHN office: swing_log_sd": 0.0, "CHN office: clampdown_per_year": 0.0}
APPLICANTS = {"applicants": {"trusted": {"share": 0.25, **STATED}, "others": {"share": 0.75, **STATED}},
              "military_share": {"radar": {"share": 0.6, **STATED}}}  # fmt: skip


@pytest.fixture
def model(toy, scenario):
    """A compiled scenario of some controls, with what it was sampled from."""

    def make(*controls, weeks=60, draws=2, fixed=None):
        return prepare(scenario(*controls, weeks=weeks, fixed=CALM | (fixed or {})), toy, draws=draws, seed=4)

    return make


def _rules(**values):
    return tuple({"setting": n, "value": v, **STATED} for n, v in values.items())


def _to(net, links, place):
    return np.array([net.places[c] == place for c in net.node_place[net.link_destination[links]]])


def _week(compiled, t, ordered=1.0, waiting=None):
    """One week of the border alone, in which everybody orders so many times the flow."""
    engine = compiled.engine()
    state, week = base_state(compiled.net, engine.sums, engine.knobs), Week(t)
    week.covered = [np.ones_like(b.covered) for b in engine.knobs.borders]
    state.orders = ordered * compiled.net.link_flow[:, None] * np.ones(compiled.draws)
    if waiting is not None:
        state.queues[0].waiting[:] = waiting * engine.knobs.borders[0].flow(compiled.net.link_flow)
    border(engine, state, week)
    return state, week


def test_an_open_licence_is_of_its_destinations_end_use_and_applicants_from_its_day_until_it_lapses(
    model, control, day
):  # fmt: skip
    held = {"share": 0.3, "effective_from": day(10 + 2 / 7), "validity_weeks": 6, **STATED}
    for kind in ("general", "registration"):
        licence = {"kind": kind, "destinations": ("EUU",), "end_use": "civil", "applicants": "trusted", **held}
        what = control("magnet", kind="licence", form="long", week=5, office=APPLICANTS | {"open_licences": (licence,)})
        compiled = model(what).compiled
        b = compiled.knobs.borders[0]
        spared, other = b.office.general, b.office.registered
        if kind == "registration":
            spared, other = other, spared
        by_row = spared[:, b.tier, 0]
        (row,) = np.flatnonzero(by_row.any(axis=0))
        assert _to(compiled.net, b.links, "DEU")[row]
        assert b.part[row] == pytest.approx(0.25)
        found = by_row[[9, 10, 11, 15, 16, 17], row]
        assert found == pytest.approx([0, 0.3 * 5 / 7, 0.3, 0.3, 0.3 * 2 / 7, 0])
        assert not other.any()


def test_open_licences_of_one_kind_add_up_to_all_at_most_and_tell_end_uses_apart(model, control, day):
    held = {"kind": "general", "share": 0.7, "effective_from": day(5), "validity_weeks": 99, **STATED}
    licences = (held, held | {"end_use": "military", "share": 0.6})
    what = control("magnet", kind="licence", form="long", week=5, office=APPLICANTS | {"open_licences": licences})
    compiled = model(what).compiled
    b = compiled.knobs.borders[0]
    usa = _to(compiled.net, b.links, "USA")
    assert b.part[usa] == pytest.approx(np.outer([1 - 0.6 * 2 / 12, 0.6 * 2 / 12], [0.25, 0.75]).reshape(-1))
    assert b.office.general[20, b.tier[usa], 0] == pytest.approx([0.7, 0.7, 1, 1])
    assert b.office.general[20, b.tier[~usa], 0] == pytest.approx(0.7)


def test_buyers_withdraw_what_waits_longer_than_the_whole_way_of_a_file_takes(model, control):
    way = {"preparation_weeks": 3.0, "review_weeks_mean": 6.0, "returned_share": 0.2, "refile_weeks": 4.0}
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**way))
    b = model(what).compiled.knobs.borders[0]
    assert b.review_weeks[b.rule[20]] == pytest.approx(3 + 6 + 0.25 * (6 + 4))


def test_a_ban_keeps_nothing_waiting_and_a_licence_what_buyers_leave(model, control):
    fixed = {"pending limit": 9.0}
    ban, licence = (model(control("magnet", kind=k), fixed=fixed).compiled.knobs.borders[0] for k in ("ban", "licence"))
    assert not ban.pending_limit.any()
    assert (licence.pending_limit == 9).all()


def test_of_what_is_withdrawn_decided_files_go_first_and_then_the_newest(model, control):
    """Waiting for nine weeks, all that passes is half of the flow; what leaks comes of what does not pass."""
    fixed = {"pending limit": 4.0, "magnets: review_weeks_mean": 3.0, "magnets: leak_share": 0.2,
             "magnets: office_start_weeks": 90.0}  # fmt: skip
    rules = _rules(eligible_share=0.5)
    compiled = model(control("magnet", kind="licence", week=0, rules=rules), fixed=fixed).compiled
    flow = compiled.knobs.borders[0].flow(compiled.net.link_flow)
    state, week = _week(compiled, 20, ordered=5.0, waiting=9.0)
    assert week.granted[0] == pytest.approx(0.5 * flow * np.ones(2))
    assert state.queues[0].leaking == pytest.approx(0.2 * 0.5 * flow * np.ones(2))
    assert week.withdrawn[0] == pytest.approx((9 - 0.5 - 0.1 + 5 - (4 + 3)) * flow * np.ones(2))
    assert state.queues[0].waiting == pytest.approx((9 - 0.6 - 6.4) * flow * np.ones(2))
    assert state.queues[0].review.sum(axis=0) == pytest.approx(5 * flow * np.ones(2))


def test_what_was_declared_before_a_measure_without_notice_clears_and_nothing_else_does(model, control):
    """E1: with notice, and under a quota, all of the first week is held."""
    fixed = {"magnets: customs_clearing_weeks": 2.0}
    quota = {"t_per_period": 10, "period": "year"}
    held = [model(control("magnet", week=10, **how), fixed=fixed).compiled.knobs.borders[0].hold[10:13, 0]
            for how in ({"notice": None}, {"notice": 3}, {"kind": "quota", "quota": quota})]  # fmt: skip
    assert held[0] == pytest.approx([1 - 0.75, 1 - 0.25, 1])
    assert held[1] == pytest.approx(1)
    assert held[2] == pytest.approx(1)


def test_a_quota_shared_by_links_is_parted_by_their_flows(model, control):
    quota = {"t_per_period": 10, "period": "year", "sharing": "by share"}
    compiled = model(control("magnet", kind="quota", quota=quota)).compiled
    flow = compiled.net.link_flow[compiled.knobs.borders[0].links]
    assert compiled.knobs.borders[0].allowance.part == pytest.approx(flow / flow.sum())
    assert sorted(flow) == pytest.approx([1, 8, 11])


def test_a_listed_share_with_a_range_is_drawn_and_one_without_is_that(model, control):
    what = control("magnet", kind="licence", share=(0.3, 0.6, 0.9))
    covered = model(what, draws=400).compiled.knobs.borders[0].covered
    assert [(covered < x).mean() for x in (0.3, 0.6, 0.9)] == pytest.approx([0.05, 0.5, 0.95], abs=0.02)
    assert model(control("magnet", share=0.4)).compiled.knobs.borders[0].covered == pytest.approx(0.4)


@pytest.mark.parametrize("form", ["short", "long"])
def test_the_share_that_passes_follows_the_dated_schedule_of_its_tier_and_end_use(form, model, control, scenario):
    """In the long form it stands for the share that is approved, and the swing of the office is elsewhere."""
    swing = {} if form == "short" else {"CHN office: swing_log_sd": 0.5}
    what = control("magnet", kind="licence", form=form, week=6.5, office=APPLICANTS)
    found = model(what, weeks=100, draws=1, fixed=swing)
    (b,), net = found.compiled.knobs.borders, found.compiled.net
    seen = set()
    for place, tier in (("USA", "USA"), ("JPN", "JPN"), ("DEU", "EUU")):
        for end_use in ("civil", "military")[: 2 if place == "USA" else 1]:
            rows = np.flatnonzero(_to(net, b.links, place))
            row = rows[b.part[rows] > 0.5][0] if end_use == "civil" else rows[b.part[rows] < 0.1][0]
            steps = schedule(scenario().as_of, "magnets", tier, end_use)
            luck = found.draws[f"magnets, {tier}: eligible share" + ("" if end_use == "civil" else ", military")][0]
            shares = [float(s.share.quantile(ndtr(np.array([luck])))[0]) for s in steps]
            expected = np.interp(np.arange(100) - 6.5, [s.from_week for s in steps], shares)
            assert b.level[:, b.tier[row], 0] == pytest.approx(
                np.minimum(expected, 1 if form == "long" else 9), abs=2e-2
            )
            seen.add(round(float(b.level[60, b.tier[row], 0]), 6))
    assert len(seen) > 1


def test_a_tier_with_a_row_of_its_own_has_it_from_the_day_it_became_known(model, control, scenario):
    """Reviews of magnets for Japan have a row of their own, known on 8 January 2026."""
    mean = {"magnets: review_weeks_mean": 10.0}
    found = model(control("magnet", kind="licence", week=0), weeks=115, draws=1, fixed=mean)
    b, since = found.compiled.knobs.borders[0], int(scenario().week_of(date(2026, 1, 8)))
    japan = _to(found.compiled.net, b.links, "JPN")
    weeks = [b.review_weeks[b.rule[t][b.tier], 0] for t in (since - 1, since)]
    assert weeks[0] == pytest.approx(10)
    assert weeks[1] == pytest.approx(np.where(japan, found.draws["magnets, JPN: review_weeks_mean"], 10))
    assert weeks[1].max() > 11


def test_the_european_union_is_spelt_out_where_a_control_or_an_easing_names_it(model, control, day):
    easing = {"effective_from": day(20), "eligible_at_least": 0.99, "destinations": ("EUU",)}
    rules = _rules(eligible_share=0.1)
    whole, part = (model(control("magnet", kind="licence", rules=rules, **how)).compiled
                   for how in ({"easings": (easing,)}, {"destinations": ("EUU",)}))  # fmt: skip
    (b,), (own,) = whole.knobs.borders, part.knobs.borders
    germany = _to(whole.net, b.links, "DEU")
    assert b.level[30, b.tier, 0] == pytest.approx(np.where(germany, 0.99, 0.1))
    assert set(own.links) == set(b.links[germany])


def test_goods_made_abroad_hold_the_controllers_goods_by_value(model, control):
    """A t of magnets of 80 USD a kg takes 0.5 t of oxide of 60; two thirds of Japan's come from China, the rest is its
    own, of American ore. E6h."""
    net = model(control("magnet")).compiled.net
    japan = net.node("magnet", "JPN")
    assert content_share(net, "CHN")[japan] == pytest.approx(0.375 * 2 / 3)
    assert content_share(net, "CHN", ("neodymium oxide",))[japan] == pytest.approx(0.375 * 2 / 3)
    assert content_share(net, "CHN", ("gallium, low purity",))[japan] == 0
    assert content_share(net, "CHN", ("ore",))[japan] < 0.2
    reach = [len(model(control("magnet", abroad={"threshold": t})).compiled.knobs.borders) for t in (0.25, 0.2501)]
    assert reach == [1, 0]


def test_the_last_day_of_a_suspension_is_suspended_too(model, control, day):
    what = control("magnet", week=4, suspended=((day(20), day(24 + 1 / 7)),))  # Monday to Tuesday four weeks later
    hold = model(what, fixed={"magnets: customs_clearing_weeks": 0.0}).compiled.knobs.borders[0].hold[:, 0]
    assert hold[[19, 20, 23, 24, 25]] == pytest.approx([1, 0, 0, 5 / 7, 1])


def test_a_quota_is_passed_besides_a_licence_and_after_it(model, control):
    quota = control("magnet", kind="quota", week=9, name="quota", quota={"t_per_period": 20, "period": "month"})
    borders = model(quota, control("magnet", kind="licence", week=8, notice=2, name="licence")).compiled.knobs.borders
    assert [b.name for b in borders] == ["licence", "quota"]
    assert all((b.hold[20] == 1).all() for b in borders)


def test_an_office_in_a_swing_or_a_clampdown_takes_up_as_much_less(model, control):
    """E6c: its capacity swings; in the long form a clampdown stops its work, not the share that it approves."""
    moved = {"CHN office: swing_log_sd": 0.4, "CHN office: clampdown_per_year": 3.0, "CHN office: clampdown_depth": 0.6,
             "magnets: office_start_weeks": 4.0}  # fmt: skip
    office = {"capacity": {"per_week": 5, "unit": "t", **STATED}}
    found = model(control("magnet", kind="licence", form="long", week=2, office=office), fixed=moved)
    days = found.compiled.knobs.borders[0].office.working / clampdowns(found.scenario, found.draws, "CHN")
    (pool,) = found.compiled.knobs.pools
    assert pool.per_week[6:] == pytest.approx((5 * office_swing(found.scenario, found.draws, "CHN") * days)[6:])
    assert not days[:6].any()
    assert set(np.unique(np.round(days[6:], 9))) <= {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}


def test_a_review_of_fewer_stages_begins_further_on(model, control):
    """Where a rule of three stages gives way to one of one, a file goes as if there had been one all along."""
    at = np.zeros((9, 1), dtype=int)
    left = []
    for law in (delay(np.array([[4.0]]), np.array([1]), at), delay(np.array([[4.0], [9.0]]), np.array([1, 3]), at)):
        queue, tier = np.zeros((law.stages, 1, 1)), np.zeros(1, dtype=int)
        left.append([float(advance(law, queue, np.array([[float(t == 0)]]), t, tier)[0, 0]) for t in range(9)])
    assert left[0] == pytest.approx(left[1])
    stages = ({"setting": "review_stages", "value": 3, **STATED},
              {"setting": "review_stages", "value": 1, "destinations": ("USA",), **STATED})  # fmt: skip
    compiled = model(control("magnet", kind="licence", week=0, rules=stages)).compiled
    b, usa = compiled.knobs.borders[0], _to(compiled.net, compiled.knobs.borders[0].links, "USA")
    assert set(b.entry[b.rule[5][b.tier[usa]]]) == {2}
    assert set(b.entry[b.rule[5][b.tier[~usa]]]) == {0}


def test_a_licence_is_valid_for_the_weeks_of_its_destination_and_what_lapsed_is_prepared_anew(model, control):
    """E6e: nobody ships, so on its last day a licence lapses, and its order is at the exporter's again."""
    quick = {"preparation_weeks": 0, "review_weeks_mean": 0, "returned_share": 0, "refile_weeks": 1,
             "approved_share": 1, "refused_share": 0, "office_start_weeks": 0, "validity_weeks": 3}  # fmt: skip
    longer = {"setting": "validity_weeks", "value": 6, "destinations": ("USA",), **STATED}
    what = control("magnet", kind="licence", form="long", week=0, rules=(*_rules(**quick), longer))
    compiled = model(what).compiled
    engine = compiled.engine()
    state, (b,) = base_state(compiled.net, engine.sums, engine.knobs), engine.knobs.borders
    files, gone = state.queues[0].files, [np.zeros_like(state.queues[0].files.gone)]
    for t in range(8):
        state.orders = compiled.net.link_flow[:, None] * np.ones(2) * (t == 0)
        border(engine, state, Week(t, covered=[np.ones_like(b.covered)]))
        gone.append(files.gone.copy())
        assert files.preparing[0] == pytest.approx(gone[-1] - gone[-2])
    usa, lapsed = _to(compiled.net, b.links, "USA"), np.argmax(np.array(gone)[1:, :, 0] > 0, axis=0)
    assert (lapsed[usa] == lapsed[~usa][0] + 3).all()
