"""The question `project`, through the door."""

from pathlib import Path

import pytest

import sluicegate
from sluicegate.desk.project import project, template
from sluicegate.desk.shapes.project import ProjectShape
from sluicegate.project.file import Project

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def document():
    return project(EXAMPLES / "project-heavy-separation.yaml", draws=128)


def test_the_document_has_its_shape(document):
    ProjectShape.model_validate(document)


def test_a_confrontation_lifts_the_price_of_what_is_licensed(document):
    lifted = {o["product"]: o["lifted"] for o in document["outputs"]}
    assert lifted["dysprosium oxide"]["q50"] > 1
    assert document["npv"]["without_support"]["mean"] > document["npv"]["without_confrontation"]["mean"]


def test_it_is_valued_in_the_confrontations_of_several_scenarios(document):
    rows = {row["scenario"]: row for row in document["scenarios"]}
    assert set(rows) == {"april-2025", "status-quo", "suspension-ends"}
    assert rows["april-2025"]["without_support"] == document["npv"]["without_support"]
    assert all(row["lifted"]["dysprosium oxide"] > 1 for row in rows.values())


def test_by_products_and_chances_are_told(document):
    assert document["break_even"]["with_by_products_usd_per_kg"]["q50"] < document["break_even"]["usd_per_kg"]["q50"]
    assert 0 < document["confrontation"]["assumed_chance"] < 1


def test_every_number_can_be_asked_why(document):
    run = document["provenance"]["run"]
    for row in (document["npv"], document["break_even"], document["support"][0], document["price_cut"]):
        assert sluicegate.why(row["id"], run=run)["inputs"]


def test_support_given_together_stands_beside_each_alone(document):
    assert [row["support"] for row in document["support"]] == ["grant", "loan", "floor", "together"]


def test_the_template_is_the_bundled_example():
    assert template() == (EXAMPLES / "project-heavy-separation.yaml").read_text("utf-8")
    assert Project.model_fields


def test_a_mine_whose_goods_are_not_in_the_world_is_not_lifted():
    found = project(EXAMPLES / "project-polymetallic-mine.yaml", draws=64)
    assert all(output["lifted"] is None for output in found["outputs"])
    npv = found["npv"]
    assert npv["without_support"] == npv["without_confrontation"]
