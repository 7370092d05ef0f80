"""Which goods go from where to where: published flows, and gaps filled in proportion."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product as combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sluicegate.terms import InputError
from sluicegate.world.reference import NamedNumbers
from sluicegate.world.table import cited, numbers, read_table, records

HOME_PREFERENCE = 5.0
"""How much likelier a buyer is to buy at home than abroad, before both ends are met (judgement)."""

AIR_FROM_USD_PER_KG = 150.0
"""Goods dearer than this fly (judgement: freight below 5 % of their price)."""

_FILLED_SD = 0.6
_SMALLEST_SHARE = 0.002
_ROUNDS = 60

Tonnes = Mapping[tuple[str, str], float]
"""t per year by product and place."""


def load_flows(
    supply: pd.DataFrame, need: pd.DataFrame, names: NamedNumbers, overlay: Path | None = None
) -> pd.DataFrame:
    """Flows of the base year before reconciliation.

    Parameters
    ----------
    supply : product, place, t_per_yr (made there)
    need : product, place, t_per_yr (used there by producers and lines)

    Returns
    -------
    product, origin, destination, prior_t_per_yr, sd_t_per_yr, label, reason, refs. A row of the file with a tonnage
    keeps it; the others and all home flows share what is left in proportion to what is left of both ends.

    Raises
    ------
    InputError : a tonnage between places where nobody makes or uses the product.
    """
    made, used = _by_node(supply), _by_node(need)
    written = _expand(read_table("flows", overlay), names)
    whole = _both_ends(written, made, used)
    lost = written[written["given"].notna() & ~whole]
    if len(lost):
        found = "; ".join(lost["product"] + ", " + lost["origin"] + " to " + lost["destination"])
        raise InputError(
            f"flows without a maker or a user: {found}",
            where="flows.csv",
            expected="an origin that makes and a destination that uses the product",
            do="Add the producer or the use, or drop the row.",
        )
    flows = pd.concat([written[whole], _home(made, used)], ignore_index=True)
    flows = flows.drop_duplicates(["product", "origin", "destination"]).reset_index(drop=True)
    group, products = pd.factorize(flows["product"])
    order = [np.flatnonzero(group == k) for k in range(len(products))]
    ends = {c: flows[c].to_numpy(dtype=object) for c in ("origin", "destination")}
    given = {c: flows[c].to_numpy(dtype=float) for c in ("given", "sd_rel")}
    priors = [_filled(str(product), {c: v[rows] for c, v in ends.items()}, {c: v[rows] for c, v in given.items()},
                      made, used) for product, rows in zip(products, order, strict=True)]  # fmt: skip
    kept = flows[["product", "origin", "destination", "label", "reason", "refs"]].iloc[np.concatenate(order)]
    prior, sd = (np.concatenate(columns) for columns in zip(*priors, strict=True))
    return kept.reset_index(drop=True).assign(prior_t_per_yr=prior, sd_t_per_yr=sd)


def load_transit(
    flows: pd.DataFrame, places: pd.DataFrame, products: pd.DataFrame, overlay: Path | None = None
) -> pd.Series[int]:
    """Transit of each flow in whole weeks: 0 at home, by air for dear goods, else by sea or land."""
    weeks: dict[tuple[str, str], tuple[int, int]] = {}
    for row in records(read_table("transit", overlay)):
        by_mode = (int(row["sea_weeks"]), int(row["air_weeks"]))
        weeks[row["origin_zone"], row["destination_zone"]] = by_mode
        weeks[row["destination_zone"], row["origin_zone"]] = by_mode
    zone = places["zone"].to_dict()
    dear = (products["price_outside_usd_per_kg"] >= AIR_FROM_USD_PER_KG).to_dict()
    values = [
        0
        if row["origin"] == row["destination"]
        else weeks[zone[row["origin"]], zone[row["destination"]]][int(dear[row["product"]])]
        for row in records(flows)
    ]
    return pd.Series(values, index=flows.index, name="transit_weeks", dtype=int)


def _expand(table: pd.DataFrame, names: NamedNumbers) -> pd.DataFrame:
    """One row per product, origin and destination of rows that list several."""
    table = table.assign(
        given=numbers(table, "flow_t_per_yr", names, where="flows.csv"),
        sd_rel=numbers(table, "sd_rel", names, where="flows.csv"),
        refs=cited(table, ["flow_t_per_yr"], names),
    )
    kept = ("given", "sd_rel", "label", "reason", "refs")
    rows = [
        {"product": product, "origin": origin, "destination": destination} | {column: row[column] for column in kept}
        for row in records(table)
        for product, origin, destination in combinations(
            *(row[column].split(";") for column in ("product", "origin", "destination"))
        )
        if origin != destination
    ]
    return pd.DataFrame(rows)


def _by_node(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    return {(row["product"], row["place"]): row["t_per_yr"] for row in records(frame)}


def _both_ends(flows: pd.DataFrame, made: Tonnes, used: Tonnes) -> pd.Series[bool]:
    """Whether the origin makes and the destination uses the product of a flow."""
    ends = [
        (row["product"], row["origin"]) in made and (row["product"], row["destination"]) in used
        for row in records(flows)
    ]
    return pd.Series(ends, index=flows.index, dtype=bool)


def _home(made: Tonnes, used: Tonnes) -> pd.DataFrame:
    rows = [
        {"product": product, "origin": place, "destination": place, "given": np.nan, "sd_rel": np.nan}
        | {"label": "derived", "reason": "home deliveries fill the balance", "refs": ""}
        for product, place in made
        if (product, place) in used
    ]
    return pd.DataFrame(rows)


def _filled(product: str, ends: dict[str, Any], known: dict[str, Any], made: Tonnes, used: Tonnes) -> tuple[Any, Any]:
    """Priors of one product and their standard deviations, t/yr: given tonnages, and proportional fitting of the rest.

    The rest is fitted to what both ends have left.

    Parameters
    ----------
    ends : `origin` and `destination` of each flow
    known : `given` tonnages, NaN where nobody publishes one, and `sd_rel`
    """
    origins, destinations = list(dict.fromkeys(ends["origin"])), list(dict.fromkeys(ends["destination"]))
    row = np.array([origins.index(place) for place in ends["origin"]])
    column = np.array([destinations.index(place) for place in ends["destination"]])
    supply = np.array([made[product, place] for place in origins])
    need = np.array([used[product, place] for place in destinations])
    gap = np.isnan(known["given"])
    given = np.where(gap, 0.0, known["given"])
    supply_left = np.maximum(supply - np.bincount(row, given, len(origins)), 0.02 * supply)
    need_left = np.maximum(need - np.bincount(column, given, len(destinations)), 0.02 * need)
    preference = np.where(ends["origin"] == ends["destination"], HOME_PREFERENCE, 1.0)
    seed = np.zeros((len(origins), len(destinations)))
    seed[row[gap], column[gap]] = (preference * supply_left[row] * need_left[column])[gap]
    fitted = _fit(seed, supply_left, need_left)[row, column]
    floor = _SMALLEST_SHARE * np.minimum(supply[row], need[column])
    prior = np.where(gap, np.maximum(fitted, floor), given)
    stated = np.where(np.isnan(known["sd_rel"]), _FILLED_SD, known["sd_rel"])
    return prior, prior * np.where(gap, _FILLED_SD, stated)


def _fit(seed: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Iterative proportional fitting, the larger of the two totals scaled down to the smaller."""
    rows = rows * min(1.0, columns.sum() / rows.sum())
    columns = columns * min(1.0, rows.sum() / columns.sum())
    fitted = seed
    for _ in range(_ROUNDS):
        total = fitted.sum(axis=1)
        fitted = fitted * np.divide(rows, total, out=np.zeros_like(total), where=total > 0)[:, None]
        total = fitted.sum(axis=0)
        fitted = fitted * np.divide(columns, total, out=np.zeros_like(total), where=total > 0)
    return fitted
