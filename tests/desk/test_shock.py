"""The question `lab shock`."""

import pytest

from sluicegate.desk.shapes.downstream import ShockShape
from sluicegate.desk.shock import shock
from sluicegate.terms import InputError, NotFoundError

pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
HIT = "reg1/manufactoring=0.4"


def test_a_loss_reaches_others_and_a_longer_one_costs_more():
    found = shock("test", [HIT], last=60)
    ShockShape.model_validate(found)
    assert found["lost_in_all"] > found["lost_by_those_hit"] > 0
    assert {r["region"] for r in found["industries"]} > {"reg1"}
    assert shock("test", [HIT], last=120)["lost_in_all"] > found["lost_in_all"]


def test_it_is_what_the_simulation_gives():
    from sluicegate.sim.ario import ArbitraryLoss, Settings, simulate
    from sluicegate.sim.ario.system import read_system

    loss = ArbitraryLoss(start=1, days=30, lost={("reg1", "manufactoring"): 0.4})
    run = simulate(read_system(None, "test"), [loss], Settings(inventory_days=30.0), days=365)
    assert shock("test", [HIT])["lost_in_all"] == pytest.approx(run.lost_value_added().sum())


@pytest.mark.parametrize("entry", ["reg1/manufactoring", "reg1=0.4", "reg1/manufactoring=much", "/x=1", "a/=1"])
def test_an_entry_that_cannot_be_read_is_named(entry):
    with pytest.raises(InputError, match="REGION/SECTOR=SHARE"):
        shock("test", [entry])


@pytest.mark.parametrize(("entry", "kind"), [("reg1/manufacturing=0.4", NotFoundError), ("reg1/food=1.4", InputError),
                                             ("reg1/food=0", InputError)])  # fmt: skip
def test_an_unknown_sector_or_a_share_that_is_none_is_refused(entry, kind):
    with pytest.raises(kind):
        shock("test", [entry])


def test_an_unknown_table_names_those_there_are():
    with pytest.raises(NotFoundError, match="exiobase3"):
        shock("exiobase", [HIT])
