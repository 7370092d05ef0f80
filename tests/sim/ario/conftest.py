"""The table pymrio ships, and small random ones."""

import numpy as np
import pytest

from sluicegate.sim.ario import Table


@pytest.fixture(scope="session")
def shipped() -> Table:
    pytest.importorskip("pymrio", reason="the extra `mrio` is not installed")
    from sluicegate.sim.ario.system import read_system

    return read_system(None, "test")


@pytest.fixture(scope="session")
def small():
    """A balanced table of so many regions and sectors, drawn at random."""

    def make(regions: int = 2, sectors: int = 3, seed: int = 0) -> Table:
        rng = np.random.default_rng(seed)
        n = regions * sectors
        a = rng.lognormal(0, 1, (n, n))
        a = a / a.sum(axis=0) * rng.uniform(0.2, 0.6, n)
        y = rng.lognormal(3, 1, (n, regions))
        x = np.linalg.solve(np.eye(n) - a, y.sum(axis=1))
        z = a * x
        names = tuple(f"r{i}" for i in range(regions)), tuple(f"s{i}" for i in range(sectors))
        return Table(*names, z, y, z.sum(axis=1) + y.sum(axis=1), tuple((r, "final") for r in names[0]))

    return make
