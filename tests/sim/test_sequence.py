"""Sobol points: the same bit for bit as scipy's, which load slowly."""

import numpy as np
import pytest
from scipy.stats import qmc, rankdata

from sluicegate.sim.draws import standard_ranks
from sluicegate.sim.sequence import sobol_points


@pytest.mark.parametrize(("dimensions", "power", "seed"), [(1, 0, 1), (5, 4, 3), (300, 8, 1), (2000, 3, 9)])
def test_points_are_those_of_scipy(dimensions, power, seed):
    ours = sobol_points(dimensions, power, np.random.default_rng(seed))
    theirs = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random_base2(power)
    assert np.array_equal(ours, theirs)


def test_more_dimensions_than_the_table_has_are_refused():
    with pytest.raises(ValueError, match="30,000 dimensions"):
        sobol_points(30_000, 1, np.random.default_rng(1))


def test_equal_values_share_the_mean_of_their_ranks():
    values = np.random.default_rng(3).integers(0, 20, 100) / 7
    ranks = rankdata(values)
    assert np.array_equal(standard_ranks(values), (ranks - ranks.mean()) / ranks.std())
