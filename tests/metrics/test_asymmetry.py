import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics.asymmetry import asymmetry, trade_dependence
from sluicegate.metrics.concentration import hirschman

SHARE = st.floats(0.001, 1)


@given(SHARE, SHARE)
def test_exchanging_the_two_turns_the_asymmetry_round(a, b):
    assert asymmetry(a, b) == pytest.approx(-asymmetry(b, a))


def test_one_supplier_is_a_hundred_and_n_alike_are_a_hundred_over_the_root_of_n():
    assert hirschman([7]) == 100
    assert hirschman([2] * 4) == pytest.approx(100 / math.sqrt(4))


def test_where_one_side_alone_depends_it_is_without_bound():
    assert asymmetry(0.1, 0) == math.inf
    assert asymmetry(0, 0.1) == -math.inf


@pytest.mark.parametrize("shares", [(0, 0), (-0.1, 0.5), (0.5, 1.1)])
def test_what_cannot_be_compared_is_refused(shares):
    with pytest.raises(ValueError, match="no dependence"):
        asymmetry(*shares)


def test_dependence_is_a_share_of_all_trade():
    assert trade_dependence(30, 120) == 0.25
    with pytest.raises(ValueError, match="trade of"):
        trade_dependence(3, 2)
