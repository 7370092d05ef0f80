from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.regime.limit import Limit, all_of, any_of
from sluicegate.regime.quantity import Quantity, read_share
from sluicegate.terms import InputError, NotFoundError

VERDICTS = st.lists(st.sampled_from([True, False, None]), max_size=5)


@pytest.mark.parametrize(
    ("text", "at_the_bound"),
    [("x > 5 mm", False), ("x >= 5 mm", True), ("x < 5 mm", False), ("x <= 5 mm", True)],
)
def test_bounds_are_inclusive_only_where_written_so(text: str, at_the_bound: bool) -> None:
    assert Limit.read(text).holds(Decimal(5), Decimal(5)) is at_the_bound


def test_a_partial_sum_settles_only_what_it_exceeds() -> None:
    limit = Limit.read("content Dy+Tb > 0.1 %")
    assert limit.holds(Decimal("0.02"), None) is True
    assert limit.holds(Decimal("0.0005"), None) is None


@given(VERDICTS)
def test_the_two_connectives_are_each_others_mirror(verdicts: list[bool | None]) -> None:
    mirrored = [None if v is None else not v for v in verdicts]
    joined, split = all_of(verdicts), any_of(mirrored)
    assert joined == (None if split is None else not split)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("17.5 g/cm3", "17500 kg/m3"),
        ("1.27 GPa", "1270 MPa"),
        ("3 inch", "76.2 mm"),
        ("50 µm", "0.05 mm"),
        ("99.99 %", "0.9999"),
    ],
)
def test_units_convert_exactly(text: str, same: str) -> None:
    assert Quantity.read(text, where="test") == Quantity.read(same, where="test")


@pytest.mark.parametrize("text", ["heavy", "", "density", "> 5 mm"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Limit.read(text)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(NotFoundError, match="furlong"):
        Quantity.read("3 furlong", where="test")


@pytest.mark.parametrize("value", ["99.99", "-1%", "2 mm", "much"])
def test_a_share_lies_between_nothing_and_all(value: str) -> None:
    with pytest.raises(InputError):
        read_share(value, where="purity")
