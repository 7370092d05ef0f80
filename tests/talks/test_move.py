"""Moves as scenarios."""

from datetime import timedelta

import numpy as np
import pytest

from sluicegate.leverage import losses
from sluicegate.scenario import LeverUse
from sluicegate.sim import simulate
from sluicegate.talks.move import banned, controller_moves, dropped, eased, lifted, suspended, target_moves
from sluicegate.talks.normal import equilibria, pure
from sluicegate.world.lever import load_levers


@pytest.fixture(scope="module")
def told(scenario, control):
    return scenario(control("magnet", kind="licence"), weeks=90)


def test_a_suspension_holds_nothing_and_then_all_as_before(told, day):
    paused = suspended(told, day(40), day(60))
    assert paused.controls[0].suspended == ((day(40), day(60) - timedelta(days=1)),)
    assert lifted(told, day(40)).controls[0].until == day(40)
    assert eased(told, day(40), "USA").controls[0].easings[-1].destinations == ("USA",)
    assert banned(told, day(40), "USA").controls[-1].kind == "ban"


def test_levers_dropped_for_a_while_come_back(told, day):
    use = LeverUse(lever="tariffs", added_rate=0.2, effective_from=day(10))
    whole = told.model_copy(update={"levers": (use,)})
    spans = [(u.effective_from, u.until) for u in dropped(whole, day(40), day(60)).levers]
    assert spans == [(day(10), day(40)), (day(60), None)]
    assert [(u.effective_from, u.until) for u in dropped(whole, day(40)).levers] == [(day(10), day(40))]


def test_goods_withheld_twice_are_withheld_once(told, day):
    held = LeverUse(lever="ethane", effective_from=day(10))
    move = next(m for m in target_moves("USA", (), day(40), list(load_levers().values())) if m.name == "withhold")
    moved = move.applied(told.model_copy(update={"levers": (held,)}))
    spans = [(u.effective_from, u.until) for u in moved.levers if u.lever == "ethane"]
    assert spans == [(day(10), day(40)), (day(40), None)]


def test_a_target_without_levers_on_record_has_three_moves_and_one_with_them_five(day):
    levers = list(load_levers().values())
    assert [m.name for m in target_moves("DEU", ("magnet",), day(40))] == ["wait", "stock", "second source"]
    assert [m.name for m in target_moves("USA", ("magnet",), day(40), levers)][3:] == ["withhold", "tariff"]
    assert [m.name for m in target_moves("USA", (), day(40))] == ["wait"]


def test_the_controller_has_five_moves_each_with_a_name_of_its_own(day):
    names = [m.name for m in controller_moves(day(40), "USA")]
    assert names == ["keep", "ease", "suspend", "lift", "ban"]


def test_identical_policies_lose_the_same_and_every_pair_is_an_equilibrium(told, toy):
    run = simulate(told, toy, draws=4, seed=1, threads=1)
    again = simulate(told, toy, like=run.model.draws, threads=1)
    hurt, cost, _ = losses(run, again, "CHN", "USA")
    assert (hurt.total == 0).all()
    assert (cost.total == 0).all()
    alike = np.ones((2, 2))
    assert pure(alike, alike).all()
    assert all(e.pure and e.regret == 0 for e in equilibria(alike, alike)[:4])
