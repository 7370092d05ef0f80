import pytest

from sluicegate.metrics import apparent_consumption, net_import_reliance


def test_us_antimony_2024_is_as_printed_by_the_usgs() -> None:
    """Made 588 + 3,330 t; oxide and metal imports 24,000 + 4,920, exports 2,690 + 1,570; 28,600 used."""
    used = apparent_consumption(production=588 + 3330, imports=24000 + 4920, exports=2690 + 1570)
    assert used == pytest.approx(28_600, rel=0.002)
    reliance = net_import_reliance(production=588 + 3330, imports=24000 + 4920, exports=2690 + 1570)
    assert reliance == pytest.approx(0.86, abs=0.005)


def test_nothing_made_at_home_is_full_reliance() -> None:
    assert net_import_reliance(production=0, imports=11, exports=0) == 1


def test_a_net_exporter_relies_on_no_one() -> None:
    assert net_import_reliance(production=100, imports=0, exports=60) < 0


def test_stock_drawn_down_counts_as_reliance() -> None:
    assert net_import_reliance(production=1, imports=1, exports=0, stock_change=-1) == pytest.approx(2 / 3)


def test_no_consumption_has_no_reliance() -> None:
    with pytest.raises(ValueError, match="above 0"):
        net_import_reliance(production=0, imports=0, exports=0)
