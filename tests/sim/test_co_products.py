"""Co-products and the sign of a loss: saving one product may cost the users of another; what keeps its sign."""

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from random_worlds import CALM_OFFICE, MANY, UNMOVED, WORLDS, day_of, world_of

from sluicegate.regime import material_group
from sluicegate.sim import simulate

FLAT = {"stock price weight": 0.0, "price weeks": 1e12}
"""No price moves, so that the products of a maker count for what they count for in the base year."""


@pytest.mark.parametrize("prices", [{}, FLAT], ids=["free", "flat"])
def test_saving_magnets_costs_the_makers_of_glass_who_use_what_is_made_with_their_oxide(prices, toy, scenario, day):
    """No control at all: fewer magnets take less neodymium, the separation runs less, and cerium is short."""
    programmes = [{"place": c, "products": ("magnet",), "share_of_ceiling": 1.0, "start": day(5), "ramp_weeks": 0}
                  for c in ("CHN", "DEU", "JPN", "USA")]  # fmt: skip
    lost = []
    for most in (0.0, 0.2, 0.4):
        what = scenario(weeks=80, fixed=UNMOVED | prices | {"thrift": most}, thrift=programmes)
        run = simulate(what, toy, draws=3, threads=1)
        glass = run.lines["line"].str.startswith("glass").to_numpy()
        assert not run.lost_value_added()[~glass].any()
        lost.append(run.lost_value_added()[glass].sum(axis=(0, 1)))
    assert not lost[0].any()
    assert (lost[1] <= lost[2]).all()
    assert (lost[2] > 1e8).all()


@pytest.mark.parametrize("name", ["share of a link held", "share of a plant lost", "office_start_weeks"])
@settings(max_examples=6, phases=[Phase.generate], **MANY)
@given(WORLDS, st.data())
def test_what_takes_goods_away_costs_no_less_in_any_world_where_no_price_moves(toy, control, scenario, name, d, data):
    """A maker asked for less of one product makes less of all: nothing is asked for more in its place."""
    fixed = UNMOVED | FLAT
    if name == "share of a plant lost":
        process, place, _ = data.draw(st.sampled_from(d.makers))
        halt = {"process": process, "place": place, "effective_from": day_of(10)}
        cases = [scenario(weeks=80, fixed=fixed, outages=[halt | {"share": x}]) for x in (0.3, 0.8)]
    else:
        assume(d.exported)
        product = data.draw(st.sampled_from(d.exported))
        start = f"{material_group(product)}: office_start_weeks"
        turned = {"office_start_weeks": [(1.0, {start: 2.0}), (1.0, {start: 26.0})]}.get(name, [(0.4, {}), (1.0, {})])
        cases = [scenario(control(product, kind="licence", share=share), weeks=80, fixed=fixed | CALM_OFFICE | own)
                 for share, own in turned]  # fmt: skip
    less, more = (simulate(what, world_of(toy, d), draws=3, threads=1).lost_value_added().sum(axis=(0, 1))
                  for what in cases)  # fmt: skip
    assert (less <= more * (1 + 1e-9)).all()
