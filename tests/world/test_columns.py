import pandas as pd

from sluicegate.world.anchor import load_anchors, named_numbers
from sluicegate.world.table import DATA, KEYS, numbers, read_table


def test_every_column_of_every_table_is_described_and_no_other() -> None:
    columns = pd.read_csv(DATA / "columns.csv", dtype=str, keep_default_na=False)
    common = set(columns.loc[columns["table"] == "*", "column"])
    used = set()
    for name in KEYS:
        own = set(columns.loc[columns["table"] == name, "column"])
        header = set(read_table(name).columns)
        assert own <= header
        assert header <= own | common
        used |= header
    assert common <= used


def test_every_label_is_one_of_six_and_every_judgement_has_its_reason() -> None:
    labels = {"official", "reported", "derived", "fitted", "practice", "judgement"}
    for name in KEYS:
        table = read_table(name)
        if "label" in table:
            assert set(table["label"]) <= labels, name
            assert (table.loc[table["label"] == "judgement", "reason"] != "").all(), name


def test_a_range_holds_its_value() -> None:
    names = named_numbers(load_anchors())
    for name, column in (("recipes", "t_per_t"), ("elements", "share"), ("grades", "content"), ("burdens", "amount")):
        table = read_table(name)
        value, low, high = (numbers(table, c, names, where=name) for c in (column, "low", "high"))
        assert ((low <= value * 1.0001) | low.isna()).all(), name
        assert ((high >= value * 0.9999) | high.isna()).all(), name
