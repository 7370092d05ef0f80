"""One function per printed table: its columns in our words, shares 0-1, places as codes, absent cells empty."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from ingest.published.cards import source_id

from sluicegate.terms import parse_place

NUMBER = r"-?[\d.]+"
_EU = {
    "material": "material",
    "SR": "supply_risk",
    "EI": "economic_importance",
    "stage_used": "stage_used",
    "stages_assessed": "stages_assessed",
    "supply_basis_primary": "basis_extraction",
    "SR_primary": "supply_risk_extraction",
    "supply_basis_refined": "basis_processing",
    "SR_refined": "supply_risk_processing",
    "SI_EI": "substitution_importance",
    "SI_SR": "substitution_risk",
    "import_reliance_primary_pct": "import_reliance_extraction",
    "import_reliance_refined_pct": "import_reliance_processing",
    "EoL_RIR_pct": "recycled_input",
}
_SHARES = ["import_reliance_extraction", "import_reliance_processing", "recycled_input"]
_CASE = {
    "raw_material": "material",
    "hs": "hs",
    "year": "year",
    "importer": "place",
    "HHI": "hhi_0_1",
    "domestic_production_t": "home_output_t",
    "numerator": "weighted_imports_t",
    "total_trade_t": "imports_t",
    "WTA": "import_risk",
    "score": "score",
    "price_kusd_per_t": "price_usd_per_kg",
    "midpoint": "midpoint_usd_per_kg",
    "CF_kgCu_eq_per_kg": "factor_kg_cu_eq_per_kg",
}
_GROUPS = {"HREE": "HREE", "LREE": "LREE", "PGM": "PGM"}
_HEAVY = {"Dysprosium", "Erbium", "Europium", "Gadolinium", "Holmium", "Lutetium", "Terbium", "Thulium", "Ytterbium",
          "Yttrium"}  # fmt: skip
_LIGHT = {"Cerium", "Lanthanum", "Neodymium", "Praseodymium", "Samarium"}
_PLATINUM = {"Iridium", "Palladium", "Platinum", "Rhodium", "Ruthenium"}


def eu_2023(folder: Path) -> pd.DataFrame:
    """Supply risk and economic importance of 90 materials and groups, European Commission 2023."""
    table = _read(folder, "eu_crm_2023_sr_ei")
    out = table[list(_EU)].rename(columns=_EU)
    for column in _SHARES:
        out[column] = [str(int(x) / 100) if x else "" for x in out[column]]
    out.insert(1, "member_of", [_group(m) for m in table["material"]])
    notes = table["flag"].str.replace(r"[:;] see .*\.md$", "", regex=True)
    return _cited(out, table.assign(flag=notes), note="flag")


def eu_2023_trade(folder: Path) -> pd.DataFrame:
    """The trade parameter t above 1 of the same study, the rows collected."""
    table = _read(folder, "eu_crm_2023_trade_parameters_selection")
    out = pd.DataFrame({
        "material": table["material"],
        "place": [parse_place(name) for name in table["country"]],
        "stage": table["stage"].map({"primary": "extraction", "refined": "processing"}),
        "scope": table["scope"],
        "trade_parameter": table["t_parameter"],
    })  # fmt: skip
    return _cited(out, table)


def geopolrisk_cases(folder: Path) -> pd.DataFrame:
    """Three worked cases of GeoPolRisk."""
    table = _read(folder, "geopolrisk_test_cases")
    return _cited(table[list(_CASE)].rename(columns=_CASE), table)


def iea_2025(folder: Path) -> pd.DataFrame:
    """Printed numbers of the IEA's outlook of 2025, all read in quotations."""
    table = _read(folder, "iea_gcmo2025_numbers")
    scale = table["unit"].isin({"%"})
    out = pd.DataFrame({
        "quantity": table["quantity"], "material": table["mineral"], "year": table["year"],
        "low": _scaled(table["value_low"], scale), "high": _scaled(table["value_high"], scale),
        "unit": table["unit"].where(~scale, "share"),
    })  # fmt: skip
    return _cited(out, table, note="note")


def usgs_disruption(folder: Path) -> pd.DataFrame:
    """A year without China's gallium and germanium: the US Geological Survey's results, and its ranking of 2025."""
    first, second = _read(folder, "usgs_ofr2024-1057_gallium_germanium"), _read(folder, "usgs_ofr2025-1047_gdp_effects")
    bands = _cited(first[["scenario", "metric", "central", "low", "high", "unit"]], first)
    ranked = second[second["rank"] != ""]
    loss = ranked["prob_weighted_net_gdp_change_musd"].str.removeprefix("-")
    ranking = pd.DataFrame({
        "scenario": ranked["commodity"] + ", all disruptions weighted by probability", "metric": "US GDP decrease",
        "central": loss, "low": "", "high": "", "unit": "million USD",
    })  # fmt: skip
    note = "rank " + ranked["rank"] + ": " + ranked["bound_or_note"] + "; " + ranked["confidence"]
    return pd.concat([bands.assign(note=""), _cited(ranking, ranked).assign(note=note)], ignore_index=True)


def world_hhi(folder: Path) -> pd.DataFrame:
    """Concentration of world output of 29 materials, 2018-22, computed by the collector from World Mining Data."""
    table = _read(folder, "wmd_world_production_hhi_2018_2022")
    out = table[["material", "year", "world_total", "unit", "HHI_0_1", "top_country", "top_share", "china_share"]]
    return _cited(
        out.rename(columns={"HHI_0_1": "hhi_0_1", "top_country": "largest", "top_share": "largest_share"}), table
    )


def rare_earths_2010(folder: Path) -> pd.DataFrame:
    """Quotas, exports and what studies found on the rare earth crisis of 2010."""
    quotas, studies = _read(folder, "ree_2010_quota_and_exports"), _read(folder, "ree_2010_resilience_and_models")
    units = {"export_quota_t": "t", "actual_exports_t": "t", "export_value_musd": "million USD"}
    rows = [
        _cited(_yearly(quotas, name.rpartition("_")[0].replace("_", " "), quotas[name], unit), quotas, note="note")
        for name, unit in units.items()
    ]
    studies = studies[studies["value"].str.fullmatch(NUMBER)]
    found = studies[["study", "quantity", "value", "unit"]].rename(columns={"study": "subject"})
    table = pd.concat([*rows, _cited(found, studies, note="note")], ignore_index=True)
    return table[table["value"] != ""].reset_index(drop=True)


TABLES = {
    "eu_2023": eu_2023,
    "eu_2023_trade": eu_2023_trade,
    "geopolrisk_cases": geopolrisk_cases,
    "iea_2025": iea_2025,
    "rare_earths_2010": rare_earths_2010,
    "usgs_disruption": usgs_disruption,
    "world_hhi": world_hhi,
}
"""The tables by the name of the file they become."""


def _read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"published/{name}.csv", dtype=str, keep_default_na=False)


def _cited(out: pd.DataFrame, table: pd.DataFrame, note: str | None = None) -> pd.DataFrame:
    """The rows with the id of their source, its page, and what else the collector noted."""
    cited = out.assign(source_id=[source_id(words) for words in table["source"]], page=table["page_or_table"])
    return cited if note is None else cited.assign(note=table[note])


def _yearly(table: pd.DataFrame, quantity: str, value: pd.Series, unit: str) -> pd.DataFrame:
    """One quantity of China by year."""
    named = quantity + " " + table["year"]
    return pd.DataFrame({"subject": "China", "quantity": named, "value": value, "unit": unit})


def _scaled(column: pd.Series, percent: pd.Series) -> list[str]:
    return [
        "" if not text else f"{float(text) / 100:g}" if is_percent else text
        for text, is_percent in zip(column, percent, strict=True)
    ]


def _group(material: str) -> str:
    if material in _GROUPS:
        return ""
    return "HREE" if material in _HEAVY else "LREE" if material in _LIGHT else "PGM" if material in _PLATINUM else ""
