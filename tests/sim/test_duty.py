"""Duties by date: buyers turn away from the origin, and the treasury gets the rate on what still comes."""

import numpy as np
import pytest
from pydantic import ValidationError

from sluicegate.scenario import Tariff
from sluicegate.sim.duty import duties_paid
from sluicegate.sim.prepare import prepare
from sluicegate.sim.tariffed import duty

QUICK = {"switch per week": 0.01, "price tilt": 1.0}


def _tariff(day, rate=0.5, start=10, end=None, **more):
    dates = {"effective_from": day(start), "until": end and day(end)}
    return {"by": "USA", "on_goods_of": "CHN", "products": ("magnet",), "added_rate": rate} | dates | more


def _came(run, origin):
    links = run.links.query(f"product == 'magnet' and destination == 'USA' and origin == '{origin}'")
    return run.record.imports[links.index].sum(axis=0)


def test_a_dearer_origin_loses_share_to_others_and_more_so_at_a_higher_rate(ask, day):
    free, low, high = (ask(fixed=QUICK, weeks=120, tariffs=t)
                       for t in ([], [_tariff(day, 0.2)], [_tariff(day, 1.45)]))  # fmt: skip
    china = [_came(run, "CHN")[-20:].mean(axis=0) for run in (free, low, high)]
    japan = [_came(run, "JPN")[-20:].mean(axis=0) for run in (free, low, high)]
    assert (china[0] > china[1]).all()
    assert (china[1] > china[2]).all()
    assert (japan[0] < japan[2]).all()


def test_the_treasury_gets_the_rate_on_the_value_that_arrives(ask, day):
    run = ask(weeks=60, tariffs=[_tariff(day, 0.25, start=14, end=28)])
    ((tariff, paid),) = duties_paid(run)
    net = run.model.compiled.net
    price = run.price_ratio("outside", paid=True)[net.products.index("magnet")] * 80 * 1000
    assert paid[14:28] == pytest.approx((0.25 * price * _came(run, "CHN"))[14:28], rel=1e-6)
    assert np.abs(np.delete(paid, np.s_[14:28], axis=0)).max() == 0
    assert tariff.by == "USA"


def test_duties_add_up_count_part_weeks_by_days_and_stay_off_other_links(scenario, toy, day):
    both = scenario(tariffs=[_tariff(day, 0.2), _tariff(day, 0.3, start=20.5)], weeks=30)
    net = prepare(both, toy, draws=1, seed=1).compiled.net
    rate = np.expm1(duty(both, net))
    on = (net.link_product() == net.products.index("magnet")) & (net.node_place[net.link_origin] == net.places.index(
        "CHN")) & (net.node_place[net.link_destination] == net.places.index("USA"))  # fmt: skip
    assert rate[29, on] == pytest.approx(0.5)
    assert rate[15, on] == pytest.approx(0.2)
    assert 0.3 < rate[20, on][0] < 0.4
    assert np.abs(rate[:, ~on]).max() == 0


def test_a_duty_of_the_european_union_is_one_of_each_of_its_places(scenario, toy, day):
    what = scenario(tariffs=[_tariff(day, 0.2, by="EUU", products=())], weeks=20)
    net = prepare(what, toy, draws=1, seed=1).compiled.net
    taxed = np.flatnonzero(duty(what, net)[15])
    assert {net.places[c] for c in net.node_place[net.link_destination[taxed]]} == {"DEU"}
    assert {net.products[p] for p in net.link_product()[taxed]} == {"magnet", "neodymium oxide"}


def test_the_compiled_week_equals_the_twin_under_duties_that_change(toy, scenario, control, day, furthest):
    what = scenario(control("magnet", kind="licence"), weeks=104, fixed=QUICK,
                    tariffs=[_tariff(day, 1.45, end=20), _tariff(day, 0.3, start=20, products=()),
                             _tariff(day, 0.1, by="DEU", on_goods_of="JPN")])  # fmt: skip
    far = furthest(prepare(what, toy, draws=8, seed=1).compiled)
    assert far.pop("reliability") < 1e-11
    assert max(far.values()) < 1e-12


def test_without_duties_nothing_moves_and_before_one_nothing_does(ask, day):
    run = ask(weeks=40, tariffs=[_tariff(day, 1.0, start=30)])
    assert run.model.compiled.timeline.first_change == 30
    assert np.ptp(run.record.imports[:, :30], axis=1).max() == 0


@pytest.mark.parametrize(("change", "says"), [
    ({"added_rate": -0.1}, "greater than 0"), ({"on_goods_of": "USA"}, "its own goods"),
    ({"until": "2023-01-01"}, "is not after"), ({"added_rate": float("nan")}, "finite"),
])  # fmt: skip
def test_a_duty_that_makes_no_sense_is_refused(day, change, says):
    with pytest.raises(ValidationError, match=says):
        Tariff.model_validate(_tariff(day) | change)
