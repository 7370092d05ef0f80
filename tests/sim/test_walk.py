"""Every way in which a shortage comes to be has a cause that the scenario names, and the walk finds it."""

import re

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from random_worlds import MANY, cases, what_of, world_of

from sluicegate.sim import causes, simulate
from sluicegate.sim.cause_name import DEPLETED, FEAR, FILLED, FIXED, OUTAGE, QUOTA, SERVED, UNTRACED
from sluicegate.sim.peak import HIGH, LOW, Namer

THIN = {"cover: line": 1.0, "pool cover weeks": 0.2, "order limit": 6.0, "order weeks": 1.0}
"""Little stock and orders that may be large: who asks for more leaves others without."""
LEANING = {"cover: line": 1.0, "price tilt": 3.0, "switch per week": 0.1}
"""Buyers who move to cheaper origins at once."""


def _what(run, industry, place, **how):
    found = run.why(industry, place, **how)
    assert sum(c.share for c in found) == pytest.approx(1)
    named: dict[str, float] = {}
    for c in found:
        named[c.what] = named.get(c.what, 0.0) + c.share
    return named


def _is_named(what, run):
    """Whether a root is a measure of the scenario or has a name that every language says."""
    patterns = (re.sub(r"\\{\w+\\}", ".+", re.escape(name)) for name in FILLED)
    measures = {border.name for border in run.model.compiled.knobs.borders}
    return what in measures or what in FIXED or any(re.fullmatch(pattern, what) for pattern in patterns)


def test_a_production_quota_is_named_at_the_far_end_of_the_chain(ask, calm, day):
    quota = {"process": "separation", "place": "CHN", "t_per_yr": 1560, "effective_from": day(5)}
    run = ask(production_quotas=[quota], fixed=calm)
    assert _what(run, "cars", "DEU") == pytest.approx({QUOTA: 1})
    assert run.why("cars", "DEU")[0].where == "separation|CHN"


def test_a_mine_that_runs_down_is_named(ask, calm):
    deposit = {"process": "mining", "place": "CHN", "reserves_t": 3000}
    assert _what(ask(depletion=True, deposits=[deposit], fixed=calm), "radar", "USA") == pytest.approx({DEPLETED: 1})


def test_a_co_product_short_since_its_sister_is_not_wanted_is_walked_down_to_what_stops_the_sister(ask, calm, day):
    """Glass lacks cerium: separation makes less since magnet makers, who take its neodymium, stand still."""
    halt = {"process": "making", "place": "CHN", "share": 0.8, "effective_from": day(5), "until": day(25)}
    run = ask(outages=[halt], fixed=calm)
    assert [(c.what, c.where) for c in run.why("glass", "USA")] == [(OUTAGE, "making|CHN")]


def test_a_co_product_short_since_exports_of_its_sister_are_banned_names_the_ban(ask, calm, control):
    run = ask(control("magnet"), control("gallium, low purity", name="gallium"), fixed=calm)
    assert _what(run, "glass", "USA") == pytest.approx({"the measure": 1})


def test_an_outage_counts_from_its_first_day_on_and_beside_a_measure_by_what_each_takes(ask, calm, control, day):
    """A measure holds a twentieth of a link whose makers lose four fifths of what they can make."""
    halt = {"process": "making", "place": "CHN", "share": 0.8, "effective_from": day(40)}
    run = ask(control("magnet", share=0.05), outages=[halt], fixed=calm | {"cover: line": 2.0})
    shares = _what(run, "cars", "USA")
    assert shares[OUTAGE] > 0.7
    assert shares["the measure"] > 0.05
    later = ask(control("magnet"), outages=[halt], fixed=calm | {"cover: line": 2.0})
    assert _what(later, "cars", "USA", week=38) == pytest.approx({"the measure": 1})


def test_a_shortage_that_is_over_and_made_up_for_keeps_its_cause(ask, calm, control):
    run = ask(control("magnet", week=20, until=32), fixed=calm | {"cover: line": 2.0, "order limit": 6.0}, weeks=140)
    assert _what(run, "cars", "USA") == pytest.approx({"the measure": 1})


def test_a_duty_that_turns_buyers_away_is_named(ask, calm, day):
    duty = {"by": "USA", "on_goods_of": "CHN", "added_rate": 3, "effective_from": day(5)}
    run = ask(tariffs=[duty], fixed=calm | LEANING)
    name = "duty of 300 % of USA on goods of CHN"
    assert all(_what(run, "cars", place) == pytest.approx({name: 1}) for place in ("USA", "DEU"))


def test_an_export_levy_that_turns_buyers_away_is_named(ask, calm, day):
    levy = {"place": "CHN", "levy": "export duty", "products": ("magnet",), "rate": 1.5, "effective_from": day(5)}
    run = ask(export_levies=[levy], fixed=calm | LEANING)
    assert _what(run, "cars", "DEU") == pytest.approx({"export levies of CHN": 1})


def test_others_orders_for_stock_are_named(ask, calm, day):
    order = {"place": "USA", "products": ("magnet",), "days": 800, "effective_from": day(5)}
    assert _what(ask(stocks=[order], fixed=calm | THIN), "cars", "JPN") == pytest.approx({"orders for stock in USA": 1})


def test_others_who_buy_ahead_of_a_deadline_are_named(ask, calm, control):
    rush = {"magnets: frontload_weeks_of_use": 60.0, "magnets: frontload_surge_limit": 6.0, "home preference": 0.0}
    run = ask(control("magnet", week=40, notice=36), fixed=calm | THIN | rush, weeks=45)
    assert _what(run, "cars", "CHN", week=38) == pytest.approx({"buying ahead of the measure": 1})


def test_offtake_that_leaves_makers_without_stock_is_named(ask, calm, day):
    taken = {"payer": "USA", "product": "magnet", "place": "JPN", "t_per_yr": 2000, "effective_from": day(10)}
    run = ask(offtakes=[taken], fixed=calm | {"cover: line": 1.5})
    assert {c.what for c in causes(run, "magnet", "USA", until_week=80)} == {"offtake of magnet in JPN"}


def test_a_ban_of_another_place_is_named_as_the_controllers_is(ask, calm, control):
    run = ask(control("ore", origin="USA", name="theirs"), fixed=calm)
    assert _what(run, "glass", "JPN") == pytest.approx({"theirs": 1})


def test_a_line_short_of_one_input_leaves_the_makers_of_its_others_idle_and_is_named_for_it(ask, calm, control):
    """Chips in Japan: radar stops for want of magnets, calls for less gallium, and buyers turn to China's."""
    run = ask(control("magnet", "neodymium oxide"), fixed=calm | {"cover: line": 1.5})
    assert _what(run, "chips", "JPN") == pytest.approx({"the measure": 1})


def test_who_hoards_after_a_stock_out_is_named_where_the_ban_has_been_made_up_for(ask, calm, control):
    fear = THIN | {"hoarding": 6.0, "hoarding fade weeks": 400.0, "home preference": 0.0}
    run = ask(control("magnet", week=2, until=12), fixed=calm | fear, weeks=100)
    assert set(_what(run, "cars", "CHN")) <= {"the measure", FEAR}


def test_an_echo_in_a_co_product_of_a_ban_that_was_made_up_for_is_the_bans(ask, calm, control):
    run = ask(control("magnet", week=2, until=12), fixed=calm | THIN | {"hoarding": 6.0}, weeks=100)
    assert _what(run, "glass", "USA") == pytest.approx({"the measure": 1})


@settings(max_examples=25, phases=[Phase.generate], **MANY)
@given(cases(), st.integers(20, 80), st.integers(0, 99))
def test_whatever_is_lost_or_short_in_any_world_is_walked_to_what_happens_there(
    toy, control, scenario, case, weeks, seed
):
    """The shares sum to one, and no goods went to others or were lost for a reason that nobody knows."""
    d, controls, found = case
    run = simulate(
        what_of(scenario, control, controls, found, weeks=weeks), world_of(toy, d), draws=2, seed=seed, threads=1
    )
    for line in run.lines.itertuples():
        for of in ("loss", "shortage"):
            causes = run.why(line.industry, line.place, of=of)
            assert not causes or sum(c.share for c in causes) == pytest.approx(1, abs=1e-9)
            assert not {SERVED, UNTRACED} & {c.what for c in causes}
            assert all(_is_named(c.what, run) for c in causes)
    namer, net = Namer(run), run.model.compiled.net
    for p, area in np.ndindex(len(net.products), 2):
        change = np.median(np.exp(run.record.price[area, p]) - 1, axis=1)
        for peak in namer.price(net.products[p], area, change) if np.abs(change).max() > 0.02 else ():
            assert peak.causes or not {LOW, HIGH} & {*peak.also}
