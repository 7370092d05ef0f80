"""The indices side by side."""

import pytest

from sluicegate.world.dependence import dependence
from sluicegate.world.indices import METHODS, Entry, comparable, disagreement, entries, ranks


@pytest.fixture(scope="module")
def said(world):
    return {name: entries(world, name, "USA", 2024) for name in comparable(world)}


def test_every_method_speaks_of_some_material_and_every_entry_says_from_what(said) -> None:
    assert {method for by in said.values() for method in by} == set(METHODS)
    assert all(e.source and e.unit and e.because and e.inputs for by in said.values() for e in by.values())


def test_bounds_hold_the_value(said) -> None:
    for by in said.values():
        for entry in by.values():
            if None not in (entry.value, entry.low, entry.high):
                assert entry.low <= entry.value <= entry.high


def test_ranks_run_from_one_and_follow_the_values(said) -> None:
    placed = ranks(said)
    order = sorted((m for m in said if "hhi-mine" in said[m]), key=lambda m: -said[m]["hhi-mine"].value)
    assert [placed[m]["hhi-mine"].rank for m in order] == list(range(1, len(order) + 1))


def test_a_low_n_minus_1_is_the_riskier(said) -> None:
    placed, least = (
        ranks(said),
        min((m for m in said if "n-minus-1" in said[m]), key=lambda m: said[m]["n-minus-1"].value),
    )
    assert placed[least]["n-minus-1"].rank == 1


def test_a_bound_alone_has_no_rank(said) -> None:
    assert said["tungsten"]["printed-reliance"].value is None
    assert "printed-reliance" not in ranks(said)["tungsten"]


def test_the_widest_gap_of_tungsten_is_between_mining_and_the_eu(said) -> None:
    gap = disagreement(said["tungsten"], ranks(said)["tungsten"])
    assert gap is not None
    assert gap.low == "eu-supply-risk"
    assert "China mines" in gap.why
    assert 0 <= gap.apart <= 1


def test_the_chains_concentration_is_that_of_its_most_concentrated_product(world, said) -> None:
    assert said["dysprosium"]["chain-concentration"].value == max(
        dependence(world, product)["hhi"] for product in ("dysprosium oxide", "dysprosium metal")
    )


def test_imports_of_unlisted_origin_widen_the_score(said) -> None:
    entry: Entry = said["tungsten"]["geopolrisk"]
    assert entry.low < entry.value < entry.high


def test_another_place_has_other_imports_and_the_same_world(world, said) -> None:
    japan = entries(world, "tungsten", "JPN", 2024)
    assert japan["hhi-mine"] == said["tungsten"]["hhi-mine"]
    assert japan["chain-reliance"] != said["tungsten"]["chain-reliance"]
    assert "printed-reliance" not in japan
