"""V6: each input turned up moves its outcome the right way, draw by draw."""

import numpy as np
import pytest

from sluicegate.sim import shortages

OFFICE = {"magnets: office_start_weeks": 8.0, "magnets: leak_share": 0.05, "magnets, USA: eligible share": -1.0,
          "magnets: review_weeks_mean": 8.0, "pending limit": 12.0, "CHN office: clampdown_per_year": 1e-9}  # fmt: skip
DRAWS = 6


def _loss(run, place="USA"):
    """(D,) value added lost by a place's lines, USD."""
    own = (run.lines["place"] == place).to_numpy()
    return run.lost_value_added()[own].sum(axis=(0, 1))


@pytest.mark.parametrize(
    ("name", "low", "high", "sign"),
    [
        ("theta", 0.2, 0.9, 1),
        ("magnets: office_start_weeks", 2.0, 26.0, 1),
        ("magnets, USA: eligible share", -2.0, 1.0, -1),
        ("magnets: leak_share", 0.0, 0.4, -1),
        ("cover: line", 2.0, 12.0, -1),
        ("thrift", 0.0, 0.4, -1),
        ("overtime", 0.0, 0.2, -1),
    ],
)
def test_an_input_moves_the_loss_the_right_way(name, low, high, sign, ask, control):
    what = control("magnet", kind="licence")
    less, more = (
        _loss(ask(what, fixed=OFFICE | {name: value}, draws=DRAWS, weeks=104)) for value in (low, high)
    )  # fmt: skip
    assert (sign * (more - less) >= 0).all()
    assert sign * (more - less).mean() > 0


LONG = {"preparation_weeks": 2.0, "review_weeks_mean": 4.0, "returned_share": 0.1, "refile_weeks": 2.0,
        "approved_share": 0.8, "refused_share": 0.05, "validity_weeks": 52}  # fmt: skip


def _office(control, capacity=None, general=0.0, **changed):
    stated = {"label": "judgement", "reason": "test"}
    held = {"kind": "general", "share": general, "effective_from": control("magnet").effective_from,
            "validity_weeks": 900}  # fmt: skip
    office = {"open_licences": (held | stated,)}
    if capacity:
        office["capacity"] = {"per_week": capacity, "unit": "t", **stated}
    rules = tuple({"setting": n, "value": v, **stated} for n, v in (LONG | changed).items())
    return control("magnet", kind="licence", form="long", rules=rules, office=office)


@pytest.mark.parametrize(
    ("name", "low", "high", "sign"),
    [
        ("preparation_weeks", 0.0, 20.0, 1),
        ("review_weeks_mean", 1.0, 30.0, 1),
        ("returned_share", 0.0, 0.8, 1),
        ("refile_weeks", 1.0, 30.0, 1),
        ("approved_share", 0.2, 0.95, -1),
        ("refused_share", 0.0, 0.9, 1),
        ("capacity", 2.0, 40.0, -1),
        ("general", 0.0, 0.9, -1),
    ],
)
def test_a_setting_of_the_office_moves_the_loss_the_right_way(name, low, high, sign, ask, control):
    calm = {"CHN office: clampdown_per_year": 1e-9, "magnets: leak_share": 0.01}
    less, more = (_loss(ask(_office(control, **{name: v}), fixed=calm, draws=DRAWS)) for v in (low, high))
    assert (sign * (more - less) >= -1e-2 * np.maximum(less, more)).all()  # they order again what is stuck: see below
    assert np.median(sign * (more - less)) > 0
    patient = calm | {"order limit": 1.0}
    less, more = (_loss(ask(_office(control, **{name: v}), fixed=patient, draws=DRAWS)) for v in (low, high))
    assert (sign * (more - less) >= 0).all()


def test_buyers_who_order_again_what_is_stuck_are_worse_off_in_some_draw_when_it_comes_back_sooner(ask, control):
    """Orders above use come out of the office together, buyers stop ordering, and a review later they are short."""
    calm = {"CHN office: clampdown_per_year": 1e-9, "magnets: leak_share": 0.01}
    eager, patient = (
        [_loss(ask(_office(control, refile_weeks=w), fixed=calm | {"order limit": most}, draws=DRAWS)) for w in (1, 30)]
        for most in (3.0, 1.0)
    )
    assert (eager[1] < eager[0]).any()
    assert (patient[1] >= patient[0]).all()


def test_goods_declared_before_a_measure_without_notice_still_clear(ask, control):
    left = [ask(control("magnet"), fixed={"magnets: customs_clearing_weeks": weeks}, draws=2, weeks=20)
            .record.exports[:, 10:13].sum(axis=(0, 1)) for weeks in (0.5, 1.4, 2.5)]  # fmt: skip
    assert (left[0] < left[1]).all()
    assert (left[1] < left[2]).all()


def test_a_dearer_middleman_raises_the_price_paid_and_not_the_quote(ask, control):
    run, dear = (ask(control("magnet"), fixed={"magnets: leak_share": 0.2, "magnets: leak_price_premium": p}, draws=2)
                 for p in (0.1, 2.0))  # fmt: skip
    row = list(run.model.compiled.net.products).index("magnet")
    paid, more = (r.price_ratio("outside", paid=True)[row, -10:] for r in (run, dear))
    assert (more > paid).all()
    assert np.array_equal(run.price_ratio("outside"), dear.price_ratio("outside"))


def test_licences_that_lapse_sooner_cost_more_where_makers_are_slow(ask, control, day):
    halt = {"process": "making", "place": "CHN", "share": 0.9, "effective_from": day(15), "until": day(45)}
    kept = {"order limit": 1e4}  # else makers turn away what waits with them, and what lapsed is safe at the office
    short, long = (
        _loss(ask(_office(control, validity_weeks=v), outages=[halt], fixed=kept, draws=DRAWS)) for v in (2, 52)
    )
    assert (short >= long).all()
    assert short.mean() > long.mean()


def test_a_smaller_quota_and_one_of_longer_periods_cost_no_less(ask, control):
    def loss(t, period):
        what = control("magnet", kind="quota", quota={"t_per_period": t, "period": period})
        return _loss(ask(what, draws=DRAWS, weeks=104)).mean()

    assert loss(200, "quarter") <= loss(100, "quarter") <= loss(30, "quarter")


def test_more_cover_starts_a_shortage_later(ask, control):
    free = ask()
    starts = [
        next(s for s in shortages(ask(control("magnet"), fixed={"cover: line": c}), free) if s.place == "USA").starts
        for c in (3.0, 6.0, 12.0)
    ]
    assert starts[0].q50 < starts[1].q50 < starts[2].q50


def test_makers_that_serve_home_first_leave_others_with_more_of_the_loss(ask, day):
    outage = {"process": "making", "place": "CHN", "share": 0.6, "effective_from": day(10)}
    even, home = (ask(outages=[outage], fixed={"home preference": p}, draws=DRAWS) for p in (0.0, 0.95))
    assert (_loss(home, "DEU") + _loss(home, "USA") > _loss(even, "DEU") + _loss(even, "USA")).all()
    assert (_loss(home, "CHN") < _loss(even, "CHN")).all()


def test_a_second_source_lowers_the_loss_and_a_larger_one_lowers_it_more(ask, control, day):
    losses = [
        _loss(ask(control("magnet"), draws=DRAWS, second_sources=[
            {"place": "USA", "products": ("magnet",), "share_of_use": s, "start": day(12), "ramp_weeks": 8}]))
        for s in (0.0, 0.3, 0.9)
    ]  # fmt: skip
    assert (losses[0] > losses[1]).all()
    assert (losses[1] > losses[2]).all()


def test_thrift_begun_before_it_is_pressed_lowers_the_loss_and_more_of_it_lowers_it_more(ask, control, day):
    """At the ceiling in any case: a programme brings forward what shortage would teach, and saves nothing twice."""
    losses = [
        _loss(ask(control("magnet"), draws=DRAWS, thrift=[
            {"place": "USA", "products": ("magnet",), "share_of_ceiling": s, "start": day(2), "ramp_weeks": 4}]))
        for s in (0.0, 0.5, 1.0)
    ]  # fmt: skip
    assert (losses[0] >= losses[1] - 1e-6).all()
    assert losses[0].mean() > losses[1].mean() > losses[2].mean()


def test_a_ban_costs_at_least_as_much_as_a_licence(ask, control):
    how = {"draws": DRAWS, "weeks": 104}
    ban, licence = (_loss(ask(control("magnet", kind=k), **how)) for k in ("ban", "licence"))
    assert (ban >= licence).all()
    assert ban.mean() > licence.mean()


def test_a_plant_abroad_lowers_the_loss_there(ask, control, day):
    plant = {"process": "making", "place": "DEU", "capacity_t_per_yr": 600, "start": day(5), "ramp_weeks": 10}
    without, built = (_loss(ask(control("magnet"), draws=DRAWS, plants=p), "DEU") for p in ([], [plant]))
    assert (built <= without).all()
    assert built.sum() < without.sum()
