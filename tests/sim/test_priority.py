"""Uses served first (E7a): who is first gets what he is due as far as it goes, and the others the rest."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from first_effect import weeks

from sluicegate.sim import causes, simulate
from sluicegate.sim.engine import Engine
from sluicegate.sim.focus import touched
from sluicegate.sim.peak import Namer
from sluicegate.sim.prepare import prepare
from sluicegate.sim.record import VARIABLES
from sluicegate.sim.run import run
from sluicegate.sim.state import base_state
from sluicegate.sim.walk import Walk
from sluicegate.terms import InputError

PATIENT = {
    "hoarding": 0.0, "switch per week": 0.0, "price tilt": 0.0, "reliability tilt": 0.0, "home preference": 0.0,
    "overtime": 0.0, "demand elasticity": 0.0, "thrift": 0.0, "order limit": 1.0, "cover: line": 2.0,
    "recycling ceiling": 0.0,
}  # fmt: skip
TIGHT = PATIENT | {"magnets: leak_share": 0.0, "magnets: overcompliance_share": 0.0}
"""Nobody answers: under a share s of China's 11 of 12 t a week to the United States 12 - 11 s arrive in the end."""


@pytest.fixture
def first(day):
    def make(*names, share=1.0, **more):
        given = {"place": "USA", "products": ("magnet",), "first": names or ("radar",), "share": share,
                 "effective_from": day(2), "reason": "test"}  # fmt: skip
        return given | more

    return make


def _used(result, industry, product="magnet", place="USA"):
    """(D,) t a week that an industry uses in the last week."""
    uses = result.uses
    rows = uses.index[(uses["line"] == f"{industry}|{place}") & (uses["product"] == product)]
    return result.record.use[rows].sum(axis=0)[-1]


@pytest.mark.parametrize(("held", "radar", "cars"), [(0.5, 2, 4.5), (0.9, 2, 0.1), (1, 1, 0)])
def test_of_two_uses_of_a_short_pool_the_first_gets_its_order_or_the_pool_and_the_other_the_rest(
    ask, calm, control, first, held, radar, cars
):
    shared, served = (ask(control("magnet", share=held), fixed=calm | TIGHT, weeks=104, priorities=p)
                      for p in ((), (first(),)))  # fmt: skip
    assert _used(shared, "radar") == pytest.approx((radar + cars) * 2 / 12, rel=1e-4)
    assert _used(served, "radar") == pytest.approx(radar, rel=1e-4)
    assert _used(served, "cars") == pytest.approx(cars, rel=1e-4, abs=1e-4)


@pytest.fixture
def three(toy):
    """The toy with a third use of magnets in the United States, of one tonne a week."""
    more = {("magnet", "CHN", "USA"): 1.0}
    line = toy.lines.loc[["glass|USA"]].assign(industry="drones").rename(index={"glass|USA": "drones|USA"})
    like = toy.uses.query("industry == 'radar' and product == 'magnet'")
    year = 365.25 / 7
    use = like.assign(industry="drones", line="drones|USA", use_t_per_yr=year)
    flows = toy.flows.set_index(["product", "origin", "destination"]).sort_index()
    for key, t in more.items():
        flows.loc[key, "flow_t_per_yr"] += t * year
    back = {"making|CHN": 1.0, "separation|CHN": 2.0, "mining|CHN": 2.0}
    made = toy.producers.copy()
    for name, t in back.items():
        made.loc[name, ["activity_t_per_yr", "capacity_t_per_yr"]] += t * year
    for key, t in {("ore", "CHN", "CHN"): 2.0, ("neodymium oxide", "CHN", "CHN"): 0.5}.items():
        flows.loc[key, "flow_t_per_yr"] += t * year
    return replace(toy, uses=pd.concat([toy.uses, use], ignore_index=True), lines=pd.concat([toy.lines, line]),
                   flows=flows.reset_index(), producers=made)  # fmt: skip


@pytest.mark.parametrize(("held", "drones", "radar", "cars"), [(0.5, 1, 2, 4), (10 / 12, 1, 2, 0), (1, 1, 0, 0)])
def test_who_comes_then_is_served_after_the_first_and_before_the_rest(
    three, calm, control, scenario, first, held, drones, radar, cars
):
    """Of 13 t a week 12 come from China: 13 - 12 held arrive."""
    what = scenario(control("magnet", share=held), fixed=calm | TIGHT, weeks=104,
                    priorities=(first("drones", then=("radar",)),))  # fmt: skip
    result = simulate(what, three, draws=2, threads=1)
    for industry, used in (("drones", drones), ("radar", radar), ("cars", cars)):
        assert _used(result, industry) == pytest.approx(used, rel=1e-4, abs=1e-4)


def _slots(model, industry, product="magnet", place="USA"):
    table = model.slots
    return np.flatnonzero((table["industry"] == industry) & (table["product"] == product) & (table["place"] == place))


def test_in_every_week_the_first_gets_the_lesser_of_what_it_is_due_and_what_arrives(toy, control, scenario, first):
    what = scenario(control("magnet"), weeks=70, fixed={"magnets: leak_share": 0.01}, priorities=(first(),))
    model = prepare(what, toy, draws=3, seed=1)
    radar, cars = _slots(model, "radar"), _slots(model, "cars")
    knobs, bound = model.compiled.knobs, 0
    for _, _, w, was in weeks(model.compiled):
        assert w.on_order.min() >= 0
        due = was.need + (was.need * knobs.cover - was.stock) / knobs.order_weeks
        due = np.maximum(due[radar], 0).sum(axis=0)
        arrived = w.arrived[radar].sum(axis=0) + w.arrived[cars].sum(axis=0)
        if w.t >= 20:
            bound += (arrived < due).sum()
            assert w.arrived[radar].sum(axis=0) == pytest.approx(np.minimum(due, arrived), rel=1e-9)
    assert bound > 10


@pytest.mark.parametrize("engine", ["kernel", "twin"])
def test_a_share_of_nothing_is_as_without_to_the_last_bit(toy, control, scenario, day, first, engine):
    more = {"place": "USA", "products": ("magnet",), "share_of_use": 0.3, "start": day(30)}
    runs = [run(prepare(scenario(control("magnet"), weeks=70, priorities=p, second_sources=[more]), toy, draws=5,
                        seed=2).compiled, engine=engine) for p in ((), (first(share=0.0),))]  # fmt: skip
    assert all((getattr(runs[0], n) == getattr(runs[1], n)).all() for n in VARIABLES)


def test_where_all_get_what_they_are_due_nothing_moves_in_ten_years(toy, scenario, in_step, first):
    maker = first("making", place="JPN", products=("neodymium oxide",))
    ore = first("separation", place="CHN", products=("ore",))
    model = prepare(scenario(weeks=520, priorities=(first(), maker, ore)), toy, draws=2, seed=3).compiled
    assert model.still
    engine = Engine(model.net, model.knobs, model.timeline, model.controller)
    base = base_state(model.net, engine.sums, engine.knobs)
    *_, (twin, kernel) = in_step(model)
    for name in ("stock", "on_order", "activity"):
        was = getattr(base, name)
        for now in (getattr(twin, name), kernel[name]):
            assert (np.abs(now - was) <= 1e-12 * was).all(), name


def test_who_is_first_uses_no_less_and_the_others_no_more_whatever_the_share(ask, control, first):
    runs = [ask(control("magnet", share=0.8), priorities=(first(share=s),)) for s in (0.0, 0.3, 0.7, 1.0)]
    for less, more in pairwise(runs):
        loss = [[r.lost_value_added(np.flatnonzero(r.lines["line"] == f"{name}|USA")).sum(axis=(0, 1)) for r in
                 (less, more)] for name in ("radar", "cars")]  # fmt: skip
        assert (loss[0][1] <= loss[0][0]).all()
        assert (loss[1][1] >= loss[1][0]).all()
        assert loss[1][1].mean() > loss[1][0].mean()


def _first_gain(model, week):
    """(D,) t by which radar gets more of a week's arrivals than its part of what is on order."""
    radar, cars = _slots(model, "radar"), _slots(model, "cars")
    for _, _, w, was in weeks(model.compiled):
        if w.t == week:
            both = np.r_[radar, cars]
            even = was.on_order[radar].sum(axis=0) / was.on_order[both].sum(axis=0)
            return w.arrived[radar].sum(axis=0) - even * w.arrived[both].sum(axis=0)
    raise AssertionError(week)


def test_a_week_of_which_it_holds_a_part_and_a_share_of_one_half_count_in_proportion(toy, control, scenario, day,
                                                                                     first):  # fmt: skip
    dates = [(day(25), None), (day(25 + 3 / 7), None), (day(20), day(20 + 1 / 7)), (day(5), day(25 + 2 / 7))]
    models = [prepare(scenario(control("magnet"), weeks=30, priorities=(
        first(effective_from=a, until=b, share=0.5 if k == 2 else 1.0),)), toy, draws=3, seed=1)
        for k, (a, b) in enumerate(dates)]  # fmt: skip
    whole, part, _, _ = models
    assert _first_gain(part, 25) == pytest.approx(_first_gain(whole, 25) * 4 / 7, rel=1e-9)
    for model, week, share in zip(models, (25, 25, 20, 25), (1, 4 / 7, 1 / 7, 2 / 7), strict=True):
        assert model.compiled.knobs.priorities.weight[week, 0] == pytest.approx(share)
    half = prepare(replace_share(whole.scenario, 0.5), toy, draws=3, seed=1)
    assert _first_gain(half, 25) == pytest.approx(_first_gain(whole, 25) / 2, rel=1e-9)


def replace_share(what, share):
    return what.model_copy(update={"priorities": tuple(p.model_copy(update={"share": share}) for p in what.priorities)})


def test_two_spans_that_share_a_week_are_the_same_as_one(toy, control, scenario, day, first):
    spans = [first(effective_from=day(2), until=day(20 + 3 / 7)), first(effective_from=day(20 + 3 / 7))]
    one, two = (run(prepare(scenario(control("magnet"), weeks=60, priorities=p), toy, draws=3, seed=1).compiled)
                for p in ((first(),), spans))  # fmt: skip
    assert one.use == pytest.approx(two.use, rel=1e-6)


@pytest.mark.parametrize("held", ["magnet", "neodymium oxide"])
def test_the_compiled_week_serves_first_as_the_twin_does(toy, control, scenario, day, first, furthest, held):
    more = {"place": "USA", "products": ("magnet",), "share_of_use": 0.3, "start": day(30)}
    every = (
        first(then=("cars",)),
        first("making", place="JPN", products=("neodymium oxide",), share=(0.2, 0.5, 0.8)),
        first("separation", place="CHN", products=("ore",)),
        first("glass", products=("cerium oxide",)),
    )
    model = prepare(scenario(control(held, "cerium oxide"), weeks=90, second_sources=[more], priorities=every), toy,
                    draws=3, seed=2).compiled  # fmt: skip
    assert max(furthest(model).values()) < 1e-11
    kernel, twin = run(model), run(model, engine="twin")
    assert kernel.yielded == pytest.approx(twin.yielded, abs=1e-6)


def test_what_a_line_yields_is_put_down_to_who_is_first_and_all_of_the_rest_to_the_measure(ask, calm, control, first):
    """Cars get 0.1 of 10 t a week; by use they would have got 10 / 12 of 2.1: of the 9.9 they lack 1.65 are yielded."""
    result = ask(control("magnet", share=0.9), fixed=calm | TIGHT, weeks=900, priorities=(first(),), draws=1)
    found = {(c.what, c.where): c.share for c in result.why("cars", "USA", of="shortage")}
    name = ("radar served first in USA", "magnet, USA")
    assert found[name] == pytest.approx(1.65 / 9.9, rel=0.02)
    assert found["the measure", "magnet, CHN to USA"] == pytest.approx(1 - found[name])
    assert not result.why("radar", "USA")
    node = result.model.compiled.net.node("magnet", "USA")
    assert {what for what, *_ in Walk(result, 80).demand.nearest(node)} == {name[0], "the measure"}
    assert name[0] not in {c.what for c in causes(result, "magnet", "USA", until_week=60)}


def test_a_line_that_would_lack_nothing_otherwise_lacks_it_for_who_is_first_alone(ask, calm, control, first):
    """Radar is told to stock up, and no measure: what cars then lack is theirs who go first."""
    short = {"cover: line": 1.0, "pool cover weeks": 0.2, "order limit": 6.0, "order weeks": 1.0}
    result = ask(control("magnet", share=0.1, week=10, until=14), fixed=calm | short, priorities=(first("cars"),))
    found = {c.what for c in result.why("radar", "USA")}
    assert "cars served first in USA" in found


@pytest.fixture
def coated(toy):
    """The toy with coating in Germany, which uses a tonne of the magnet makers' oxide a week; radar takes its film."""
    recipes = pd.concat([toy.recipes, pd.DataFrame({"process": ["coating"] * 2, "product": ["neodymium oxide", "film"],
                                                    "role": ["input", "output"], "t_per_t": [1.0, 1.0]})])  # fmt: skip
    year = 365.25 / 7
    coating = toy.producers.loc[["making|DEU"]].assign(process="coating", activity_t_per_yr=year,
                                                       capacity_t_per_yr=1.3 * year)  # fmt: skip
    coating.index = pd.Index(["coating|DEU"], name="producer")
    film = toy.flows.iloc[[0]].assign(product="film", origin="DEU", destination="USA", flow_t_per_yr=year,
                                      transit_weeks=2)  # fmt: skip
    use = toy.uses.query("industry == 'radar' and product == 'magnet'").assign(product="film", use_t_per_yr=year)
    flows = pd.concat([toy.flows, film], ignore_index=True).set_index(["product", "origin", "destination"]).sort_index()
    for key, t in {("neodymium oxide", "CHN", "DEU"): 1.0, ("ore", "CHN", "CHN"): 4.0}.items():
        flows.loc[key, "flow_t_per_yr"] += t * year
    made = toy.producers.copy()
    for name in ("separation|CHN", "mining|CHN"):
        made.loc[name, ["activity_t_per_yr", "capacity_t_per_yr"]] += 4.0 * year
    products = pd.concat([toy.products, toy.products.loc[["magnet"]].rename(index={"magnet": "film"})])
    return replace(toy, recipes=recipes, producers=pd.concat([made, coating]), flows=flows.reset_index(),
                   uses=pd.concat([toy.uses, use], ignore_index=True), products=products)  # fmt: skip


def test_a_maker_is_due_what_it_used_so_that_at_rest_nothing_moves(coated, scenario, first, in_step):
    who = first("making", place="DEU", products=("neodymium oxide",))
    model = prepare(scenario(weeks=60, priorities=(who,)), coated, draws=2, seed=3).compiled
    engine = Engine(model.net, model.knobs, model.timeline, model.controller)
    base = base_state(model.net, engine.sums, engine.knobs)
    for twin, kernel in in_step(model):
        for now in (twin.stock, kernel["stock"]):
            assert (np.abs(now - base.stock) <= 1e-12 * base.stock).all()


def test_two_makers_of_a_place_are_served_by_the_compiled_week_as_by_the_twin(
    coated, scenario, control, first, furthest
):
    who = first("making", place="DEU", products=("neodymium oxide",))
    what = scenario(control("neodymium oxide", share=0.4), weeks=60, priorities=(who,))
    assert max(furthest(prepare(what, coated, draws=3, seed=2).compiled).values()) < 1e-11


def test_a_maker_who_is_served_second_names_who_is_first_to_those_who_buy_of_it(ask, calm, control, coated, first):
    """Two makers of a place use one oxide: the second makes less, and whoever buys of it is told why."""
    who = first("making", place="DEU", products=("neodymium oxide",))
    result = ask(control("neodymium oxide", share=0.4), fixed=calm | PATIENT, world=coated, weeks=120,
                 priorities=(who,))  # fmt: skip
    shares = {c.what: c.share for c in result.why("radar", "USA")}
    assert shares["making served first in DEU"] > 0.3
    assert shares["the measure"] > 0.2


def test_a_peak_says_since_when_somebody_goes_first(ask, control, day, first):
    result = ask(control("magnet"), priorities=(first(until=day(60)),))
    assert Namer(result).days["radar served first in USA"] == day(2)


@pytest.mark.parametrize(("change", "said"), [
    ({"first": ("glass",)}, "cars, radar"), ({"place": "DEU"}, "cars"), ({"products": ("ore",)}, "nobody"),
])  # fmt: skip
def test_who_uses_none_of_it_is_refused_also_without_a_file(toy, scenario, first, change, said):
    with pytest.raises(InputError, match=said):
        simulate(scenario(weeks=5, priorities=(first() | change,)), toy, draws=1)


def test_who_gets_what_others_ordered_leaves_as_much_on_order_in_the_place(toy, control, scenario, first):
    """Up to its first effect all is alike; in that week goods change hands, and no order comes or goes with them."""
    models = [prepare(scenario(control("magnet"), weeks=40, priorities=(first(share=s),)), toy, draws=3, seed=1)
              for s in (0.0, 1.0)]  # fmt: skip
    slots = np.r_[_slots(models[0], "radar"), _slots(models[0], "cars")]
    for (*_, even, was), (*_, served, _) in zip(*(weeks(m.compiled) for m in models), strict=True):
        apart = np.abs(served.arrived - even.arrived)[slots].max(axis=0)
        assert served.on_order[slots].sum(axis=0) == pytest.approx(even.on_order[slots].sum(axis=0), rel=1e-12)
        assert (served.on_order >= 0).all()
        if (apart > 0.1).all():
            lasting = was.on_order[slots].sum(axis=0) - served.on_order[slots].sum(axis=0)
            assert (lasting >= served.arrived[slots].sum(axis=0) * (1 - 1e-9)).all()
            return
        if apart.max() > 1e-9:
            break
    pytest.fail("nobody is served first, or not all draws at once")


def test_what_a_line_orders_less_of_since_it_is_second_in_another_is_walked_to_who_is_first(ask, calm, control, first):
    """Radar lacks magnets that cars get, so it calls for less gallium, which no measure holds."""
    result = ask(control("magnet", share=0.9), fixed=calm | TIGHT, priorities=(first("cars"),))
    gallium = result.model.compiled.net.node("gallium, low purity", "CHN")
    assert "cars served first in USA" in {c.what for c in Walk(result, 80).backed_up(np.array([gallium]))}


def test_an_uncertain_share_leaves_every_other_draw_as_it_was_and_may_be_changed_by_name(toy, scenario, control, first):
    band = first(share=(0.2, 0.5, 0.8))
    without, given = (prepare(scenario(control("magnet"), priorities=p), toy, draws=64, seed=1) for p in ((), (band,)))
    name = "radar served first in USA, magnet, from 2024-01-15: share"
    assert {*given.draws.parameters} - {*without.draws.parameters} == {name}
    assert all((given.draws[n] == without.draws[n]).all() for n in without.draws.parameters)
    assert np.quantile(given.compiled.knobs.priorities.share[0], (0.05, 0.5, 0.95)) == pytest.approx(
        [0.2, 0.5, 0.8], abs=0.03
    )
    changed = scenario(control("magnet"), priorities=(band,), fixed={name: 0.25})
    assert (prepare(changed, toy, draws=4, seed=1).compiled.knobs.priorities.share == 0.25).all()


def test_a_priority_brings_its_goods_into_the_part_of_the_world_that_is_run(toy, scenario, first):
    assert touched(toy, scenario(priorities=(first(),))) == {"magnet"}
