"""The question `plan SCENARIO`, through the door."""

from datetime import date

import pytest

import sluicegate
from sluicegate.desk.page.layout import plan_page
from sluicegate.desk.shapes.plan import PlanShape
from sluicegate.terms import InputError

NAME = "april-2025"


@pytest.fixture(scope="module")
def document():
    return sluicegate.plan(NAME, budget=20, draws=16)


def test_the_document_has_its_shape(document):
    PlanShape.model_validate(document)


def test_the_programme_spends_no_more_than_the_budget(document):
    assert document["expected_by_programme"]["cost"] <= 20 + 1e-6


def test_more_budget_leaves_less_of_the_worst_tenth(document):
    worst = [row["worst_tenth"] for row in document["frontier"]]
    assert worst == sorted(worst, reverse=True)
    assert [row["budget"] for row in document["frontier"]] == [5, 10, 20, 40]


def test_stock_held_before_the_control_is_worth_its_cost_on_fresh_draws(document):
    row = document["frontier"][2]
    assert row["mean_net"] > 0
    assert document["regret"]["value"] >= 0


def test_knowing_more_is_never_worth_less_than_nothing(document):
    assert document["information"]["value"] >= -1e-6


def test_every_plan_is_tried_in_every_future(document):
    found = document["futures"]
    assert [f["name"] for f in found["futures"]] == ["kept", "suspended", "widened", "never"]
    assert {p["plan"] for p in found["plans"]} >= {"nothing", "for kept", "for suspended", "for widened",
                                                   "for all alike"}  # fmt: skip
    for name in ("kept", "suspended", "widened", "never"):
        least = min(p["total"][name] for p in found["plans"])
        assert all(p["regret"][name] == pytest.approx(p["total"][name] - least, abs=1e-6) for p in found["plans"])
    assert next(p for p in found["plans"] if p["plan"] == "nothing")["regret"]["never"] == 0
    worst = {p["plan"]: p["largest_regret"] for p in found["plans"]}
    assert worst[found["least_regret"]] == min(worst.values())


def test_a_wider_control_costs_more_and_a_suspended_one_less(document):
    lost = {f["name"]: f["loss_without"] for f in document["futures"]["futures"]}
    assert lost["widened"] > lost["kept"] > lost["suspended"] > lost["never"] == 0


def test_other_scenarios_may_be_futures():
    found = sluicegate.plan(NAME, budget=20, draws=8, futures=("suspension-ends",))
    PlanShape.model_validate(found)
    assert [f["name"] for f in found["futures"]["futures"]] == ["kept", "suspension-ends"]
    assert "--future suspension-ends" in found["provenance"]["command"]


def test_how_far_the_plan_may_be_from_the_best_is_said(document):
    found = document["optimality"]
    assert 0 <= found["mean"] <= found["upper"]
    assert found["gap_of_the_bounds"] <= 1e-6


def test_every_number_can_be_asked_why(document):
    run = document["provenance"]["run"]
    for row in (*document["frontier"], document["margins"], document["information"],
                document["futures"], document["optimality"]):  # fmt: skip
        assert sluicegate.why(row["id"], run=run)["formula"]


def test_each_kind_of_action_is_tried_alone_and_says_why_or_why_not(document):
    assert {r["kind"] for r in document["alone"]} == {
        "stock", "second source", "thrift", "recycling", "capacity", "offtake"}  # fmt: skip
    net = [row["benefit"]["q50"] for row in document["alone"]]
    assert net[0] >= net[-1]
    assert all(row["why"] and 0 <= row["trust"] <= 1 for row in document["alone"])
    assert all(row["what"] or not row["worth_it"] for row in document["alone"])


def test_a_plant_that_lacks_the_same_feed_is_not_worth_it(document):
    plant = next(r for r in document["alone"] if r["kind"] == "capacity")
    assert not plant["worth_it"]
    assert "feed" in plant["why"]


def test_the_page_shows_what_the_document_says(document):
    page = plan_page(document)
    assert page.title == document["title"]
    assert all(row["what"] in repr(page) for row in document["actions"])


def test_without_a_budget_nothing_is_done():
    found = sluicegate.plan(NAME, budget=0, draws=8)
    assert found["actions"] == []
    assert all(row["cost"]["q50"] == 0 for row in found["frontier"])
    assert all(row["avoided"]["q95"] == 0 for row in found["frontier"])


def test_where_nobody_is_short_nothing_is_worth_buying_and_that_is_said():
    found = sluicegate.plan(NAME, budget=10, place="CHN", draws=16)
    PlanShape.model_validate(found)
    assert found["actions"] == []
    assert found["note"] == "Nobody is short in China: nothing is worth buying against it."


@pytest.mark.parametrize(("how", "said"), [
    ({"budget": -1}, "a budget of -1"), ({"budget": float("nan")}, "a budget of nan"),
    ({"budget": 1, "place": "PRK"}, "no place to plan for: PRK"),
    ({"budget": 1, "on": date(2000, 1, 1)}, "a plan from"),
    ({"budget": 1, "aversion": 3}, "aversion 3"), ({"budget": 1, "futures": ("april-2024",)}, "april-2024"),
    ({"budget": 1, "futures": ("status-quo", "status-quo")}, "2 futures"),
])  # fmt: skip
def test_what_cannot_be_planned_is_refused(how, said):
    with pytest.raises(InputError, match=said):
        sluicegate.plan(NAME, draws=16, **how)
