import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.metrics import n_minus_1

some = st.dictionaries(st.sampled_from("ABCDEF"), st.floats(min_value=1, max_value=1e6), min_size=3)


def test_the_largest_leaves_with_its_own_demand() -> None:
    assert n_minus_1({"CHN": 90, "AUS": 10}, {"CHN": 70, "USA": 40}) == 0.25


@given(some)
def test_when_everyone_supplies_its_own_use_the_rest_is_whole(supply: dict[str, float]) -> None:
    assert n_minus_1(supply, supply) == pytest.approx(1)


@pytest.mark.parametrize(("supply", "demand"), [({}, {"A": 1}), ({"A": 1}, {"A": 1}), ({"A": -1}, {"B": 1})])
def test_without_a_rest_there_is_no_ratio(supply, demand) -> None:
    with pytest.raises(ValueError, match=r"supply|demand"):
        n_minus_1(supply, demand)
