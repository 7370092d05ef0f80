from datetime import date

import pytest

from sluicegate.desk.check import check
from sluicegate.desk.register import register_licences, register_list, register_show
from sluicegate.desk.why import why
from sluicegate.terms import NotFoundError


def test_a_day_shows_what_runs_then_and_what_is_suspended() -> None:
    rows = {m["id"]: m["state"] for m in register_list(on=date(2026, 3, 1))["measures"]}
    assert (rows["CN-2025-18"], rows["CN-2025-57"]) == ("in force", "suspended")
    assert "CN-REE-QUOTA-2010" not in rows


def test_the_register_before_october_2025_does_not_know_of_october() -> None:
    assert not {"CN-2025-57", "CN-2025-70"} & {m["id"] for m in register_list(as_of=date(2025, 10, 8))["measures"]}
    assert register_show("CN-2025-57", as_of=date(2025, 10, 20))["suspended"] == []


def test_the_list_is_cut_by_place_and_material() -> None:
    assert {m["jurisdiction"] for m in register_list(jurisdiction="DR Congo")["measures"]} == {"COD"}
    assert "CN-2024-33" in {m["id"] for m in register_list(material="antimony", jurisdiction="CN")["measures"]}
    with pytest.raises(NotFoundError, match="antimony"):
        register_list(material="antimny")


def test_a_measure_is_shown_with_all_its_dates_and_items() -> None:
    shown = register_show("cn-2025-57", on=date(2026, 3, 1))
    assert (shown["announced_on"], shown["effective_from"]) == ("2025-10-09", "2025-11-08")
    assert shown["suspended"][0]["last"] == "2026-11-10"
    assert {item["state"] for item in shown["items"]} == {"suspended"}
    assert shown["source"]["url"].startswith("http")


def test_the_notice_that_suspends_says_what() -> None:
    assert "CN-2025-57" in register_show("CN-2025-70")["suspends"]


def test_a_licence_is_traced_to_who_counted_it() -> None:
    record = next(r for r in register_licences(destination="DE")["licences"] if r["applications"] == 141)
    behind = why(record["id"])
    assert behind["value"]["reported_by"] == "EU Chamber of Commerce in China"
    assert behind["inputs"] == ["CN-2025-18"]


def test_the_bands_of_a_check_are_walked_back_to_practice() -> None:
    checked = check(origin="CN", destination="DE", on=date(2025, 7, 1), material="SmCo magnet", end_use="civil")
    for name, found in checked["ids"].items():
        behind = why(found)
        assert behind["value"] == checked[name]
        assert all(row["label"] and row["reason"] for row in behind["practice"])


def test_no_band_no_id() -> None:
    assert check(origin="CN", destination="DE", on=date(2025, 7, 1), material="ferrite magnet")["ids"] == {}
