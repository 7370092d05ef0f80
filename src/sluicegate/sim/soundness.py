"""Can a world be run: every number that is none, every row that contradicts another, told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from sluicegate.terms import InputError
from sluicegate.world import World
from sluicegate.world.industry import CRITICAL

SHOWN = 20
QUANTITIES = (
    ("producers", "activity_t_per_yr"), ("producers", "capacity_t_per_yr"), ("producers", "restart_weeks"),
    ("recipes", "t_per_t"), ("flows", "flow_t_per_yr"), ("flows", "transit_weeks"), ("uses", "use_t_per_yr"),
)  # fmt: skip
"""Numbers that must be there and not below zero. Zero is a number: a use of zero is left out of a run."""
NAMES = {"producers": None, "recipes": ("process", "product"), "flows": ("product", "origin", "destination"),
         "uses": ("line", "product"), "lines": None, "products": None}  # fmt: skip
PARAMETERS = (("producers", "cover_parameter"), ("uses", "theta_parameter"), ("uses", "cover_parameter"),
              ("uses", "thrift_parameter"), ("lines", "value_added_parameter"))  # fmt: skip
ROUNDING = 1e-9


def require_sound(world: World) -> None:
    """See that a world can be run.

    A product nobody uses, a use of zero and a product without a price are sound: the first is made and kept or dumped,
    the second is left out, the third counts no money.

    Raises
    ------
    InputError : it cannot; lists every problem, one a line.
    """
    problems = [*_quantities(world), *_capacities(world), *_recipes(world), *_uses(world), *_prices(world),
                *_parameters(world), *_sources(world)]  # fmt: skip
    if not problems:
        return
    listed = "\n".join(f"  - {p}" for p in problems[:SHOWN])
    more = f"\n  and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
    raise InputError(f"{len(problems)} problem{'s' * (len(problems) > 1)}:\n{listed}{more}\n", where="world",
                     expected="a world that can be run",
                     do="Mend the rows of your overlay, or of the world you made.")  # fmt: skip


def _quantities(world: World) -> Iterator[str]:
    for table, column in QUANTITIES:
        frame = getattr(world, table)
        values = pd.to_numeric(frame[column], errors="coerce").to_numpy(float)
        for at in np.flatnonzero(~np.isfinite(values)):
            yield f"{table}, {_row(frame, table, at)}: {column} is no number"
        for at in np.flatnonzero(values < 0):
            yield f"{table}, {_row(frame, table, at)}: {column} is {values[at]:g}, below zero"


def _capacities(world: World) -> Iterator[str]:
    for name, row in world.producers.iterrows():
        activity, capacity = float(row["activity_t_per_yr"]), float(row["capacity_t_per_yr"])
        if capacity < activity * (1 - ROUNDING):
            yield f"producers, {name}: capacity {capacity:g} t a year is below its activity of {activity:g}"


def _recipes(world: World) -> Iterator[str]:
    made = set(world.recipes.loc[world.recipes["role"] == "output", "process"])
    for process in sorted(set(world.producers["process"]) - made):
        yield f"producers: {process} makes nothing; it has no row with the role output in recipes"
    for product in sorted(set(world.recipes["product"]) - set(world.products.index)):
        yield f"recipes: {product} is no product"


def _uses(world: World) -> Iterator[str]:
    """Lines without value added would lose a sum that is no number; one of zero loses nothing."""
    used = set(world.uses["line"])
    if not (pd.to_numeric(world.uses["use_t_per_yr"], errors="coerce") > 0).any():
        yield "uses: no industry uses anything, so nobody could be short"
    for line in sorted(used - set(world.lines.index)):
        yield f"lines: {line} uses something and has no row, so no value added"
    worth = pd.to_numeric(world.lines["value_added_musd_per_yr"], errors="coerce")
    for line in world.lines.index[~(worth >= 0)]:
        if line in used:
            yield f"lines, {line}: value added of {worth[line]:g} million USD a year"
    for at in np.flatnonzero(~world.uses["criticality"].isin(CRITICAL)):
        yield (f"uses, {_row(world.uses, 'uses', at)}: criticality {world.uses['criticality'].iloc[at]!r}; "
               f"expected {', '.join(CRITICAL)}")  # fmt: skip


def _prices(world: World) -> Iterator[str]:
    """The maker of several products follows the value of its basket, so each of them must have a price."""
    price = pd.to_numeric(world.products["price_outside_usd_per_kg"], errors="coerce")
    for product in price.index[(price < 0) | np.isinf(price)]:
        yield f"products, {product}: a price of {price[product]:g} USD a kg"
    outputs = world.recipes[world.recipes["role"] == "output"]
    for process, products in outputs.groupby("process")["product"]:
        for product in products[products.isin(price.index[price.isna()])] if len(products) > 1 else ():
            yield f"products, {product}: no price, and {process} weighs it against its other products"


def _parameters(world: World) -> Iterator[str]:
    for parameter in world.parameters:
        if not np.isfinite([parameter.p05, parameter.p50, parameter.p95]).all():
            yield f"parameters, {parameter.name}: quantiles {parameter.p05:g}, {parameter.p50:g}, {parameter.p95:g}"
    known = {p.name for p in world.parameters}
    for table, column in PARAMETERS:
        frame = getattr(world, table)
        for name in sorted(_given(frame[column]) - known):
            yield f"{table}: {column} names {name!r}, which is no parameter"


def _given(names: pd.Series) -> set[str]:
    return {n for n in names if isinstance(n, str) and n}


def _sources(world: World) -> Iterator[str]:
    """Products that are made only from one another: nothing could ever have been made."""
    inputs, outputs = (_by_process(world, role) for role in ("input", "output"))
    running = set(world.producers.loc[world.producers["activity_t_per_yr"] > 0, "process"])
    made: set[str] = set()
    while new := {p for name in running if inputs.get(name, set()) <= made for p in outputs.get(name, set())} - made:
        made |= new
    stuck = {name for name in running if not inputs.get(name, set()) <= made}
    makeable = {p for name in running for p in outputs.get(name, set())}
    for name in sorted(stuck):
        for product in sorted(inputs[name] - makeable):
            yield f"recipes: {name} needs {product}, which nobody makes"
    circle = sorted({p for name in stuck for p in inputs[name] & makeable} - made)
    if circle:
        yield f"recipes: {', '.join(circle)} are made only from one another: a circle without a source"


def _by_process(world: World, role: str) -> dict[str, set[str]]:
    rows = world.recipes[(world.recipes["role"] == role) & (world.recipes["t_per_t"] > 0)]
    return {str(name): set(products) for name, products in rows.groupby("process")["product"]}


def _row(frame: pd.DataFrame, table: str, at: np.intp) -> str:
    """The words that name a row."""
    columns: Iterable[str] | None = NAMES[table]
    return str(frame.index[int(at)]) if columns is None else ", ".join(str(frame[c].iloc[at]) for c in columns)
