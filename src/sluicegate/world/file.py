"""Where the dataset's files lie, and reading one of them as words."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

DATA = files("sluicegate.world") / "data"
"""Where the world dataset's tables lie."""


def read_words(name: str) -> pd.DataFrame:
    """A shipped table, every cell as text, absent cells as empty strings; `name` without its ending."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as text:
        return pd.read_csv(text, dtype=str, keep_default_na=False)
