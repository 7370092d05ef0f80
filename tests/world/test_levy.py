"""What treasuries take on goods that leave, and what the price outside is made of."""

from datetime import date

import numpy as np
import pytest

from sluicegate.terms import InputError
from sluicegate.world import load_world
from sluicegate.world.landed import medians, price_parts
from sluicegate.world.levy import Levy, export_factor, levies_of

DAY = date(2024, 7, 1)
CHINA = (
    Levy("CHN", (), "value-added tax", date(2019, 4, 1), 0.13),
    Levy("CHN", ("oxide",), "tax refund", date(2005, 5, 1), 0.0),
    Levy("CHN", ("magnet",), "tax refund", date(2019, 4, 1), 0.13, "share"),
    Levy("CHN", ("oxide",), "export duty", date(2008, 1, 1), 0.25),
    Levy("CHN", (), "export duty", date(2015, 5, 1), 0.0),
)


@pytest.mark.parametrize(("product", "place", "day", "factor"), [
    ("oxide", "CHN", DAY, 1.13), ("oxide", "CHN", date(2012, 1, 1), 1.25), ("magnet", "CHN", DAY, 1 + 0.13 * 0.2),
    ("wire", "CHN", DAY, 1.0), ("oxide", "USA", DAY, 1.0),
])  # fmt: skip
def test_exports_bear_the_tax_that_is_not_refunded_and_the_duty_of_the_day(product, place, day, factor):
    assert export_factor(CHINA, place, product, day, {"share": 0.8}) == pytest.approx(factor)


def test_a_duty_is_laid_on_the_price_with_tax_and_a_refund_is_never_more_than_the_tax():
    duty = Levy("CHN", ("oxide",), "export duty", date(2020, 1, 1), 0.2)
    assert export_factor([*CHINA, duty], "CHN", "oxide", DAY, {}) == pytest.approx(1.13 * 1.2)
    refund = Levy("CHN", ("oxide",), "tax refund", date(2020, 1, 1), 0.17)
    assert export_factor([*CHINA, refund], "CHN", "oxide", DAY, {}) == 1.0
    assert export_factor(CHINA, "CHN", "magnet", DAY, {"share": np.array([0.0, 1.0])}).tolist() == [1.13, 1.0]


@pytest.mark.parametrize("product", ["dysprosium oxide", "neodymium oxide", "cerium oxide", "NdFeB magnet, Dy/Tb"])
def test_before_any_licence_the_price_outside_is_price_inside_tax_and_freight_within_a_tenth(product):
    world = load_world()
    parts = price_parts(world, "CHN", product, medians(world.parameters))
    assert parts.inside + parts.tax + parts.freight + parts.rest == pytest.approx(parts.outside)
    assert abs(parts.rest) < 0.11 * parts.outside


def test_what_was_under_licence_in_the_base_year_carried_a_rent():
    world = load_world()
    for product in ("gallium, low purity", "antimony metal"):
        parts = price_parts(world, "CHN", product, medians(world.parameters))
        assert parts.rest > 0.1 * parts.outside


def test_dear_goods_pay_for_the_plane_and_no_rate_is_no_freight():
    world = load_world()
    inputs = medians(world.parameters)
    assert price_parts(world, "CHN", "terbium oxide", inputs).freight > 3
    assert price_parts(world, "CHN", "cerium oxide", inputs).freight == inputs["freight: sea"]
    assert price_parts(world, "CHN", "cerium oxide", {}).freight is None


def test_the_end_of_a_duty_is_not_known_before_it_was_announced():
    rows = levies_of(load_world(date(2010, 8, 1)).levies)
    assert max(x.effective_from for x in rows) < date(2011, 1, 1)
    assert export_factor(rows, "CHN", "neodymium oxide", date(2010, 8, 1), {}) == pytest.approx(1.17 * 1.15)


def test_every_levy_names_goods_of_the_chain_and_inputs_that_there_are():
    world = load_world()
    named = {p for x in levies_of(world.levies) for p in x.products}
    assert named <= set(world.products.index)
    assert {x.parameter for x in levies_of(world.levies) if x.parameter} <= {p.name for p in world.parameters}


@pytest.mark.parametrize(("line", "says"), [
    ("CHN,all,stamp,2020-01-01,0.1,,2020-01-01,judgement,test,\n", "levy stamp"),
    ("CHN,all,export duty,soon,0.1,,2020-01-01,judgement,test,\n", "'soon'"),
])  # fmt: skip
def test_a_row_that_is_no_levy_is_refused_with_what_is_wrong(tmp_path, line, says):
    head = "place,products,levy,effective_from,rate,parameter,known_on,label,reason,refs\n"
    (tmp_path / "levies.csv").write_text(head + line)
    with pytest.raises(InputError, match=says):
        load_world(overlay=tmp_path)
