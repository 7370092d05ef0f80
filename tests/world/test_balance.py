import pytest

from sluicegate.world import World
from sluicegate.world.balance import read_balanced, solve
from sluicegate.world.chain import draft_chain
from sluicegate.world.check import balance_residuals


def test_made_equals_shipped_and_shipped_equals_used(world: World) -> None:
    assert balance_residuals(world)["relative"].max() < 1e-9


def test_the_shipped_balance_is_what_the_tables_give() -> None:
    draft = draft_chain()
    fresh, shipped = solve(draft), read_balanced(draft)
    assert fresh == pytest.approx(shipped, rel=1e-6, abs=1e-6)


def test_nothing_is_negative(world: World) -> None:
    assert world.flows["flow_t_per_yr"].min() > 0
    assert world.surplus["surplus_t_per_yr"].min() >= 0
    assert world.uses["use_t_per_yr"].min() > 0
    assert world.producers["activity_t_per_yr"].min() >= 0


def test_every_adjustment_beyond_its_uncertainty_is_flagged(world: World) -> None:
    size = world.balance["adjustment_in_sd"].abs()
    assert (world.balance["flag"] == "conflict").equals(size > 2)
    assert set(world.balance.loc[size > 1, "flag"]) <= {"adjusted", "conflict"}
    assert (world.balance.loc[size <= 1, "flag"] == "").all()


def test_no_producer_runs_above_its_capacity(world: World) -> None:
    assert (world.producers["activity_t_per_yr"] <= world.producers["capacity_t_per_yr"] * (1 + 1e-9)).all()
