from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sluicegate.regime import check_shipment, read_shipment
from sluicegate.terms import InputError, NotFoundError

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())


def check(**fields: Any) -> dict[str, Any]:
    return check_shipment(read_shipment(**fields)).as_dict()


def check_case(case: dict[str, Any]) -> dict[str, Any]:
    facts = dict(case["shipment"])
    return check(on=facts.pop("date").isoformat(), **facts)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_answer_and_its_clause_are_the_lawyers(case: dict[str, Any]) -> None:
    found = check_case(case)
    assert {name: found[name] for name in case["expect"]} == case["expect"]
    if "clause" in case:
        assert case["clause"] in {f"{ground['id']} {ground['clause']}" for ground in found["measures"]}


def test_the_json_has_the_fields_of_the_contract() -> None:
    found = check(origin="CN", destination="DE", on="2025-06-01", hs="850511")
    assert set(found) == {"licence_required", "barred", "general_licence", "licence_valid", "measures", "questions",
                          "file", "waiting_days", "approval_share", "as_of"}  # fmt: skip
    assert {"id", "measure", "item", "clause", "effective", "until", "source", "confidence"} <= set(
        found["measures"][0]
    )
    assert set(found["waiting_days"]) == {"q05", "q25", "q50", "q75", "q95"}
    assert found["questions"]


def test_every_open_answer_comes_with_a_question() -> None:
    for case in CASES:
        found = check_case(case)
        if "depends" in (found["licence_required"], found["barred"]):
            assert found["questions"], case["case"]


def test_a_rule_shows_the_last_day_it_ran_only_once_that_was_known() -> None:
    shipment = read_shipment(origin="CN", destination="VN", on="2025-10-15", material="line commissioning")
    assert check_shipment(shipment).measures[0].until is None
    assert check_shipment(shipment, as_of=date(2026, 1, 1)).measures[0].until == date(2025, 11, 6)


def test_a_suspension_announced_later_is_not_known() -> None:
    shipment = read_shipment(origin="CN", destination="DE", on="2025-11-20", material="holmium oxide")
    assert check_shipment(shipment, as_of=date(2025, 10, 15)).licence_required is True
    assert check_shipment(shipment).licence_required is False


def test_a_measure_announced_later_is_not_mentioned() -> None:
    found = check(origin="CN", destination="DE", on="2025-04-03", hs="2846901500")
    assert "CN-2025-18" not in {ground["id"] for ground in found["measures"]}


def test_an_unknown_code_names_the_nearest_known_one() -> None:
    with pytest.raises(NotFoundError, match="850511"):
        check(origin="CN", destination="DE", on="2025-06-01", hs="850512")


def test_an_unknown_material_or_property_is_said_so() -> None:
    with pytest.raises(NotFoundError, match="unobtainium"):
        check(origin="CN", destination="DE", on="2025-06-01", material="unobtainium")
    with pytest.raises(NotFoundError, match="density"):
        check(origin="CN", destination="DE", on="2025-06-01", material="W-Ni-Fe alloy", properties=["densty=17 g/cm3"])


def test_a_property_in_the_wrong_unit_is_an_input_error() -> None:
    with pytest.raises(InputError, match="a density"):
        check(origin="CN", destination="DE", on="2025-06-01", material="W-Ni-Fe alloy", properties=["density=17 mm"])


def test_the_watch_list_asks_for_two_more_papers() -> None:
    shipment = {"origin": "CN", "destination": "JP", "on": "2026-03-15", "material": "SmCo magnet"}
    extra = set(check(**shipment, end_user="TDK")["file"]) - set(check(**shipment)["file"])
    assert extra == {"risk assessment report on the watch-listed party", "written promise of no military use"}


def test_waiting_was_judged_wider_before_there_was_practice() -> None:
    early = check(origin="CN", destination="DE", on="2023-08-01", material="gallium metal")["waiting_days"]
    later = check(origin="CN", destination="DE", on="2024-12-01", material="gallium metal")["waiting_days"]
    assert early["q95"] > later["q95"]
