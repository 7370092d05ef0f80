"""Figures by metric: none lost, the preferred and newest first."""

import pytest

from sluicegate.world.figure_group import grouped
from sluicegate.world.figures import load_figures


@pytest.mark.parametrize("material", ["scandium", "tungsten", "cobalt"])
def test_every_figure_stands_in_one_group(material: str) -> None:
    figures = load_figures().find(material=material)
    ids = [row["id"] for group in grouped(figures) for row in group["figures"]]
    assert sorted(ids) == [f.figure_id for f in figures]


def test_preferred_observed_and_new_come_first_and_trade_last() -> None:
    groups = grouped(load_figures().find(material="antimony"))
    output = next(g for g in groups if g["metric"] == "production")["figures"]
    order = [(not f["preferred"], f["status"] != "observed", -int(f["period"].split("/")[-1][:4])) for f in output]
    assert order == sorted(order)
    assert [g["metric"] for g in groups][-2:] == ["trade quantity", "trade value"]
