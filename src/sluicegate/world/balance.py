"""Supply and use made equal, product by product and place by place, and what that changed.

`python -m sluicegate.world` reconciles the shipped tables and writes `data/balanced.csv`; loading reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sluicegate.terms import SluicegateError
from sluicegate.world.reconcile import reconcile
from sluicegate.world.table import DATA, records

BALANCED = DATA / "balanced.csv"

_SURPLUS_SD_OF_SUPPLY = 0.15
_SURPLUS_SD_OF_PRIOR = 1.0


@dataclass(frozen=True)
class Draft:
    """The tables before reconciliation.

    Parameters
    ----------
    recipes, producers, uses : as their loaders give them
    flows : product, origin, destination, prior_t_per_yr, sd_t_per_yr
    surplus : product, place, prior_t_per_yr, sd_t_per_yr: output that no one uses
    """

    recipes: pd.DataFrame
    producers: pd.DataFrame
    uses: pd.DataFrame
    flows: pd.DataFrame
    surplus: pd.DataFrame


def supply_and_need(
    recipes: pd.DataFrame, producers: pd.DataFrame, uses: pd.DataFrame, column: str = "prior_t_per_yr"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is made and what is used, by product and place.

    Parameters
    ----------
    column : the column of `producers` and `uses` that holds activity and use, in t per year

    Returns
    -------
    two frames with product, place, t_per_yr.
    """
    run = producers.loc[producers[column] > 0, ["process", "place", column]].merge(recipes, on="process")
    run["t_per_yr"] = run[column] * run["t_per_t"]
    made = run[run["role"] == "output"]
    fed = run[run["role"] == "input"]
    need = pd.concat([fed[["product", "place", "t_per_yr"]], uses.rename(columns={column: "t_per_yr"})])
    return _sum(made), _sum(need)


def draft_surplus(supply: pd.DataFrame, flows: pd.DataFrame, products: pd.DataFrame) -> pd.DataFrame:
    """Output beyond the flows, where a product may pile up: product, place, prior_t_per_yr, sd_t_per_yr."""
    pile = supply[supply["product"].map(products["may_pile_up"]).astype(bool)]
    shipped = flows.groupby(["product", "origin"])["prior_t_per_yr"].sum()
    sent = pd.Series([shipped.get((row["product"], row["place"]), 0.0) for row in records(pile)], index=pile.index)
    prior = (pile["t_per_yr"] - sent).clip(lower=0.0)
    sd = np.maximum(_SURPLUS_SD_OF_PRIOR * prior, _SURPLUS_SD_OF_SUPPLY * pile["t_per_yr"])
    return pile[["product", "place"]].assign(prior_t_per_yr=prior, sd_t_per_yr=sd).reset_index(drop=True)


def quantities(draft: Draft) -> pd.DataFrame:
    """Every quantity that enters the reconciliation, in a fixed order.

    Returns
    -------
    quantity (its name), kind (activity, use, flow, surplus), prior_t_per_yr, sd_t_per_yr, label, refs.
    """
    activity = pd.DataFrame(
        {
            "quantity": "activity: " + draft.producers.index.to_series(),
            "kind": "activity",
            "sd_t_per_yr": draft.producers["sd_rel"] * draft.producers["prior_t_per_yr"],
        }
    ).join(draft.producers[["prior_t_per_yr", "label", "refs"]])
    use = draft.uses[["prior_t_per_yr", "label", "refs"]].assign(
        quantity="use: " + draft.uses["line"] + ": " + draft.uses["product"],
        kind="use",
        sd_t_per_yr=draft.uses["sd_rel"] * draft.uses["prior_t_per_yr"],
    )
    ends = draft.flows["origin"] + " to " + draft.flows["destination"]
    flow = draft.flows.assign(quantity="flow: " + draft.flows["product"] + ": " + ends, kind="flow")
    name = "surplus: " + draft.surplus["product"] + ": " + draft.surplus["place"]
    surplus = draft.surplus.assign(quantity=name, kind="surplus", label="derived", refs="")
    columns = ["quantity", "kind", "prior_t_per_yr", "sd_t_per_yr", "label", "refs"]
    return pd.concat([part[columns] for part in (activity, use, flow, surplus)], ignore_index=True)


def balance_matrix(draft: Draft) -> tuple[pd.MultiIndex, sparse.csr_array]:
    """The balances: at every origin output = outflow + surplus, at every destination inflow = use.

    Returns
    -------
    the balances (side, product, place) and a matrix (balances, quantities in the order of `quantities`).
    """
    entries: list[tuple[tuple[str, str, str], int, float]] = []
    recipes: dict[str, list[dict[str, Any]]] = {}
    for row in records(draft.recipes):
        recipes.setdefault(row["process"], []).append(row)
    column = count()
    for producer in records(draft.producers):
        at = next(column)
        for row in recipes[producer["process"]]:
            side, sign = ("supply", 1.0) if row["role"] == "output" else ("need", -1.0)
            entries.append(((side, row["product"], producer["place"]), at, sign * row["t_per_t"]))
    for use in records(draft.uses):
        entries.append((("need", use["product"], use["place"]), next(column), -1.0))
    for flow in records(draft.flows):
        at = next(column)
        entries.append((("supply", flow["product"], flow["origin"]), at, -1.0))
        entries.append((("need", flow["product"], flow["destination"]), at, 1.0))
    for pile in records(draft.surplus):
        entries.append((("supply", pile["product"], pile["place"]), next(column), -1.0))
    nodes = pd.MultiIndex.from_tuples(dict.fromkeys(node for node, _, _ in entries), names=["side", "product", "place"])
    rows = nodes.get_indexer(pd.MultiIndex.from_tuples([node for node, _, _ in entries]))
    values = [value for _, _, value in entries]
    columns = [where for _, where, _ in entries]
    return nodes, sparse.csr_array((values, (rows, columns)), shape=(len(nodes), next(column)))


def solve(draft: Draft) -> NDArray[np.float64]:
    """The balanced quantities, t per year, in the order of `quantities`."""
    table = quantities(draft)
    _, matrix = balance_matrix(draft)
    return reconcile(matrix, table["prior_t_per_yr"].to_numpy(), table["sd_t_per_yr"].to_numpy())


def write_balanced(draft: Draft, path: Path = BALANCED) -> None:
    """Reconcile and write quantity, prior_t_per_yr and balanced_t_per_yr to `path`."""
    table = quantities(draft)[["quantity", "prior_t_per_yr"]].assign(balanced_t_per_yr=solve(draft))
    table.to_csv(path, index=False, lineterminator="\n")


def read_balanced(draft: Draft, path: Path = BALANCED) -> NDArray[np.float64]:
    """The shipped balance, in the order of `quantities`.

    Raises
    ------
    SluicegateError : the file does not belong to these tables.
    """
    stored = pd.read_csv(path)
    table = quantities(draft)
    same = list(stored["quantity"]) == list(table["quantity"])
    if not (same and np.allclose(stored["prior_t_per_yr"], table["prior_t_per_yr"], rtol=1e-9, atol=1e-9)):
        raise SluicegateError(f"{path.name} is older than the tables; run python -m sluicegate.world")
    return stored["balanced_t_per_yr"].to_numpy()


def report(draft: Draft, balanced: NDArray[np.float64]) -> pd.DataFrame:
    """What reconciliation did to every quantity.

    Returns
    -------
    the columns of `quantities`, and balanced_t_per_yr, adjustment_t_per_yr, adjustment_in_sd, flag (empty, `adjusted`
    beyond one standard deviation, `conflict` beyond two).
    """
    table = quantities(draft).assign(balanced_t_per_yr=balanced)
    table["adjustment_t_per_yr"] = table["balanced_t_per_yr"] - table["prior_t_per_yr"]
    sd = table["sd_t_per_yr"]
    table["adjustment_in_sd"] = table["adjustment_t_per_yr"] / sd.where(sd > 0)
    size = table["adjustment_in_sd"].abs()
    table["flag"] = np.select([size > 2, size > 1], ["conflict", "adjusted"], default="")
    return table


def _sum(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.groupby(["product", "place"], sort=False)["t_per_yr"].sum().reset_index()
