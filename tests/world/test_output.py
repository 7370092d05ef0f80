"""World output of one source, and its concentration."""

import pytest

from sluicegate.world.figures import load_figures
from sluicegate.world.governance import load_governance, risk_by_place
from sluicegate.world.output import Output, world_output


def made(**by_place: float) -> Output:
    return Output("x", "mine", 2024, "s", "t", by_place, others=0.0, figure_ids=())


def test_tungsten_mined_in_2024_has_the_index_of_the_survey() -> None:
    output = world_output("tungsten", ("mine",), 2024)
    assert output is not None
    assert output.source_id.startswith("usgs")
    assert output.largest[0] == "CHN"
    assert output.hhi() == pytest.approx(6777, rel=0.03)


def test_all_figures_of_an_output_are_of_one_source_and_no_place_twice() -> None:
    table = load_figures().table
    for material, stage in (("antimony", "mine"), ("gallium", "refining"), ("rare earths", "mine")):
        output = world_output(material, (stage,), 2024)
        assert output is not None
        rows = table.loc[list(output.figure_ids)]
        assert rows["source_id"].nunique() == 1
        assert rows["place"].is_unique


def test_other_countries_dilute_and_never_concentrate() -> None:
    alone = made(CHN=80.0, USA=20.0)
    diluted = Output("x", "mine", 2024, "s", "t", alone.made, others=100.0, figure_ids=())
    assert diluted.hhi() == pytest.approx(alone.hhi() / 4)
    assert diluted.governed({"CHN": 6, "USA": 5}) == pytest.approx(alone.governed({"CHN": 6, "USA": 5}) / 4)


def test_a_place_without_a_rating_leaves_bounds() -> None:
    low, middle, high = (made(CHN=1.0, XYZ=1.0).governed({"CHN": 6}, unknown=u) for u in (0, 5, 10))
    assert low < middle < high
    assert middle == pytest.approx(0.25 * (6 + 5))


def test_a_year_without_figures_has_no_output() -> None:
    assert world_output("tungsten", ("mine",), 1907) is None


def test_risks_lie_on_the_scale_and_congo_is_riskier_than_canada() -> None:
    risk = risk_by_place(2024)
    assert all(0 <= r <= 10 for r in risk.values())
    assert risk["COD"] > risk["CHN"] > risk["CAN"]


def test_ratings_serve_two_years_on_and_not_before_there_were_any() -> None:
    assert risk_by_place(2026) == risk_by_place(2024)
    assert risk_by_place(2007) == {}


def test_every_rated_place_has_each_year_once() -> None:
    table = load_governance()
    assert not table.duplicated(["place", "year"]).any()
    assert (table.groupby("place")["year"].nunique() == 7).all()
    assert table["political_stability"].between(-3.5, 2.5).all()
