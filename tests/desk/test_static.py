"""The question `lab static`."""

import pytest

import sluicegate
from sluicegate.desk.shapes.leverage import StaticShape
from sluicegate.desk.static import static
from sluicegate.terms import InputError


@pytest.fixture(scope="module")
def document():
    return static("april-2025")


def test_the_document_has_its_shape_and_names_its_limits(document):
    StaticShape.model_validate(document)
    assert set(document["limits"]) == {"trade", "chain", "power"}


def test_by_chain_the_target_depends_at_least_as_much_as_customs_say(document):
    for row in document["chain"]["products"]:
        assert row["target"]["chain"] >= row["target"]["direct"] - 1e-6


def test_power_falls_as_substitutes_come(document):
    values = [row["musd_per_yr"] for row in document["power"]["by_years"]]
    assert values == sorted(values, reverse=True)
    assert values[-1] > 0


def test_every_number_can_be_asked_why(document):
    run = document["provenance"]["run"]
    for row in (document["trade"], document["power"], document["chain"]["products"][0]):
        assert sluicegate.why(row["id"], run=run)["formula"]


def test_without_two_sides_there_is_nothing_to_compare(tmp_path):
    (tmp_path / "s.yaml").write_text("name: x\ntitle: x\nstart: 2025-01-01\nweeks: 60\nas_of: 2025-01-01\n")
    with pytest.raises(InputError, match="no two sides"):
        static(str(tmp_path / "s.yaml"))
