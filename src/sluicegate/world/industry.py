"""Who uses what at the end of the chain: industries, their lines by place, value added and uses."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from sluicegate.terms import InputError, Place
from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table, records

CRITICAL = {"critical": 1.0, "important": 0.5, "replaceable": 0.0}
"""Part of a line's theta that stops when the product is gone."""
_OWN_MULTIPLIER = ("USA", "CHN", "JPN", "DEU", "GBR", "KOR")
_EU = ("FRA", "EST", "EUO")


def load_lines(names: NamedNumbers, overlay: Path | None = None) -> pd.DataFrame:
    """Lines (an industry in a place) by name `industry|place`.

    Returns
    -------
    index line; columns industry, place, value_added_musd_per_yr (2024 USD, of the finished line), low, high,
    value_added_parameter, derivation, label, reason, refs.
    """
    table = read_table("lines", overlay).rename(columns={"derivation_bn_usd": "derivation"})
    table["refs"] = cited(table, ["derivation"], names)
    value = 1000 * numbers(table, "derivation", names, where="lines.csv")
    spread = 1 + numbers(table, "spread", names, where="lines.csv")
    lines = pd.DataFrame(
        {
            "line": table["industry"] + "|" + table["place"],
            "industry": table["industry"],
            "place": table["place"],
            "value_added_musd_per_yr": value,
            "low": value / spread,
            "high": value * spread,
            "value_added_parameter": table["place"].map(_multiplier),
        }
    )
    return lines.join(table[["derivation", "label", "reason", "refs"]]).set_index("line")


def load_uses(
    names: NamedNumbers, products: pd.DataFrame, known: Collection[str], overlay: Path | None = None
) -> pd.DataFrame:
    """Uses of products by lines, before reconciliation.

    Parameters
    ----------
    products : as `load_products` gives them
    known : names of the parameters known at the as-of date

    Returns
    -------
    line, industry, place, product, prior_t_per_yr, sd_rel, criticality (critical, important, replaceable),
    theta_parameter, cover_parameter, thrift_parameter, intensity_parameter, label, reason, refs.

    Raises
    ------
    InputError : a use without a parameter for its theta or cover.
    """
    table = read_table("demand", overlay)
    table["refs"] = cited(table, ["use_t_per_yr"], names)
    total = numbers(table, "use_t_per_yr", names, where="demand.csv")
    table["sd_rel"] = numbers(table, "sd_rel", names, where="demand.csv")
    kept = ("industry", "product", "sd_rel", "criticality", "thrift_parameter", "label", "reason", "refs")
    rows = [
        {"place": place, "prior_t_per_yr": row["total"] * share} | {column: row[column] for column in kept}
        for row in records(table.assign(total=total))
        for place, share in split_shares(row["split"]).items()
    ]
    uses = pd.DataFrame(rows)
    uses.insert(0, "line", uses["industry"] + "|" + uses["place"])
    material = uses["product"].map(products["material"])
    return _with_parameters(uses, material, known)


def split_shares(text: str) -> dict[Place, float]:
    """Shares by place of a split such as `CHN:31;DEU:5`, scaled to sum to one."""
    weights = {place: float(weight) for place, weight in (part.split(":") for part in text.split(";"))}
    total = sum(weights.values())
    return {place: weight / total for place, weight in weights.items()}


def _multiplier(place: Place) -> str:
    """Name of the parameter that multiplies the value added of a place."""
    if place in _OWN_MULTIPLIER:
        return f"value added: {place}"
    return "value added: EU" if place in _EU else "value added: other places"


def _with_parameters(uses: pd.DataFrame, material: pd.Series, known: Collection[str]) -> pd.DataFrame:
    """Add the parameter names: the most special one that exists."""
    theta, cover, intensity, missing = [], [], [], set[str]()
    for use in records(uses.assign(material=material)):
        pair = f"theta: {use['industry']} x {use['product']}"
        theta.append(_first((f"{pair}, {use['place']}", pair), known))
        base = f"cover: {use['industry']}"
        special = (f"{base}, {use[column]}" for column in ("place", "product", "material"))
        cover.append(_first((*special, base), known))
        ratio = (f"intensity: {use['product']}", f"intensity: {use['material']}", "intensity: rare earth oxides")
        intensity.append(_first(ratio, known))
        missing |= {pair} - {pair if theta[-1] else ""} | {base} - {base if cover[-1] else ""}
        missing |= {use["thrift_parameter"]} - set(known)
    if missing:
        raise InputError(
            f"no parameter {'; '.join(sorted(missing))}",
            where="demand.csv",
            expected="a row of parameters.csv for every use",
            do="Add the rows.",
        )
    return uses.assign(theta_parameter=theta, cover_parameter=cover, intensity_parameter=intensity)


def _first(candidates: tuple[str, ...], known: Collection[str]) -> str:
    return next((name for name in candidates if name in known), "")
