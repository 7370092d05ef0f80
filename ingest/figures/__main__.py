"""python -m ingest.figures FOLDER: the collected rows become the figures, sources and plants of the world."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd
from ingest.figures import (
    derived,
    identity,
    industry,
    normal,
    other_markets,
    other_minerals,
    plants,
    published,
    rare_earth_markets,
    rare_earths,
    sources,
    trade,
    us_trade,
)
from ingest.figures.collected import COLUMNS

DATA = Path(__file__).parents[2] / "src" / "sluicegate" / "world" / "data"
SHIPPED = [
    "figure_id",
    "metric",
    "material",
    "item",
    "stage",
    "place",
    "partner",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "status",
    "source_id",
    "page",
    "known_on",
    "grade",
    "preferred",
    "contradicts",
    "note",
]
ADAPTERS = [
    rare_earths.mine,
    rare_earths.composition,
    rare_earths.refining,
    rare_earths.magnets,
    rare_earths.demand,
    rare_earths.intensity,
    rare_earth_markets.plain,
    rare_earth_markets.prices,
    plants.rare_earths,
    trade.rare_earths_baci,
    trade.other_minerals_baci,
    trade.customs,
    trade.reliance,
    us_trade.us_trade,
    trade.reported,
    other_minerals.production,
    other_minerals.demand,
    other_markets.prices,
    other_markets.wedges,
    other_markets.stocks,
    plants.other_minerals,
    other_minerals.quotas,
    other_markets.stages,
    other_minerals.elasticities,
    other_minerals.concentration,
    industry.value_added,
    industry.units,
    industry.others,
    published.concentration,
    published.lead_times,
    published.macro,
    published.gdp_effects,
    published.prices,
]


def gathered(folder: Path) -> pd.DataFrame:
    """All rows of all adapters and our own additions, as printed."""
    additions = pd.read_csv(Path(__file__).with_name("additions.csv"), dtype=str, keep_default_na=False)
    return pd.concat(
        [*(adapter(folder) for adapter in ADAPTERS), additions.reindex(columns=COLUMNS)], ignore_index=True
    ).fillna("")


def figures(folder: Path) -> pd.DataFrame:
    """The figures table, ordered by id, with the source's words still beside it."""
    rows = normal.normalised(gathered(folder))
    rows = pd.concat([rows, derived.antimony_world(rows)], ignore_index=True)
    rows = rows.drop_duplicates(
        ["metric", "material", "item", "stage", "place", "partner", "period", "value", "low", "high", "source_id"]
    )
    rows = identity.with_ids(rows.reset_index(drop=True))
    rows = pd.concat([rows, derived.antimony_smelting(rows), derived.spare_capacity(rows)], ignore_index=True)
    return identity.with_preference(rows).sort_values("figure_id", ignore_index=True)


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(prog="python -m ingest.figures", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of collected rows, one sub-folder per subject")
    folder = parser.parse_args().folder
    rows = figures(folder)
    DATA.mkdir(parents=True, exist_ok=True)
    told = plants.events(folder)
    written = {
        "figures": rows[SHIPPED],
        "sources": sources.table(pd.concat([rows, told])),
        "facilities": plants.table(folder, rows, told),
        "milestones": told.drop(columns=["source", "url"]),
    }
    for name, table in written.items():
        table.to_csv(DATA / f"{name}.csv", index=False, lineterminator="\n")
    print(", ".join(f"{len(table)} {name}" for name, table in written.items()))


if __name__ == "__main__":
    main()
