"""Every peak has a named cause: what is missing and how, fear, a deadline, an order, an offtake."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import find_peaks

from sluicegate.sim.cause_name import SERVED, UNASKED, UNTRACED
from sluicegate.sim.happening import happenings
from sluicegate.sim.peak import OF_RANGE, Namer, turning_points

START, LATER = date(2024, 2, 5), date(2024, 6, 24)
STOCK = {"place": "USA", "products": ("magnet",), "days": 400, "effective_from": START}
STATED = {"kind": "ban", "origin": "CHN", "effective_from": START}
GALLIUM = "gallium, low purity"


def _price(run, free, product="magnet", area=1):
    p = run.model.compiled.net.products.index(product)
    change = np.median(np.exp(run.record.price[area, p] - free.record.price[area, p]) - 1, axis=1)
    return Namer(run).price(product, area, change)


def test_turning_points_are_those_that_stand_out_and_the_end_may_be_one():
    path = np.array([0, 1, 0.95, 0.99, 0, 0.5, 0, 0, 0.8])
    assert turning_points(path, 0.1) == [1, 5, 8]
    assert turning_points(np.zeros(9), 0.1) == []


@given(st.lists(st.integers(-6, 6), min_size=2, max_size=40), st.sampled_from([0.5, 1.0, 3.0]))
def test_turning_points_are_the_peaks_scipy_finds_by_prominence(heights, least):
    path = np.array(heights, dtype=float)
    padded = np.r_[path.min(), path, path.min()]
    found, _ = find_peaks(padded, prominence=max(least, OF_RANGE * np.ptp(path)), plateau_size=1)
    assert turning_points(path, least) == [w - 1 for w in found if path[w - 1] >= least]


@pytest.mark.parametrize(("kind", "how"), [("ban", {"ban"}), ("licence", {"waiting for the office", "not licensed"})])
def test_a_price_that_peaks_under_a_measure_names_it_and_how_it_stops_goods(kind, how, ask, calm, control):
    run, free = ask(control("magnet", kind=kind), fixed=calm), ask(fixed=calm)
    peaks = _price(run, free)
    assert peaks
    for peak in peaks:
        assert {c.how for c in peak.causes if c.what == "the measure"} == how
        assert sum(c.share for c in peak.causes) == pytest.approx(1)


def test_a_quota_and_a_refusal_are_told_apart(ask, calm, control):
    stated = {"label": "judgement", "reason": "test"}
    rules = tuple(
        {"setting": n, "value": v, **stated} for n, v in {"approved_share": 0.3, "refused_share": 0.4}.items()
    )
    held = [
        control("magnet", kind="licence", form="long", rules=rules),
        control(GALLIUM, kind="quota", name="quota", quota={"t_per_period": 30, "period": "quarter"}),
    ]
    run = ask(*held, fixed=calm)
    ways = {(c.what, c.how) for c in run.why("radar", "USA", of="shortage")}
    assert {("the measure", "refused"), ("the measure", "waiting for the office"), ("quota", "quota")} <= ways


def test_buying_ahead_of_a_deadline_is_named_while_it_lifts_the_price(ask, control):
    fear = {"magnets: frontload_weeks_of_use": 26.0, "magnets: frontload_surge_limit": 4.0, "order limit": 3.0}
    run, free = ask(control("magnet", week=60, notice=50), fixed=fear, weeks=62), ask(weeks=62)
    peaks = _price(run, free)
    assert any("buying ahead of the measure" in " ".join(peak.also) for peak in peaks)


def test_fear_an_order_for_stock_and_offtake_are_told_apart(ask, calm, control, day):
    free = ask(fixed=calm)
    feared = ask(control("magnet", until=30), fixed=calm | {"hoarding": 3.0, "hoarding fade weeks": 200.0})
    ordered = ask(
        fixed=calm, stocks=[{"place": "USA", "products": ("magnet",), "days": 200, "effective_from": day(10)}]
    )
    taken = ask(fixed=calm, offtakes=[{"payer": "USA", "product": "magnet", "place": "JPN", "t_per_yr": 300,
                                       "effective_from": day(10)}])  # fmt: skip
    said = [" ".join(x for peak in _price(run, free) for x in peak.also) for run in (feared, ordered)]
    assert "hoarding after a stock-out" in said[0]
    assert "orders for stock in USA" in said[1]
    assert "hoarding" not in said[1]
    quoted = Namer(taken).quote("magnet", 1, 60, 0.2)
    assert any(x.startswith("offtake: payers take") for x in quoted.also)


@pytest.mark.parametrize(
    "events",
    [
        {"outages": [{"process": "making", "place": "CHN", "share": 0.8, "effective_from": START, "until": LATER}]},
        {"production_quotas": [{"process": "separation", "place": "CHN", "t_per_yr": 1560, "effective_from": START}]},
        {"stocks": [STOCK]},
        {"tariffs": [{"by": "USA", "on_goods_of": "CHN", "added_rate": 3, "effective_from": START}]},
        {"export_levies": [{"place": "CHN", "products": ("magnet",), "rate": 1.5, "effective_from": START}]},
        {
            "offtakes": [
                {"payer": "USA", "product": "magnet", "place": "JPN", "t_per_yr": 2000, "effective_from": START}
            ]
        },
        {"second_sources": [{"place": "USA", "products": ("magnet",), "share_of_use": 0.4, "start": START}]},
        {"thrift": [{"place": "USA", "products": ("magnet",), "share_of_ceiling": 1.0, "start": START}]},
        {"depletion": True, "deposits": [{"process": "mining", "place": "CHN", "reserves_t": 3000}]},
        {"controls": (STATED | {"name": "theirs", "origin": "USA", "products": {"ore": 1.0}},)},
        {"controls": (STATED | {"name": "over", "until": LATER, "products": {"magnet": 1.0}},)},
    ],
    ids=lambda events: next(iter(events)),
)
def test_every_turn_of_every_quote_has_a_cause_that_the_scenario_names(events, ask, calm):
    fixed = calm | {"cover: line": 1.0, "price tilt": 3.0, "switch per week": 0.1}
    run, free = ask(fixed=fixed, **events), ask(fixed=fixed)
    peaks = [peak for product in run.model.compiled.net.products for area in (0, 1)
             for peak in _price(run, free, product, area) if abs(peak.value) > 0.02]  # fmt: skip
    assert peaks
    nameless = {SERVED, UNTRACED, UNASKED}
    assert [p for p in peaks if not p.causes or nameless & {c.what for c in p.causes}] == []


def test_every_peak_of_every_use_and_price_of_the_bundled_scenario_has_a_named_cause(bundled):
    from sluicegate.desk.answer import answer
    from sluicegate.scenario import load_scenario

    ran = answer(load_scenario("april-2025", bundled), bundled, draws=8)
    namer, net = Namer(ran.result), ran.result.model.compiled.net
    peaks = [x for s in ran.shortages for x in namer.use(s.product, s.place, 1 - np.median(s.path, axis=1))]
    for area in (0, 1):
        change = np.median(np.exp(ran.result.record.price[area] - ran.free.record.price[area]) - 1, axis=2)
        peaks += [x for p in np.flatnonzero(np.abs(change).max(axis=1) > 0.05)
                  for x in namer.price(net.products[p], area, change[p])]  # fmt: skip
    assert len(peaks) > 20
    assert all(peak.causes or peak.also for peak in peaks)
    assert all(peak.sentence(namer.days) for peak in peaks)


def test_what_happens_in_a_scenario_is_listed_by_day(scenario, control, day):
    held = control("magnet", week=10, notice=4, until=40, suspended=((day(20), day(25)),))
    found = [(h.on, h.what.removeprefix("the measure ")) for h in happenings(scenario(held))]
    assert found == [(day(6), "announced"), (day(10), "takes effect"), (day(20), "suspended"),
                     (day(25).fromordinal(day(25).toordinal() + 1), "back in force"), (day(40), "ends")]  # fmt: skip


def test_another_temper_of_an_office_is_among_what_happens(scenario, control, day):
    stated = {"label": "judgement", "reason": "talks", "effective_from": day(30)}
    changes = ({"swing_factor": 0.5, "clampdown_rate_factor": 0.2, **stated},)
    found = happenings(scenario(control("magnet"), offices=({"place": "CHN", "changes": changes},)))
    assert (found[-1].on, found[-1].what) == (day(30), "office of CHN: other swing, clampdown rate")
