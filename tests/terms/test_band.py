import numpy as np
import pytest

from sluicegate.terms import Band


def test_band_is_the_quantiles() -> None:
    assert Band.of(np.arange(101.0)) == Band(5.0, 25.0, 50.0, 75.0, 95.0)


def test_absent_samples_are_not_zero() -> None:
    assert Band.of([np.nan, 4.0]).q05 == 4.0


def test_nothing_has_no_band() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Band.of([np.nan])
