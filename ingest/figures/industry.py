"""Industries: value added, units made, what products contain, friction in trade, the other side's levers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, read, tidy
from ingest.figures.names import material_of, place_code, place_or_words
from ingest.figures.plants import plant_of_gap

_VALUE = {
    "value_added": "value added",
    "value_added_derived": "value added",
    "gross_output": "gross output",
    "gdp": "gdp",
    "manufacturing_share_of_gdp": "share of gdp",
    "share_of_manufacturing_value_added": "share of value added",
    "share_of_industrial_value_added": "share of value added",
    "share_of_world_value_added": "share of world value added",
    "share_of_world_manufacturing_value_added": "share of world value added",
    "sold_production": "sales",
    "sales": "sales",
    "turnover": "sales",
    "shipments": "sales",
    "production_value": "sales",
    "revenue": "sales",
    "arms_revenue": "sales",
}
_OTHER = {
    "content_share": {
        "share_pm_traction_motors": "product share",
        "magnet_kg_per_vehicle_derived": "content per unit",
        "magnet_value_per_vehicle_derived": "content per unit",
        "magnet_kg_per_vehicle": "content per unit",
        "magnet_kg_per_part": "content per unit",
        "share_china_magnets": "import share",
        "dependence_on_china": "import share",
        "share_of_part_cost": "cost share",
        "end_use_share": "end-use share",
        "end_use": "consumption",
        "production": "production",
        "catalyst_share": "end-use share",
        "revenue": "sales",
        "share_of_semiconductor_revenue_derived": "product share",
        "share_of_semiconductors": "product share",
    },
    "counter_levers": {
        "sales_to_china": "sales",
        "share_china": "share of sales",
        "exports_to_china": "trade value",
        "share_of_chinese_market": "share of market",
        "exports": "trade quantity",
        "import_dependence": "import share",
        "exports_to_usa": "trade value",
        "imports_from_china": "trade value",
        "imports_from_usa": "trade value",
        "share_of_exports": "export share",
        "export_fall": "growth",
        "tariff": "tariff",
    },
    "producers_gap": {
        "capacity": "capacity",
        "capacity_derived": "capacity",
        "capacity_planned": "capacity",
        "output": "production",
        "share_of_demand": "share of market",
        "market_value": "market value",
        "import_share": "import share",
        "share_magnets": "share of world output",
    },
    "trade_friction": {
        "transit_days": "transit time",
        "freight_per_kg": "freight",
        "tariff": "tariff",
        "import_duty_mfn": "tariff",
        "export_vat_refund": "export tax refund",
        "vat": "value-added tax",
        "export_duty": "export duty",
    },
}
_PARTNERED = {"sales_to_china", "share_china", "exports_to_china", "dependence_on_china", "share_china_magnets"}


def value_added(folder: Path) -> pd.DataFrame:
    """Value added, output, sales by industry and place; gross domestic product."""
    rows = []
    table = read(folder, "industry/industry_value_added")
    for _, row in table[table.metric.isin(_VALUE)].iterrows():
        note = f"{row.metric.replace('_', ' ')}; {row.note}" if _VALUE[row.metric] == "sales" else row.note
        place = place_code("Europe" if row.country.startswith("Europe") else row.country)
        rows.append(
            carried(row)
            | {
                "metric": _VALUE[row.metric],
                "item": row.industry_or_item,
                "place": place,
                "period": row.year,
                "note": note,
                "status": "observed",
            }
        )
    return tidy(rows)


def units(folder: Path) -> pd.DataFrame:
    """Vehicles, wind, robots, aircraft, phones, disks."""
    rows = []
    for _, row in read(folder, "industry/units").iterrows():
        words = row.metric.replace("_", " ")
        metric = "product share" if "share" in words else "units"
        item = row.industry_or_item if words.split()[0] in row.industry_or_item else f"{row.industry_or_item}: {words}"
        place, name = place_or_words(row.country)
        rows.append(
            carried(row)
            | {
                "metric": metric,
                "item": f"{item}, {name}" if name else item,
                "place": place,
                "period": row.year,
                "status": "observed",
            }
        )
    return tidy(rows)


def others(folder: Path) -> pd.DataFrame:
    """Contents and uses, levers, small producers, transit and duties."""
    rows = []
    for file, names in _OTHER.items():
        table = read(folder, f"industry/{file}")
        for _, row in table[table.metric.isin(names)].iterrows():
            rows.append(_row(row, names[row.metric], file))
    return tidy(rows)


def _row(row: pd.Series, metric: str, file: str) -> dict[str, str]:
    """One row of the mixed tables."""
    origin, _, destination = row.country.partition(">")
    place, words = place_or_words(origin)
    partner = place_code(destination) if destination else "CHN" if row.metric in _PARTNERED else ""
    if row.metric in ("exports_to_usa", "imports_from_usa"):
        partner = "USA"
    if row.metric.startswith("imports_from"):
        place, partner = ("CHN", place) if row.metric.endswith("china") else ("USA", place)
    item = row.industry_or_item
    material = "" if file == "counter_levers" else material_of(item)
    stage = _stage(item) if file == "producers_gap" else ""
    material = material or {"magnet": "magnets", "alloy": "magnets", "separation": "rare earths"}.get(stage, "")
    quantity = metric == "trade value" and not any(c in row.unit for c in ("USD", "JPY"))
    return carried(row) | {
        "metric": "trade quantity" if quantity else metric,
        "item": f"{words}: {item}" if words else item.removeprefix(f"{material}: "),
        "place": place,
        "partner": partner,
        "period": row.year,
        "material": material,
        "stage": stage,
        "status": "planned" if "planned" in row.metric else "observed",
        "facility": plant_of_gap(item) if file == "producers_gap" else "",
    }


def _stage(item: str) -> str:
    """The stage a small producer's row is about."""
    low = item.casefold()
    if "separation" in low or "oxide" in low or "refining" in low:
        return "separation"
    return "alloy" if "powder" in low else "magnet"
