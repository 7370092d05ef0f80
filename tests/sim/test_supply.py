"""Step 11: plants that come and idle, promises of states, deposits that run down, scrap and substitutes."""

from datetime import date

import numpy as np
import pytest

from sluicegate.sim.engine import Engine
from sluicegate.sim.prepare import prepare
from sluicegate.sim.run import advance_week, run
from sluicegate.sim.state import NEVER, base_state
from sluicegate.terms import NotFoundError

MAGNET_PROJECT = {"name": "new", "process": "making", "place": "DEU", "capacity_t_per_yr": 900,
                  "incentive_share_of_base_price": 1.5, "cost_share_of_base_price": 1.2, "lead_weeks": 10,
                  "ramp_weeks": 4}  # fmt: skip
FLOOR = {"payer": "USA", "product": "magnet", "place": "DEU", "share_of_base_price": 1.3}


@pytest.fixture
def played(toy, scenario):
    """Advance a scenario week by week with prices set from outside: `played(price, **events)`."""

    def play(price=None, weeks=200, fixed=None, **events):
        given = {"expectation weeks": 13.0, "mothball weeks": 10.0} | (fixed or {})
        compiled = prepare(scenario(weeks=weeks, fixed=given, **events), toy, draws=2, seed=1).compiled
        engine = Engine(compiled.net, compiled.knobs, compiled.timeline, compiled.controller)
        state = base_state(compiled.net, engine.sums, engine.knobs)
        for t in range(weeks):
            if price:
                state.price[:, engine.net.products.index("magnet")] = np.log(price(t))
            advance_week(engine, state, t)
        return engine, state

    return play


def spike(t):
    return 4.0 if t < 60 else 1.0


def dip(t):
    return 0.3 if t < 60 else 1.0


def at(price):
    return lambda _t: price


def test_a_project_is_decided_by_a_price_that_pays_and_not_by_one_that_does_not(played, day):
    project = MAGNET_PROJECT | {"earliest": day(0)}
    assert (played(spike, projects=[project])[1].begin < 60).all()
    assert (played(at(1.2), projects=[project])[1].begin == NEVER).all()
    assert (played(spike, projects=[project | {"finance": 0}])[1].begin == NEVER).all()


def test_an_entrant_idles_when_the_price_reverts_unless_a_floor_holds_it(played, day):
    what = {"projects": [MAGNET_PROJECT | {"earliest": day(0)}]}
    held = what | {"floors": [FLOOR | {"effective_from": day(0)}]}
    assert (played(spike, **what)[1].entrant_closed == 1).all()
    assert (played(spike, **held)[1].entrant_closed == 0).all()


def test_an_offtake_with_a_price_holds_an_entrant_as_a_floor_does(played, day):
    offtake = FLOOR | {"effective_from": day(0), "t_per_yr": 100}
    what = {"projects": [MAGNET_PROJECT | {"earliest": day(0)}], "offtakes": [offtake]}
    engine, state = played(spike, **what)
    assert (state.entrant_closed == 0).all()
    assert (state.taken[engine.net.products.index("magnet")] > 0.5 * 100 * 200 / 52).all()


def test_a_maker_below_its_variable_cost_stops_and_comes_back(played):
    how = {"variable cost": 0.6, "price weeks": 20.0}
    cheap = played(at(0.3), weeks=60, fixed=how)
    again = played(dip, weeks=140, fixed=how)
    makers = [i for i, n in enumerate(cheap[0].net.producers) if n.startswith("making")]
    assert (cheap[1].closed[makers] == 1).all()
    assert (again[1].closed[makers] == 0).all()


def test_a_mine_gives_its_reserves_and_no_more_and_a_smelter_lives_on_imported_ore(played):
    deposit = {"process": "mining", "place": "CHN", "reserves_t": 3000}
    engine, state = played(weeks=260, depletion=True, deposits=[deposit])
    mine, plant = (engine.net.producers.index(n) for n in ("mining|CHN", "separation|CHN"))
    assert (state.extracted[mine] <= 3000 + 1e-9).all()
    assert (state.extracted[mine] > 2500).all()
    assert (state.activity[mine] < 1).all()
    assert (state.activity[plant] > 5).all()  # 10 t a week of ore came from abroad in the base year


def test_a_mine_with_ore_for_ever_stands_still(played):
    deposit = {"process": "mining", "place": "CHN", "reserves_t": 1e18}
    engine, state = played(weeks=520, depletion=True, deposits=[deposit])
    assert state.activity / engine.net.activity0[:, None] == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "low", "high", "sign", "of"),
    [
        ("variable cost", 0.2, 0.7, 1, "closed"),
        ("mothball weeks", 8.0, 60.0, -1, "closed"),
        ("recycling ceiling", 0.01, 0.2, 1, "recycled"),
        ("recycling elasticity", 0.1, 1.0, 1, "recycled"),
        ("recycling weeks", 20.0, 200.0, -1, "recycled"),
    ],
)
def test_an_input_moves_its_answer_the_right_way(name, low, high, sign, of, played):
    price = at(0.5) if of == "closed" else at(4.0)
    less, more = (getattr(played(price, weeks=20, fixed={name: v})[1], of).sum() for v in (low, high))
    assert sign * (more - less) > 0


def test_slower_expectations_decide_later_and_a_poorer_grade_gives_less(played, day):
    what = {"projects": [MAGNET_PROJECT | {"earliest": day(0)}]}
    soon, late = (played(at(4.0), fixed={"expectation weeks": w}, **what)[1].begin for w in (5.0, 80.0))
    assert (soon < late).all()
    mine = {"depletion": True, "deposits": [{"process": "mining", "place": "CHN", "reserves_t": 20000}]}
    rich, poor = (played(weeks=100, fixed={"grade power": g}, **mine)[1].extracted.sum() for g in (0.05, 0.6))
    assert poor < rich


def test_a_higher_choke_price_lets_quotes_rise_further_and_none_passes_it(ask, control):
    low, high = (ask(control("magnet"), fixed={"choke price": c}, weeks=104).record.price[1].max() for c in (5.0, 60.0))
    assert low < np.log(5.0)
    assert low < high < np.log(60.0)


def test_the_compiled_week_equals_the_twin_with_every_promise_and_plant(toy, scenario, control, day):
    what = scenario(
        control("magnet", week=10, until=80), weeks=160, depletion=True,
        deposits=[{"process": "mining", "place": "CHN", "reserves_t": 9000}],
        projects=[MAGNET_PROJECT | {"earliest": day(0), "lead_weeks": (5, 10, 30)}],
        floors=[FLOOR | {"effective_from": day(50)}],
        offtakes=[{"payer": "JPN", "product": "ore", "place": "USA", "t_per_yr": 90, "effective_from": day(5)}],
    )  # fmt: skip
    compiled = prepare(what, toy, draws=20, seed=2).compiled
    kernel, twin = run(compiled), run(compiled, engine="twin")
    for name in ("activity", "price", "use", "stock", "taken"):
        a, b = getattr(kernel, name), getattr(twin, name)
        assert (np.abs(a - b) <= 2e-7 * np.abs(b).max() + 1e-12).all(), name


def test_a_promise_where_nobody_makes_the_product_names_those_who_do(toy, scenario, day):
    lost = FLOOR | {"place": "USA", "effective_from": day(0)}
    with pytest.raises(NotFoundError, match=r"magnet\|USA"):
        prepare(scenario(floors=[lost]), toy, draws=1, seed=1)


def test_projects_on_record_come_only_if_known_and_only_where_the_process_is(bundled, scenario):
    early, late = (prepare(scenario(as_of=d), bundled, draws=1, seed=1).compiled.knobs.supply.entrants
                   for d in (date(2024, 6, 1), date(2026, 11, 23)))  # fmt: skip
    assert "San Marcos, Noveon" in early
    assert "Sumter, eVAC" not in early
    assert "Sumter, eVAC" in late
