import numpy as np
import pytest

from sluicegate.project import Project
from sluicegate.project.value import case

PLAIN = {
    "name": "plant", "place": "FRA", "decided": "2025-01", "capex_musd": 100, "lead_months": 24, "ramp_months": 1,
    "life_years": 10, "fixed_musd_per_yr": 6, "discount_rate": 0.1,
    "outputs": [{"product": "good", "t_per_yr": 1000, "price_usd_per_kg": 40}],
    "market": {"volatility": 0.4, "half_life_years": 2.0}, "confrontation": {"per_year": 0.0},
}  # fmt: skip


@pytest.fixture
def plant():
    """A plant without ranges; arguments change its file."""

    def made(draws=256, lifted=None, **changed):
        return case(
            Project.model_validate(PLAIN | changed), {}, lifted or {"good": np.array([2.0])}, draws=draws, seed=1
        )

    return made
