"""Leaks by a third country, and a licence in place of a ban: what is sure of them, and why a loss may go either way."""

from random import Random

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from random_worlds import CALM_OFFICE, MANY, UNMOVED, WORLDS, draft, world_of

from sluicegate.regime import material_group
from sluicegate.sim import simulate


@pytest.mark.parametrize("which", ["leaks", "licence against ban"])
@settings(max_examples=12, phases=[Phase.generate], **MANY)
@given(WORLDS, st.data())
def test_more_leaks_and_a_licence_in_place_of_a_ban_let_no_less_out_by_any_week(toy, control, scenario, which, d, data):
    """With co-products or without, leaks aside for the ban; what lines lose may go either way, see the worlds below."""
    sold = d.exported
    assume(sold)
    product = data.draw(st.sampled_from(sold))
    leak = f"{material_group(product)}: leak_share"
    cases = {"leaks": [("licence", {leak: 0.0}), ("licence", {leak: 0.4})],
             "licence against ban": [("ban", {leak: 0.0}), ("licence", {leak: 0.0})]}[which]  # fmt: skip
    runs = [simulate(scenario(control(product, kind=kind), weeks=80, fixed=UNMOVED | CALM_OFFICE | fixed),
                     world_of(toy, d), draws=16, threads=1) for kind, fixed in cases]  # fmt: skip
    held = runs[0].links.query("product == @product and origin == 'CHN'").index
    less, more = (np.cumsum(r.record.exports[held].sum(axis=0, dtype=float), axis=0) for r in runs)
    assert (more >= less * (1 - 1e-5) - 1e-4).all()


def _leaking(toy, scenario, control, seed, draws, *, alone, **fixed):
    """A world by its number, under a licence on one product, without and with leaks."""
    rng = Random(seed)
    d = draft(rng, rng.randint(2, 4), rng.randint(2 if alone else 1, 4), rng.randint(1, 4), alone=alone)
    product = rng.choice(sorted({p for p, origin, to in d.flows if origin == "CHN" != to}))
    leak = f"{material_group(product)}: leak_share"
    held, base = control(product, kind="licence"), UNMOVED | CALM_OFFICE | fixed
    return [simulate(scenario(held, weeks=80, fixed=base | {leak: x}), world_of(toy, d), draws=draws, threads=1)
            for x in (0.0, 0.4)]  # fmt: skip


def _missing(run, product, draw):
    """Weeks of use of a product that its lines lack."""
    rows = run.uses.index[run.uses["product"] == product]
    return (1 - run.record.service[rows][:, :, draw]).sum()


def test_leaks_may_cost_more_since_they_hold_up_the_price_of_what_makers_cannot_sell(toy, control, scenario):
    """Cerium is held, dysprosium comes of the same separation. Leaked cerium is less of a glut, so it is worth more,
    counts for more in what makers go by, and dysprosium, which everybody asks for, for less. Without a price it is not
    so."""
    without, leaks = _leaking(toy, scenario, control, 230, 3, alone=False)
    assert _missing(leaks, "cerium oxide", 1) < 0.7 * _missing(without, "cerium oxide", 1)
    assert _missing(leaks, "dysprosium oxide", 1) > 3 * _missing(without, "dysprosium oxide", 1)
    assert leaks.lost_value_added().sum() > 1.2 * without.lost_value_added().sum()
    flat = _leaking(toy, scenario, control, 230, 3, alone=False, **{"stock price weight": 0.0})
    less, more = (r.lost_value_added().sum(axis=(0, 1)) for r in (flat[1], flat[0]))
    assert (less <= more * (1 + 1e-9)).all()


def test_leaks_may_cost_more_since_makers_that_sell_again_call_for_feed_that_others_use(toy, control, scenario):
    """Oxide is held, its makers take ore. With leaks they start up harder, and a line that uses ore is short sooner."""
    without, leaks = _leaking(toy, scenario, control, 87, 64, alone=True)
    assert _missing(leaks, "metal", 20) < 0.7 * _missing(without, "metal", 20)
    assert _missing(leaks, "ore", 20) > 1.3 * _missing(without, "ore", 20)
    maker = without.model.compiled.net.producers.index("process 1|CHN")
    assert leaks.record.activity[maker, 23, 20] > without.record.activity[maker, 23, 20] + 4


def test_a_ban_may_let_more_out_at_first_since_what_it_stops_leaks_at_once(toy, control, scenario):
    """Under a licence files are reviewed before they can leak (E6); in the end a licence lets more out."""
    leaky = UNMOVED | CALM_OFFICE | {"magnets: leak_share": 0.2, "magnets: office_start_weeks": 8.0}
    ban, licence = (
        np.cumsum(simulate(scenario(control("magnet", kind=kind), weeks=80, fixed=leaky), toy, draws=4, threads=1)
                  .record.exports.sum(axis=0, dtype=float), axis=0) for kind in ("ban", "licence")
    )  # fmt: skip
    assert (ban[16] > licence[16]).all()
    assert (ban[-1] < licence[-1]).all()
