"""Which single producer or plant a chain hangs on: stops ranked by the value added that a year without each costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from sluicegate.terms import NotFoundError
from sluicegate.world.chain import World
from sluicegate.world.stoppage import Chain, Loss, Stop, joined_groups, stops

PREFIX = "pinch:"
"""What the id of a stop begins with."""


def pinch(world: World, name: str | None = None, plants: pd.DataFrame | None = None) -> list[dict[str, Any]]:
    """Producers and plants by the value added that hangs on each, largest first.

    Parameters
    ----------
    name : a product, material or industry to look at; None for all. A product: all it is made from and into, ranked by
        the loss in that chain; a material: those that make it; an industry: ranked by that industry's loss
    plants : as `plant.load_plants` gives them

    Returns
    -------
    id (for `why`), stop, kind, process, place, product (the one it makes most of the world's), share_of_output (0-1, of
    that product), share_lost (0-1, the largest over products in final use), share_lost_of (that product),
    value_added_lost_musd (in a year), worst_line.

    Raises
    ------
    NotFoundError : no product, material or industry of that name.
    """
    asked = _asked(world, name)
    chains = [Chain(world, group) for group in joined_groups(world) if group & asked.chain]
    found = []
    for stop in stops(world, plants):
        chain = next((c for c in chains if any(p in c.producers.index for p in stop.parts)), None)
        if chain is None:
            continue
        if asked.material and not _makes(world, stop, asked.material):
            continue
        found.append(_row(world, stop, chain.loss(stop), asked.industry))
    found.sort(key=lambda r: (-r["value_added_lost_musd"], -r["share_of_output"]))
    return [r for r in found if not asked.industry or r["value_added_lost_musd"] > 0]


def explain(world: World, name: str, plants: pd.DataFrame | None = None) -> dict[str, Any] | None:
    """One stop in full: what it takes out, what lines lose, who else makes the same; None where nothing is so named.

    Returns
    -------
    stop, kind, parts, share_of_output and share_lost by product (0-1), value_added_musd by line, others: producers of
    the same products with activity_t_per_yr, capacity_t_per_yr, restart_weeks.
    """
    stop = next((s for s in stops(world, plants) if s.name == name), None)
    if stop is None:
        return None
    process = str(world.producers.at[next(iter(stop.parts)), "process"])
    group = next(g for g in joined_groups(world) if g & _products_of(world, {process}))
    loss = Chain(world, group).loss(stop)
    outputs = world.recipes[(world.recipes["role"] == "output") & world.recipes["product"].isin(loss.share_of_output)]
    others = world.producers[world.producers["process"].isin(outputs["process"])].drop(index=list(stop.parts))
    columns = ["activity_t_per_yr", "capacity_t_per_yr", "restart_weeks"]
    return {
        "stop": stop.name,
        "kind": stop.kind,
        "parts": stop.parts,
        "share_of_output": loss.share_of_output,
        "share_lost": loss.share_lost,
        "value_added_musd": {k: v for k, v in _largest_first(loss.value_added_musd) if v > 1e-6},
        "others": {str(name): row for name, row in others[columns].to_dict("index").items()},
    }


def _largest_first(values: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(values.items(), key=lambda item: -item[1])


def _products_of(world: World, processes: set[str]) -> set[str]:
    return set(world.recipes.loc[world.recipes["process"].isin(processes), "product"])


@dataclass(frozen=True)
class _Asked:
    chain: set[str]
    material: str = ""
    industry: str = ""


def _asked(world: World, name: str | None) -> _Asked:
    """Which chains a name means."""
    everything = set(world.products.index)
    if name is None:
        return _Asked(everything)
    if name in everything:
        return _Asked({name})
    materials = set(world.products["material"])
    if name in materials:
        return _Asked(set(world.products.index[world.products["material"] == name]), material=name)
    if name in world.industries.index:
        return _Asked(set(world.uses.loc[world.uses["industry"] == name, "product"]), industry=name)
    known = [*sorted(materials), *sorted(everything), *world.industries.index]
    raise NotFoundError(name, kind="product, material or industry", known=known, where="world pinch")


def _makes(world: World, stop: Stop, material: str) -> bool:
    processes = {world.producers.at[name, "process"] for name in stop.parts}
    return bool({world.processes.at[p, "material"] for p in processes} & {material})


def _row(world: World, stop: Stop, loss: Loss, industry: str) -> dict[str, Any]:
    first = world.producers.loc[next(iter(stop.parts))]
    lines = {k: v for k, v in loss.value_added_musd.items() if not industry or k.startswith(f"{industry}|")}
    product = max(loss.share_of_output, key=lambda p: loss.share_of_output[p], default="")
    missing = max(loss.share_lost, key=lambda p: loss.share_lost[p], default="")
    total = sum(lines.values())
    return {
        "id": f"{PREFIX}{stop.name}",
        "stop": stop.name,
        "kind": stop.kind,
        "process": str(first["process"]),
        "place": str(first["place"]),
        "product": product,
        "share_of_output": loss.share_of_output.get(product, 0.0),
        "share_lost": loss.share_lost.get(missing, 0.0),
        "share_lost_of": missing,
        "value_added_lost_musd": total if total > 1e-6 else 0.0,
        "worst_line": max(lines, key=lambda k: lines[k]) if total > 1e-6 else "",
    }
