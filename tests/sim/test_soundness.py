"""A world that cannot be run is refused in words, every problem at once; what is merely empty runs."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sluicegate.sim import simulate
from sluicegate.sim.soundness import require_sound
from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter


def changed(world, table, column, at, value):
    frame = getattr(world, table).copy()
    frame[column] = frame[column].astype(object) if isinstance(value, str) else frame[column]
    frame.iloc[at, frame.columns.get_loc(column)] = value
    return replace(world, **{table: frame})


@pytest.mark.parametrize(("table", "column", "value", "says"), [
    ("flows", "flow_t_per_yr", -1.0, "flows, ore, CHN, CHN: flow_t_per_yr is -1, below zero"),
    ("flows", "flow_t_per_yr", np.nan, "flows, ore, CHN, CHN: flow_t_per_yr is no number"),
    ("producers", "activity_t_per_yr", np.inf, r"producers, mining\|CHN: activity_t_per_yr is no number"),
    ("producers", "capacity_t_per_yr", 1.0, "below its activity"),
    ("uses", "use_t_per_yr", np.nan, r"uses, cars\|CHN, magnet: use_t_per_yr is no number"),
    ("uses", "criticality", "vital", "criticality 'vital'; expected critical"),
    ("uses", "theta_parameter", "tehta", "'tehta', which is no parameter"),
    ("recipes", "t_per_t", np.nan, "recipes, mining, ore: t_per_t is no number"),
    ("products", "price_outside_usd_per_kg", -2.0, "a price of -2 USD a kg"),
    ("lines", "value_added_musd_per_yr", np.nan, "value added of nan"),
])  # fmt: skip
def test_a_number_that_is_none_is_named_by_its_row(toy, table, column, value, says):
    with pytest.raises(InputError, match=says):
        require_sound(changed(toy, table, column, 0, value))


def test_every_problem_is_told_at_once(toy):
    world = changed(changed(toy, "flows", "flow_t_per_yr", 0, -1.0), "producers", "capacity_t_per_yr", 1, 0.0)
    with pytest.raises(InputError, match=r"2 problems:\n  - flows.*\n  - producers"):
        require_sound(world)


def test_a_circle_without_a_source_is_refused(toy):
    recipes = toy.recipes.copy()
    from_magnets = {"process": "mining", "product": "magnet", "t_per_t": 0.1, "role": "input"}
    world = replace(toy, recipes=pd.concat([recipes, pd.DataFrame([from_magnets])], ignore_index=True))
    with pytest.raises(InputError, match="magnet, neodymium oxide, ore are made only from one another"):
        require_sound(world)


def test_a_maker_whose_input_nobody_makes_is_refused(toy):
    world = replace(toy, recipes=toy.recipes[toy.recipes["process"] != "mining"])
    with pytest.raises(InputError, match="separation needs ore, which nobody makes"):
        require_sound(world)


def test_a_maker_that_is_sent_no_input_is_refused(toy, scenario):
    flows = toy.flows[~((toy.flows["product"] == "neodymium oxide") & (toy.flows["destination"] == "DEU"))]
    with pytest.raises(Exception, match="neodymium oxide in DEU"):
        simulate(scenario(weeks=4), replace(toy, flows=flows), draws=1)


def test_a_line_without_value_added_is_refused(toy):
    with pytest.raises(InputError, match=r"cars\|CHN uses something and has no row"):
        require_sound(replace(toy, lines=toy.lines.drop("cars|CHN")))


def test_a_fixed_parameter_that_is_no_number_is_refused(toy):
    broken = [*toy.parameters, Parameter("x", "fixed", np.nan, np.nan, np.nan, "1", "judgement", "test")]
    with pytest.raises(InputError, match="parameters, x"):
        require_sound(replace(toy, parameters=broken))


def test_a_use_of_zero_runs_and_is_left_out(toy, control, scenario):
    more = toy.uses.iloc[[0]].assign(product="ore", use_t_per_yr=0.0)
    world = replace(toy, uses=pd.concat([toy.uses, more], ignore_index=True))
    with_zero, without = (simulate(scenario(control("magnet"), weeks=20), w, draws=2, threads=1) for w in (world, toy))
    assert np.array_equal(with_zero.record.service, without.record.service)


def test_a_product_nobody_wants_is_dumped_and_nothing_moves(toy, scenario):
    recipes = pd.concat([toy.recipes, pd.DataFrame([("mining", "slag", 0.3, "output")], columns=toy.recipes.columns)])
    products = pd.concat([toy.products, pd.DataFrame({"price_outside_usd_per_kg": 0.1}, index=["slag"])])
    run = simulate(scenario(weeks=20), replace(toy, recipes=recipes, products=products), draws=2, threads=1)
    assert np.abs(run.record.lost_share).max() == 0


@pytest.mark.parametrize(("how", "says"), [
    ({"draws": 0}, "draws: 0. Expected a whole number from 1 up"), ({"draws": -3}, "draws: -3"),
    ({"draws": 2.5}, "draws: 2.5"), ({"draws": True}, "draws: True"), ({"seed": 1.5}, "seed: 1.5"),
    ({"seed": -1}, "seed: -1"), ({"draws": 10**9}, "of memory and .* are free.*at most about"),
])  # fmt: skip
def test_numbers_of_a_run_that_make_no_sense_are_refused(toy, scenario, how, says):
    with pytest.raises(InputError, match=says):
        simulate(scenario(weeks=4), toy, **({"draws": 1, "seed": 1} | how))


@pytest.mark.parametrize("weeks", [0, -1, 10_000])
def test_a_horizon_of_nothing_or_of_two_centuries_is_refused(toy, scenario, weeks):
    with pytest.raises(InputError, match=r"weeks: .* from 1 to 2,100"):
        simulate(scenario(weeks=4).model_copy(update={"weeks": weeks}), toy, draws=1)


def test_the_bundled_world_is_sound(bundled):
    require_sound(bundled)


@pytest.mark.parametrize(
    "uses", [lambda u: u.iloc[:0], lambda u: u.assign(use_t_per_yr=0.0)], ids=["no rows", "all zero"]
)
def test_a_world_in_which_nobody_uses_anything_is_refused_in_words(toy, scenario, uses):
    with pytest.raises(InputError, match="no industry uses anything, so nobody could be short"):
        simulate(scenario(weeks=5), replace(toy, uses=uses(toy.uses)), draws=1)
