from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from sluicegate.world import World
from sluicegate.world.stoppage import Chain, Stop, joined_groups, stops

THETA, LINE_MUSD = 0.6, 20_000.0


@pytest.fixture(scope="session")
def lost(toy: World) -> Callable[..., float]:
    """Value added lost when producers of the toy world stop, in lines' worth of theta times value added."""

    def ask(*names: str, share: float = 1.0, world: World = toy) -> float:
        product = "gallium, low purity" if names[0].startswith("extraction") else "magnet"
        group = next(g for g in joined_groups(world) if product in g)
        stop = Stop("test", "plant", dict.fromkeys(names, share))
        return Chain(world, group).loss(stop).total_musd / (THETA * LINE_MUSD)

    return ask


def test_nothing_is_lost_when_nothing_stops(lost: Callable[..., float]) -> None:
    assert lost("making|CHN", share=0.0) == pytest.approx(0, abs=1e-9)


def test_a_serial_chain_loses_the_cheapest_lines_first(lost: Callable[..., float]) -> None:
    ore = (20 + 6 * 0.75) / 120  # what the other mine can do in the year, of all ore
    magnets, cerium = 60 * ore, 60 * ore
    cars = 1 + (28 - (magnets - 12)) / 14  # radar and the smallest car line are fed, the largest goes without
    glass = 0.5 * (1 - (cerium - 5) / 15)  # the critical glass line is fed before the important one
    assert lost("mining|CHN") == pytest.approx(cars + glass)


def test_idle_capacity_beside_it_makes_a_parallel_producer_harmless(lost: Callable[..., float]) -> None:
    assert lost("extraction|JPN") == pytest.approx(0, abs=1e-9)
    assert lost("extraction|CHN") == pytest.approx(3 - (1 + 0.3 * 0.75) / 2)


def test_a_by_product_falls_with_its_host(toy: World, lost: Callable[..., float]) -> None:
    hosts = {"extraction|JPN": "extraction|CHN"}
    tied = replace(toy, producers=toy.producers.assign(host=[hosts.get(n, "") for n in toy.producers.index]))
    assert lost("extraction|CHN", world=tied) == pytest.approx(3)


def test_more_of_a_producer_gone_is_never_a_smaller_loss(lost: Callable[..., float]) -> None:
    losses = [lost("making|CHN", share=s) for s in (0, 0.25, 0.5, 0.75, 1)]
    assert losses == sorted(losses)
    assert losses[-1] > 0


def test_all_of_a_producers_plants_together_are_the_producer(toy: World) -> None:
    plants = pd.DataFrame({"plant": ["one", "two"], "producer": ["making|CHN"] * 2, "share": [0.4, 0.6]})
    named = {s.name: s for s in stops(toy, plants) if s.kind == "plant"}
    assert sum(s.parts["making|CHN"] for s in named.values()) == pytest.approx(1)


def test_chains_are_what_recipes_join(world: World) -> None:
    groups = joined_groups(world)
    assert sum(map(len, groups)) == len(world.products)
    assert {"ammonium paratungstate", "tungsten concentrate", "tungsten powder and carbide"} in groups


def test_recyclers_find_no_more_scrap_when_a_mine_stops(world: World) -> None:
    chain = Chain(world, {"germanium concentrate", "germanium metal", "germanium dioxide"})
    scrap = world.producers.loc[world.producers["process"] == "germanium scrap recycling"]
    assert (scrap["capacity_t_per_yr"] > scrap["activity_t_per_yr"]).any()
    assert chain.loss(Stop("test", "producer", {"germanium recovery|CHN": 1.0})).share_lost["germanium metal"] > 0.2
