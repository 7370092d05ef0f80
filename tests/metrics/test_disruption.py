import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics import cleared, value_added_lost

cut = st.floats(min_value=0, max_value=0.95)
falls = st.floats(min_value=-1.5, max_value=-0.05)
rises = st.floats(min_value=0, max_value=1)


@given(cut, falls, rises)
def test_use_meets_supply_at_the_price(lost: float, e_d: float, e_s: float) -> None:
    found = cleared(1.0, lost, e_d, e_s)
    assert found.price_ratio**e_d == pytest.approx((1 - lost) * found.price_ratio**e_s, rel=1e-9)


@given(cut, falls, rises, st.floats(min_value=0, max_value=1))
def test_never_more_than_the_others_can_make(lost: float, e_d: float, e_s: float, spare: float) -> None:
    found = cleared(1.0, lost, e_d, e_s, spare)
    assert found.use_ratio <= min(1 - lost + spare, 1) * (1 + 1e-9)
    assert found.price_ratio >= cleared(1.0, lost, e_d, e_s).price_ratio * (1 - 1e-9)


def test_a_closed_form_and_a_root_found_by_bisection_agree() -> None:
    low, high = 1.0, 1e6
    for _ in range(200):
        middle = np.sqrt(low * high)
        low, high = (middle, high) if middle**-0.3 > 0.4 * middle**0.2 else (low, middle)
    assert cleared(100, 60, -0.3, 0.2).price_ratio == pytest.approx(low)


def test_nothing_lost_changes_nothing() -> None:
    found = cleared(10, 0, -0.2, 0.1, spare_t=0)
    assert (found.price_ratio, found.use_ratio) == (1, 1)


def test_value_added_falls_with_the_dependent_share() -> None:
    assert value_added_lost([100, 200], 0.1, 0.5).tolist() == [5, 10]


@pytest.mark.parametrize("wrong", [(10, 10, -0.2, 0.1), (10, 5, 0.2, 0.1), (10, 5, -0.2, -0.1), (10, -1, -0.2, 0)])
def test_a_market_that_cannot_be_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match="elasticity"):
        cleared(*wrong)
