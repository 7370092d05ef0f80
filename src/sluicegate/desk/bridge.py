"""Gaps of a long run as documents: when each opens and closes, what carries users across, what is on its way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sluicegate.desk.long_run import LongRun
from sluicegate.desk.number import Document, band, number_id
from sluicegate.leverage.bridge import Bridge, bridge, by_month
from sluicegate.sim import Result
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.network import Floats
from sluicegate.world.table import records

MUSD = 1e6
KG = 1e3


def gap_of(run: LongRun, product: str) -> Bridge:
    """The gap in the target's supply of a product."""
    rows = run.rows(product)
    use = float(run.result.uses.loc[rows, "use_t_per_week"].sum()) * WEEKS_PER_YEAR / 12
    return bridge(run.missing(rows), use)


def bridge_document(run: LongRun, product: str, gap: Bridge) -> Document:
    """A product's gap: its dates, what would carry users across, plants on their way, and the path by month."""
    rows = run.rows(product)
    use = float(run.result.uses.loc[rows, "use_t_per_week"].sum()) * WEEKS_PER_YEAR
    price = _price(run, product)
    has, ends = gap.opens >= 0, (gap.opens >= 0) & (gap.closes >= 0)
    return {
        "id": number_id("bridge", run.scenario.name, product, run.target), "product": product, "use_t_per_yr": use,
        "opens": _dates(run, gap.opens[has]), "p_opens": float(has.mean()),
        "closes": _dates(run, gap.closes[ends]) if ends.any() else None,
        "p_open_at_horizon": float((has & ~ends).mean()),
        "months": band(gap.months[ends]) if ends.any() else None,
        "missing_t": band(gap.missing_t), "missing_days_of_use": band(gap.missing_t / use * 365.25),
        "stock_musd": None if price is None else band(gap.missing_t * price * KG / MUSD),
        "pipeline": pipeline(run, product), "path": _path(run, product, rows),
        "unit": "t; days of use; million 2024 USD at base price outside",
    }  # fmt: skip


def _path(run: LongRun, product: str, rows: NDArray[np.intp]) -> list[Document]:
    """Month by month: share of use missing, days of use in stock, and what is made outside the controller."""
    missing = run.missing(rows)
    use = float(run.result.uses.loc[rows, "use_t_per_week"].sum())
    cover = by_month(run.result.record.stock[rows].sum(axis=0, dtype=float) / use * 7, run.month_of)
    made = by_month(_made_outside(run.result, product), run.month_of) * WEEKS_PER_YEAR
    return [{"date": str(day), "missing": band(missing[m]), "cover_days": band(cover[m]),
             "made_outside_t_per_yr": band(made[m])} for m, day in enumerate(run.months)]  # fmt: skip


def _made_outside(result: Result, product: str) -> Floats:
    """(W, D) t a week made at places other than the controller."""
    net = result.model.compiled.net
    nodes = net.output_node
    own = (net.node_product[nodes] == net.products.index(product)) & (
        net.node_place[nodes] != result.model.compiled.controller
    )
    made = result.record.activity[net.output_producer[own]] * net.output_coef[own][:, None, None]
    return np.asarray(made.sum(axis=0, dtype=float))


def pipeline(run: LongRun, product: str) -> list[Document]:
    """Plants outside on their way that make a product, as known on the day: what, when, how long to capacity."""
    world = run.result.model.world
    if world.projects.empty:
        return []
    made = world.recipes[(world.recipes["product"] == product) & (world.recipes["role"] == "output")]
    factor = dict(zip(made["process"], made["t_per_t"], strict=True))
    mine = world.projects[world.projects["process"].isin(factor) & (world.projects["place"] != run.scenario.controller)]
    return [{"project": str(name), "place": row["place"], "t_per_yr": row["capacity_t_per_yr"] * factor[row["process"]],
             "starts": {q: str(row[f"starts_{q}"]) for q in ("p05", "p50", "p95")}, "ramp_weeks": row["ramp_weeks"],
             "label": row["label"], "reason": row["reason"]}
            for name, row in zip(mine.index, records(mine), strict=True)]  # fmt: skip


def _dates(run: LongRun, months: NDArray[np.intp]) -> dict[str, str]:
    quantiles = np.quantile(months, (0.05, 0.25, 0.5, 0.75, 0.95))
    return {q: str(run.months[round(float(m))])
            for q, m in zip(("q05", "q25", "q50", "q75", "q95"), quantiles, strict=True)}  # fmt: skip


def _price(run: LongRun, product: str) -> float | None:
    """Base price outside, USD a kg; None where the dataset has none."""
    price: Any = run.result.model.world.products.at[product, "price_outside_usd_per_kg"]
    return None if np.isnan(price) else float(price)
