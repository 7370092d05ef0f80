"""Levers of the other side, through the door."""

import pytest

import sluicegate
from sluicegate.desk.shapes.edge import EdgeShape
from sluicegate.terms import InputError, NotFoundError

NAME = "april-2025"


@pytest.fixture(scope="module")
def documents():
    return {told: sluicegate.edge(NAME, draws=8, levers=told) for told in (None, "all", "register")}


def test_levers_in_use_are_named_and_the_others_told(documents):
    for document in documents.values():
        EdgeShape.model_validate(document)
    assert documents[None]["levers_included"] == []
    assert documents["register"]["levers_included"] == ["tariffs"]
    assert documents["all"]["levers_included"] == ["tariffs", "aircraft engines", "ethane", "chips"]
    assert any(told.startswith("visas") for told in documents["all"]["levers_absent"])


def test_an_end_beyond_the_horizon_is_no_date_and_counts_among_all(documents):
    for document in documents.values():
        beyond, of_all = document["p_not_within_horizon"], {r["share"]: r["by"] for r in document["expires_of_all"]}
        assert (of_all[0.95] is None) == (beyond > 0.05)
        assert (of_all[0.05] is None) == (beyond > 0.95)
        known = [day for day in of_all.values() if day]
        assert known == sorted(known)


def test_every_lever_costs_the_controller_and_lowers_the_edge(documents):
    for row in documents[None]["levers"]:
        assert row["costs_controller"]["q50"] > 0
    week = documents[None]["drawn"]["E"]["q50"], documents["all"]["drawn"]["E"]["q50"]
    assert week[1] < week[0]


def test_a_lever_can_be_asked_why_down_to_its_inputs(documents):
    run = documents[None]["provenance"]["run"]
    lever = documents[None]["levers"][0]
    said = sluicegate.why(lever["id"], run=run)
    assert "Harberger" in said["formula"]
    assert sluicegate.why(said["inputs"][0], run=run)["inputs"]


@pytest.mark.parametrize(("told", "error", "said"), [
    ("visas", InputError, "no figures"), ("goodwill", NotFoundError, "goodwill"),
])  # fmt: skip
def test_what_cannot_be_held_is_refused(told, error, said):
    with pytest.raises(error, match=said):
        sluicegate.edge(NAME, draws=4, levers=told)


@pytest.mark.parametrize("told", ["all", "register"])
def test_a_side_without_levers_on_record_is_told_so(tmp_path, told):
    file = tmp_path / "s.yaml"
    head = "name: x\ntitle: x\nstart: 2024-04-01\nweeks: 104\nas_of: 2025-04-04\ncontroller: CHN\ntarget: DEU"
    file.write_text(f"{head}\ncontrols: [{{register: CN-2025-18}}]\n")
    with pytest.raises(InputError, match="no lever of DEU"):
        sluicegate.edge(str(file), draws=4, levers=told)


@pytest.mark.parametrize(("lever", "said"), [
    ("{lever: tariffs, effective_from: 2025-04-09}", "takes `added_rate`"),
    ("{lever: chips, added_rate: 0.5, effective_from: 2025-04-09}", "takes `share`"),
    ("{lever: visas, effective_from: 2025-04-09}", "absent"),
    ("{lever: tarifs, effective_from: 2025-04-09}", "tariffs"),
    ("{lever: chips, effective_from: 2025-04-09, until: 2025-04-01}", "not after"),
])  # fmt: skip
def test_a_scenario_with_a_wrong_lever_says_what_is_wrong(tmp_path, lever, said):
    file = tmp_path / "s.yaml"
    sides = "controller: CHN\ntarget: USA\ncontrols: [{register: CN-2025-18}]"
    head = f"name: x\ntitle: x\nstart: 2024-04-01\nweeks: 104\nas_of: 2025-04-04\n{sides}"
    file.write_text(f"{head}\nlevers: [{lever}]\n")
    with pytest.raises(InputError, match=said):
        sluicegate.load_scenario(str(file), sluicegate.load_world())
