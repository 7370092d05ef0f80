"""The question `lab shapley`."""

import pytest

import sluicegate
from sluicegate.desk.shapes.leverage import DriversShape
from sluicegate.desk.shapley import drivers
from sluicegate.terms import InputError


@pytest.fixture(scope="module")
def document():
    return drivers("april-2025", draws=8)


def test_the_shares_sum_to_the_difference(document):
    DriversShape.model_validate(document)
    for number in ("E_mean", "loss_target_mean"):
        total = sum(row[number] for row in document["drivers"])
        assert total == pytest.approx(document["as_it_is"][number] - document["reference"][number])


def test_concentration_adds_to_the_loss_and_levers_held_back_add_to_the_edge(document):
    found = {row["driver"]: row for row in document["drivers"]}
    assert found["concentration"]["loss_target_mean"] > 0
    assert found["retaliation"]["E_mean"] > 0


def test_a_share_can_be_asked_why(document):
    row = document["drivers"][0]
    assert "Shapley" in sluicegate.why(row["id"], run=document["provenance"]["run"])["formula"]


def test_a_scenario_without_a_control_has_nothing_to_take_apart(tmp_path):
    (tmp_path / "s.yaml").write_text("name: x\ntitle: x\nstart: 2025-01-01\nweeks: 60\nas_of: 2025-01-01\n")
    with pytest.raises(InputError, match="no edge to take apart"):
        drivers(str(tmp_path / "s.yaml"), draws=4)
