import pandas as pd

from sluicegate.world.table import DATA, KEYS, read_table


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
