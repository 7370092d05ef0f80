"""From a scenario's events to arrays: who is touched, from which day on, and by how much."""

import numpy as np
import pytest

from sluicegate.sim.prepare import prepare
from sluicegate.sim.supply import NO_END
from sluicegate.world.figures import load_figures

PROJECT = {"name": "new", "process": "making", "place": "DEU", "capacity_t_per_yr": 365.25, "ramp_weeks": 4,
           "incentive_share_of_base_price": 1.5, "cost_share_of_base_price": 1.2, "lead_weeks": 10}  # fmt: skip
FLOOR = {"payer": "USA", "product": "magnet", "place": "DEU"}
YEAR = 365.25 / 7  # weeks


ON_RECORD = {"elasticity: demand, magnets": -0.11, "elasticity: demand, rare earth oxides": -0.22,
             "price elasticity": 0.77, "incentive price": 0.9}  # fmt: skip
DRAWS = 100


@pytest.fixture(scope="module")
def recorded(bundled, scenario):
    """The bundled world with its mines running down, compiled, and its scenario."""
    what = scenario(weeks=5, depletion=True, fixed=ON_RECORD)
    return prepare(what, bundled, draws=DRAWS, seed=1).compiled, what


@pytest.fixture
def compiled(toy, scenario):
    """A compiled scenario on the toy world, or another."""

    def make(*controls, world=toy, weeks=30, draws=2, **events):
        return prepare(scenario(*controls, weeks=weeks, **events), world, draws=draws, seed=1).compiled

    return make


def _ends(net, links):
    """Product, origin and destination of links."""
    product, origin, destination = (
        [net.products[p] for p in net.link_product()[links]],
        *([net.places[c] for c in net.node_place[ends[links]]] for ends in (net.link_origin, net.link_destination)),
    )
    return {*zip(product, origin, destination, strict=True)}


def test_outages_of_a_maker_add_up_to_all_of_it_at_most_and_part_weeks_count_by_days(compiled, day):
    maker = {"process": "making", "place": "CHN"}
    halts = [maker | {"share": share, "effective_from": day(first), "until": end and day(end)}
             for share, first, end in ((0.5, 4, None), (0.3, 10, 20), (0.4, 12, 14 + 3 / 7))]  # fmt: skip
    model = compiled(outages=halts)
    lost = model.timeline.outage[:, model.net.producers.index("making|CHN")]
    found = [lost[t] for t in (3, 4, 9, 10, 12, 14, 15, 19, 20)]
    assert found == pytest.approx([0, 0.5, 0.5, 0.8, 1, 0.8 + 0.4 * 3 / 7, 0.8, 0.8, 0.5])
    assert model.timeline.outage.sum() == pytest.approx(lost.sum())


def test_a_plant_and_a_second_source_ramp_up_evenly_from_their_day(compiled, day):
    plant = {"process": "making", "place": "DEU", "capacity_t_per_yr": 365.25, "start": day(5), "ramp_weeks": 4}
    source = {"place": "USA", "products": ("magnet",), "share_of_use": 0.3, "start": day(6), "ramp_weeks": 3}
    model = compiled(plants=[plant], second_sources=[source, source | {"share_of_use": 0.1, "ramp_weeks": 0}])
    built = model.timeline.extra_capacity[:, model.net.producers.index("making|DEU")]
    assert built[4:10] == pytest.approx([0, 1.75, 3.5, 5.25, 7, 7])
    brought = model.timeline.new_supply[:, model.net.node("magnet", "USA")]
    assert brought[5:10] == pytest.approx(12 * np.array([0, 0.1 + 0.1, 0.1 + 0.2, 0.4, 0.4]))


def test_of_two_programmes_of_thrift_the_further_one_counts(compiled, day):
    programme = {"place": "USA", "products": ("magnet",), "ramp_weeks": 0}
    early, late = (programme | {"share_of_ceiling": s, "start": day(t)} for s, t in ((0.5, 2), (0.3, 10)))
    saving = compiled(thrift=[early, late]).timeline.saving.max(axis=1)
    assert saving[[1, 2, 9, 20]] == pytest.approx([0, 0.5, 0.5, 0.5])


def test_the_smallest_of_several_production_quotas_holds(compiled, day):
    quotas = [{"process": "mining", "place": "CHN", "t_per_yr": t * YEAR, "effective_from": day(first)}
              for t, first in ((40, 5), (90, 8), (20, 12))]  # fmt: skip
    model = compiled(production_quotas=quotas)
    assert model.timeline.quota[[4, 5, 8, 12], model.net.producers.index("mining|CHN")] == pytest.approx(
        [np.inf, 40, 40, 20]
    )


def test_a_contract_is_of_its_origin_its_goods_and_its_buyers_with_the_european_union_spelt_out(compiled):
    signed = {"origin": "CHN", "products": ("magnet",), "destinations": ("EUU",), "reason": "test"}
    model = compiled(contracts=[signed])
    assert _ends(model.net, np.flatnonzero(model.timeline.contract)) == {("magnet", "CHN", "DEU")}


def test_inputs_stay_where_the_model_can_use_them(compiled):
    """A week of feed at hand, a price at which use ends that is above the base year's, demand that answers to price."""
    small = {
        "thrift, weeks": 17.0,
        "cover: maker": 0.3,
        "cover: line": 0.3,
        "choke price": 1.2,
        "price elasticity": 1e-6,
    }
    model = compiled(fixed=small)
    cover = model.knobs.cover
    assert (cover[model.net.producer_slots] == 1).all()
    assert (cover[model.net.line_slots] < 1).all()
    assert (model.knobs.thrift_weeks[model.net.line_slots] == 17).all()
    assert (model.knobs.choke_price == 2).all()
    assert (model.knobs.price_elasticity == 0.01).all()


def test_a_product_with_an_elasticity_on_record_has_that_and_others_the_common_one(recorded):
    model, _ = recorded
    found = dict(zip(model.net.products, model.knobs.price_elasticity[:, 0], strict=False))
    assert found["NdFeB magnet, Dy/Tb"] == pytest.approx(0.11)
    assert found["dysprosium oxide"] == pytest.approx(0.22)
    assert 0.77 in found.values()


@pytest.mark.parametrize(("events", "week"), [
    ({}, 30), ({"floors": [FLOOR | {"share_of_base_price": 1.3, "effective_from": 9}]}, 9),
    ({"offtakes": [FLOOR | {"t_per_yr": 50, "effective_from": 8}]}, 8),
    ({"projects": [PROJECT | {"earliest": 7, "incentive_share_of_base_price": 1.0}]}, 7),
    ({"projects": [PROJECT | {"earliest": 7}]}, 30),
    ({"depletion": True, "deposits": [{"process": "mining", "place": "CHN", "reserves_t": 9e3}]}, 0),
])  # fmt: skip
def test_the_first_change_is_the_first_week_that_can_differ_from_the_base_year(events, week, compiled, day):
    dates = ("effective_from", "earliest")
    dated = {name: [{k: day(v) if k in dates else v for k, v in e.items()} for e in rows] if isinstance(rows, list)
             else rows for name, rows in events.items()}  # fmt: skip
    assert compiled(**dated).timeline.first_change == week


def test_a_floor_is_over_the_base_price_of_its_area_and_of_several_the_highest_holds(compiled, day):
    """Magnets cost 80 USD a kg outside the border and 72 inside."""
    held = {"effective_from": day(5), "until": day(20)}
    floors = [FLOOR | held | {"usd_per_kg": 120}, FLOOR | {"usd_per_kg": 96, "effective_from": day(10)},
              FLOOR | held | {"usd_per_kg": 144, "place": "CHN"}]  # fmt: skip
    offtakes = [FLOOR | held | {"t_per_yr": t * YEAR, "place": "JPN"} for t in (2, 3)]
    offtakes.append(FLOOR | held | {"t_per_yr": YEAR, "usd_per_kg": 88, "place": "JPN"})
    model = compiled(floors=floors, offtakes=offtakes)
    promise, node = model.knobs.supply.promise, model.net.node
    assert promise.floor[[4, 5, 15, 20], node("magnet", "DEU")] == pytest.approx([0, 1.5, 1.5, 1.2])
    assert promise.floor[5, node("magnet", "CHN")] == pytest.approx(2)
    assert promise.floor[5, node("magnet", "JPN")] == pytest.approx(1.1)
    assert promise.offtake[[4, 5, 19, 20], node("magnet", "JPN")] == pytest.approx([0, 6, 6, 0])


def test_a_project_of_a_scenario_has_its_ramp_its_cost_and_a_lead_time_of_three_quantiles(compiled, day):
    draws = 400
    project = PROJECT | {"earliest": day(3), "lead_weeks": (5, 10, 30), "ramp_weeks": 0}
    supply = compiled(projects=[project], draws=draws).knobs.supply
    assert supply.entrant_ramp == pytest.approx(1)  # a plant takes a week at least
    assert (supply.entrant_capacity, supply.entrant_earliest) == (pytest.approx(7), pytest.approx(3))
    assert supply.entrant_cost == pytest.approx(1.2)
    below = [(supply.entrant_lead < weeks).mean() for weeks in (5, 10, 30)]
    assert below == pytest.approx([0.05, 0.5, 0.95], abs=3 * 0.5 / np.sqrt(draws))


def test_projects_on_record_come_by_their_dates_and_never_for_the_base_price(bundled, recorded):
    model, what = recorded
    supply = model.knobs.supply
    rows = bundled.projects.loc[list(supply.entrants)]
    assert supply.entrant_earliest == pytest.approx([what.week_of(day) for day in rows["known_on"]])
    assert supply.entrant_ramp == pytest.approx(np.maximum(rows["ramp_weeks"].astype(float), 1))
    assert (supply.entrant_incentive == 1.01).all()
    late = [(own > what.week_of(day)).mean() for own, day in zip(supply.entrant_start, rows["starts_p50"], strict=True)]
    assert np.mean(late) == pytest.approx(0.5, abs=0.1)


def test_mines_of_a_country_part_its_latest_reserves_by_what_they_mine_and_nothing_else_runs_down(bundled, recorded):
    model, what = recorded
    left, net = model.knobs.supply.reserves, model.net
    groups: dict[tuple[str, str], list[int]] = {}
    for i in np.flatnonzero(left < NO_END):
        process, place = net.producers[i].split("|")
        assert bundled.processes.loc[process, "stage"] == "mine"
        groups.setdefault((str(bundled.processes.loc[process, "material"]), place), []).append(i)
    figures = [f for f in load_figures(what.as_of).find(metric="reserves") if not f.item and f.unit == "t"]
    for (material, place), mines in groups.items():
        own = [f for f in figures if (f.material, f.place, f.grade) == (material, place, "official") and f.value]
        latest = max(own, key=lambda f: f.period)
        assert left[mines].sum() == pytest.approx(latest.value)
        assert left[mines] / net.activity0[mines] == pytest.approx(left[mines[0]] / net.activity0[mines[0]])
    assert any(len(mines) > 1 for mines in groups.values())
