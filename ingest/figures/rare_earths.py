"""Rare earths and magnets: mine output to magnets, use, prices, stocks, projects, trade."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, mended, read, tidy
from ingest.figures.names import ELEMENTS, material_of, place_code, place_or_words

_MINE = {
    "mine_production": ("production", "observed"),
    "mine_production_superseded": ("production", "observed"),
    "company_mine_production": ("production", "observed"),
    "reserves": ("reserves", "observed"),
    "reserves_superseded": ("reserves", "observed"),
    "quota_mining": ("quota", "planned"),
    "quota_smelting_separation": ("quota", "planned"),
    "capacity": ("capacity", "observed"),
    "resource": ("resource", "observed"),
    "ore_reserve": ("reserves", "observed"),
    "share_ion_adsorption_in_mining_quota": ("share of quota", "observed"),
    "share_of_heavy_REE_supply": ("share of world output", "observed"),
    "share_of_medium_heavy_REE": ("share of world output", "observed"),
    "share_of_China_REE_imports": ("import share", "observed"),
    "peak_exports_to_China": ("trade quantity", "observed"),
    "China_imports_from_Myanmar": ("trade quantity", "observed"),
    "Y2O3_share_of_ore": ("composition", "observed"),
}
_REFINING = {
    "share_refined": ("share of world output", "refining"),
    "share_mined": ("share of world output", "mine"),
    "share_separation": ("share of world output", "separation"),
    "share_magnets": ("share of world output", "magnet"),
    "share_metal": ("share of world output", "metal"),
    "share_Dy/Tb": ("share of world output", "separation"),
    "production": ("production", "separation"),
    "run_rate": ("run rate", "separation"),
    "quota_smelting_separation": ("quota", "separation"),
    "capacity_separation": ("capacity", "separation"),
    "capacity_separation_rejected": ("capacity", "separation"),
    "plant_size_typical": ("plant size", "separation"),
}
_MAGNETS = {
    "production": "production",
    "capacity": "capacity",
    "capacity_planned": "capacity",
    "share_magnets": "share of world output",
    "concentration_top5": "share of capacity",
    "share_of_use": "end-use share",
    "NdPr_content": "composition",
    "price_premium_Europe_vs_China": "price ratio",
    "oxide_to_metal_loss": "process loss",
    "producers": "producers",
    "share_domestic_market": "share of market",
    "market_value": "market value",
    "share_separated": "process share",
}


def mine(folder: Path) -> pd.DataFrame:
    """Mine output, reserves, quotas."""
    rows = []
    for _, row in read(folder, "rare-earths/mine_production").iterrows():
        metric, status = _MINE[row.metric]
        item = "" if row["item"] == "REO total" else row["item"]
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "status": status,
                "item": item,
                "period": row.year,
                "place": place_code(row.country),
                "material": material_of(row["item"], "rare earths"),
                "stage": "separation" if "separation" in row.metric else "mine",
            }
        )
    return tidy(rows)


def composition(folder: Path) -> pd.DataFrame:
    """Element shares of the rare-earth oxide in an ore; the sourced ones of both readings."""
    rows = []
    both = pd.concat([read(folder, f"{f}/ore_composition") for f in ("rare-earths", "second-reading")]).fillna("")
    for _, row in both.iterrows():
        if row.unit != "wt%":
            continue
        element = ELEMENTS.get(row.element, "rare earths")
        rows.append(
            carried(row)
            | {
                "metric": "composition",
                "material": element,
                "item": f"{row.deposit}: {row.element}",
                "stage": "mine",
                "place": place_code(row.country),
                "period": row.year,
                "low": "",
                "high": "",
            }
        )
    return tidy(rows)


def refining(folder: Path) -> pd.DataFrame:
    """Shares of separation and refining, output and capacity."""
    rows = []
    for _, row in read(folder, "rare-earths/refining").iterrows():
        name = row.metric.removesuffix("_projected")
        metric, stage = _REFINING[name]
        item = re.sub(
            r"^(REE )?separation(/refining)?$|^metal making$|^(sintered )?(permanent )?magnets$", "", row["item"]
        )
        low = "" if (row.low == row.value) else row.low
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "stage": stage,
                "item": item,
                "place": place_code(row.country),
                "period": row.year,
                "low": low,
                "status": "forecast"
                if row.metric.endswith("_projected")
                else "planned"
                if "quota" in name
                else "observed",
                "material": "magnets"
                if stage == "magnet"
                else "heavy rare earths"
                if "Dy/Tb" in row.metric
                else "rare earths",
            }
        )
    return tidy(rows)


def magnets(folder: Path) -> pd.DataFrame:
    """Magnet output, capacity, shares."""
    table = mended(folder, "magnets", ["metric", "country", "item", "year"])
    rows = []
    for _, row in table[table.metric.isin(_MAGNETS)].iterrows():
        item = re.sub(r"^(sintered magnets|RE permanent magnets)$", "", row["item"])
        alloy = re.search(r"alloy", row["item"], re.I)
        stage = (
            "alloy" if alloy else "metal" if "metal" in row["item"] else "separation" if "REO" in row.unit else "magnet"
        )
        rows.append(
            carried(row)
            | {
                "metric": _MAGNETS[row.metric],
                "stage": stage,
                "item": item,
                "place": place_code(row.country),
                "period": row.year,
                "status": "planned" if "planned" in row.metric else "observed",
                "material": "magnets",
            }
        )
    return tidy(rows)


def demand(folder: Path) -> pd.DataFrame:
    """Use by sector and place, and what is projected."""
    names = {
        "demand": "consumption",
        "demand_by_sector": "consumption",
        "consumption": "consumption",
        "apparent_consumption": "consumption",
        "share_of_use": "end-use share",
        "share_of_demand": "end-use share",
        "share_of_REO_value": "end-use share",
        "share_of_REO_volume": "end-use share",
        "demand_growth": "growth",
        "demand_cagr_projected": "growth",
        "mine_supply_projected": "production",
        "implied_supply": "production",
        "deficit_projected": "deficit",
    }
    rows = []
    for _, row in read(folder, "rare-earths/demand").iterrows():
        by_value = " (by value)" if row.metric == "share_of_REO_value" else ""
        rows.append(
            carried(row)
            | {
                "metric": names[row.metric],
                "item": row["item"] + by_value,
                "place": place_code(row.country),
                "period": row.year,
                "status": "forecast" if "projected" in row.metric or int(row.year[:4]) > 2025 else "observed",
                "material": material_of(row["item"], "rare earths"),
                "stage": "mine" if "mine" in row.metric else "use",
            }
        )
    return tidy(rows)


def intensity(folder: Path) -> pd.DataFrame:
    """What a unit of a product contains."""
    table = mended(folder, "intensity", ["metric", "item", "country", "year"])
    names = {
        "content_per_unit": "content per unit",
        "demand": "consumption",
        "demand_forecast": "consumption",
        "composition": "composition",
        "Dy_share": "composition",
        "share_PM_motors": "product share",
        "cost_share": "cost share",
    }
    rows = []
    for _, row in table[table.metric.isin(names)].iterrows():
        place, words = place_or_words(row.country)
        item = f"{words}: {row['item']}" if words else row["item"]
        rows.append(
            carried(row)
            | {
                "metric": names[row.metric],
                "item": item,
                "place": place,
                "period": row.year,
                "stage": "use",
                "status": "forecast" if "forecast" in row.metric else "observed",
                "material": material_of(row["item"].replace("motors", ""), "rare earths"),
            }
        )
    return tidy(rows)
