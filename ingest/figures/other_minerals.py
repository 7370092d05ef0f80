"""Tungsten, gallium, antimony, germanium and the rest: output, use, prices, stages, stocks, projects, quotas."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, grade_of, less_audit, read, tidy
from ingest.figures.names import place_code

_STAGES = {
    "mine": "mine",
    "mine (natural)": "mine",
    "magnesite mine (not Mg metal)": "mine",
    "primary metal": "metal",
    "primary metal (low purity)": "refining",
    "refined": "refining",
    "refined/primary": "refining",
    "refined/mine": "refining",
    "refined (incl. recycled)": "refining",
    "refined/smelted": "smelting",
    "ingot": "smelting",
    "oxide": "oxide",
    "concentrate": "mine",
    "APT smelting": "smelting",
    "spherical graphite": "refining",
    "anode material": "anode",
    "synthetic graphite": "synthetic",
    "refined (Korea Zinc)": "refining",
}

_MEASURES = {"production change": "growth", "private Hunan smelter utilisation": "utilisation"}


def _stage(text: str) -> str:
    return _STAGES.get(text) or ("smelting" if text.startswith("smelter") else text)


def _item(row: pd.Series) -> str:
    """What a production row measures beyond its stage; nothing for the plain national total."""
    if row.stage.startswith("smelter: "):
        return row.stage.removeprefix("smelter: ")
    special = {
        "magnesite mine (not Mg metal)": "magnesite",
        "spherical graphite": "spherical graphite",
        "ingot": "ingot",
        "concentrate": "concentrate",
        "oxide": "trioxide",
        "APT smelting": "ammonium paratungstate",
        "refined (incl. recycled)": "with recycled",
        "refined (Korea Zinc)": "Korea Zinc",
        "synthetic graphite": "synthetic graphite",
    }
    item = special.get(row.stage, "")
    if row.unit == "t Li2O":
        item = "Li2O content"
    return "concentrate of 65 % WO3" if "65% WO3" in row.unit else item


def production(folder: Path) -> pd.DataFrame:
    """Output and its change, capacity and its use, reserves, published shares."""
    table = read(folder, "other-minerals/production")
    rows = []
    for _, row in table.iterrows():
        estimated = "estimated" if row.estimate == "estimated" else ""
        mcs_zero_world = row.iso3 == "WLD" and "Mineral Commodity" in row.source
        rows.append(
            carried(row)
            | {
                "metric": _MEASURES.get(row.measure, row.measure),
                "material": row.mineral,
                "item": _item(row),
                "stage": _stage(row.stage),
                "place": place_code(row.iso3),
                "period": row.year,
                "low": "" if row.low == row.value else row.low,
                "high": "" if row.high == row.value else row.high,
                "grade": grade_of(row.source),
                "note": "; ".join(
                    t
                    for t in (estimated, "rounded by the publisher" if mcs_zero_world else "", less_audit(row.note))
                    if t
                ),
                "status": "forecast" if row.estimate == "forecast" else "observed",
            }
        )
    return tidy(rows)


def demand(folder: Path) -> pd.DataFrame:
    """Use, imports, reliance, import sources, end uses."""
    names = {
        "net import reliance": "net import reliance",
        "apparent consumption": "consumption",
        "reported consumption": "consumption",
        "estimated consumption": "consumption",
        "consumption": "consumption",
        "consumption forecast": "consumption",
        "demand": "consumption",
        "consumer stocks": "stock",
        "primary smelter production": "production",
        "secondary production": "production",
        "PV glass output": "production",
        "end-use share": "end-use share",
        "end-use share (primary)": "end-use share",
        "first-use share": "end-use share",
        "share of world consumption": "share of world consumption",
        "share of world imports": "share of world imports",
    }
    first, second = read(folder, "other-minerals/demand"), read(folder, "second-reading/demand")
    first = first[~_key(first, "other-minerals/demand.csv: ").isin(set(second["replaces"]))]
    rows = []
    for _, row in pd.concat([first, second]).fillna("").iterrows():
        source = re.fullmatch(r"import source share \((.*)\)", row.metric)
        metric = (
            "import share"
            if source
            else {"imports": "trade quantity", "exports": "trade quantity"}.get(row.metric, names.get(row.metric, ""))
        )
        if not metric or not row.mineral:
            continue
        geography = place_code(row.geography)
        place, partner = {"imports": ("WLD", geography), "exports": (geography, "WLD")}.get(row.metric, (geography, ""))
        basis = (
            row.metric
            if row.metric.split()[0] in ("apparent", "reported", "estimated", "first-use", "primary", "secondary")
            else ""
        )
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "material": row.mineral,
                "item": ", ".join(
                    t for t in (row.segment.replace("all", "") if row.segment == "all" else row.segment, basis) if t
                ),
                "place": place,
                "partner": place_code(source.group(1)) if source else partner,
                "period": row.year,
                "stage": "smelting" if "smelter" in row.metric else "use",
                "grade": row.grade or grade_of(row.source),
                "note": less_audit(row.note),
                "status": "forecast" if "forecast" in row.metric or row.year in ("2028", "2050") else "observed",
            }
        )
    return tidy(rows)


def _key(table: pd.DataFrame, prefix: str) -> pd.Series:
    return prefix + table[["mineral", "geography", "metric", "segment", "year"]].agg("|".join, axis=1)


def quotas(folder: Path) -> pd.DataFrame:
    """Chinese mining quotas."""
    rows = []
    for _, row in read(folder, "other-minerals/quotas").iterrows():
        output = row.kind == "actual output"
        rows.append(
            carried(row)
            | {
                "metric": "production" if output else "quota",
                "material": row.mineral,
                "stage": "mine",
                "place": place_code(row.geography),
                "period": row.year,
                "item": "concentrate of 65 % WO3"
                if output
                else f"{row.kind}{', concentrate of 65 % WO3' if 'WO3' in row.unit else ''}",
                "low": "",
                "high": "",
                "grade": grade_of(row.source),
                "status": "observed" if output else "planned",
            }
        )
    frame = tidy(rows)
    return frame[frame["metric"] == "quota"]


def elasticities(folder: Path) -> pd.DataFrame:
    """Model results, derived arcs, by-product potentials, recycling."""
    names = {
        "supply potential": "supply potential",
        "derived arc": "elasticity",
        "recycling": "recycling share",
        "price volatility": "price change",
        "supply": "supply potential",
    }
    rows = []
    for table in (
        read(folder, "other-minerals/elasticities"),
        read(folder, "second-reading/elasticities_other_minerals"),
    ):
        for _, row in table[table.unit != "text"].iterrows():
            metric = names.get(row.type) or (
                "gdp effect" if "GDP" in row.metric else "price change" if "price" in row.metric else ""
            )
            if not metric or row.unit == "rank":
                continue
            rows.append(
                carried(row)
                | {
                    "metric": metric,
                    "material": _plain_name(row.mineral),
                    "item": row.metric,
                    "place": "",
                    "period": "",
                    "grade": row.get("grade") or grade_of(row.source),
                    "low": "" if row.low == row.value else row.low,
                    "note": less_audit(row.note),
                }
            )
    return tidy(rows)


def _plain_name(mineral: str) -> str:
    """A material's name from a longer one."""
    if mineral in ("gallium+germanium", "by-product metals", "all minerals", "84 commodities"):
        return "critical minerals"
    return mineral.split(" (")[0]


def concentration(folder: Path) -> pd.DataFrame:
    """Concentration of output (Herfindahl-Hirschman, 0-1), computed from the production rows."""
    rows = []
    for _, row in pd.read_csv(folder / "other-minerals/concentration.csv", dtype=str, keep_default_na=False).iterrows():
        edition = (
            f"derived from {row.basis}"
            if "Mining" in row.basis
            else f"derived from USGS, Mineral Commodity Summaries 2026 ({row.mineral})"
        )
        rows.append(
            {
                "metric": "hhi",
                "material": row.mineral,
                "stage": _stage(row.stage),
                "place": "WLD",
                "period": row.year,
                "value": row.hhi,
                "unit": "ratio",
                "item": "magnesite" if "magnesite" in row.stage else "Li2O content" if row.unit == "t Li2O" else "",
                "grade": "D",
                "source": edition,
                "note": f"China's share {row.china_share}, world {row.world_total} {row.unit}",
                "status": "observed",
            }
        )
    return tidy(rows)
