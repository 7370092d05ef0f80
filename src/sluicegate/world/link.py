"""Which goods go from where to where: published flows, and gaps filled in proportion."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product as pairs
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
import pandas as pd

from sluicegate.terms import InputError
from sluicegate.world.table import numbers, read_table

HOME_PREFERENCE = 5.0
"""How much likelier a buyer is to buy at home than abroad, before margins are met (judgement)."""

AIR_FROM_USD_PER_KG = 150.0
"""Goods dearer than this fly (judgement: freight below 5 % of their price)."""

_FILLED_SD = 0.6
_ROUNDS = 60


def load_flows(
    supply: pd.DataFrame, need: pd.DataFrame, names: Mapping[str, float], overlay: Path | None = None
) -> pd.DataFrame:
    """Flows of the base year before reconciliation.

    Parameters
    ----------
    supply : product, place, t_per_yr (made there)
    need : product, place, t_per_yr (used there by producers and lines)

    Returns
    -------
    product, origin, destination, prior_t_per_yr, sd_t_per_yr, label, reason, refs. A row of the file with a tonnage keeps it; the
    others and all home flows share what is left in proportion to what is left of both ends.

    Raises
    ------
    InputError : a tonnage between places where nobody makes or uses the product.
    """
    made = {(r.product, r.place): r.t_per_yr for r in supply.itertuples(index=False)}
    used = {(r.product, r.place): r.t_per_yr for r in need.itertuples(index=False)}
    flows = _expand(read_table("flows", overlay), names)
    lost = [
        f"{f.product}: {f.origin} to {f.destination}"
        for f in flows.itertuples(index=False)
        if not np.isnan(f.given) and not ((f.product, f.origin) in made and (f.product, f.destination) in used)
    ]
    if lost:
        raise InputError(
            f"flows without a maker or a user: {'; '.join(lost)}",
            where="flows.csv",
            expected="an origin that makes and a destination that uses the product",
            do="Add the producer or the use, or drop the row.",
        )
    flows = pd.concat([flows, _home(made, used)], ignore_index=True)
    open_ends = [
        (f.product, f.origin) in made and (f.product, f.destination) in used for f in flows.itertuples(index=False)
    ]
    flows = flows[open_ends].drop_duplicates(["product", "origin", "destination"]).reset_index(drop=True)
    return pd.concat(
        [_filled(group, made, used) for _, group in flows.groupby("product", sort=False)], ignore_index=True
    )


def load_transit(
    flows: pd.DataFrame, places: pd.DataFrame, products: pd.DataFrame, overlay: Path | None = None
) -> pd.Series:
    """Transit of each flow in whole weeks: 0 at home, by air for dear goods, else by sea or land."""
    table = read_table("transit", overlay)
    weeks = {}
    for row in table.itertuples(index=False):
        weeks[row.origin_zone, row.destination_zone] = (int(row.sea_weeks), int(row.air_weeks))
        weeks[row.destination_zone, row.origin_zone] = (int(row.sea_weeks), int(row.air_weeks))
    dear = flows["product"].map(products["price_outside_usd_per_kg"]) >= AIR_FROM_USD_PER_KG
    origin, destination = flows["origin"].map(places["zone"]), flows["destination"].map(places["zone"])
    values = [
        0 if home else weeks[o, d][int(air)]
        for home, o, d, air in zip(flows["origin"] == flows["destination"], origin, destination, dear, strict=True)
    ]
    return pd.Series(values, index=flows.index, name="transit_weeks", dtype=int)


def _expand(table: pd.DataFrame, names: Mapping[str, float]) -> pd.DataFrame:
    """One row per product, origin and destination of rows that list several."""
    table = table.assign(
        given=numbers(table, "flow_t_per_yr", names, where="flows.csv"),
        sd_rel=numbers(table, "sd_rel", names, where="flows.csv"),
    )
    rows = [
        {"product": product, "origin": origin, "destination": destination, "given": row.given, "sd_rel": row.sd_rel}
        | {"label": row.label, "reason": row.reason, "refs": row.refs}
        for row in table.itertuples(index=False)
        for product, origin, destination in pairs(
            str(row.product).split(";"), str(row.origin).split(";"), str(row.destination).split(";")
        )
        if origin != destination
    ]
    return pd.DataFrame(rows)


def _home(made: Mapping[tuple[str, str], float], used: Mapping[tuple[str, str], float]) -> pd.DataFrame:
    rows = [
        {"product": product, "origin": place, "destination": place, "given": np.nan, "sd_rel": np.nan}
        | {"label": "derived", "reason": "home deliveries fill the balance", "refs": ""}
        for product, place in made
        if (product, place) in used
    ]
    return pd.DataFrame(rows)


def _filled(
    group: pd.DataFrame, made: Mapping[tuple[str, str], float], used: Mapping[tuple[str, str], float]
) -> pd.DataFrame:
    """Priors of one product: given tonnages, and proportional fitting of the rest to what both ends have left."""
    product = group["product"].iloc[0]
    origins, destinations = list(group["origin"].unique()), list(group["destination"].unique())
    given = group["given"].fillna(0.0)
    left = np.array([_left(made[product, o], given[group["origin"] == o].sum()) for o in origins])
    open_need = np.array([_left(used[product, d], given[group["destination"] == d].sum()) for d in destinations])
    row = group["origin"].map(origins.index).to_numpy()
    column = group["destination"].map(destinations.index).to_numpy()
    gap = group["given"].isna().to_numpy()
    seed = np.zeros((len(origins), len(destinations)))
    preference = np.where(group["origin"] == group["destination"], HOME_PREFERENCE, 1.0)
    seed[row[gap], column[gap]] = preference[gap] * left[row[gap]] * open_need[column[gap]]
    fitted = _fit(seed, left, open_need)
    prior = np.where(gap, fitted[row, column], given)
    floor = 0.002 * np.minimum(
        [made[product, o] for o in group["origin"]], [used[product, d] for d in group["destination"]]
    )
    prior = np.where(gap, np.maximum(prior, floor), prior)
    sd = prior * np.where(gap, _FILLED_SD, group["sd_rel"].fillna(_FILLED_SD))
    columns = ["product", "origin", "destination", "label", "reason", "refs"]
    return group[columns].assign(prior_t_per_yr=prior, sd_t_per_yr=sd)


def _left(total: float, taken: float) -> float:
    return max(total - taken, 0.02 * total)


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
