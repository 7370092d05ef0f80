"""What passes a place, against a maximum flow by another program and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from sluicegate.world.passage import Chain, chain_of, direct, reaches, through

PLACES = ["A", "B", "C", "T"]


def _by_scipy(ore, oxide, mines, plants, without):
    """The same chain as a graph of whole numbers: source, mines, ore sent, plants, oxide sent, users."""
    n = 2 + 3 * len(PLACES)
    edges = np.zeros((n, n), dtype=np.int32)
    for k, p in enumerate(PLACES):
        edges[0, 2 + k] = mines[k] * (p != without)
        edges[6 + k, 10 + k] = plants[k] * (p != without)
        for j, q in enumerate(PLACES):
            edges[2 + k, 6 + j] = ore[k][j] * (without not in (p, q))
            if q == "T":
                edges[10 + k, 1] = oxide[k] * (p != without)
    return maximum_flow(sparse.csr_matrix(edges), 0, 1).flow_value


SMALL = st.integers(0, 6)
FOUR = st.lists(SMALL, min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(FOUR, min_size=4, max_size=4), FOUR, FOUR, FOUR, st.sampled_from(["A", "B", "C"]))
def test_the_most_that_reaches_is_scipys_maximum_flow(ore, oxide, mines, plants, without):
    links = [("ore", p, q, float(ore[k][j])) for k, p in enumerate(PLACES) for j, q in enumerate(PLACES)]
    links += [("oxide", p, "T", float(oxide[k])) for k, p in enumerate(PLACES)]
    makers = [(p, float(mines[k]), {}, {"ore": 1.0}) for k, p in enumerate(PLACES)]
    makers += [(p, float(plants[k]), {"ore": 1.0}, {"oxide": 1.0}) for k, p in enumerate(PLACES)]
    chain = Chain(tuple(links), tuple(makers))
    for gone in (None, without):
        assert reaches(chain, "oxide", "T", 1e3, gone) == pytest.approx(
            _by_scipy(ore, oxide, mines, plants, gone), abs=1e-6
        )


ORE_FROM_ELSEWHERE = Chain(
    (("ore", "A", "C", 10.0), ("oxide", "C", "B", 5.0), ("magnet", "B", "T", 5.0), ("magnet", "A", "T", 5.0)),
    (("A", 10.0, {}, {"ore": 1.0}), ("C", 10.0, {"ore": 1.0}, {"oxide": 0.5}),
     ("B", 5.0, {"oxide": 1.0}, {"magnet": 1.0}), ("A", 5.0, {}, {"magnet": 1.0})),
)  # fmt: skip


def test_ore_from_elsewhere_separated_in_the_place_is_what_customs_hide():
    assert direct(ORE_FROM_ELSEWHERE, "magnet", "T", "C") == 0
    assert through(ORE_FROM_ELSEWHERE, "magnet", "T", 10, "C") == pytest.approx(0.5)


def test_a_place_off_every_path_changes_nothing():
    more = Chain((*ORE_FROM_ELSEWHERE.links, ("ore", "X", "C", 3.0)), ORE_FROM_ELSEWHERE.producers)
    assert through(more, "magnet", "T", 10, "X") == 0


def test_the_chain_counts_at_least_what_customs_count(bundled):
    chain = chain_of(bundled, bundled.products.index)
    uses = bundled.uses[(bundled.uses["place"] == "DEU") & (bundled.uses["use_t_per_yr"] > 0)]
    use = uses.groupby("product")["use_t_per_yr"].sum()
    for product in use.index[:6]:
        counted = direct(chain, product, "DEU", "CHN")
        assert through(chain, product, "DEU", float(use[product]), "CHN") >= min(counted, 1) - 1e-6
