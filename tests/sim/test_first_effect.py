"""V6 in any world, co-products or not: the first thing that an input changes, it changes the right way."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import get_args

import numpy as np
import pytest
from first_effect import (
    beyond_need,
    chased,
    dear,
    far_from_pull,
    first_effect,
    home_first,
    late,
    moved,
    needed_less,
    of_state,
    of_week,
    ordered,
    pulled_by_stock,
    served_first,
    share_of_worst,
    turned,
    weeks,
)
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from random_worlds import MANY, WORLDS, Draft, day_of, draft, world_of

from sluicegate.regime import material_group
from sluicegate.scenario.licensing_office import FACTORS
from sluicegate.scenario.office import Setting
from sluicegate.sim import simulate
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.gate import Allowance, Border, Office, Pool, held_links
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.next_stage import Stages
from sluicegate.sim.practice import GROUP, LONG, OFFICE, PENDING
from sluicegate.sim.prepare import prepare
from sluicegate.sim.priority import Priorities
from sluicegate.sim.supply import Supply
from sluicegate.world import World

GRANTED, NEED, CLOSED = of_week("granted"), of_week("need"), of_state("closed")
TURNED = {
    "cover": (0.6, 1.5, (of_state("stock"), 1)),
    "thrift_ceiling": (0.0, 2.0, (NEED, -1)),
    "elasticity": (0.0, 4.0, (needed_less, -1)),
    "capacity": (1.0, 1.5, (of_week("capacity"), 1)),
    "restart_weeks": (0.5, 2.0, (moved("restart"), -1)),
    "thrift_weeks": (0.3, 1.0, (NEED, 1)),
    "order_weeks": (0.5, 2.0, (beyond_need, -1)),
    "order_limit": (0.6, 2.0, (of_week("turned_away"), -1), (ordered, 1)),
    "pool_cover_weeks": (0.5, 2.0, (of_state("pool"), 1)),
    "pool_weeks": (0.5, 2.0, (chased, -1)),
    "switch_per_week": (0.5, 4.0, (far_from_pull, -1)),
    "price_tilt": (0.0, 3.0, (share_of_worst(dear), -1)),
    "reliability_tilt": (0.0, 3.0, (share_of_worst(late), -1)),
    "home_preference": (0.1, 1.0, (home_first, 1)),
    "hoarding": (0.0, 3.0, (of_week("weeks"), 1)),
    "hoarding_fade_weeks": (0.3, 3.0, (of_week("weeks"), 1)),
    "price_elasticity": (0.5, 2.0, (of_state("price"), -1)),
    "price_weeks": (0.5, 2.0, (moved("price"), -1)),
    "stock_price_weight": (0.2, 2.0, (pulled_by_stock, 1)),
    "choke_price": (0.3, 3.0, (of_state("price"), 1)),
    "overtime": (0.0, 2.0, (of_week("running"), 1)),
    "backlog_survival": (0.5, 1.0, (of_state("lost"), 1)),
}
"""Field of `Knobs`, by how much it is turned down and up, and its own outcome with the sign it must have."""


OF_SUPPLY = {
    "variable_cost": (0.5, 1.9, (CLOSED, 1)),
    "mothball_weeks": (0.5, 2.0, (CLOSED, -1)),
    "expectation_weeks": (0.3, 3.0, (moved("expected"), -1)),
    "recycling_ceiling": (0.0, 3.0, (of_state("recycled"), 1)),
    "recycling_elasticity": (0.3, 3.0, (of_state("recycled"), 1)),
    "recycling_weeks": (0.3, 3.0, (moved("recycled"), -1)),
    "grade_power": (0.5, 3.0, (of_week("capacity"), -1)),
    "reserves": (1.0, 3.0, (of_week("capacity"), 1)),
    "entrant_capacity": (1.0, 3.0, (of_week("capacity"), 1)),
    "entrant_ramp": (0.3, 3.0, (of_week("capacity"), -1)),
    "entrant_cost": (0.5, 1.6, (of_state("entrant_closed"), 1)),
    "entrant_incentive": (0.9, 1.2, (of_state("begin"), 1)),
    "entrant_lead": (0.5, 2.0, (of_state("begin"), 1)),
    "entrant_start": (1.0, 2.0, (of_state("begin"), 1)),
    "entrant_earliest": (0.5, 2.0, (of_state("begin"), 1)),
    "entrant_go": (0.0, 1.0, (of_state("begin"), -1)),
    "moves": (0.0, 2.0, (NEED, 1)),
}
"""The same of `Supply`."""
OF_STAGES = {"ceiling": (0.5, 1.5, (of_week("staged"), 1)), "weeks": (0.5, 2.0, (of_week("staged"), -1))}
"""The same of `Stages`; what is booked is held to its closed form in `test_next_stage`."""
OF_PRIORITIES = {"share": (0.3, 1.0, (served_first, 1))}
"""The same of `Priorities`, among the users of whatever has most of them."""
OF_GROUP = {
    "office_start_weeks": (1.0, 9.0, (GRANTED, -1)),
    "review_weeks_mean": (3.0, 20.0, (GRANTED, -1)),
    "review_stages": (1.0, 4.0, (GRANTED, -1)),
    "frontload_weeks_of_use": (1.0, 20.0, (of_week("weeks"), 1)),
    "frontload_surge_limit": (1.0, 5.0, (ordered, 1)),
    "leak_share": (0.0, 0.5, (of_week("leaked"), 1)),
    "leak_delay_weeks": (1.0, 8.0, (of_week("landed"), -1)),
    "customs_clearing_weeks": (0.5, 3.0, (of_week("covered"), -1)),
}
"""Input of a group of items under the short form: two values, and its own outcome."""
OF_BORDER = {
    "covered": (0.5, 1.6, (of_week("covered"), 1)),
    "overcomplied": (0.2, 1.8, (of_week("covered"), 1)),
    "fade_weeks": (0.3, 3.0, (of_week("covered"), 1)),
    "hold": (0.5, 1.0, (of_week("covered"), 1)),
    "level": (0.3, 1.5, (GRANTED, 1)),
    "pass_rate": (0.3, 1.0, (GRANTED, 1)),
    "office_start": (0.3, 2.0, (GRANTED, -1)),
    "leak": (0.0, 2.0, (of_week("leaked"), 1)),
    "pending_limit": (0.2, 2.0, (of_week("withdrawn"), -1)),
    "review_weeks": (0.2, 2.0, (of_week("withdrawn"), -1)),
}
"""Field of `Border`, by how much it is turned, with half of what is not listed held too at first."""
OF_OFFICE = {
    "preparation_weeks": (0.0, 8.0, (GRANTED, -1)),
    "review_weeks_mean": (3.0, 20.0, (GRANTED, -1)),
    "review_stages": (1, 4, (GRANTED, -1)),
    "returned_share": (0.0, 0.7, (GRANTED, -1)),
    "refile_weeks": (1.0, 12.0, (GRANTED, -1)),
    "approved_share": (0.1, 0.9, (GRANTED, 1)),
    "refused_share": (0.0, 0.5, (of_week("withdrawn"), 1)),
    "validity_weeks": (2, 20, (of_state("backlog"), 1)),
    "capacity": (0.2, 5.0, (GRANTED, 1)),
    "general": (0.0, 0.7, (GRANTED, 1)),
    "registration": (0.0, 0.7, (GRANTED, 1)),
}
"""Setting of the long form: two values, and its own outcome."""
BASE_RULES = {"preparation_weeks": 2.0, "review_weeks_mean": 8.0, "review_stages": 2, "returned_share": 0.2,
              "refile_weeks": 3.0, "approved_share": 0.6, "refused_share": 0.1, "validity_weeks": 6}  # fmt: skip
STATED = {"label": "judgement", "reason": "test"}


@dataclass(frozen=True)
class Stir:
    """A world, and how one of several things in it is chosen."""

    toy: World
    scenario: Callable
    control: Callable
    draft: Draft
    choose: Callable

    def goods(self):
        """What China sells abroad."""
        return self.draft.exported

    @cached_property
    def world(self):
        return world_of(self.toy, self.draft)

    def compiled(self, *controls, **events):
        what = self.scenario(*controls, weeks=45, **events)
        return prepare(what, self.world, draws=2, seed=1).compiled

    def halt(self, first, last):
        process, place, _ = self.choose(self.draft.makers)
        return {
            "process": process,
            "place": place,
            "share": 0.8,
            "effective_from": day_of(first),
            "until": day_of(last),
        }

    def licensed(self, *, fixed=None, **events):
        """A licence, an outage and an order for stock, so that all that answers is called on."""
        product = self.choose(self.goods())
        stock = {
            "place": self.choose(self.draft.places),
            "products": (product,),
            "days": 30,
            "effective_from": day_of(5),
        }
        held = self.control(product, kind="licence", week=8, until=30, notice=self.choose([6, None]))
        with_them = {
            "outages": [self.halt(3, 20)],
            "stocks": [stock],
            "fixed": {"switch per week": 0.9} | (fixed or {}),
        }
        return self.compiled(held, **(with_them | events))


def _habit(name, stir):
    model = stir.licensed()
    return [turned(model, lambda k, x=x: replace(k, **{name: getattr(k, name) * x})) for x in TURNED[name][:2]]


def _slow(name, stir):
    process, place, activity = stir.choose([m for m in stir.draft.makers if m[0] == "process 0"])
    deposit = {"process": process, "place": place, "reserves_t": 60 * activity}
    plant = {"name": "new", "process": process, "place": place, "capacity_t_per_yr": 100 * activity,
             "earliest": day_of(4), "incentive_share_of_base_price": 1.0, "cost_share_of_base_price": 0.8,
             "lead_weeks": 4}  # fmt: skip
    model = stir.licensed(depletion=True, deposits=[deposit], projects=[plant])
    return [turned(model, _with_supply(model, name, x)) for x in OF_SUPPLY[name][:2]]


def _with_supply(model, name, factor):
    """Makers who close at once, lines that save at once and use another product for it, and a factor on one field."""

    def change(k):
        own = k.supply
        lines, to = np.arange(model.net.n_producer_slots, len(model.net.slot_node) - 1), own.moves_to.copy()
        pairs = lines[model.net.slot_owner[lines] == model.net.slot_owner[lines + 1]]
        to[pairs] = pairs + 1
        cost = np.where(name == "mothball_weeks", 1.05, own.variable_cost)
        base = replace(own, moves_to=to, moves=np.full_like(own.moves, 0.5), variable_cost=cost)
        if name == "entrant_start":
            base = replace(base, entrant_start=np.full_like(own.entrant_start, 20.0))
        changed = replace(base, **{name: getattr(base, name) * factor})
        saves = {"thrift_weeks": k.thrift_weeks * 0 + 4, "thrift_ceiling": k.thrift_ceiling * 0 + 0.3}
        return replace(k, supply=changed, **saves)

    return change


def _stage(name, stir):
    model = stir.licensed()
    one = np.ones((1, model.draws))
    pressed = model.net.n_producer_slots + int(np.argmax(model.net.slot_use[model.net.line_slots]))
    stages = Stages(np.array([pressed]), np.array([0]), ceiling=0.5 * one, weeks=2 * one, booked=0.1 * one)
    return [turned(model, lambda k, x=x: replace(k, stages=replace(stages, **{name: getattr(stages, name) * x})))
            for x in OF_STAGES[name][:2]]  # fmt: skip


def _first(name, stir):
    model = stir.licensed()
    node = int(np.bincount(model.net.slot_node).argmax())
    slots = np.flatnonzero(model.net.slot_node == node)
    none = np.zeros(len(slots), dtype=np.intp)
    one = Priorities(
        names=("first",), node=np.array([node]), lowest=np.array([1]), starts=np.array([0, len(slots)]), slot=slots,
        rank=np.append(0, none[1:] + 1), user=none, user_allocation=none[:1], user_owner=none[:1], user_makes=none[:1],
        weight=np.ones((model.timeline.weeks, 1)), share=np.ones((1, model.draws)),
    )  # fmt: skip
    return [turned(model, lambda k, x=x: replace(k, priorities=replace(one, **{name: getattr(one, name) * x})))
            for x in OF_PRIORITIES[name][:2]]  # fmt: skip


def _short(name, stir):
    product = stir.choose(stir.goods())
    held = stir.control(product, kind="licence", week=8, until=30, share=0.6,
                        notice=6 if name.startswith("frontload") else None)  # fmt: skip
    group = material_group(product)
    calm = {f"{group}: review_weeks_mean": 8.0, f"{group}: office_start_weeks": 2.0}
    return [stir.compiled(held, fixed=calm | {f"{group}: {name}": x}) for x in OF_GROUP[name][:2]]


def _border(name, stir):
    model = stir.compiled(stir.control(stir.choose(stir.goods()), kind="licence", week=8, share=0.6))

    def change(k, x):
        loose = [replace(b, overcomplied=0 * b.overcomplied + 0.5) for b in k.borders]
        return replace(k, borders=tuple(replace(b, **{name: getattr(b, name) * x}) for b in loose))

    return [turned(model, lambda k, x=x: change(k, x)) for x in OF_BORDER[name][:2]]


def _long(name, stir):
    product = stir.choose(stir.goods())
    halt = stir.halt(10, 30)
    fixed = {f"{material_group(product)}: office_start_weeks": 2.0, "order limit": 50.0}
    return [stir.compiled(_office(stir.control, product, name, x), fixed=fixed, outages=[halt])
            for x in OF_OFFICE[name][:2]]  # fmt: skip


def _office(control, product, name, value):
    values = BASE_RULES | ({name: value} if name in BASE_RULES else {})
    rules = tuple({"setting": n, "value": v, **STATED} for n, v in values.items())
    office = {}
    if name == "capacity":
        office["capacity"] = {"per_week": value, "unit": "t", **STATED}
    if name in ("general", "registration"):
        office["open_licences"] = ({"kind": name, "share": value, "effective_from": day_of(8), "validity_weeks": 900,
                                    **STATED},)  # fmt: skip
    return control(product, kind="licence", form="long", week=8, rules=rules, office=office)


TABLES = {
    _habit: TURNED,
    _slow: OF_SUPPLY,
    _stage: OF_STAGES,
    _first: OF_PRIORITIES,
    _short: OF_GROUP,
    _border: OF_BORDER,
    _long: OF_OFFICE,
}
CASES = [
    pytest.param(make, name, id=f"{make.__name__[1:]}: {name}") for make, table in TABLES.items() for name in table
]


@pytest.mark.parametrize(("make", "name"), CASES)
@settings(max_examples=2, phases=[Phase.generate], **MANY)
@given(d=WORLDS, data=st.data())
def test_the_first_effect_of_an_input_has_its_sign_in_any_world(toy, control, scenario, make, name, d, data):
    stir = Stir(toy, scenario, control, d, lambda x: data.draw(st.sampled_from(x)))
    assume(stir.goods())
    assert not first_effect(*make(name, stir), *TABLES[make][name][2:]) > 1e-7


@pytest.mark.parametrize(("make", "name"), CASES)
def test_each_input_moves_its_outcome_in_some_world_and_the_other_sign_would_be_found_wrong(
    toy, control, scenario, make, name
):
    ways = TABLES[make][name][2:]
    for seed in range(60):
        rng = Random(seed)
        stir = Stir(toy, scenario, control, draft(rng, 4, 4, 4), rng.choice)
        worst = first_effect(*make(name, stir), *((see, -sign) for see, sign in ways)) if stir.goods() else np.nan
        if worst > 1e-6:
            return
    pytest.fail("nothing moves")


def _goods(d):
    goods = d.exported
    assume(goods)
    return goods


@settings(max_examples=6, phases=[Phase.generate], **MANY)
@given(d=WORLDS, data=st.data())
def test_a_larger_quota_lets_no_less_through_at_first(toy, control, scenario, d, data):
    product = data.draw(st.sampled_from(_goods(d)))
    flow = sum(f for (p, origin, to), f in d.flows.items() if p == product and origin == "CHN" != to)
    held = [control(product, kind="quota", week=8, quota={"t_per_period": x * 13 * flow, "period": "quarter"})
            for x in (0.2, 0.7)]  # fmt: skip
    world = world_of(toy, d)
    models = [prepare(scenario(h, weeks=45), world, draws=2, seed=1).compiled for h in held]
    assert not first_effect(*models, (GRANTED, 1)) > 1e-7


@settings(max_examples=6, phases=[Phase.generate], **MANY)
@given(d=WORLDS, data=st.data())
def test_what_left_arrives_as_many_weeks_later_as_the_way_takes(toy, control, scenario, d, data):
    assume(_goods(d))
    model = Stir(toy, scenario, control, d, lambda x: data.draw(st.sampled_from(x))).licensed()
    held = held_links(model.knobs.borders)  # over these some leaks, and takes longer
    seen = [(w.shipped, w.landed) for _, _, w, _ in weeks(model)]
    for e, way in enumerate(model.net.link_transit):
        for t in range(len(seen) if e in held else 0, len(seen) - way):
            assert seen[t + way][1][e] == pytest.approx(seen[t][0][e], abs=1e-12)


@settings(max_examples=6, phases=[Phase.generate], **MANY)
@given(d=WORLDS, data=st.data())
def test_a_line_loses_in_proportion_to_its_value_at_stake(toy, control, scenario, d, data):
    """Catching up aside: what is caught up counts at what was last lost, and that is in proportion too."""
    chosen, world = data.draw(st.sampled_from(_goods(d))), world_of(toy, d)
    lost = [simulate(scenario(control(chosen), weeks=60, fixed={"theta": x}), world, draws=3, threads=1)
            .record.lost_share for x in (0.3, 0.9)]  # fmt: skip
    assert lost[1] == pytest.approx(3 * lost[0], rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(("name", "low", "high", "sign"), [
    ("rent share", 0.1, 0.8, -1), ("trader rent share", 0.1, 0.8, 1),
])  # fmt: skip
@settings(max_examples=4, phases=[Phase.generate], **MANY)
@given(d=WORLDS, data=st.data())
def test_who_keeps_the_rent_moves_what_is_got_to_or_from_the_quote_outside(
    toy, control, scenario, name, low, high, sign, d, data
):
    held, world = control(data.draw(st.sampled_from(_goods(d)))), world_of(toy, d)
    runs = [simulate(scenario(held, weeks=60, fixed={"rent share": 0.5, name: x}), world, draws=3, threads=1)
            for x in (low, high)]  # fmt: skip
    less, more = (np.abs(r.price_ratio("outside", paid=True, leaks=False) - r.price_ratio("outside")) for r in runs)
    assert (sign * (more - less) >= -1e-6 * (less + more)).all()


@settings(max_examples=4, phases=[Phase.generate], **MANY)
@given(d=WORLDS, data=st.data())
def test_a_dearer_middleman_raises_the_price_paid_and_moves_no_quote(toy, control, scenario, d, data):
    product = data.draw(st.sampled_from(_goods(d)))
    group = material_group(product)
    fixed = [{f"{group}: leak_share": 0.3, f"{group}: leak_price_premium": x} for x in (0.1, 2.0)]
    world = world_of(toy, d)
    runs = [simulate(scenario(control(product), weeks=60, fixed=f), world, draws=3, threads=1) for f in fixed]
    paid, dearer = (r.price_ratio("outside", paid=True) for r in runs)
    assert (dearer >= paid).all()
    assert (dearer > paid).any()
    assert np.array_equal(*(r.price_ratio("outside") for r in runs))


def _level(scenario, control, fixed, *, toy, **factors):
    """The level of a licence, under an office with factors from week 20 on."""
    changes = ({"effective_from": day_of(20), **factors, **STATED},)
    offices = ({"place": "CHN", "changes": changes},) if factors else ()
    what = scenario(control("magnet", kind="licence"), weeks=200, fixed=fixed, offices=offices)
    return prepare(what, toy, draws=8, seed=1).compiled.knobs.borders[0].level


@pytest.mark.parametrize(("name", "low", "high"), [
    ("CHN office: clampdown_per_year", 0.2, 3.0), ("CHN office: clampdown_depth", 0.2, 0.9),
    ("CHN office: clampdown_weeks", 2.0, 12.0),
])  # fmt: skip
def test_an_office_that_clamps_down_more_lets_no_more_through_in_any_week(toy, control, scenario, name, low, high):
    base = {"CHN office: clampdown_per_year": 2.0, "CHN office: clampdown_depth": 0.5}
    less, more = (_level(scenario, control, base | {name: x}, toy=toy) for x in (low, high))
    assert (more <= less).all()
    assert more.mean() < less.mean()


@pytest.mark.parametrize("name", ["clampdown_rate_factor", "clampdown_depth_factor", "clampdown_length_factor"])
def test_a_larger_factor_on_clampdowns_lets_no_more_through_from_its_day_on(toy, control, scenario, name):
    base = {"CHN office: clampdown_per_year": 2.0, "CHN office: clampdown_depth": 0.3}
    less, more = (_level(scenario, control, base, toy=toy, **{name: x}) for x in (0.5, 3.0))
    assert np.array_equal(more[:20], less[:20])
    assert (more <= less).all()
    assert more.mean() < less.mean()


def test_a_larger_factor_on_the_swing_spreads_the_level_and_one_on_its_memory_slows_it(toy, control, scenario):
    calm = {"CHN office: clampdown_per_year": 1e-9}

    def log(**factors):
        return np.log(_level(scenario, control, calm, toy=toy, **factors))

    still, little, much = (log(swing_factor=x) for x in (0, 0.5, 2))
    assert ((much - still)[20:].std(axis=0) > (little - still)[20:].std(axis=0)).all()
    assert np.array_equal(much[:20], little[:20])
    quick, slow = (np.abs(np.diff(log(swing_memory_factor=x) - still, axis=0)) for x in (1, 5))
    assert (slow[20:].mean(axis=0) < quick[20:].mean(axis=0)).all()


def test_a_more_generous_office_lets_more_through_in_every_week(toy, control, scenario):
    names = [f"magnets, {tier}: eligible share" for tier in ("USA", "JPN", "EUU")]
    less, more = (_level(scenario, control, dict.fromkeys(names, x), toy=toy) for x in (-1.0, 1.0))
    assert (more >= less).all()
    assert more.mean() > less.mean()


def test_a_wider_swing_of_the_office_spreads_its_level_and_a_longer_memory_slows_it(toy, control, scenario):
    calm = {"CHN office: clampdown_per_year": 1e-9}

    def log(sd, memory):
        fixed = calm | {"CHN office: swing_log_sd": sd, "CHN office: swing_memory_weeks": memory}
        return np.log(_level(scenario, control, fixed, toy=toy))

    still, little, much, slow = log(1e-9, 13.0), log(0.2, 13.0), log(0.8, 13.0), log(0.8, 60.0)
    assert ((much - still).std(axis=0) > (little - still).std(axis=0)).all()
    assert (
        np.abs(np.diff(slow - still, axis=0)).mean(axis=0) < np.abs(np.diff(much - still, axis=0)).mean(axis=0)
    ).all()


REACHES = {
    "demand elasticity": "elasticity", "price elasticity": "price_elasticity", "project finance": "entrant_go",
    "project permits": "entrant_go", "incentive price": "entrant_incentive", "entrant cost": "entrant_cost",
    "substitution moved": "moves", "rent share": None, "trader rent share": None,
}  # fmt: skip
"""Inputs of `behaviour.csv` that are not a field of their own name, and the field that they rule; None for prices."""
RULED_BY = {
    "preparation": "preparation_weeks", "review": "review_weeks_mean", "refile": "refile_weeks",
    "returned": "returned_share", "refused": "refused_share", "validity": "validity_weeks", "general": "general",
    "registered": "registration", "working": "office_start_weeks", "per_week": "capacity",
    "leak_weeks": "leak_delay_weeks", "frontload_weeks": "frontload_weeks_of_use",
    "surge_limit": "frontload_surge_limit",
}  # fmt: skip
"""Fields that are not turned themselves but by the input that rules them."""
APART = {"t_per_period", "booked"}
"""Fields with a test of their own: a quota's above, what a next stage books in `test_next_stage`."""
STRUCTURE = {
    "supply", "stages", "borders", "pools", "promise", "entrants", "entrant_producer", "moves_to", "slot", "line",
    "name", "links", "part", "turn", "announced", "effective", "entry", "rule", "tier", "office", "allowance", "pool",
    "contract_t", "first", "priorities", "names", "node", "lowest", "starts", "rank", "user", "user_allocation",
    "user_owner", "user_makes", "weight",
}  # fmt: skip
"""Fields that say what stands where, or when: nothing of them can be turned up."""


def test_every_field_of_the_knobs_is_turned_or_said_to_be_structure():
    every = {
        f.name for kind in (Knobs, Supply, Stages, Priorities, Border, Office, Allowance, Pool) for f in fields(kind)
    }
    assert {*RULED_BY.values()} <= {*OF_GROUP, *OF_OFFICE}
    assert every == {*TURNED, *OF_SUPPLY, *OF_STAGES, *OF_PRIORITIES, *OF_BORDER, *RULED_BY} | APART | STRUCTURE


def test_every_setting_of_practice_and_of_the_long_form_is_turned():
    beside = {"overcompliance_share", "overcompliance_fade_weeks", "leak_price_premium"}  # as fields, and as a price
    assert {*OF_GROUP} | beside == {*GROUP}
    every = {*OF_OFFICE, *OF_GROUP, *beside, "eligible_share"}  # as an input, of the whole level
    assert every >= {*LONG, *get_args(Setting)}


@pytest.mark.parametrize("name", load_behaviour())
def test_every_input_of_behaviour_reaches_the_field_that_is_turned(toy, scenario, name):
    field = REACHES.get(name, name.replace(" ", "_"))
    if field in ("entrant_go", "entrant_incentive", "entrant_cost", "moves", None):
        return  # without plants on record and substitutes in the toy: held in `test_supply` and `test_use`
    middle = load_behaviour()[name].p50 * 0.9
    knobs = prepare(scenario(weeks=5, fixed={name: middle}), toy, draws=2, seed=1).compiled.knobs
    found = getattr(knobs.supply if hasattr(knobs.supply, field) else knobs, field)
    assert found.max() == pytest.approx(middle)


def test_the_table_of_signs_lists_every_field_and_every_input():
    text = (Path(__file__).parents[2] / "docs/explanation/signs.md").read_text("utf-8")
    rows = [line.split("|")[1:6] for line in text.splitlines() if line.startswith("| ") and "---" not in line][1:]
    named, ruled = ({x for row in rows for x in re.findall("`([^`]+)`", row[k])} for k in (0, 1))
    assert named >= {*load_behaviour(), *GROUP, *OFFICE, *FACTORS, *LONG, *get_args(Setting), PENDING.name}
    ours = {*TURNED, *OF_SUPPLY, *OF_STAGES, *OF_PRIORITIES, *OF_BORDER, *RULED_BY}
    assert ruled == ours | {"booked", "t_per_period", "stages"}
    assert {row[3].strip() for row in rows} == {"+", "−"}
