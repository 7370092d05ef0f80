"""The question `reroute SCENARIO`, through the door."""

import itertools
from datetime import date

import pytest

import sluicegate
from sluicegate.desk.shapes.plan import RerouteShape
from sluicegate.terms import InputError

NAME = "april-2025"


@pytest.fixture(scope="module")
def document():
    return sluicegate.reroute(NAME, draws=8, weeks=40)


def test_the_document_has_its_shape(document):
    RerouteShape.model_validate(document)


def test_more_freedom_loses_less(document):
    lost = [row["lost"] for row in document["ways"]]
    assert document["ways"][0]["way"] == "as simulated"
    assert all(b <= a * (1 + 1e-6) for a, b in itertools.pairwise(lost))


def test_what_is_saved_by_the_programme_is_simulated_and_is_the_larger_of_the_two(document):
    assert document["ways"][0]["simulated"] is None
    for row in document["ways"][1:]:
        found = row["simulated"]
        assert found["lost"]["q05"] >= 0
        assert 0 <= found["p_saves"] <= 1
        assert found["mean_saved"] <= document["ways"][0]["lost"] - row["lost"] + 1e-6


def test_what_would_save_most_is_a_held_input_of_magnets(document):
    assert document["windows"][0]["origin"] == "CHN"
    assert document["windows"][0]["passes_t_per_week"] < document["windows"][0]["usual_t_per_week"]


def test_only_one_place_may_count(document):
    mine = sluicegate.reroute(NAME, place="DEU", draws=8, weeks=40)
    ours, all_ = (next(r for r in d["ways"] if r["way"] == "new links too") for d in (mine, document))
    assert ours["by_place"]["DEU"] <= all_["by_place"]["DEU"] * 1.001


def test_every_way_can_be_asked_why(document):
    run = document["provenance"]["run"]
    assert all(sluicegate.why(row["id"], run=run)["formula"] for row in document["ways"])


@pytest.mark.parametrize(("how", "said"), [
    ({"place": "PRK"}, "PRK has no line"), ({"on": date(1999, 1, 1)}, "1999"),
    ({"on": date(2027, 3, 20)}, "weeks left"), ({"weeks": 2}, "whole number"),
])  # fmt: skip
def test_what_cannot_be_planned_is_refused(how, said):
    with pytest.raises(InputError, match=said):
        sluicegate.reroute(NAME, draws=4, **how)
