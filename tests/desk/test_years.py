"""The question `years`."""

import pytest

import sluicegate
from sluicegate.desk.shapes.leverage import YearsShape
from sluicegate.terms import InputError


@pytest.fixture(scope="module")
def document():
    return sluicegate.years("april-2025", horizon=8, draws=8, chance=0.3)


def test_the_document_has_its_shape(document):
    YearsShape.model_validate(document)
    assert document["bridges"]


def test_a_gap_opens_after_the_control_and_closes_after_it_opens(document):
    for gap in document["bridges"]:
        assert gap["opens"]["q05"] >= "2025-04-01"
        if gap["closes"]:
            assert gap["closes"]["q50"] > gap["opens"]["q50"]


def test_the_path_is_monthly_to_the_horizon(document):
    path = document["bridges"][0]["path"]
    assert len(path) in (96, 97)
    assert path[1]["date"] == "2024-05-01"


def test_an_edge_that_outlasts_the_horizon_is_said_to(document):
    assert "outlast the horizon" in document["edge"]["said"] or "beyond the horizon" in document["edge"]["said"]
    assert document["edge"]["expiry_curve"][-1]["p_gone"] <= 1 - document["edge"]["p_not_within_horizon"] + 1e-9


def test_a_result_is_worth_what_the_control_is_likely(document):
    rows = {row["chance"]: row for row in document["chance"]["if"]}
    assert document["chance"]["used"] == 0.3
    assert rows[0.5]["expected_loss_per_year"] == pytest.approx(rows[1.0]["expected_loss_per_year"] / 2)
    even = document["chance"]["break_even"]
    assert even == pytest.approx(document["chance"]["stock_cost_musd"] / document["chance"]["stock_avoids_musd"])


def test_where_the_control_costs_nothing_a_stock_pays_at_no_chance():
    found = sluicegate.years("antimony-2024", horizon=4, draws=4)
    assert found["chance"]["break_even"] is None
    assert found["bridges"] == []
    assert found["edge"]["said"] == "no draw has a material edge"


def test_the_chance_says_what_it_rests_on(document):
    assert "2025-02-04" in document["chance"]["why"]
    assert 0 < document["chance"]["prior"] < 1


def test_defence_stands_apart_from_civil(document):
    assert document["defence"]["defence"]["industries"] == ["aerospace and defence"]
    assert "aerospace and defence" not in document["defence"]["civil"]["industries"]


def test_nothing_known_later_is_to_be_looked_at(document):
    assert all("suspended" not in row["what"] for row in document["look_again"])
    assert [row["date"] for row in document["look_again"]] == sorted(row["date"] for row in document["look_again"])


def test_every_number_can_be_asked_why(document):
    run = document["provenance"]["run"]
    for row in (document["bridges"][0], document["chance"], document["stockpile"], document["defence"]):
        assert sluicegate.why(row["id"], run=run)["formula"]


@pytest.mark.parametrize(("wrong", "said"), [({"horizon": 1}, "1 years"), ({"horizon": 30}, "30 years"),
                                             ({"chance": 1.5}, "a chance of 1.5")])  # fmt: skip
def test_years_and_chances_out_of_range_are_refused(wrong, said):
    with pytest.raises(InputError, match=said):
        sluicegate.years("april-2025", **({"draws": 4} | wrong))
