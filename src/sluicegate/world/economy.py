"""The wider economy as an input-output table of our own: regions, sectors, and who buys of whom.

Value added is the world's (lines, manufacturing, GDP); value added over output is that of US industries where the
dataset has it; who buys what is judgement. Purchases are those a buyer cannot work without: ARIO stops a buyer that
lacks any of its inputs, so what can wait (machines, cars of a fleet, whatever services buy) stands in final demand.
Output is consolidated: what a sector buys of itself is netted out, since a line is followed to its finished good.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sluicegate.terms import InputError
from sluicegate.world.anchor import named_numbers
from sluicegate.world.chain import World
from sluicegate.world.table import numbers, read_table

Floats = NDArray[np.floating[Any]]

ELSEWHERE = "ROW"
OTHER, REST = "other manufacturing", "rest of the economy"
LEAST_OTHER = 0.05
"""Least share of manufacturing outside the lines: a line's value may hold parts that another line counts too."""
MOST_SOLD = 0.98
"""Largest share of output sold for use: a table has some final demand for everything."""


@dataclass(frozen=True)
class Economy:
    """A balanced table of a year. N = regions x sectors, a region's sectors together; flows in million 2024 USD.

    Parameters
    ----------
    z : (N, N) sales of row to column ; y : (N, R) sales to final demand by region ; x : (N,) output
    inventory_days : days of use that buyers hold, by sector; infinite where a lack stops nobody
    cut : share of judged purchases of goods that sellers did not have, and that count as bought of the rest
    """

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    z: Floats
    y: Floats
    x: Floats
    inventory_days: dict[str, float]
    cut: float

    @cached_property
    def value_added(self) -> Floats:
        """(N,) output less purchases."""
        return np.asarray(self.x - self.z.sum(axis=0))

    def region_of(self, place: str) -> str:
        """The region that a place stands in."""
        return place if place in self.regions else ELSEWHERE


def economy(world: World) -> Economy:
    """The table of a world.

    Raises
    ------
    InputError : sectors that are not the world's industries, or shares out of range.
    """
    names = named_numbers(world.anchors)
    sectors = _sectors(world)
    regions = read_table("regions", world.overlay)
    factory = numbers(regions, "manufacturing_bn_usd", names, where="regions.csv").to_numpy(dtype=float)
    gdp = _gdp(world, list(regions["region"]))
    value = _value_added(world, gdp, list(sectors.index), 1000 * names["usd_2024_per_2023"] * factory)
    share, recipe = consolidated(sectors["value_added_share"].to_numpy(dtype=float), _recipes(world, sectors))
    x = value / share
    bias = sectors["home_bias"].to_numpy()
    wanted = np.einsum("asr,sb,rb->asrb", _origins(x, bias), recipe, x - value)
    flows, cut = served(wanted, x, list(sectors.index).index(REST))
    z = flows.reshape(x.size, x.size)
    y = (x.reshape(-1) - z.sum(axis=1))[:, None] * _buyers(gdp.to_numpy(dtype=float), bias)
    days = {str(sector): float(text) for sector, text in sectors["inventory_days"].items()}
    return Economy(tuple(gdp.index), tuple(sectors.index), z, y, x.reshape(-1), days, cut)


def consolidated(share: Floats, recipe: Floats) -> tuple[Floats, Floats]:
    """Value added over output (S,) and purchases (S, S) without what a sector buys of itself.

    Of an output of 1 a sector buys (1 - share) recipe of itself, and sells that much less outside. The rest of the
    economy, which buys of nothing else, keeps what it buys of itself.
    """
    own = np.diag(recipe).copy()
    own[own >= 1] = 0.0
    netted = recipe - np.diag(own)
    return share / (1 - own * (1 - share)), netted / netted.sum(axis=0)


def served(wanted: Floats, x: Floats, rest: int) -> tuple[Floats, float]:
    """Purchases that sellers have: (R, S, R, S) of seller and buyer, and the share of wanted goods that was cut.

    A seller asked for more than `MOST_SOLD` of its output `x` (R, S) serves all its buyers alike; what they lack then
    is bought of sector `rest` of their own region, so that what a buyer spends stays the same.
    """
    asked = wanted.sum(axis=(2, 3))
    part = np.minimum(np.divide(MOST_SOLD * x, asked, out=np.ones_like(x), where=asked > 0), 1.0)
    part[:, rest] = 1.0
    found = wanted * part[:, :, None, None]
    lacking = (wanted - found).sum(axis=(0, 1))
    home = np.arange(len(x))
    found[home, rest, home] += lacking
    return found, float(lacking.sum() / np.delete(wanted, rest, axis=1).sum())


def value_added_shares(world: World) -> pd.Series[float]:
    """Value added over output by sector.

    Raises
    ------
    InputError : as `economy`.
    """
    return _sectors(world)["value_added_share"]


def _sectors(world: World) -> pd.DataFrame:
    """Sectors in order: value_added_share, home_bias, inventory_days (text)."""
    names = named_numbers(world.anchors)
    table = read_table("sectors", world.overlay)
    for column in ("value_added_share", "home_bias"):
        table[column] = numbers(table, column, names, where="sectors.csv")
    table = table.set_index("sector")
    if alone := sorted({OTHER, REST, *world.industries.index} ^ set(table.index)):
        raise InputError(f"{', '.join(alone)} stand in one of them only", where="sectors.csv and industries.csv",
                         expected="one row for each industry, two for the others", do="Add or drop rows.")  # fmt: skip
    if not (table["value_added_share"].between(0, 1, inclusive="neither") & (table["home_bias"] > 0)).all():
        raise InputError("a number out of range", where="sectors.csv", do="Mend it.",
                         expected="value_added_share between 0 and 1, home_bias above 0")  # fmt: skip
    return table


def _gdp(world: World, regions: list[str]) -> pd.Series[float]:
    """Million 2024 USD by region; places without a region of their own count to `ELSEWHERE`."""
    where = [place if place in regions else ELSEWHERE for place in world.places.index]
    return world.places["gdp_musd"].groupby(where).sum().reindex(regions)


def _value_added(world: World, gdp: pd.Series[float], sectors: list[str], factory: Floats) -> Floats:
    """(R, S) million 2024 USD; `factory` (R,) of all manufacturing."""
    value = np.zeros((len(gdp), len(sectors)))
    regions = list(gdp.index)
    for place, industry, worth in world.lines[["place", "industry", "value_added_musd_per_yr"]].itertuples(index=False):
        value[regions.index(place if place in regions else ELSEWHERE), sectors.index(industry)] += worth
    value[:, sectors.index(OTHER)] = np.maximum(factory - value.sum(axis=1), LEAST_OTHER * factory)
    value[:, sectors.index(REST)] = gdp.to_numpy() - value.sum(axis=1)
    if (short := value[:, sectors.index(REST)] <= 0).any():
        raise InputError(f"more value added in lines than GDP in {regions[int(np.argmax(short))]}", where="lines.csv",
                         expected="less", do="Mend the lines or the GDP.")  # fmt: skip
    return value


def _recipes(world: World, sectors: pd.DataFrame) -> Floats:
    """(S, S) share of each seller in a buyer's purchases; what is not named is bought of the rest of the economy."""
    inputs = read_table("inputs", world.overlay)
    inputs["share"] = numbers(inputs, "share", named_numbers(world.anchors), where="inputs.csv")
    if unknown := sorted({*inputs["buyer"], *inputs["seller"]} - set(sectors.index)):
        raise InputError(f"no sector {', '.join(unknown)}", where="inputs.csv", expected="rows of sectors.csv",
                         do="Mend the name.")  # fmt: skip
    shares = inputs.pivot_table(index="seller", columns="buyer", values="share")
    found = shares.reindex(index=sectors.index, columns=sectors.index).fillna(0.0).to_numpy(dtype=float, copy=True)
    left = 1 - found.sum(axis=0)
    if (left < -1e-9).any() or (found < 0).any():
        buyer = sectors.index[int(np.argmin(left))]
        raise InputError(f"inputs of {buyer} that are negative or add to more than it buys", where="inputs.csv",
                         expected="shares of 0 or more that add to at most 1", do="Mend them.")  # fmt: skip
    found[list(sectors.index).index(REST)] += left
    return found


def _origins(x: Floats, bias: Floats) -> Floats:
    """(R, S, R) share of each region in what another purchases of a sector: by size, home weighted up."""
    weight = np.repeat(x[:, :, None], len(x), axis=2)
    home = np.arange(len(x))
    weight[home, :, home] *= bias
    return np.asarray(weight / weight.sum(axis=0))


def _buyers(gdp: Floats, bias: Floats) -> Floats:
    """(R x S, R) share of each region in a seller's final demand: by GDP, home weighted up."""
    weight = np.tile(gdp, (len(gdp), len(bias), 1))
    home = np.arange(len(gdp))
    weight[home, :, home] *= bias
    return np.asarray((weight / weight.sum(axis=2, keepdims=True)).reshape(-1, len(gdp)))
