"""Tungsten, gallium, antimony, germanium and the rest: prices, stocks, the chain's stages."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, grade_of, less_audit, read, tidy
from ingest.figures.names import place_or_words


def prices(folder: Path) -> pd.DataFrame:
    """Annual averages and dated points, Chinese and foreign legs."""
    regions = {"China": "CHN", "China export": "CHN", "ex-China": "ROW", "world": "WLD"}
    rows = []
    for _, row in read(folder, "other-minerals/prices").iterrows():
        change = "change" in row.period
        export = ", for export" if row.region == "China export" else ""
        stage = next(
            (s for w, s in (("APT", "smelting"), ("concentrate", "mine"), ("oxide", "oxide")) if w in row["product"]),
            "metal",
        )
        rows.append(
            carried(row)
            | {
                "metric": "price change" if change else "price",
                "material": row.mineral,
                "place": regions[row.region],
                "period": row.date,
                "item": f"{row['product']}, {row.market}, {row.period}{export}",
                "stage": stage,
                "grade": grade_of(row.source),
                "note": less_audit(row.note),
            }
        )
    return tidy(rows)


def wedges(folder: Path) -> pd.DataFrame:
    """Foreign over Chinese price on matched dates, without the Chinese value-added tax."""
    rows = []
    for _, row in pd.read_csv(folder / "other-minerals/price_wedge.csv", dtype=str, keep_default_na=False).iterrows():
        rate = f"exchange rate {row.fx_cny_per_usd}, {row.fx_source}"
        legs = f"{row.foreign_price} against {row.china_price_usd_ex_vat13} {row.unit} ({rate})"
        rows.append(
            {
                "metric": "price ratio",
                "material": row.mineral,
                "item": f"{row['product']}, outside China over China, without tax",
                "place": "ROW",
                "partner": "CHN",
                "period": row.date,
                "value": row.ratio_foreign_to_china_ex_vat,
                "unit": "ratio",
                "grade": "D",
                "source": "derived from the price points of the same dates",
                "note": "; ".join(t for t in (legs.replace("unverified FX", "rate assumed"), row.note) if t),
                "status": "observed",
            }
        )
    return tidy(rows)


def stocks(folder: Path) -> pd.DataFrame:
    """Public stockpiles, purchase plans, industry cover."""
    holders = {
        "US": "USA",
        "USA": "USA",
        "Japan": "JPN",
        "Korea": "KOR",
        "China": "CHN",
        "Fanya": "CHN",
        "Europe/overseas": "EUU",
        "Western": "ROW",
    }
    rows = []
    for _, row in read(folder, "other-minerals/stockpiles").iterrows():
        words = row.metric
        metric = (
            "stock shipments"
            if "shipments" in words
            else "stock purchase plan"
            if re.search(r"acquisition|purchase|appropriation|private", words)
            else "stock target"
            if "target" in words
            else "stock cover"
            if re.search(r"cover|turnover", words)
            else "stock value"
            if "USD" in row.unit
            else "stock"
        )
        unit, scale = ("t", 0.907185) if row.unit == "short tons" else (row.unit, 1.0)
        value = str(float(row.value) * scale) if scale != 1.0 else row.value
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "material": "critical minerals" if row.mineral in ("all", "34 rare metals") else row.mineral,
                "item": f"{row.holder}: {words}",
                "place": holders[row.holder.split()[0].rstrip(",")],
                "period": row.year,
                "grade": grade_of(row.source),
                "note": less_audit(row.note),
                "status": "planned" if metric in ("stock purchase plan", "stock target") else "observed",
                "unit": unit,
                "value": value,
            }
        )
    return tidy(rows)


def stages(folder: Path) -> pd.DataFrame:
    """Contents, recoveries and losses along the chain, where a number was printed."""
    rows = []
    for table, graded in (
        (read(folder, "other-minerals/stages"), False),
        (read(folder, "second-reading/stages"), True),
    ):
        for _, row in table.iterrows():
            if not row.unit.startswith(("%", "ppm", "t/y")):
                continue
            loss = re.search(r"loss", row.metric)
            yields = re.search(r"recover", row.metric)
            metric = (
                "process loss"
                if loss
                else "process yield"
                if yields
                else "capacity"
                if row.unit == "t/y"
                else "process share"
            )
            place, words = place_or_words(row.geography.split(",")[-1])
            rows.append(
                carried(row)
                | {
                    "metric": "composition" if re.search(r"content|grade", row.metric) else metric,
                    "material": row.mineral,
                    "stage": _chain_stage(row.stage),
                    "item": "; ".join(t for t in (row.metric, words) if t),
                    "place": "" if words.isdigit() else place,
                    "period": row.year,
                    "grade": row.grade if graded else grade_of(row.source),
                    "low": "" if row.low == row.value else row.low,
                    "note": less_audit(row.note),
                }
            )
    return tidy(rows)


def _chain_stage(text: str) -> str:
    """The stage of the chain that a longer description names."""
    words = (
        ("mining", "mine"),
        ("smelting", "smelting"),
        ("by-product", "refining"),
        ("refining", "refining"),
        ("Bayer", "refining"),
        ("recycling", "recycling"),
    )
    return next((stage for word, stage in words if word in text), "use")
