"""Rows of the chain's tables in a user's hand."""

from __future__ import annotations

import pytest

from sluicegate.world.intake.chain_rows import is_chain, read_chain
from sluicegate.world.intake.problem import IntakeError
from sluicegate.world.table import KEYS, read_table

PLANTS = "process,place,activity_t_per_yr,label,reason"
GOOD = "gallium extraction,JPN,20,judgement,restarted"


def columns(path, today) -> list[tuple[str, int | None, str]]:
    with pytest.raises(IntakeError) as caught:
        read_chain(path, today=today)
    return [(p.file, p.row, p.column) for p in caught.value.problems]


def test_columns_stand_in_our_order_and_missing_ones_are_empty(written, today):
    path = written("producers.csv", "reason,label,place,process", "ours,judgement,DEU,gallium extraction")
    table = read_chain(path, today=today).tables["producers"]
    assert list(table.columns) == list(read_table("producers").columns)
    assert table.iloc[0].to_dict() == dict.fromkeys(table.columns, "") | {
        "process": "gallium extraction", "place": "DEU", "label": "judgement", "reason": "ours",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("galium extraction,DEU,20,judgement,x", "process"),
        ("gallium extraction,Germany,20,judgement,x", "place"),
        ("gallium extraction,DEU,-20,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,20 t,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,no_such_anchor * 2,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,__import__('os'),judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,20,sure,x", "label"),
        ("gallium extraction,DEU,20,judgement,", "reason"),
        (",DEU,20,judgement,x", "process"),
        ("gallium extraction,CHN,20,judgement", ""),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(written, today, row, column):
    assert columns(written("producers.csv", PLANTS, GOOD, row), today) == [("producers.csv", 3, column)]


def test_a_second_row_of_a_key_is_refused(written, today):
    assert columns(written("producers.csv", PLANTS, GOOD, GOOD), today) == [("producers.csv", 3, "")]


def test_problems_of_all_files_of_a_folder_are_told_at_once(written, today, tmp_path):
    written("producers.csv", PLANTS, "galium extraction,DEU,20,judgement,x")
    written("projects.csv", "project,process,place,starts_p50,label,reason", "p,gallium extraction,DEU,soon,reported,x")
    written("plants.csv", "a", "1")
    found = {file for file, _, _ in columns(tmp_path, today)}
    assert "plants.csv" in found
    (tmp_path / "plants.csv").unlink()
    assert columns(tmp_path, today) == [("producers.csv", 2, "process"), ("projects.csv", 2, "starts_p50")]


def test_a_name_that_the_same_folder_brings_is_known(written, today, tmp_path):
    written("processes.csv", "process,material,stage,description", "recycling,gallium,metal,from scrap")
    written("producers.csv", PLANTS, "recycling,DEU,20,judgement,ours")
    taken = read_chain(tmp_path, today=today)
    assert {name: len(rows) for name, rows in taken.tables.items()} == {"processes": 1, "producers": 1}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_our_own_tables_pass(tmp_path, today, name):
    table = read_table(name)
    table.to_csv(tmp_path / f"{name}.csv", index=False)
    assert is_chain(tmp_path)
    assert read_chain(tmp_path, today=today).tables[name].to_dict("list") == table.to_dict("list")
