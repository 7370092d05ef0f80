"""The question `plan COMPANY`, on few draws: what to order, apply for or qualify, by when, and what is refused."""

from pathlib import Path

import pytest

from sluicegate.desk.company_plan import company_plan, is_company
from sluicegate.desk.exposure import template
from sluicegate.desk.shapes.company import CompanyPlanShape
from sluicegate.desk.why import why
from sluicegate.terms import InputError

EXAMPLES = Path(__file__).parents[2] / "examples"
GERMANY, AMERICA = (EXAMPLES / f"company-{name}.yaml" for name in ("auto-parts-germany", "tungsten-tools-usa"))
FILE = """
name: Example
place: DEU
counted_on: 2026-11-23
inputs:
  - {name: magnets, product: "NdFeB magnet, Dy/Tb", stock: 2, unit: t, suppliers: [{origin: CHN, share: 1}],
     on_order: [], price_per_kg: 60,
     alternatives: [{origin: JPN, share: 0.2, qualification_weeks: 10},
                    {origin: JPN, share: 0.5, qualification_weeks: 40}]}
lines:
  - {name: motors, value_per_week: 100000, uses: [{input: magnets, per_week: 100, unit: kg}]}
"""


@pytest.fixture(scope="module")
def germany():
    return company_plan(GERMANY, budget=2e6, draws=16)


def _plan(tmp_path, text, **how):
    file = tmp_path / "company.yaml"
    file.write_text(text, "utf-8")
    return company_plan(file, **{"budget": 1e6, "draws": 16} | how)


def test_the_document_has_its_shape_and_every_id_its_formula(germany):
    CompanyPlanShape.model_validate(germany)
    for row in (*germany["actions"], *germany["frontier"]):
        assert why(row["id"])["formula"]


def test_the_plan_keeps_to_the_budget_and_pays_on_fresh_draws(germany):
    assert sum(a["outlay"]["q50"] for a in germany["actions"]) <= 2e6 * 1.2  # planned on the mean of other draws
    row = germany["frontier"][2]
    assert row["mean_net"] > 0
    assert row["loss"]["q50"] <= germany["loss_without"]["q50"]


def test_more_money_leaves_no_worse_tail(germany):
    worst = [germany["worst_tenth_without"], *(r["worst_tenth"] for r in germany["frontier"])]
    assert worst == sorted(worst, reverse=True)


def test_every_action_says_by_when_and_waiting_is_worth_less_in_the_end(germany):
    assert germany["actions"]
    for a in germany["actions"]:
        nets = [x["mean_net"] for x in a["net_by_delay"]]
        assert a["by"] >= germany["on"]
        assert nets[-1] <= max(nets)


def test_what_does_not_run_out_is_not_bought_for(germany):
    assert germany["do_not_run_out"] == ["magnesium for housings"]
    assert all(r["input"] != "magnesium for housings" for r in germany["alone"])


def test_a_maker_that_lacks_the_same_feed_is_explained(germany):
    japan = next(r for r in germany["alone"] if r["do"] == "qualify" and r["origin"] == "JPN")
    assert japan["passes"] < 0.5
    assert "its makers lack" in japan["why"]


def test_two_alternatives_from_one_origin_are_two(tmp_path):
    found = _plan(tmp_path, FILE)
    assert {r["origin"] for r in found["alone"] if r["do"] == "qualify"} == {"JPN", "JPN 2"}
    assert len({a["id"] for a in found["actions"]}) == len(found["actions"])


def test_without_money_nothing_is_done():
    found = company_plan(AMERICA, budget=0, draws=16)
    assert found["actions"] == []
    assert all(r["avoided"]["q95"] == 0 for r in found["frontier"])


def test_where_nothing_runs_out_nothing_is_worth_buying_and_that_is_said(tmp_path):
    found = _plan(tmp_path, FILE.replace("stock: 2,", "stock: 2000,"))
    CompanyPlanShape.model_validate(found)
    assert found["actions"] == []
    assert found["note"] == "No line lacks anything in any draw: nothing is worth buying against it."


@pytest.mark.parametrize(("old", "new", "said"), [
    ("NdFeB magnet, Dy/Tb", "NdFeB magnet", "product 'NdFeB magnet'"), ("stock: 2,", "stock: -2,", "-2"),
    ("stock: 2, unit: t", "stock: 2, unit: pieces", "pieces"),
    ("value_per_week: 100000, ", "", "no line states its value"),
    ("price_per_kg: 60,", "", "no price"), ("price_per_kg: 60", "price_per_kg: -1", "price_per_kg"),
])  # fmt: skip
def test_what_does_not_fit_is_refused(tmp_path, old, new, said):
    with pytest.raises(InputError, match=said):
        _plan(tmp_path, FILE.replace("place: DEU", "place: DEU\ncurrency: EUR").replace(old, new))


@pytest.mark.parametrize("budget", [-1, float("nan"), float("inf")])
def test_a_budget_that_is_none_is_refused(budget):
    with pytest.raises(InputError, match="a budget of"):
        company_plan(GERMANY, budget=budget)


def test_a_company_is_told_from_a_scenario(tmp_path):
    assert is_company(str(GERMANY))
    assert not is_company("april-2025")
    assert not is_company(str(tmp_path / "none.yaml"))


def test_the_template_can_be_planned_for_as_it_is(tmp_path):
    """Its currency is not the world's, so it must state a price; and the qualification costs what it says."""
    found = _plan(tmp_path, template())
    CompanyPlanShape.model_validate(found)
    assert found["company"]["currency"] == "EUR"
