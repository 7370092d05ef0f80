"""python -m ingest.published FOLDER: printed results become `world/data/published/`, with governance and sources."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
from ingest.published.cards import cards
from ingest.published.governance import governance
from ingest.published.tables import TABLES

DATA = Path(__file__).parents[2] / "src" / "sluicegate" / "world" / "data"


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(prog="python -m ingest.published", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of collected rows, one sub-folder per subject")
    folder = parser.parse_args().folder
    written = {f"published/{name}": table(folder) for name, table in TABLES.items()}
    written |= {"governance": governance(folder), "sources_published": cards()}
    (DATA / "published").mkdir(exist_ok=True)
    for name, table in written.items():
        _write(table, DATA / f"{name}.csv")


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n")
    print(f"{path.name}: {len(table)} rows")


if __name__ == "__main__":
    main()
