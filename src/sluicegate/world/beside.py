"""The tables beside the chain: plants, provinces, grades, elements, burdens and cross-checks, as a world has them."""

from __future__ import annotations

import pandas as pd

from sluicegate.world.anchor import named_numbers
from sluicegate.world.chain import World
from sluicegate.world.table import cited, numbers, read_table


def load_beside(world: World, name: str, column: str) -> pd.DataFrame:
    """One of the tables beside the chain, its numbers reckoned, the user's own rows laid over it as over the chain.

    Parameters
    ----------
    name : a key of `table.KEYS`
    column : the column that holds the number; `low` and `high`, where the table has them, hold its range

    Raises
    ------
    InputError : a cell that is not arithmetic on known names.
    """
    names = named_numbers(world.anchors)
    table = read_table(name, world.overlay)
    present = [c for c in (column, "low", "high") if c in table]
    table["refs"] = cited(table, present, names)
    for expression in present:
        table[expression] = numbers(table, expression, names, where=f"{name}.csv")
    return table
