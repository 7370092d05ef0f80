"""A year without one country's exports, on our tables."""

import numpy as np
import pytest

from sluicegate.terms import InputError
from sluicegate.world.disruption import year_without


@pytest.fixture(scope="module")
def gallium(world):
    return year_without(world, "gallium")


def test_price_rises_and_use_falls_in_every_draw(gallium) -> None:
    assert (gallium.price_ratio >= 1).all()
    assert ((gallium.use_ratio > 0) & (gallium.use_ratio <= 1)).all()
    assert 0 < gallium.lost_t < gallium.use_t


def test_idle_plants_that_return_soften_it(world, gallium) -> None:
    softened = year_without(world, "gallium", idle_returns=True)
    assert softened.returning_t > 0
    assert np.median(softened.value_added_lost_musd) < np.median(gallium.value_added_lost_musd)


def test_the_band_of_gallium_overlaps_the_surveys_and_that_of_germanium_does_not(world, gallium) -> None:
    """1.7 to 8.2 and 0.01 to 1.1 bn USD (OFR 2024-1057); nothing here is fitted to them."""
    assert gallium.bands()["value_added_lost_musd"].q95 > 1700
    germanium = year_without(world, "germanium").bands()["value_added_lost_musd"]
    assert germanium.q05 > 1100


def test_losses_by_industry_are_of_lines_that_use_it(world, gallium) -> None:
    uses = world.uses[(world.uses["place"] == "USA") & world.uses["product"].str.startswith("gallium")]
    assert set(gallium.by_industry) == set(uses["industry"])


def test_the_same_seed_draws_the_same(world, gallium) -> None:
    assert (year_without(world, "gallium").price_ratio == gallium.price_ratio).all()


@pytest.mark.parametrize(("material", "country"), [("graphite", "CHN"), ("gallium", "USA")])
def test_what_is_not_net_exported_is_refused(world, material: str, country: str) -> None:
    with pytest.raises(InputError, match="net-exports"):
        year_without(world, material, country=country)
