"""CEPII's trade table, compared with the dataset's own figures of the same edition."""

from __future__ import annotations

import pytest

from sluicegate.terms import InputError
from sluicegate.world.figures import printed_figures
from sluicegate.world.intake.baci import read_baci
from sluicegate.world.intake.numeric import numeric_codes
from sluicegate.world.intake.problem import IntakeError

HEADER = "t,i,j,k,v,q"
NAME = "BACI_HS92_Y2024_V202601.csv"


def columns(path, today, **more):
    with pytest.raises(IntakeError) as caught:
        read_baci(path, today=today, **more)
    return [(p.row, p.column) for p in caught.value.problems]


def test_thousand_dollars_and_tonnes_become_figures_with_the_totals_of_every_end(written, today):
    path = written(NAME, HEADER, "2024,156,842,261710,1000,20", "2024,156,276,261710,500,NA")
    taken = read_baci(path, today=today)
    rows = {(r["metric"], r["place"], r["partner"]): r["value"] for _, r in taken.figures.iterrows()}
    assert rows["trade value", "CHN", "USA"] == 1.0
    assert rows["trade value", "CHN", "WLD"] == rows["trade value", "WLD", "WLD"] == 1.5
    assert rows["trade quantity", "CHN", "WLD"] == 20
    assert ("trade quantity", "CHN", "DEU") not in rows
    assert (taken.card.known_on, taken.card.licence) == ("2026-01-31", "Etalab 2.0")


def test_a_flow_is_the_same_quantity_as_the_datasets_own_figure(written, today):
    ours = printed_figures().loc["trade-quantity.antimony.hs-261710.AUS-CHN.2024.baci-2026"]
    figures = read_baci(written(NAME, HEADER, "2024,36,156,261710,51091.16,5502.441"), today=today).figures
    flow = figures[
        (figures["place"] == "AUS") & (figures["metric"] == "trade quantity") & (figures["partner"] == "CHN")
    ]
    assert [flow.iloc[0][c] for c in ("material", "item", "period", "value")] == [
        ours[c] for c in ("material", "item", "period", "value")
    ]


def test_other_codes_and_years_are_left_out_and_counted(written, today):
    path = written(NAME, HEADER, "2024,156,842,261710,1,1", "2023,156,842,261710,1,1", "2024,156,842,010111,1,1")
    taken = read_baci(path, years=["2024"], today=today)
    assert {x["rows"] for x in taken.left_out} == {1}
    assert taken.rows == 3
    everything = read_baci(path, everything=True, today=today).figures
    assert "HS 010111, gross weight" in set(everything["item"])


def test_a_code_that_lumps_materials_is_nobodys(written, today):
    figures = read_baci(written(NAME, HEADER, "2024,156,842,811292,1,1"), today=today).figures
    assert set(figures["material"]) == {""}


def test_areas_that_are_no_country_count_in_totals_alone(written, today):
    path = written(NAME, HEADER, "2024,156,842,261710,1,10", "2024,156,697,261710,1,5")
    figures = read_baci(path, today=today).figures.query("metric == 'trade quantity'")
    assert figures.set_index(["place", "partner"])["value"].to_dict() == {
        ("CHN", "USA"): 10, ("CHN", "WLD"): 15, ("WLD", "USA"): 10, ("WLD", "WLD"): 15,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("24,156,842,261710,1,1", "t"),
        ("2024,CHN,842,261710,1,1", "i"),
        ("2024,156,999,261710,1,1", "j"),
        ("2024,156,842,2617x0,1,1", "k"),
        ("2024,156,842,261710,-1,1", "v"),
        ("2024,156,842,261710,,1", "v"),
        ("2024,156,842,261710,1,-20", "q"),
        ('2024,156,842,261710,1,"1,5"', "q"),
        ("2024,156,842,261710,1", ""),
        ("2024,156,276,261710,2,2", "t, i, j, k"),
    ],
)
def test_a_wrong_row_is_named_by_line_and_column(written, today, row, column):
    assert columns(written(NAME, HEADER, "2024,156,276,261710,1,1", row), today) == [(3, column)]


def test_rows_after_an_uneven_one_keep_their_line(written, today):
    rows = ["2024,156,276,261710,1,1", "2024,156", "2024,156,842,261710,-1,1", "2024", "2024,156,36,261710,1,x"]
    assert set(columns(written(NAME, HEADER, *rows), today)) == {(3, ""), (4, "v"), (5, ""), (6, "q")}


def test_other_columns_are_told_as_such(written, today):
    with pytest.raises(InputError, match="q missing"):
        read_baci(written(NAME, "t,i,j,k,v", "2024,156,842,261710,1"), today=today)


def test_a_file_wrong_throughout_is_not_read_to_its_end(written, today, monkeypatch):
    monkeypatch.setattr("sluicegate.world.intake.baci.ENOUGH", 10)
    found = columns(written(NAME, HEADER, *["x,156,842,261710,1,1"] * 20), today)
    assert found[-1] == (22, "")


def test_no_row_of_our_goods_is_an_error_not_an_empty_import(written, today):
    with pytest.raises(InputError, match="no row of these years and codes among 1"):
        read_baci(written(NAME, HEADER, "2024,156,842,010111,1,1"), today=today)


def test_the_customs_territories_are_those_of_the_table_of_countries():
    codes = numeric_codes()
    assert [codes[c] for c in ("156", "842", "251", "699", "757", "579", "36", "4")] == [
        "CHN", "USA", "FRA", "IND", "CHE", "NOR", "AUS", "AFG",
    ]  # fmt: skip
