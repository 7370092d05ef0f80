"""Rows of the chain's tables in a user's hand."""

from __future__ import annotations

import pytest

from sluicegate.world.intake.chain_rows import is_chain, read_chain
from sluicegate.world.intake.problem import IntakeError
from sluicegate.world.table import KEYS, read_table

PLANTS = "process,place,activity_t_per_yr,activity_sd_rel,capacity_t_per_yr,restart_weeks,label,reason"
GOOD = "gallium extraction,JPN,20,0.1,33,104,judgement,restarted"


def columns(path, today) -> list[tuple[str, int | None, str]]:
    with pytest.raises(IntakeError) as caught:
        read_chain(path, today=today)
    return [(p.file, p.row, p.column) for p in caught.value.problems]


def test_columns_stand_in_our_order_and_those_that_may_be_empty_may_be_missing(written, today):
    path = written("processes.csv", "description,stage,material,process", "from scrap,metal,gallium,recycling")
    table = read_chain(path, today=today).tables["processes"]
    assert list(table.columns) == list(read_table("processes").columns)
    assert table.iloc[0]["cover_parameter"] == ""


def test_a_number_that_every_row_of_ours_has_may_not_be_missing(written, today):
    found = columns(written("producers.csv", "process,place,label,reason", "gallium extraction,DEU,judgement,x"), today)
    assert ("producers.csv", 2, "activity_sd_rel") in found


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("galium extraction,DEU,20,0.1,33,104,judgement,x", "process"),
        ("gallium extraction,Germany,20,0.1,33,104,judgement,x", "place"),
        ("gallium extraction,DEU,-20,0.1,33,104,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,20 t,0.1,33,104,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,no_such_anchor * 2,0.1,33,104,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,__import__('os'),0.1,33,104,judgement,x", "activity_t_per_yr"),
        ("gallium extraction,DEU,20,0.1,33,104,sure,x", "label"),
        ("gallium extraction,DEU,20,0.1,33,104,judgement,", "reason"),
        (",DEU,20,0.1,33,104,judgement,x", "process"),
        ("gallium extraction,CHN,20,0.1,33,104,judgement", ""),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(written, today, row, column):
    assert columns(written("producers.csv", PLANTS, GOOD, row), today) == [("producers.csv", 3, column)]


def test_a_second_row_of_a_key_is_refused(written, today):
    assert columns(written("producers.csv", PLANTS, GOOD, GOOD), today) == [("producers.csv", 3, "")]


def test_problems_of_all_files_of_a_folder_are_told_at_once(written, today, tmp_path):
    written("producers.csv", PLANTS, "galium extraction,DEU,20,0.1,33,104,judgement,x")
    written("projects.csv", "project,process,place,starts_p50,label,reason", "p,gallium extraction,DEU,soon,reported,x")
    written("plants.csv", "a", "1")
    found = {file for file, _, _ in columns(tmp_path, today)}
    assert "plants.csv" in found
    (tmp_path / "plants.csv").unlink()
    assert {("producers.csv", 2, "process"), ("projects.csv", 2, "starts_p50")} <= set(columns(tmp_path, today))


def test_a_name_that_the_same_folder_brings_is_known(written, today, tmp_path):
    written("processes.csv", "process,material,stage,description", "recycling,gallium,metal,from scrap")
    written("producers.csv", PLANTS, "recycling,DEU,20,0.1,33,104,judgement,ours")
    taken = read_chain(tmp_path, today=today)
    assert {name: len(rows) for name, rows in taken.tables.items()} == {"processes": 1, "producers": 1}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_our_own_tables_pass(tmp_path, today, name):
    table = read_table(name)
    table.to_csv(tmp_path / f"{name}.csv", index=False)
    assert is_chain(tmp_path)
    assert read_chain(tmp_path, today=today).tables[name].to_dict("list") == table.to_dict("list")
