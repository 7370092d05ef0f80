import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.terms.parameter import Kind, Parameter


@pytest.mark.parametrize("kind", ["normal", "lognormal", "logitnormal"])
def test_quantile_passes_through_the_three_stated_quantiles(kind: Kind) -> None:
    p = Parameter("x", kind, 0.1, 0.3, 0.9, "share", "judgement", "a test")
    assert p.quantile(np.array([0.05, 0.5, 0.95])) == pytest.approx([0.1, 0.3, 0.9])


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_quantile_rises(a: float, b: float) -> None:
    p = Parameter("x", "lognormal", 1.0, 2.0, 10.0, "weeks", "judgement", "a test")
    low, high = sorted([a, b])
    assert p.quantile(np.array([low]))[0] <= p.quantile(np.array([high]))[0]


def test_a_share_cannot_leave_its_range() -> None:
    p = Parameter("x", "logitnormal", 0.02, 0.5, 0.98, "share", "judgement", "a test")
    drawn = p.quantile(np.array([1e-9, 1 - 1e-9]))
    assert 0 <= drawn[0] < drawn[1] <= 1


@pytest.mark.parametrize(("kind", "low"), [("lognormal", 0.0), ("normal", 9.0), ("logitnormal", 0.0)])
def test_impossible_quantiles_are_refused(kind: Kind, low: float) -> None:
    with pytest.raises(ValueError, match="x: "):
        Parameter("x", kind, low, 0.5, 0.9, "share", "judgement", "a test")
