"""What the United States imports and exports: the survey's rows of rare earths, and customs by four-digit heading."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, read, tidy
from ingest.figures.names import ELEMENTS, place_code

_HEADINGS = {
    "2805": ("", "HTS 2805 alkali, alkaline-earth and rare-earth metals, mercury"),
    "2846": ("rare earths", "HTS 2846 rare-earth compounds, product weight"),
    "8505": ("", "HTS 8505 magnets of every kind and electromagnets"),
}
"""Material and words of a heading; one that mixes goods is of no material, so that nothing takes it for one."""


def us_trade(folder: Path) -> pd.DataFrame:
    """US imports and exports, tonnage and value."""
    table = read(folder, "rare-earths/trade")
    table = table[table.metric.str.fullmatch(r"US_(import|export)_(quantity|value)")]
    return tidy([_row(row) for _, row in table.iterrows()])


def _row(row: pd.Series) -> dict[str, str]:
    material, item = _heading(row) if row.hs in _HEADINGS else _survey(row["item"])
    metric = "trade value" if row.metric.endswith("value") else "trade quantity"
    return carried(row) | {
        "metric": metric,
        "material": material,
        "item": item,
        "place": place_code(row.exporter),
        "partner": place_code(row.importer),
        "period": row.year,
        "unit": "USD" if metric == "trade value" else row.unit,
        "low": "",
        "high": "",
        "status": "observed",
    }


def _heading(row: pd.Series) -> tuple[str, str]:
    """A heading's lines are counted apart by the unit that customs collect for them."""
    material, words = _HEADINGS[row.hs]
    counted = re.sub(r"USD \(Value for: (.*)\)", r"\1", row.unit)
    return material, f"{words}; lines counted in {counted}".replace("in no units collected", "nothing")


def _survey(text: str) -> tuple[str, str]:
    """Material and words of a row of the geological survey: `Yttrium: Exports, compounds`."""
    chapter, _, rest = text.partition(": ")
    words = re.sub(r"^(Imports|Exports)( for consumption)?[:,] ?", "", rest or chapter)
    element = next((e for e in ELEMENTS.values() if e == chapter.casefold()), "")
    material = element or ("heavy rare earths" if "Heavy" in chapter else "rare earths")
    return material, words.replace("REE ", "").casefold()
