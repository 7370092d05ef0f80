"""Figures of a user in our columns: what reads, and every way in which a file can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sluicegate.terms import InputError
from sluicegate.world.intake.problem import IntakeError
from sluicegate.world.intake.tidy import read_tidy

HEADER = "metric,material,stage,place,period,value,unit"
GOOD = "production,antimony,mine,BOL,2024,60000,t"


def problems(path: Path, today, **more) -> list[tuple[int | None, str]]:
    with pytest.raises(IntakeError) as caught:
        read_tidy(path, today=today, **more)
    return [(p.row, p.column) for p in caught.value.problems]


def test_names_of_places_become_codes_and_empty_cells_stay_absent(written, today):
    path = written("own.csv", f"{HEADER},low,high", "production,antimony,mine,China,2024,,t,60000,80000")
    row = read_tidy(path, today=today).figures.iloc[0]
    assert (row["place"], row["status"], row["known_on"]) == ("CHN", "observed", "2026-11-23")
    assert row["value"] != row["value"]
    assert row["low"] == 60_000


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("producton,antimony,mine,CHN,2024,1,t", "metric"),
        ("production,antimoney,mine,CHN,2024,1,t", "material"),
        ("production,antimony,mines,CHN,2024,1,t", "stage"),
        ("production,antimony,mine,Chnia,2024,1,t", "place"),
        ("production,antimony,mine,CHN,2024-13,1,t", "period"),
        ("production,antimony,mine,CHN,2025-02-30,1,t", "period"),
        ("production,antimony,mine,CHN,2024/2020,1,t", "period"),
        ("production,antimony,mine,CHN,2027,1,t", "known_on"),
        ("production,antimony,mine,CHN,2024,-1,t", "value"),
        ("production,antimony,mine,CHN,2024,'1,000',t".replace("'", '"'), "value"),
        ("production,antimony,mine,CHN,2024,nan,t", "value"),
        ("production,antimony,mine,CHN,2024,1e999,t", "value"),
        ("production,antimony,mine,CHN,2024,,t", "value"),
        ("production,antimony,mine,CHN,2024,1,kg", "unit"),
        ("share of world output,antimony,mine,CHN,2024,60,share", "value"),
        ("production,antimony,mine,CHN,2024,1", ""),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(written, today, row, column):
    assert problems(written("own.csv", HEADER, GOOD, row), today) == [(3, column)]


def test_every_problem_of_a_row_is_told_at_once(written, today):
    path = written("own.csv", HEADER, "producton,antimoney,mine,Chnia,2024-13,-1,kg")
    assert {c for _, c in problems(path, today)} == {"metric", "material", "place", "period", "value"}


def test_a_thousand_errors_make_a_short_message_with_their_count(written, today):
    rows = [f"production,antimony,mine,Chnia,2024,-1,t,plant {n}" for n in range(500)]
    path = written("own.csv", f"{HEADER},item", *rows)
    with pytest.raises(IntakeError) as caught:
        read_tidy(path, today=today)
    assert len(caught.value.problems) == 1_000
    assert "1,000 problems, nothing was imported" in str(caught.value)
    assert "and 980 more (place 500, value 500)" in str(caught.value)
    assert len(str(caught.value).splitlines()) < 30


def test_missing_unknown_and_repeated_columns_are_told_together(written, today):
    path = written("own.csv", "metric,metric,country,period", "production,production,CHN,2024")
    assert {c for _, c in problems(path, today)} == {"metric", "country", "unit", "value"}


def test_two_rows_of_one_quantity_are_refused(written, today):
    assert problems(written("own.csv", HEADER, GOOD, "production,antimony,mine,Bolivia,2024,5,t"), today) == [(3, "")]


def test_a_material_the_dataset_does_not_know_must_be_announced(written, today):
    path = written("own.csv", HEADER, "production,unobtainium,mine,CHN,2024,1,t")
    assert problems(path, today) == [(2, "material")]
    assert len(read_tidy(path, today=today, new_materials=["unobtainium"]).figures) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_byte_order_marks_do_not_matter(written, today, encoding, separator):
    lines = [line.replace(",", separator) for line in (HEADER, GOOD)]
    assert read_tidy(written("own.csv", *lines, encoding=encoding), today=today).figures["value"].tolist() == [60_000]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"metric,material,place,period,value,unit\n", "a header and no rows"),
        (b"PK\x03\x04rest", "zip archive or a spreadsheet"),
        (b"\x00\x01\x02\x03", "no text"),
        ("metric,place\nproduction,China".encode("utf-16"), "UTF-16"),
        ("metric,place,period,value,unit,item\nproduction,CHN,2024,1,t,Türkiye".encode("latin-1"), "not UTF-8"),
        (b'metric,place,period,value,unit\n"production,CHN,2024,1,t\n', "unexpected end of data"),
    ],
)
def test_what_is_no_csv_is_told_as_what_it_is(tmp_path, today, content, found):
    (tmp_path / "own.csv").write_bytes(content)
    with pytest.raises(InputError, match=found):
        read_tidy(tmp_path / "own.csv", today=today)
