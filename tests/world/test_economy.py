"""The table of the wider economy."""

from dataclasses import replace

import numpy as np
import pytest

from sluicegate.terms import InputError
from sluicegate.world import load_world
from sluicegate.world.economy import OTHER, REST, consolidated, economy, served


@pytest.fixture(scope="module")
def own():
    return economy(load_world())


def test_all_value_added_is_the_worlds_gdp(own):
    assert own.value_added.sum() == pytest.approx(load_world().places["gdp_musd"].sum(), rel=1e-12)


def test_a_line_keeps_its_value_added(own):
    lines = load_world().lines
    wanted = lines.loc["motor vehicles|DEU", "value_added_musd_per_yr"]
    at = own.regions.index("DEU") * len(own.sectors) + own.sectors.index("motor vehicles")
    assert own.value_added[at] == pytest.approx(wanted, rel=1e-12)


def test_what_is_sold_is_what_is_made(own):
    assert own.z.sum(axis=1) + own.y.sum(axis=1) == pytest.approx(own.x, rel=1e-12)
    assert (own.z >= 0).all()
    assert (own.y >= 0).all()


def test_little_is_cut_for_want_of_sellers(own):
    assert 0 < own.cut < 0.05


def test_no_line_buys_of_itself(own):
    own_purchases = np.einsum("asbs->s", own.z.reshape(len(own.regions), len(own.sectors), -1, len(own.sectors)))
    lines = [s not in (OTHER, REST) for s in own.sectors]
    assert (own_purchases[lines] == 0).all()


def test_netting_out_leaves_value_added_per_sale_outside():
    share, recipe = consolidated(np.array([0.4, 0.5]), np.array([[0.5, 0.0], [0.5, 1.0]]))
    assert share == pytest.approx([0.4 / 0.7, 0.5])
    assert recipe == pytest.approx(np.array([[0, 0], [1, 1]]))


def test_a_seller_without_enough_serves_all_buyers_alike():
    wanted = np.zeros((1, 2, 1, 2))
    wanted[0, 0, 0] = [30.0, 90.0]
    found, cut = served(wanted, np.array([[100.0, 500.0]]), rest=1)
    assert found[0, 0, 0] == pytest.approx([24.5, 73.5])
    assert found.sum(axis=(0, 1)) == pytest.approx(wanted.sum(axis=(0, 1)))
    assert cut == pytest.approx(22 / 120)


def test_more_lines_than_gdp_is_refused():
    world = load_world()
    with pytest.raises(InputError, match="more value added in lines than GDP"):
        economy(replace(world, places=world.places.assign(gdp_musd=1.0)))


def test_an_unknown_seller_is_named(tmp_path):
    (tmp_path / "inputs.csv").write_text("buyer,seller,share,label,reason,refs\nmotor vehicles,tyres,.1,judgement,x,\n")
    with pytest.raises(InputError, match="no sector tyres"):
        economy(replace(load_world(), overlay=tmp_path))
