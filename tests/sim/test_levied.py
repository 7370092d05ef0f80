"""Export levies and duties: the price at the border, demand, and what treasuries get, against closed forms."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from sluicegate.scenario import ExportLevy
from sluicegate.sim import simulate
from sluicegate.sim.duty import levies_paid
from sluicegate.sim.prepare import prepare

FLAT = {"price tilt": 1e-9, "stock price weight": 1e-9, "demand elasticity": 0.5, "thrift": 1e-9}


@pytest.fixture
def taxed(toy):
    """The toy with China's tax of 13 % on all and no refund on cerium oxide; gallium is refunded in full."""
    rows = [("CHN", "all", "value-added tax", 0.13), ("CHN", "cerium oxide", "tax refund", 0.0),
            ("CHN", "gallium, low purity;magnet", "tax refund", 0.13)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["place", "products", "levy", "rate"])
    return replace(toy, levies=table.assign(effective_from=date(2019, 4, 1), known_on=date(2019, 4, 1), parameter=""))


def _duty(day, rate=0.25, products=("cerium oxide",), start=10, end=None, **more):
    return {"place": "CHN", "products": products, "rate": rate, "effective_from": day(start),
            "until": end and day(end)} | more  # fmt: skip


def test_a_duty_raises_the_quote_outside_by_its_share_of_what_arrives_there(taxed, scenario, day):
    """Of 20 t a week that arrive outside, 15 come from China: the log price nears 15/20 of log 1.25."""
    fixed = FLAT | {"demand elasticity": 1e-9, "price weeks": 3}
    run = simulate(scenario(weeks=80, fixed=fixed, export_levies=[_duty(day)]), taxed, draws=2)
    p = run.model.compiled.net.products.index("cerium oxide")
    assert np.log(run.price_ratio("outside")[p, -1]) == pytest.approx(0.75 * np.log(1.25), rel=1e-3)
    assert np.log(run.price_ratio("inside")[p, -1]) == pytest.approx(0, abs=1e-3)


def test_a_refund_taken_away_is_a_duty_of_the_same_size(taxed, scenario, day):
    gone = _duty(day, 0.0, ("gallium, low purity",), levy="tax refund")
    same = _duty(day, 0.13, ("gallium, low purity",))
    one, other = (simulate(scenario(weeks=30, export_levies=[e]), taxed, draws=2) for e in (gone, same))
    assert np.array_equal(one.record.price, other.record.price)
    assert one.record.price[1].max() > 0.01


def test_what_arrives_dearer_by_a_duty_is_used_less_of_by_the_elasticity(taxed, scenario, day):
    """All cerium oxide of the United States is Chinese: need falls to 1.4^-(elasticity x (1 - critical))."""
    tariff = {"by": "USA", "on_goods_of": "CHN", "products": ("cerium oxide",), "added_rate": 0.4,
              "effective_from": day(10)}  # fmt: skip
    run = simulate(scenario(weeks=60, fixed=FLAT | {"price elasticity": 50.0}, tariffs=[tariff]), taxed, draws=2)
    row = run.uses.query("product == 'cerium oxide' and place == 'USA'").index[0]
    assert run.record.use[row, 12] / run.record.use[row, 5] == pytest.approx(1.4**-0.25, rel=1e-3)
    other = run.uses.query("product == 'cerium oxide' and place == 'CHN'").index[0]
    assert run.record.use[other, 12] == pytest.approx(run.record.use[other, 5], rel=1e-3)


def test_the_treasury_gets_the_duty_that_is_in_the_price_of_what_leaves(taxed, scenario, day):
    what = scenario(weeks=40, export_levies=[_duty(day, 0.25, start=14, end=28)])
    run = simulate(what, taxed, draws=2)
    ((place, paid),) = levies_paid(run)
    p = run.model.compiled.net.products.index("cerium oxide")
    price = run.price_ratio("outside", paid=True, leaks=False)[p] * 1000
    links = run.links.query("product == 'cerium oxide' and origin == 'CHN'").index
    left = run.record.exports[links].sum(axis=0)
    assert place == "CHN"
    assert paid[14:28] == pytest.approx((0.25 / 1.25 * price * left)[14:28], rel=1e-6)
    assert np.abs(np.delete(paid, np.s_[14:28], axis=0)).max() < 1e-6


def test_of_two_levies_on_a_product_the_one_listed_later_counts(taxed, scenario, day):
    levies = [_duty(day, 0.3), _duty(day, 0.1, start=20)]
    model = prepare(scenario(weeks=30, export_levies=levies), taxed, draws=1, seed=1).compiled
    factor = np.exp(model.timeline.levied[:, np.abs(model.timeline.levied).any(axis=0)])
    assert factor.shape[1] == 1  # cerium oxide from China to the United States
    assert factor[[9, 10, 19, 20, 29], 0] == pytest.approx([1, 1.3, 1.3, 1.1, 1.1])


def test_licensed_buyers_pay_the_cost_and_the_sellers_part_of_the_rent(taxed, scenario, control):
    keeps = {"rent share": 0.25, "trader rent share": 0.4, "gallium and germanium: leak_share": 0.0}
    run = simulate(scenario(control("gallium, low purity"), fixed=keeps), taxed, draws=3)
    p = run.model.compiled.net.products.index("gallium, low purity")
    inside, outside = run.price_ratio("inside")[p], run.price_ratio("outside")[p]
    cost = 1 + 0.9 * (inside - 1)
    paid, got = (run.price_ratio("outside", paid=True, leaks=leaks)[p] for leaks in (True, False))
    assert outside[-1].min() > 1.2
    assert paid == pytest.approx(cost + 0.25 * (outside - cost), rel=1e-5)
    assert got == pytest.approx(cost + 0.25 * 0.6 * (outside - cost), rel=1e-5)


def test_the_counterfactual_is_without_the_controllers_levies_and_with_those_of_others(scenario, day):
    both = scenario(export_levies=[_duty(day), _duty(day) | {"place": "JPN"}])
    assert [x.place for x in both.without_controls().export_levies] == ["JPN"]


def test_the_compiled_week_equals_the_twin_under_levies_and_duties(taxed, scenario, control, day, furthest):
    tariff = {"by": "USA", "on_goods_of": "CHN", "added_rate": 0.6, "effective_from": day(15)}
    levies = [_duty(day, 0.3, ()), _duty(day, 0.0, ("magnet",), levy="tax refund", start=20.5)]
    what = scenario(control("magnet", kind="licence"), weeks=80, fixed={"price tilt": 1.0}, tariffs=[tariff],
                    export_levies=levies)  # fmt: skip
    far = furthest(prepare(what, taxed, draws=8, seed=1).compiled)
    assert far.pop("reliability") < 1e-11
    assert max(far.values()) < 1e-12


def test_a_world_with_levies_that_do_not_change_stands_still(taxed, scenario):
    run = simulate(scenario(weeks=30), taxed, draws=2)
    assert run.model.compiled.still
    assert np.array_equal(run.price_ratio("outside", paid=True), np.ones_like(run.price_ratio("outside")))


@pytest.mark.parametrize(("change", "says"), [
    ({"rate": -0.1}, "greater than or equal to 0"), ({"until": "2023-01-01"}, "is not after"),
    ({"levy": "stamp"}, "export duty"), ({"place": "Atlantis"}, "Atlantis"),
])  # fmt: skip
def test_a_levy_that_makes_no_sense_is_refused(day, change, says):
    with pytest.raises(ValidationError, match=says):
        ExportLevy.model_validate(_duty(day) | change)
