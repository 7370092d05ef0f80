"""Plants and projects: their numbers as figures, their dated events and what they are as two tables beside."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from ingest.figures.collected import carried, grade_of, less_audit, mended, read, tidy
from ingest.figures.names import material_of, place_code, place_or_words, slug
from ingest.figures.normal import GRADES, source_id
from ingest.figures.periods import known_on

_RARE_EARTH_METRICS = {
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
    "target": "share of market",
    "status": "capacity",
}
_RARE_EARTH_PLANNED = {"planned_capacity", "capex_phase2", "output_life_of_mine", "expected_output", "target", "status"}
_OTHER_METRICS = [
    (r"loan|letter of interest|award|equity|support|concession|application|ceiling|grant|finance", "financing"),
    (r"capex|investment|phase II", "project cost"),
    (r"ore throughput|^mill$", "ore throughput"),
    (r"capacity", "capacity"),
    (r"^(concentrate |WO3 )?output", "production"),
    (r"reserve", "reserves"),
    (r"NPV", "project value"),
    (r"share of US demand", "share of market"),
    (r"exports to|sales to US", "trade quantity"),
]
"""The first word found in a row's own metric decides what it measures; order matters (`phase II APT plant capex`)."""

_PLANNED = r"plan|target|commit|not built|considered|announced|superseded|construction"
_EVENT_UNITS = {"", "year", "shipment", "date", "text"}
"""Units of rows that tell a day or a state rather than an amount."""

_GAP = {
    "Silmet light rare-earth separation": "sillamae",
    "Neo Narva sintered NdFeB phase 1": "narva",
    "Narva full phase against EU sintered demand": "narva",
    "IREL NdPr oxide": "irel",
    "IREL neodymium": "irel",
    "REPM scheme sintered magnets": "repm-scheme",
    "IREL Visakhapatnam SmCo plant": "visakhapatnam",
    "Shin-Etsu Hai Phong rare-earth separation and refining": "hai-phong",
    "Shin-Etsu Hai Phong sintered NdFeB": "hai-phong",
    "Shin-Etsu Takefu sintered NdFeB": "takefu",
    "Shin-Etsu rare-earth refining": "takefu",
    "Shin-Etsu in China": "shin-etsu-fujian",
    "Neo NdFeB powder": "neo-korat",
}
_GAP_PLANTS = {
    "irel": ("IREL", "IREL (India)", "IND", "mine, separation", "NdPr oxide, neodymium"),
    "visakhapatnam": ("Visakhapatnam", "IREL (India)", "IND", "magnet", "SmCo magnets"),
    "hai-phong": ("Hai Phong", "Shin-Etsu", "VNM", "separation, magnet", "rare-earth oxides, NdFeB magnets"),
    "takefu": ("Takefu", "Shin-Etsu", "JPN", "separation, magnet", "rare-earth oxides, NdFeB magnets"),
    "shin-etsu-fujian": ("Shin-Etsu Fujian", "Shin-Etsu", "CHN", "alloy", "NdFeB magnet alloy"),
    "neo-korat": ("Neo powder plant", "Neo Performance", "THA", "alloy", "NdFeB powder"),
}
"""Plants that only the rows on small producers name: name, owner, place, stages, products."""

_STAGE_WORDS = [
    ("mine", "mine"),
    ("concentrator", "mine"),
    ("tailings", "mine"),
    ("separation", "separation"),
    ("cracking", "separation"),
    ("metal", "metal"),
    ("alloy", "alloy"),
    ("magnet", "magnet"),
    ("recycl", "recycling"),
    ("smelter", "smelting"),
    ("roaster", "smelting"),
    ("APT", "smelting"),
    ("refinery", "refining"),
    ("by-product", "refining"),
    ("restarted", "refining"),
    ("demonstration", "refining"),
]
_SAME_PLANT = {
    "mountain-pass-heavy-separation": "Mountain Pass heavy circuit, MP Materials",
    "sangdong": "Sangdong, Almonty",
    "boguty-bakuta": "Boguty, Jiaxin",
}
"""Projects of the model that cite no figure of the plant they are."""


_ELSEWHERE = [
    (r"^Mountain Pass|^MP Materials", "USA", "mountain-pass"),
    (r"^Mt Weld", "AUS", "mt-weld"),
    (r"^Lynas, ", "MYS", "kuantan-gebeng"),
    (r"Pela Ema", "BRA", "pela-ema"),
    (r"^Fen:", "NOR", "fen"),
    (r"10X Northlake", "USA", "10x-northlake-tx"),
    (r"^MP Independence", "USA", "independence-fort-worth-tx"),
    (r"Baotou Jinlong", "CHN", "baotou"),
    (r"Baotou Huamei", "CHN", "baotou-huamei"),
    (r"^SPMP roaster", "OMN", "spmp-roaster"),
    (r"^Shin-Etsu Vietnam", "VNM", "hai-phong"),
    (r"^Shin-Etsu Longyan, Fujian", "CHN", "shin-etsu-fujian"),
]
"""Figures of other tables that are of one plant: words of the item, place, slug."""


def plant_of_gap(item: str) -> str:
    """The slug of the plant that a row on small producers is about, empty for a market."""
    return _GAP.get(item, "")


def rare_earths(folder: Path) -> pd.DataFrame:
    """Numbers of rare-earth projects: capacity, output, cost, finance, lead time."""
    table = mended(folder, "facilities", ["facility_id", "metric", "date"])
    rows = []
    for _, row in table[table.metric.isin(_RARE_EARTH_METRICS)].iterrows():
        kind = "capacity target" if row.metric == "status" else row.metric.replace("_", " ")
        product = f"printed in {row.unit}" if row.unit.startswith("t ") else f"of {row['product']}"
        rows.append(
            carried(row)
            | {
                "metric": _RARE_EARTH_METRICS[row.metric],
                "item": f"{row['name']} ({row.company}): {kind}",
                "place": place_code(row.country),
                "period": row.date,
                "stage": _rare_earth_stage(row.stage),
                "material": "magnets" if "magnet" in row.stage else "rare earths",
                "status": "planned" if row.metric in _RARE_EARTH_PLANNED else "observed",
                "note": "; ".join(t for t in (product, row.note) if t),
                "facility": slug(row["name"]),
                "basis": row.unit if row.unit.startswith("t ") else "",
            }
        )
    return tidy(rows)


def _rare_earth_stage(text: str) -> str:
    """One stage word for a facility's description."""
    for word in ("magnet", "metal", "alloy", "separation", "cracking", "mine", "recycling"):
        if word in text:
            return {"cracking": "separation"}.get(word, word)
    return ""


def other_minerals(folder: Path) -> pd.DataFrame:
    """Numbers of other projects: capacity, output, cost, finance, trade."""
    table = read(folder, "other-minerals/facilities")
    rows = [_other(row) for _, row in table[~table.unit.isin(_EVENT_UNITS)].iterrows()]
    return tidy(rows)


def _other(row: pd.Series) -> dict[str, str]:
    words = row.metric
    metric = next(name for pattern, name in _OTHER_METRICS if re.search(pattern, words, re.I))
    unit, scale = ("t/yr", 12) if row.unit == "t/month" else (row.unit, 1)
    numbers = {c: str(float(row[c]) * scale) if row[c] and scale > 1 else row[c] for c in ("value", "low", "high")}
    gross = f"printed in {row.unit}" if re.search(r"\bat\b|ore/", row.unit) else ""
    traded = metric == "trade quantity"
    return (
        carried(row)
        | numbers
        | {
            "metric": metric,
            "material": _other_material(row),
            "item": f"{row.facility} ({row.owner}): {words}",
            "place": _other_place(row.country),
            "partner": "USA" if traded else "",
            "period": row.date_or_year,
            "unit": unit,
            "stage": "" if traded else _facility_stage(row.kind),
            "grade": grade_of(row.source),
            "note": "; ".join(t for t in (row.status, gross, less_audit(row.note)) if t),
            "status": "planned" if re.search(_PLANNED, row.status) else "observed",
            "facility": slug(row.facility),
        }
    )


def _other_material(row: pd.Series) -> str:
    first = row.mineral.split("; ")[0]
    named = (m for m in ("gallium", "germanium") if row.metric.startswith(m))
    return next(named, first if ";" not in row.mineral else "critical minerals")


def _other_place(country: str) -> str:
    return place_or_words(re.sub(r" \(.*\)$", "", country).replace("Congo", "DR Congo"))[0]


def _facility_stage(kind: str) -> str:
    words = (
        ("smelter", "smelting"),
        ("APT", "smelting"),
        ("refinery", "refining"),
        ("by-product", "refining"),
        ("mine", "mine"),
        ("tailings", "mine"),
        ("restarted", "refining"),
        ("demonstration", "refining"),
    )
    return next((stage for word, stage in words if word in kind), "")


def events(folder: Path) -> pd.DataFrame:
    """What is told of a plant without an amount.

    Returns
    -------
    columns facility, event, date, text, source_id, known_on, grade, and the source's words and address.
    """
    rare = mended(folder, "facilities", ["facility_id", "metric", "date"], numbered=False)
    rare = rare[rare.unit.isin(_EVENT_UNITS)]
    told = [(slug(r["name"]), r.metric.replace("_", " "), r.date, r.note, r) for _, r in rare.iterrows()]
    other = read(folder, "other-minerals/facilities", numbered=False)
    other = other[other.unit.isin(_EVENT_UNITS) & (other.kind != "exit")]
    told += [
        (slug(r.facility), r.metric, r.date_or_year, "; ".join(t for t in (r.status, r.note) if t), r)
        for _, r in other.iterrows()
    ]
    gap = read(folder, "industry/producers_gap", numbered=False)
    gap = gap[gap.metric == "status"]
    told += [(plant_of_gap(r.industry_or_item), r.metric, r.year, r.note, r) for _, r in gap.iterrows()]
    rows = [
        {
            "facility": facility,
            "event": event,
            "date": when,
            "text": re.sub(r"; [^;]*unverified[^;]*", "", text.replace(" (often quoted ~20 t/y: unverified)", "")),
            "source_id": source_id(r.source, r.url),
            "known_on": known_on(r.source, r.url)[0].isoformat(),
            "grade": GRADES[r.get("grade") or grade_of(r.source)],
            "source": r.source,
            "url": r.url,
        }
        for facility, event, when, text, r in told
    ]
    return pd.DataFrame(rows).sort_values(["facility", "date", "event"], ignore_index=True)


def table(folder: Path, figures: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """One row per plant, ordered by slug: what it is, its status as last told, the ids of its figures."""
    plants = pd.concat([_rare_earth_plants(folder), _other_plants(folder), _gap_plants()])
    plants = plants.drop_duplicates("facility").set_index("facility").sort_index()
    of = figures["facility"].fillna("")
    for words, place, facility in _ELSEWHERE:
        of[of.eq("") & figures["item"].str.contains(words) & figures["place"].eq(place)] = facility
    ids = figures[of.ne("")].groupby(of)["figure_id"].agg(";".join)
    plants["refs"] = ids.reindex(plants.index).fillna("")
    plants["project"] = plants.index.map(_SAME_PLANT).fillna("")
    heard = plants["refs"].ne("") | plants.index.isin(set(told["facility"]))
    return plants[heard].reset_index()


def _rare_earth_plants(folder: Path) -> pd.DataFrame:
    index = pd.read_csv(folder / "rare-earths/facilities_index.csv", dtype=str, keep_default_na=False)
    again = read(folder, "second-reading/facilities", numbered=False)
    index = pd.concat([index, again[~again["name"].isin(index["name"])].drop_duplicates("name")])
    rows = [
        {
            "facility": slug(r["name"]),
            "name": r["name"],
            "owner": r.company,
            "place": place_code(r.country),
            "materials": _materials(r["product"], "magnets" if "magnet" in r.stage else "rare earths"),
            "stages": _stages(r.stage),
            "products": r["product"],
            "status": "",
        }
        for _, r in index.iterrows()
    ]
    return pd.DataFrame(rows)


def _other_plants(folder: Path) -> pd.DataFrame:
    rows = []
    table = read(folder, "other-minerals/facilities", numbered=False)
    for facility, group in table[table.kind != "exit"].groupby("facility", sort=False):
        first = group.iloc[0]
        works = group[~group.metric.str.contains(_OTHER_METRICS[0][0], case=False) & group.status.ne("")]
        status = [_dated_status(*r) for r in zip(works.status, works.date_or_year, strict=True)]
        rows.append(
            {
                "facility": slug(str(facility)),
                "name": facility,
                "owner": first.owner,
                "place": _other_place(first.country),
                "materials": first.mineral,
                "stages": _stages(first.kind),
                "products": first.kind,
                "status": "; ".join(dict.fromkeys(status)),
            }
        )
    return pd.DataFrame(rows)


def _dated_status(status: str, when: str) -> str:
    """A status with the day it is told of, where the day is one and not said already."""
    dated = re.fullmatch(r"(20\d\d|H[12] |Q\d )[\d-]*", when) and when not in status
    return f"{status} ({when})" if dated else status


def _gap_plants() -> pd.DataFrame:
    rows = []
    for facility, (name, owner, place, stages, products) in _GAP_PLANTS.items():
        materials = _materials(products, "rare earths" if "separation" in stages else "magnets")
        rows.append(
            {"facility": facility, "name": name, "owner": owner, "place": place, "materials": materials,
             "stages": stages.replace(", ", "; "), "products": products, "status": ""}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _materials(products: str, group: str) -> str:
    named = [material_of(part) for part in re.split(r", ?| and |/", products)]
    return "; ".join(dict.fromkeys([group, *(m for m in named if m)]))


def _stages(text: str) -> str:
    return "; ".join(dict.fromkeys(stage for word, stage in _STAGE_WORDS if word in text))
