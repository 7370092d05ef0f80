"""Rare earths and magnets: lead times, costs, stocks, yields, prices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, mended, read, tidy
from ingest.figures.names import material_of, place_or_words


def plain(folder: Path) -> pd.DataFrame:
    """Lead times, elasticities and recycling, costs, stocks, yields: tables of one shape."""
    rows = list(_plain_rows(folder))
    return tidy(rows)


def _plain_rows(folder: Path) -> Iterator[dict[str, str]]:
    names = {
        "lead_time": "lead time",
        "EoL_recycling_input_rate": "recycling share",
        "restriction_price_effect": "price change",
        "price_spike_multiple": "price ratio",
        "implied_arc": "elasticity",
        "welfare_loss": "gdp effect",
        "reagent_intensity": "process input",
        "electricity_intensity": "process input",
        "recovery": "process yield",
        "rock_to_metal_ratio": "process input",
        "policy_target": "stock target",
        "potential_acquisition_NDS": "stock purchase plan",
        "stock_volume": "stock",
        "stock_value": "stock value",
        "inventory_cover": "stock cover",
        "yield": "process yield",
        "metal_input": "process input",
        "grade": "ore grade",
        "loss": "process loss",
        "re_content": "composition",
        "reagent": "process input",
        "energy": "process input",
        "licence_approval_rate": "licence approval share",
    }
    tables = [read(folder, f"rare-earths/{f}") for f in ("lead_times", "costs")]
    tables += [mended(folder, "elasticities", ["metric", "country", "item", "year"])]
    tables += [
        mended(folder, "stockpiles", ["metric", "country", "item", "year"]),
        read(folder, "second-reading/yields"),
    ]
    for table in tables:
        for _, row in table[table.metric.isin(names)].iterrows():
            place, words = place_or_words(row.country)
            yield carried(row) | {
                "metric": names[row.metric],
                "item": f"{words}: {row['item']}" if words else row["item"],
                "place": place,
                "period": row.year,
                "material": material_of(row["item"], "rare earths"),
                "status": "planned" if "potential" in row.metric or "target" in row.metric else "observed",
            }


def prices(folder: Path) -> pd.DataFrame:
    """Prices of oxides and metals: annual, and dated points."""
    rows = []
    for _, row in read(folder, "rare-earths/prices").iterrows():
        place, words = place_or_words(
            {"China export": "CHN", "China domestic": "CHN"}.get(row.market, row.market.split(" (")[0])
        )
        place = place or ("WLD" if words.startswith("world") else "")
        kind = "annual average" if "annual" in row.basis else row.basis
        rows.append(
            carried(row)
            | {
                "metric": "price",
                "material": material_of(row["product"], "rare earths"),
                "place": place,
                "item": f"{row['product']}, {row.market}, {kind}",
                "period": row.date,
                "stage": "metal" if "metal" in row["product"] else "oxide",
            }
        )
    return tidy(rows)
