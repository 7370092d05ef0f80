"""Value added by line, and the share of it in goods that hold each product: what every loss in money hangs on."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sluicegate.terms import NotFoundError, parse_place
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
    line, industry, place, value_added_musd_per_yr with low and high (2024 USD), derivation, label, reason, refs, and
    `theta`: for each product the line uses, product, material, criticality, parameter, p05, p50, p95 (0-1), label,
    reason, refs, and value_added_held_musd (value added times the median).

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
    table = lines.sort_values("value_added_musd_per_yr", ascending=False, kind="stable")
    return [
        row | {"theta": _thetas(world, uses[row["line"]], row["value_added_musd_per_yr"])}
        for row in rows(table)
    ]  # fmt: skip


def _thetas(world: World, uses: pd.DataFrame, worth: float) -> list[dict[str, Any]]:
    parameters = {p.name: p for p in world.parameters}
    found = []
    for use in records(uses):
        theta = parameters[use["theta_parameter"]]
        found.append(
            {
                "product": use["product"],
                "material": str(world.products.at[use["product"], "material"]),
                "criticality": use["criticality"],
                "parameter": theta.name,
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
