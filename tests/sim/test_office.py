"""The long form of the border: each stage alone against its closed form, and all of them at rest (V4, V10)."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import erlang

from sluicegate.regime import material_group
from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.gate import Delay
from sluicegate.sim.office import delay
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week
from sluicegate.sim.state import base_state
from sluicegate.sim.twin.border import border
from sluicegate.sim.twin.office import advance
from sluicegate.terms import InputError

QUICK = {
    "preparation_weeks": 0, "review_weeks_mean": 0, "returned_share": 0, "refile_weeks": 1, "approved_share": 1,
    "refused_share": 0,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_holidays(request, monkeypatch):
    """Closed forms are of an office that works every week, unless a test is about the calendar."""
    if "calendar" not in request.fixturenames:
        monkeypatch.setattr("sluicegate.sim.office.working_days", lambda scenario, _: np.ones(scenario.weeks))


@pytest.fixture
def calendar():
    """The public holidays of the controller."""


def _rules(**values):
    return tuple({"setting": n, "value": v, "label": "judgement", "reason": "test"} for n, v in values.items())


def _engine(toy, scenario, *controls, weeks=80, fixed=None, **how):
    """A long-form world at rest; nothing is over-complied, leaks, swings or closes, and nobody withdraws."""
    calm = {"pending limit": 1e9, "CHN office: swing_log_sd": 0.0, "CHN office: clampdown_per_year": 0.0}
    for group in {material_group(p) for c in controls for p in c.products}:
        names = ("customs_clearing_weeks", "office_start_weeks", "overcompliance_share", "leak_share")
        calm |= {f"{group}: {n}": 0.0 for n in names}
    what = scenario(*controls, weeks=weeks, fixed=calm | (fixed or {}), **how)
    compiled = prepare(what, toy, draws=2, seed=4).compiled
    engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
    return engine, base_state(compiled.net, engine.sums, engine.knobs)


def _granted(engine, state, weeks, orders=0.0, first=1.0):
    """(W, D) licensed of border 0, row 0: `first` is ordered in the week before the first, then `orders` a week."""
    out = []
    for t in range(weeks):
        state.orders[:] = 0.0
        state.orders[engine.knobs.borders[0].links[0]] = first if t == 0 else orders
        week = Week(t, covered=[np.ones_like(b.covered) for b in engine.knobs.borders])
        border(engine, state, week)
        out.append(week.granted[0][0])
        state.backlog[:] = 0.0  # shipped at once
    return np.array(out)


def _file_leaves(law: Delay, weeks):
    """(W,) share of a file that leaves a wait in each week, filed in week 0."""
    queue = np.zeros((law.stages, 1, 1))
    tier = np.zeros(1, dtype=int)
    return np.array([float(advance(law, queue, np.array([[float(t == 0)]]), t, tier)[0, 0]) for t in range(weeks)])


@pytest.mark.parametrize(("mean", "stages"), [(0.3, 1), (3.0, 1), (6.0, 2), (9.0, 3), (20.0, 8)])
def test_a_review_has_the_mean_and_the_quantiles_of_its_erlang_law(mean, stages):
    at = np.zeros((400, 1), dtype=int)
    left = _file_leaves(delay(np.array([[mean]]), np.array([stages]), at), 400)
    law = erlang(stages, scale=mean / stages)
    waited = np.arange(400)
    assert (left * waited).sum() == pytest.approx(mean, rel=1e-6)
    expected = [quad(law.cdf, n, n + 1, epsabs=1e-12)[0] for n in range(40)]  # filed evenly over the first week
    assert np.cumsum(left)[:40] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("mean", "stages"), [(6.0, 2), (9.0, 3)])
def test_the_variance_of_a_wait_is_the_law_s_and_that_of_counting_in_weeks(mean, stages):
    left = _file_leaves(delay(np.array([[mean]]), np.array([stages]), np.zeros((600, 1), dtype=int)), 600)
    waited = np.arange(600)
    law = erlang(stages, scale=mean / stages)
    inside = quad(lambda w: (w % 1) * (1 - w % 1) * law.pdf(w), 0, 200, limit=2000)[0]  # floor(U + w), U even
    assert (left * waited**2).sum() - mean**2 == pytest.approx(mean**2 / stages + inside, rel=1e-6)


def test_an_office_whose_stages_take_no_time_changes_nothing(toy, scenario, control):
    what = control("magnet", "cerium oxide", kind="licence", form="long", week=6, rules=_rules(**QUICK), notice=None)
    engine, state = _engine(toy, scenario, what)
    for t in range(80):
        week = advance_week(engine, state, t)
        assert np.abs(week.exports / engine.net.link_flow[:, None] - 1).max() < 1e-12


def test_the_mean_way_of_a_file_adds_up_over_its_stages_and_returns(toy, scenario, control):
    way = QUICK | {"preparation_weeks": 3.0, "review_weeks_mean": 6.0, "returned_share": 0.2, "refile_weeks": 4.0}
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**way))
    granted = _granted(*_engine(toy, scenario, what, weeks=600), 600)
    assert granted.sum(axis=0) == pytest.approx(1, rel=1e-9)
    mean = 3 + 6 + 0.2 / 0.8 * (6 + 4)
    assert (np.arange(600)[:, None] * granted).sum(axis=0) == pytest.approx(mean, rel=1e-6)


def test_what_waits_is_the_rate_of_filing_times_the_mean_wait(toy, scenario, control):
    way = QUICK | {"preparation_weeks": 2.0, "review_weeks_mean": 8.0}
    engine, state = _engine(toy, scenario, control("magnet", kind="licence", form="long", week=0, rules=_rules(**way)),
                            weeks=300)  # fmt: skip
    _granted(engine, state, 300, orders=5.0, first=5.0)
    assert state.queues[0].pending()[0] == pytest.approx(5.0 * (2 + 8), rel=1e-6)


def test_a_burst_before_an_office_of_limited_capacity_clears_in_its_closed_time(toy, scenario, control):
    capacity = {"per_week": 10, "unit": "applications", "contract_t": 2, "label": "judgement", "reason": "test"}
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**QUICK), office={"capacity": capacity})
    engine, state = _engine(toy, scenario, what)
    granted = _granted(engine, state, 60, orders=12.0, first=180.0)
    clear = (180 - 12) / (20 - 12)  # D/D/1: the burst over what capacity exceeds arrivals by
    assert granted[: int(clear)] == pytest.approx(20.0)
    assert granted[int(clear) + 1 :] == pytest.approx(12.0)


def test_all_controls_of_an_office_on_a_group_share_its_capacity(toy, scenario, control):
    capacity = {"per_week": 3, "unit": "t", "label": "judgement", "reason": "test"}
    office = {
        "capacity": capacity,
        "applicants": {n: {"share": 0.5, "label": "judgement", "reason": "test"} for n in ("trusted", "others")},
    }
    what = [control("magnet", kind="licence", form="long", week=0, rules=_rules(**QUICK), office=office,
                    destinations=(d,), name=d) for d in ("USA", "DEU")]  # fmt: skip
    engine, state = _engine(toy, scenario, *what)
    assert len(engine.knobs.pools) == 1
    for t in range(30):
        assert sum(g.sum(axis=0) for g in advance_week(engine, state, t).granted) == pytest.approx(3)


def test_an_office_takes_up_the_capacity_of_the_day(toy, scenario, control, day):
    stated = {"label": "practice", "reason": "test"}
    changes = [{"per_week": c, "effective_from": day(t), **stated} for t, c in ((30, 9), (12, 2))]
    capacity = {"per_week": 5, "unit": "applications", "contract_t": 2, "changes": changes, **stated}
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**QUICK), office={"capacity": capacity})
    granted = _granted(*_engine(toy, scenario, what), 60, orders=12.0, first=180.0)
    for weeks, held in ((slice(0, 12), 5), (slice(12, 30), 2), (slice(30, 60), 9)):
        assert granted[weeks] == pytest.approx(2 * held)


def test_two_capacities_of_one_office_are_refused(toy, scenario, control, day):
    stated = {"label": "judgement", "reason": "test"}

    def what(per_week, name, *changes):
        capacity = {"per_week": per_week, "unit": "t", "changes": changes, **stated}
        return control("magnet", kind="licence", form="long", week=0, name=name, office={"capacity": capacity})

    with pytest.raises(InputError, match="two capacities for CHN office: reviews of magnets"):
        prepare(scenario(what(3, "a"), what(4, "b")), toy, draws=1, seed=1)
    more = {"per_week": 5, "effective_from": day(20), **stated}
    with pytest.raises(InputError, match="two capacities for CHN office: reviews of magnets"):
        prepare(scenario(what(3, "a"), what(3, "b", more)), toy, draws=1, seed=1)
    prepare(scenario(what(3, "a", more), what(3, "b", more)), toy, draws=1, seed=1)


def test_a_licence_that_nobody_uses_lapses_on_its_day(toy, scenario, control):
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**QUICK, validity_weeks=5))
    engine, state = _engine(toy, scenario, what)
    link = engine.knobs.borders[0].links[0]
    free = []
    for t in range(8):
        state.orders[:] = 0.0
        state.orders[link] = 7.0 if t == 0 else 0.0
        border(engine, state, Week(t, covered=[np.ones_like(b.covered) for b in engine.knobs.borders]))
        free.append(float(state.backlog[link, 0]))
        if t == 2:
            state.backlog[link] -= 3.0  # shipped
    assert free[:5] == pytest.approx([7, 7, 7, 4, 4])
    lapsed = state.queues[0].files.gone[0, 0] - 3
    assert lapsed == pytest.approx(4)
    assert free[6] == pytest.approx(4)  # prepared, filed and licensed anew within the week


def test_of_licences_the_oldest_are_used_first(toy, scenario, control):
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**QUICK, validity_weeks=4))
    engine, state = _engine(toy, scenario, what)
    files, link = state.queues[0].files, engine.knobs.borders[0].links[0]
    for t in range(10):
        state.orders[:] = 0.0
        state.orders[link] = 5.0
        border(engine, state, Week(t, covered=[np.ones_like(b.covered) for b in engine.knobs.borders]))
        state.backlog[link] = np.maximum(state.backlog[link] - 5.0, 5.0)  # one week late, always
    assert files.gone[0] == pytest.approx(files.licensed[0] - 10)


def test_refusals_and_files_never_decided_never_pass(toy, scenario, control):
    way = QUICK | {"approved_share": 0.5, "refused_share": 0.2}
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**way))
    engine, state = _engine(toy, scenario, what)
    assert _granted(engine, state, 10).sum(axis=0) == pytest.approx(0.5)
    assert state.queues[0].waiting[0] == pytest.approx(0.3)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.fixed_dictionaries({
    "preparation_weeks": st.floats(0, 8), "review_weeks_mean": st.floats(0, 12), "returned_share": st.floats(0, 0.6),
    "refused_share": st.floats(0, 0.4), "approved_share": st.floats(0, 0.6), "review_stages": st.integers(1, 4),
}), st.floats(0, 0.5))  # fmt: skip
def test_every_order_is_licensed_refused_withdrawn_or_still_there(toy, scenario, control, values, general):
    office = {"open_licences": ({"kind": "general", "share": general, "effective_from": scenario().start,
                                 "validity_weeks": 900, "label": "judgement", "reason": "test"},)}  # fmt: skip
    what = control("magnet", kind="licence", form="long", week=0, rules=_rules(**values), office=office)
    engine, state = _engine(toy, scenario, what)
    out = filed = 0.0
    for t in range(40):
        state.orders[:] = 1.0
        week = Week(t, covered=[np.ones_like(b.covered) for b in engine.knobs.borders])
        border(engine, state, week)
        state.backlog[:] = 0.0
        filed += len(engine.knobs.borders[0].links)
        out = out + (week.granted[0] + week.withdrawn[0]).sum(axis=0)
        assert out + state.queues[0].pending().sum(axis=0) == pytest.approx(filed, rel=1e-12)


def test_a_rule_changes_the_office_from_its_day_for_its_destination_and_end_use(toy, scenario, control, day):
    stated = {"label": "judgement", "reason": "test"}
    later = {"setting": "approved_share", "value": 0.25, "effective_from": day(20), "destinations": ("USA",), **stated}
    army = {"setting": "refused_share", "value": 1, "end_use": "military", **stated}
    what = control("magnet", kind="licence", form="long", week=0, rules=(*_rules(**QUICK), later, army),
                   office={"military_share": {"radar": {"share": 1.0, **stated}}})  # fmt: skip
    engine, state = _engine(toy, scenario, what)
    b, net = engine.knobs.borders[0], engine.net
    to_usa = np.array([net.places[net.node_place[net.link_destination[e]]] == "USA" for e in b.links])
    assert b.part[to_usa] == pytest.approx([10 / 12, 2 / 12])  # cars and radar, by their use of magnets
    passed = {t: [] for t in (19, 20)}
    for t in (19, 20):
        state.orders[:] = 1.0
        week = Week(t, covered=[np.ones_like(b.covered)])
        border(engine, state, week)
        passed[t] = week.granted[0][:, 0]
    assert passed[19][to_usa] == pytest.approx([10 / 12, 0])
    assert passed[20][to_usa] == pytest.approx([10 / 12 / 4, 0])
    assert passed[20][~to_usa] == pytest.approx(1)


def test_the_short_form_tells_end_uses_and_applicants_apart(toy, scenario, control, day):
    stated = {"label": "judgement", "reason": "test"}
    rules = (
        {"setting": "eligible_share", "value": 0.8, **stated},
        {"setting": "eligible_share", "value": 0.4, "applicants": "traders", "effective_from": day(20), **stated},
        {"setting": "eligible_share", "value": 0, "end_use": "military", "destinations": ("USA",), **stated},
        {"setting": "review_weeks_mean", "value": 0, **stated},
        {"setting": "review_stages", "value": 1, **stated},
    )
    office = {"military_share": {"radar": {"share": 1.0, **stated}},
              "applicants": {"makers": {"share": 0.75, **stated}, "traders": {"share": 0.25, **stated}}}  # fmt: skip
    engine, state = _engine(toy, scenario, control("magnet", kind="licence", week=0, rules=rules, office=office))
    b, net = engine.knobs.borders[0], engine.net
    to_usa = np.array([net.places[net.node_place[net.link_destination[e]]] == "USA" for e in b.links])
    flow = b.flow(net.link_flow)[:, 0]
    for t, civil in ((19, 0.8), (20, 0.75 * 0.8 + 0.25 * 0.4)):
        state.orders[:] = net.link_flow[:, None]
        week = Week(t, covered=[np.ones_like(b.covered)])
        border(engine, state, week)
        granted = week.granted[0][:, 0]
        assert granted[to_usa].sum() == pytest.approx(civil * 10 / 12 * flow[to_usa].sum())  # 2 of 12 t are radar's
        assert granted[~to_usa].sum() == pytest.approx(civil * flow[~to_usa].sum())


def test_an_easing_multiplies_what_passes_or_sets_a_floor_for_its_destinations(toy, scenario, control, day):
    rule = {"setting": "eligible_share", "value": 0.2, "label": "judgement", "reason": "test"}
    easings = ({"effective_from": day(20), "eligible_factor": 2, "destinations": ("USA",)},
               {"effective_from": day(40), "eligible_at_least": 0.7})  # fmt: skip
    engine, _ = _engine(toy, scenario, control("magnet", kind="licence", rules=(rule,), easings=easings))
    b, net = engine.knobs.borders[0], engine.net
    to_usa = np.array([net.places[net.node_place[net.link_destination[e]]] == "USA" for e in b.links])
    for week, usa, others in ((19, 0.2, 0.2), (20, 0.4, 0.2), (39, 0.4, 0.2), (40, 0.7, 0.7)):
        assert b.level[week][b.tier[to_usa]] == pytest.approx(usa)
        assert b.level[week][b.tier[~to_usa]] == pytest.approx(others)


def test_what_belongs_to_a_border_may_differ_by_destination(toy, scenario, control):
    stated = {"label": "practice", "reason": "test"}
    values = {"leak_delay_weeks": 3, "office_start_weeks": 11, "overcompliance_share": 0.5,
              "overcompliance_fade_weeks": 7, "frontload_weeks_of_use": 9, "frontload_surge_limit": 4,
              "customs_clearing_weeks": 2}  # fmt: skip
    rules = tuple({"setting": n, "value": v, "destinations": ("USA",), **stated} for n, v in values.items())
    rules += ({"setting": "leak_delay_weeks", "value": 2, **stated},)
    compiled = prepare(
        scenario(control("magnet", kind="licence", week=8, rules=rules, share=0.5)), toy, draws=2, seed=1
    )
    net, fields = compiled.compiled.net, {}
    for b in compiled.compiled.knobs.borders:
        places = {net.places[net.node_place[net.link_destination[e]]] for e in b.links}
        fields[frozenset(places)] = (b.leak_weeks, b.office_start[0], b.frontload_weeks[0], b.surge_limit[0],
                                     b.fade_weeks[0], b.hold[8, 0])  # fmt: skip
    usa, rest = fields[frozenset({"USA"})], fields[frozenset({"DEU", "JPN"})]
    assert usa == pytest.approx((3, 11, 9, 4, 7, 1 - 0.75))
    assert rest[0] == 2
    assert not any(a == b for a, b in zip(usa, rest, strict=True))


def test_what_leaks_may_differ_by_date_destination_and_end_use(toy, scenario, control, day):
    stated = {"setting": "leak_share", "label": "judgement", "reason": "test"}
    rules = ({"value": 0.125, "effective_from": day(20)}, {"value": 0.25, "destinations": ("USA",)},
             {"value": 0.5, "destinations": ("USA",), "end_use": "military", "effective_from": day(30)})  # fmt: skip
    office = {"military_share": {"radar": {"share": 0.8, "label": "judgement", "reason": "test"}}}
    what = control("magnet", kind="licence", week=8, office=office, rules=[rule | stated for rule in rules])
    compiled = prepare(scenario(what, fixed={"magnets: leak_share": 0.0}), toy, draws=2, seed=1).compiled
    net, (b,) = compiled.net, compiled.knobs.borders
    usa = np.array([net.places[net.node_place[net.link_destination[e]]] == "USA" for e in b.links])
    military = usa & (b.part < 0.5)
    assert military.any()
    for week, army, civil, others in ((19, 0.25, 0.25, 0.0), (29, 0.25, 0.25, 0.125), (30, 0.5, 0.25, 0.125)):
        for rows, share in ((military, army), (usa & ~military, civil), (~usa, others)):
            assert (b.leak[week][b.tier[rows]] == share).all()


def test_the_mean_of_the_short_form_changes_by_date_too(toy, scenario, control, day):
    rule = {"setting": "review_weeks_mean", "value": 40, "label": "practice", "reason": "test"}
    rules = (rule | {"effective_from": day(30), "destinations": ("USA",)},)
    what = scenario(control("magnet", kind="licence", week=10, rules=rules), fixed={"magnets: review_weeks_mean": 5.0})
    compiled = prepare(what, toy, draws=2, seed=1).compiled
    b, net = compiled.knobs.borders[0], compiled.net
    usa = b.tier[[net.places[net.node_place[net.link_destination[e]]] == "USA" for e in b.links]]
    assert b.pass_rate[b.rule[29][usa]] == pytest.approx(2 / 5)
    assert b.pass_rate[b.rule[30][usa]] == pytest.approx(2 / 40)
    assert (np.delete(b.rule, usa, axis=1) == np.delete(b.rule, usa, axis=1)[0]).all()


def test_a_registration_is_filed_and_not_reviewed(toy, scenario, control):
    stated = {"label": "judgement", "reason": "test"}
    held = {"kind": "registration", "share": 1, "effective_from": scenario().start, "validity_weeks": 20, **stated}
    what = control("magnet", kind="licence", form="long", week=0, office={"open_licences": (held,)},
                   rules=_rules(**QUICK | {"preparation_weeks": 2.0, "review_weeks_mean": 1e9}))  # fmt: skip
    granted = _granted(*_engine(toy, scenario, what), 60, orders=1.0)
    assert granted[15] == pytest.approx(1, rel=1e-3)
    assert granted[25] == pytest.approx(0, abs=0.1)  # lapsed; what is filed now is reviewed


def test_the_label_of_a_rule_is_the_label_of_its_input(toy, scenario, control):
    rule = {"setting": "validity_weeks", "value": 26, "label": "practice", "reason": "six months"}
    drawn = prepare(scenario(control("magnet", kind="licence", form="long", rules=(rule,))), toy, draws=1, seed=1).draws
    found = drawn.parameters["the measure: validity_weeks, rule 1"]
    assert (found.label, found.reason, found.unit) == ("practice", "six months", "weeks")


@pytest.mark.usefixtures("calendar")
def test_an_office_rests_on_public_holidays_and_goes_on_with_what_lies_there(toy, scenario, control):
    """With no other wait, a share of what lies before it is decided, that of the week's days it works.

    From Monday 5 February 2024 the office works five days, then one (Spring Festival lasts from Saturday 10 to Saturday
    17, Sunday 18 is worked), then five.
    """
    week = (date(2024, 2, 5) - date(2024, 1, 1)).days // 7
    licence = control("magnet", kind="licence", week=0, form="long", rules=_rules(**QUICK, validity_weeks=500))
    engine, state = _engine(toy, scenario, licence, weeks=week + 6)
    out = _granted(engine, state, week + 4, orders=1.0)[:, 0]
    lies = 1.0
    expected = []
    for days in (5, 1, 5, 5):
        expected.append(days / 5 * lies)
        lies = lies - expected[-1] + 1.0
    assert out[week : week + 4] == pytest.approx(expected)


@pytest.mark.usefixtures("calendar")
def test_a_shared_capacity_is_that_of_the_days_worked(toy, scenario, control):
    week = (date(2024, 2, 12) - date(2024, 1, 1)).days // 7
    capacity = {"per_week": 2.0, "unit": "t", "label": "judgement", "reason": "test"}
    licence = control("magnet", kind="licence", week=0, form="long", rules=_rules(**QUICK, validity_weeks=500),
                      office={"capacity": capacity})  # fmt: skip
    engine, state = _engine(toy, scenario, licence, weeks=week + 3)
    out = _granted(engine, state, week + 2, orders=8.0, first=8.0)[:, 0]
    assert out[week - 1 : week + 2] == pytest.approx([2.0, 0.4, 2.0])
