"""Value added by line, and the share of it in goods that hold each product: what every loss in money hangs on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sluicegate.terms import NotFoundError, parse_place
from sluicegate.world.beside import load_beside
from sluicegate.world.chain import World
from sluicegate.world.show import rows
from sluicegate.world.table import records


def value_added(world: World, industry: str | None = None, place: str | None = None) -> list[dict[str, Any]]:
    """One row for each line, the largest first.

    Parameters
    ----------
    industry : a row of industries.csv; None for all
    place : code or English name; None for all

    Returns
    -------
    id (for `why`), line, industry, place, value_added_musd_per_yr with low and high (2024 USD), derivation, label,
    reason, refs, and `theta`: for each product the line uses, id, product, material, criticality, p05, p50, p95 (0-1),
    label, reason, refs, and value_added_held_musd (value added times the median). Where the value added of a line, or
    of several together, can be had another way: `crosscheck`, as `crosschecks` gives it.

    Raises
    ------
    NotFoundError : no such industry, place, or no line of both.
    """
    lines = world.lines.drop(columns=["value_added_parameter"])
    if industry is not None:
        if industry not in world.industries.index:
            raise NotFoundError(industry, kind="industry", known=world.industries.index, where="world value-added")
        lines = lines[lines["industry"] == industry]
    if place is not None:
        code = parse_place(place)
        known = sorted(set(lines["place"]))
        if code not in known:
            raise NotFoundError(place, kind="place with a line", known=known, where="world value-added")
        lines = lines[lines["place"] == code]
    uses = dict(list(world.uses.groupby("line")))
    checks = {line: check for check in crosschecks(world) for line in check["lines"]}
    table = lines.sort_values("value_added_musd_per_yr", ascending=False, kind="stable")
    return [
        {"id": f"line:{row['line']}"}
        | row
        | {"theta": _thetas(world, uses[row["line"]], row["value_added_musd_per_yr"])}
        | ({"crosscheck": checks[row["line"]]} if row["line"] in checks else {})
        for row in rows(table)
    ]


def crosschecks(world: World) -> list[dict[str, Any]]:
    """Value added had another way, from sales and a ratio, beside what the lines have.

    Returns
    -------
    lines (compared together), value_added_musd_per_yr (the other way), lines_musd_per_yr, low, high (of the lines
    together, their bands added), within_band, reason, refs.
    """
    found = []
    for row in records(load_beside(world, "crosschecks", "value_added_bn_usd")):
        value = 1000 * row["value_added_bn_usd"]
        lines = [f"{row['industry']}|{place}" for place in row["places"].split(";")]
        sums = world.lines.loc[lines, ["value_added_musd_per_yr", "low", "high"]].sum()
        found.append(
            {
                "lines": lines,
                "value_added_musd_per_yr": float(value),
                "lines_musd_per_yr": float(sums["value_added_musd_per_yr"]),
                "low": float(sums["low"]),
                "high": float(sums["high"]),
                "within_band": bool(sums["low"] <= value <= sums["high"]),
                "reason": row["reason"],
                "refs": row["refs"],
            }
        )
    return found


def _thetas(world: World, uses: pd.DataFrame, worth: float) -> list[dict[str, Any]]:
    parameters = {p.name: p for p in world.parameters}
    found = []
    for use in records(uses):
        theta = parameters[use["theta_parameter"]]
        found.append(
            {
                "id": f"parameter:{theta.name}",
                "product": use["product"],
                "material": str(world.products.at[use["product"], "material"]),
                "criticality": use["criticality"],
                "p05": theta.p05,
                "p50": theta.p50,
                "p95": theta.p95,
                "label": theta.label,
                "reason": theta.reason,
                "refs": ";".join(theta.refs),
                "value_added_held_musd": worth * theta.p50,
            }
        )
    return sorted(found, key=lambda row: -row["p50"])


def label_shares(table: list[dict[str, Any]]) -> dict[str, float]:
    """Share of the value added that rests on each label, 0-1."""
    total = sum(row["value_added_musd_per_yr"] for row in table)
    sums: dict[str, float] = {}
    for row in table:
        sums[row["label"]] = sums.get(row["label"], 0.0) + row["value_added_musd_per_yr"]
    return {label: value / total for label, value in sorted(sums.items())} if total else {}
