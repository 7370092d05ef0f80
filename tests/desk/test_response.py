"""A ratio is written as people write money."""

import pytest

from sluicegate.desk.response import _dollars


@pytest.mark.parametrize(("ratio", "written"), [
    (640.3, "640 USD"), (1234.0, "1,200 USD"), (2.34, "2.3 USD"), (0.21, "0.21 USD"), (0.0, "nothing"),
    (-3.0, "−3.0 USD"),
])  # fmt: skip
def test_two_digits_and_no_exponent(ratio: float, written: str) -> None:
    assert _dollars(ratio) == written
