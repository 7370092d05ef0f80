"""Rare earths and magnets: lead times, costs, stocks, yields, prices, projects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, mended, read, tidy
from ingest.figures.names import material_of, place_code, place_or_words


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


def facilities(folder: Path) -> pd.DataFrame:
    """Projects: capacity, cost, finance. Dates and words are not figures and stay out."""
    names = {
        "capacity": "capacity",
        "planned_capacity": "capacity",
        "output": "production",
        "run_rate": "run rate",
        "capex": "project cost",
        "capex_estimate": "project cost",
        "capex_phase2": "project cost",
        "capex_overrun": "project cost",
        "public_financing": "financing",
        "private_financing": "financing",
        "subsidy": "financing",
        "tax_credit": "financing",
        "equity_raised": "financing",
        "lead_time": "lead time",
        "price_floor": "price floor",
        "unit_cost": "unit cost",
        "output_life_of_mine": "production",
        "expected_output": "production",
        "sale": "project sale",
        "ore_reserve": "reserves",
    }
    table = mended(folder, "facilities", ["facility_id", "metric", "date"])
    planned = {"planned_capacity", "capex_phase2", "output_life_of_mine", "expected_output"}
    rows = []
    for _, row in table[table.metric.isin(names)].iterrows():
        kind = row.metric.replace("_", " ")
        rows.append(
            carried(row)
            | {
                "metric": names[row.metric],
                "item": f"{row['name']} ({row.company}): {kind}",
                "place": place_code(row.country),
                "period": row.date,
                "stage": _stage(row.stage),
                "material": "magnets" if "magnet" in row.stage else "rare earths",
                "status": "planned" if row.metric in planned else "observed",
                "note": "; ".join(
                    t
                    for t in (
                        f"printed in {row.unit}" if row.unit.startswith("t ") else f"of {row['product']}",
                        row.note,
                    )
                    if t
                ),
            }
        )
    return tidy(rows)


def _stage(text: str) -> str:
    """One stage word for a facility's description."""
    for word in ("magnet", "metal", "alloy", "separation", "cracking", "mine", "recycling"):
        if word in text:
            return {"cracking": "separation"}.get(word, word)
    return ""
