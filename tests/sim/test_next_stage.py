"""A pressed line buys the motor in place of the magnet: it loses less, and the motor maker at home loses instead."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from sluicegate.scenario import NextStage
from sluicegate.sim import simulate
from sluicegate.sim.prepare import prepare
from sluicegate.terms import NotFoundError

YEAR = 365.25 / 7  # weeks
STAGE = {"place": "USA", "industry": "cars", "product": "magnet", "maker": "motors", "share": 0.4, "weeks": 20.0,
         "value_share": 0.1, "reason": "test"}  # fmt: skip


def _row(run, industry, place):
    return run.lines["line"].tolist().index(f"{industry}|{place}")


def _loss(run, industry, place="USA"):
    return run.lost_value_added([_row(run, industry, place)])[0]


@pytest.fixture
def world(toy):
    """The toy with motor makers in the United States, who use half a tonne of gallium a week and lack nothing."""
    like = toy.uses.query("industry == 'radar' and product == 'gallium, low purity'")
    motors = like.assign(industry="motors", line="motors|USA", use_t_per_yr=0.5 * YEAR)
    line = toy.lines.loc[["radar|USA"]].assign(industry="motors").rename(index={"radar|USA": "motors|USA"})
    sent = (toy.flows["product"] == "gallium, low purity") & (toy.flows["destination"] == "USA")
    made = toy.producers.index == "extraction|CHN"
    return replace(
        toy, uses=pd.concat([toy.uses, motors], ignore_index=True), lines=pd.concat([toy.lines, line]),
        flows=toy.flows.assign(flow_t_per_yr=toy.flows["flow_t_per_yr"] + 0.5 * YEAR * sent),
        producers=toy.producers.assign(activity_t_per_yr=toy.producers["activity_t_per_yr"] + 0.5 * YEAR * made),
    )  # fmt: skip


@pytest.fixture
def both(world, scenario, control):
    """The same ban without and with motors from abroad."""
    return [simulate(scenario(control("magnet"), weeks=104, next_stages=s), world, draws=4) for s in ((), (STAGE,))]


def test_the_user_loses_less_and_the_maker_at_home_more_and_nobody_elsewhere_pays(both):
    without, bought = both
    assert (_loss(bought, "cars").sum(axis=0) < _loss(without, "cars").sum(axis=0)).all()
    assert (_loss(bought, "motors").sum(axis=0) > _loss(without, "motors").sum(axis=0)).all()
    assert np.abs(_loss(bought, "cars", "CHN")).max() == 0


def test_the_makers_loss_is_what_is_bought_times_what_making_it_is_worth(both):
    """Their value added is that of cars here, so a line that buys its 40 % costs them 0.4 x 0.1 of it a week."""
    without, bought = (run.record.lost_share[_row(run, "motors", "USA")] for run in both)
    assert np.abs(without).max() == 0
    assert np.abs(bought[:10]).max() == 0
    assert bought.max(axis=0) == pytest.approx(0.4 * 0.1)


def test_what_is_booked_at_the_maker_is_in_money_of_the_line_that_buys_abroad(world, scenario):
    """Motors add a quarter of the value that cars do, so the same loss is four times the share of theirs."""
    value = world.lines["value_added_musd_per_yr"].where(world.lines["industry"] != "motors", 5_000.0)
    poor = replace(world, lines=world.lines.assign(value_added_musd_per_yr=value))
    stages = prepare(scenario(next_stages=(STAGE,), weeks=5), poor, draws=2, seed=1).compiled.knobs.stages
    assert stages.booked == pytest.approx(0.1 * 4 / 3)  # each of three cover classes


def test_what_the_maker_at_home_loses_is_walked_to_what_stopped_its_customer(both):
    """Motors lack nothing themselves: all they lose is by what keeps magnets from cars."""
    without, bought = both
    named = {(c.what, c.where, c.how): c.share for c in bought.why("motors", "USA", week=60)}
    assert named == pytest.approx({(c.what, c.where, c.how): c.share for c in bought.why("cars", "USA", week=60)})
    assert sum(share for (what, *_), share in named.items() if what == "the measure") > 0.99
    assert without.why("motors", "USA") == []
    assert bought.why("motors", "USA", of="shortage") == []


def test_a_maker_short_itself_and_of_customers_loses_by_both_as_the_closed_form_says(world, scenario, control, calm):
    """In the end motors lose 0.6 of what gallium they lack, and 0.4 x 0.1 by motors from abroad."""
    gallium = control("gallium, low purity", name="gallium", week=0)
    far = calm | {"overtime": 0.0, "thrift": 0.0, "demand elasticity": 0.0, "switch per week": 0.0}
    run = simulate(
        scenario(control("magnet", week=0), gallium, weeks=156, fixed=far, next_stages=(STAGE,)), world, draws=2
    )
    booked = run.record.booked.sum(axis=(0, 1)).mean()
    lost = run.record.lost_share[_row(run, "motors", "USA")].mean(axis=1)
    lacks = 1 - run.record.service[run.uses.query("line == 'motors|USA'").index[0], -1].mean()
    assert lost[-1] == pytest.approx(0.6 * lacks + 0.4 * 0.1)
    shares = {c.what: c.share for c in run.why("motors", "USA")}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["the measure"] == pytest.approx(booked / lost.sum(), rel=1e-5)
    assert shares["gallium"] == pytest.approx(1 - booked / lost.sum(), rel=1e-5)


def test_use_falls_by_the_share_in_the_end(world, scenario, control):
    """A whole share bought, and a maker whose work is worth nothing: the line needs and loses nothing."""
    whole = STAGE | {"share": 1.0, "value_share": 0.0, "weeks": 2.0}
    run = simulate(scenario(control("magnet"), weeks=104, next_stages=(whole,)), world, draws=2)
    pressed = run.record.service[run.uses.query("product == 'magnet' and line == 'cars|USA'").index[0]]
    assert pressed[-1] == pytest.approx(1)
    assert _loss(run, "cars")[-1] == pytest.approx(0, abs=1)


def test_the_compiled_week_equals_the_twin_with_next_stages(world, scenario, control, furthest):
    stages = (STAGE | {"share": (0.1, 0.4, 0.8), "value_share": (0.05, 0.1, 0.2)},
              STAGE | {"place": "JPN", "maker": "chips", "weeks": 6.0})  # fmt: skip
    what = scenario(control("magnet", kind="licence"), control("magnet", week=30, until=60), weeks=104,
                    next_stages=stages)  # fmt: skip
    model = prepare(what, world, draws=8, seed=1)
    far = furthest(model.compiled)
    assert far.pop("reliability") < 1e-11
    assert max(far.values()) < 1e-12


def test_the_kernels_record_of_the_makers_loss_is_the_twins(world, scenario, control):
    from sluicegate.sim.engine import Engine
    from sluicegate.sim.run import advance_week, recorder, run
    from sluicegate.sim.state import base_state

    model = prepare(scenario(control("magnet"), weeks=60, next_stages=(STAGE,)), world, draws=3, seed=1).compiled
    engine = Engine(model.net, model.knobs, model.timeline, model.controller)
    state, twin = base_state(model.net, engine.sums, engine.knobs), recorder(model, ("lost_share",))
    for t in range(60):
        week = advance_week(engine, state, t)
        twin.write(engine, state, week, model.theta, slice(0, 3))
    kernel = run(model, variables=("lost_share",))
    assert kernel.lost_share == pytest.approx(twin.lost_share, abs=1e-6)
    assert kernel.booked == pytest.approx(twin.booked, abs=1e-6)
    assert twin.booked.max() > 0.01


def test_nothing_moves_where_nobody_is_pressed(world, scenario):
    assert prepare(scenario(weeks=30, next_stages=(STAGE,)), world, draws=2, seed=1).compiled.still


@pytest.mark.parametrize(("change", "says"), [
    ({"product": "cerium oxide"}, "use of cars in USA 'cerium oxide'"), ({"maker": "glas"}, "glas"),
    ({"industry": "chips"}, "chips"),
])  # fmt: skip
def test_a_use_or_maker_the_place_does_not_have_is_named(world, scenario, change, says):
    with pytest.raises(NotFoundError, match=says):
        simulate(scenario(weeks=5, next_stages=(STAGE | change,)), world, draws=1)


@pytest.mark.parametrize(("change", "says"), [
    ({"share": (0.5, 0.4, 0.6)}, "do not rise"), ({"share": (0.0, 0.4, 0.6)}, "not on the edge"),
    ({"maker": "cars"}, "pressed and maker at once"), ({"weeks": 0}, "greater than 0"), ({"reason": ""}, "at least 1"),
])  # fmt: skip
def test_a_next_stage_that_makes_no_sense_is_refused(change, says):
    with pytest.raises(ValidationError, match=says):
        NextStage.model_validate(STAGE | change)
