"""UN Comtrade from a file, and through a transport in place of the network."""

from __future__ import annotations

import json
import sys
import types

import pandas as pd
import pytest

from sluicegate.terms import InputError, SluicegateError
from sluicegate.world.intake.card import comtrade_card
from sluicegate.world.intake.comtrade import NEEDED, fetch_comtrade, read_comtrade
from sluicegate.world.intake.comtrade_key import PACKAGE, comtrade_transport
from sluicegate.world.intake.problem import IntakeError

KEY = "a-secret-key"


def record(**more):
    return {"period": "2024", "reporterCode": 156, "flowCode": "X", "partnerCode": 842, "partner2Code": 0,
            "customsCode": "C00", "motCode": 0, "cmdCode": "261710", "netWgt": 20_000.0,
            "primaryValue": 1_500_000.0} | more  # fmt: skip


@pytest.fixture
def saved(tmp_path, today):
    def save(*records, wrap=True):
        path = tmp_path / "comtrade.json"
        path.write_text(json.dumps({"data": records} if wrap else records), "utf-8")
        return read_comtrade(path, card=comtrade_card(today))

    return save


def values(taken):
    rows = taken.figures.to_dict("records")
    return {(r["metric"], r["place"], r["partner"], r["period"]): r["value"] for r in rows}


def test_kilograms_and_dollars_become_tonnes_and_millions(saved):
    assert values(saved(record())) == {
        ("trade quantity", "CHN", "USA", "2024"): 20.0, ("trade value", "CHN", "USA", "2024"): 1.5,
    }  # fmt: skip


def test_imports_come_from_the_partner_and_a_month_is_a_month(saved):
    found = values(saved(record(flowCode="M", period="202406"), wrap=False))
    assert ("trade quantity", "USA", "CHN", "2024-06") in found


def test_both_sides_of_one_flow_are_two_figures(saved):
    taken = saved(record(), record(reporterCode=842, partnerCode=156, flowCode="M", netWgt=25_000))
    items = set(taken.figures["item"])
    assert {i.rpartition("; ")[2] for i in items} == {
        "exports as China reports them", "imports as United States reports them",
    }  # fmt: skip


def test_weight_zero_beside_a_value_is_absent(saved):
    assert {k[0] for k in values(saved(record(netWgt=0)))} == {"trade value"}
    assert {k[0] for k in values(saved(record(netWgt=None)))} == {"trade value"}


def test_parts_and_other_kinds_of_flow_are_left_out_and_counted(saved):
    taken = saved(
        record(), record(motCode=1000), record(flowCode="RX"), record(cmdCode="2617"), record(partnerCode=697)
    )
    assert sorted(x["rows"] for x in taken.left_out) == [1, 1, 2]
    assert len(taken.figures) == 2


def test_a_partner_of_zero_is_the_world(saved):
    assert ("trade value", "CHN", "WLD", "2024") in values(saved(record(partnerCode=0)))


@pytest.mark.parametrize(
    ("change", "column"),
    [({"period": "24"}, "period"), ({"reporterCode": "CHN"}, "reporterCode"), ({"netWgt": -1}, "netWgt"),
     ({"primaryValue": "many"}, "primaryValue"), ({"cmdCode": "26171x"}, "cmdCode"), ({}, "")],
)  # fmt: skip
def test_a_wrong_record_is_named_by_number_and_field(saved, change, column):
    with pytest.raises(IntakeError) as caught:
        saved(record(), record(**change))
    assert [(p.row, p.column) for p in caught.value.problems] == [(2, column)]


def test_a_download_as_csv_may_end_its_lines_with_a_separator(written, today):
    path = written("c.csv", ",".join(NEEDED), "2024,156,X,842,261710,20000,1500000,")
    assert values(read_comtrade(path, card=comtrade_card(today)))["trade quantity", "CHN", "USA", "2024"] == 20


@pytest.mark.parametrize("text", ["{", '{"error": "no"}', "[1, 2]", '[{"period": "2024"}]'])
def test_what_is_no_answer_of_un_comtrade_is_refused(tmp_path, today, text):
    (tmp_path / "c.json").write_text(text, "utf-8")
    with pytest.raises(InputError):
        read_comtrade(tmp_path / "c.json", card=comtrade_card(today))


def test_a_question_names_reporters_years_and_the_codes_of_our_goods(today):
    asked = {}

    def transport(question):
        asked.update(question)
        return [record()]

    taken, answer = fetch_comtrade(transport, reporters=["CHN", "USA"], years=["2024"], codes=[],
                                   card=comtrade_card(today))  # fmt: skip
    assert (asked["reporterCode"], asked["period"], asked["flowCode"]) == ("156,842", "2024", "M,X")
    assert "261710" in asked["cmdCode"].split(",")
    assert taken.rows == len(json.loads(answer)) == 1


def test_without_network_key_or_package_one_message_says_which(monkeypatch):
    with pytest.raises(InputError, match="network is off"):
        comtrade_transport(KEY, network=False)
    with pytest.raises(InputError, match="COMTRADE_KEY"):
        comtrade_transport(None, network=True)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"sluicegate\[comtrade\]"):
        comtrade_transport(KEY, network=True)


@pytest.fixture
def package(monkeypatch):
    """A package that answers with what a test says."""

    def answering(get):
        module = types.ModuleType(PACKAGE)
        module.getFinalData = get
        monkeypatch.setitem(sys.modules, PACKAGE, module)
        monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
        return comtrade_transport(KEY, network=True)

    return answering


def test_the_package_is_asked_with_the_key_and_its_table_read_as_records(package):
    def get(key, **asked):
        assert (key, asked["period"]) == (KEY, "2024")
        return pd.DataFrame([record(netWgt=float("nan"))])

    assert package(get)({"period": "2024"})[0]["netWgt"] is None


def test_the_key_is_in_no_message(package, capsys):
    def refused(key, **_):
        print(f"401 wrong key {key}")

    def broken(key, **_):
        raise OSError(f"https://example.org/?subscription-key={key}")

    for get in (refused, broken):
        with pytest.raises(SluicegateError, match=r"\(key\)") as caught:
            package(get)({})
        assert KEY not in str(caught.value)
    assert KEY not in "".join(capsys.readouterr())
