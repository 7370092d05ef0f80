"""Flows between places as figures: value, tonnage, and the totals of every exporter, importer and the world."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sluicegate.world.intake.goods import Good

WORLD = "WLD"


def trade_figures(flows: pd.DataFrame, goods: Mapping[str, Good], *, known_on: str, totals: bool = True,
                  grade: str = "official") -> pd.DataFrame:  # fmt: skip
    """Figures of trade, one of value and one of tonnage a flow; what is absent makes none.

    Parameters
    ----------
    flows : period, origin, destination (codes of places, empty for an area that is none), hs, musd, tonnes (NaN where
        absent)
    goods : by six-digit code
    known_on : ISO
    totals : add what every place sends to the world and gets from it, and the world's trade: sums over the rows, in
        which a flow without tonnage counts nothing and is told of in `note`

    Returns
    -------
    columns of `figures.csv` but id, source, preferred and contradicts.
    """
    named = flows[(flows["origin"] != "") & (flows["destination"] != "")]
    plain = named.groupby(["period", "hs", "origin", "destination"], sort=False)[["musd", "tonnes"]].sum(min_count=1)
    parts = [_long(plain.reset_index().assign(note=""))]
    if totals:
        parts += [_long(_total(flows, ends)) for ends in (["origin"], ["destination"], [])]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(
        material=rows["hs"].map({code: good.material for code, good in goods.items()}),
        item=rows["hs"].map({code: good.item for code, good in goods.items()}),
        known_on=known_on,
        grade=grade,
        status="observed",
        low=float("nan"),
        high=float("nan"),
        stage="",
        page="",
    ).drop(columns="hs")


def _total(flows: pd.DataFrame, ends: list[str]) -> pd.DataFrame:
    """Sums by period and code, for one end or for the world, with how many flows have no tonnage."""
    kept = flows[flows[ends[0]] != ""] if ends else flows
    by = kept.assign(blank=kept["tonnes"].isna()).groupby(["period", "hs", *ends], sort=False)
    sums = by[["musd", "tonnes"]].sum(min_count=1)
    blank = by["blank"].sum()
    notes = blank.map(lambda n: f"sum of the file's flows; {n} of them without tonnage" if n else "sum of the flows")
    table = sums.assign(note=notes).reset_index()
    for end in ("origin", "destination"):
        if end not in ends:
            table[end] = WORLD
    return table


def _long(flows: pd.DataFrame) -> pd.DataFrame:
    """One row a number: value and tonnage apart."""
    kept = flows.rename(columns={"origin": "place", "destination": "partner"})
    columns = ["period", "hs", "place", "partner", "note"]
    value = kept[columns].assign(metric="trade value", unit="musd", value=kept["musd"])
    weight = kept[columns].assign(metric="trade quantity", unit="t", value=kept["tonnes"])
    return pd.concat([weight, value]).dropna(subset=["value"])
