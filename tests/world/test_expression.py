import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.terms import InputError
from sluicegate.world.expression import evaluate, names_in

_NUMBER = st.floats(min_value=0.1, max_value=1e6)


@given(_NUMBER, _NUMBER, _NUMBER)
def test_arithmetic_is_pythons_own(a: float, b: float, c: float) -> None:
    assert evaluate("-a + b * (c - 2) / a ** 0.5", {"a": a, "b": b, "c": c}, where="x") == -a + b * (c - 2) / a**0.5


def test_an_unknown_name_is_named_with_its_neighbours() -> None:
    with pytest.raises(InputError, match=r"mine_w_chm.*mine_w_chn"):
        evaluate("2 * mine_w_chm", {"mine_w_chn": 67000.0}, where="row 3")


@pytest.mark.parametrize("text", ["__import__('os')", "a if a else 1", "1 +", "a / 0"])
def test_only_arithmetic_is_read(text: str) -> None:
    with pytest.raises(InputError, match="row 3"):
        evaluate(text, {"a": 1.0}, where="row 3")


def test_names_come_in_order_and_once() -> None:
    assert names_in("b * (a + b)") == ["b", "a"]
