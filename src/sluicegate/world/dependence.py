"""How concentrated a product's making is, and how much each place relies on others for it, in the base year."""

from __future__ import annotations

from typing import Any

from sluicegate.metrics import apparent_consumption, hhi, net_import_reliance
from sluicegate.world.chain import World


def dependence(world: World, product: str) -> dict[str, Any]:
    """Concentration of output (`hhi`, 0-10,000) and, by place, tonnes a year and net import reliance.

    Reliance is None where a place uses nothing. What a place makes beyond all use counts as its stock growing.
    """
    made = _made(world, product)
    flows = world.flows[(world.flows["product"] == product) & (world.flows["origin"] != world.flows["destination"])]
    surplus = world.surplus[world.surplus["product"] == product].groupby("place")["surplus_t_per_yr"].sum()
    inward = flows.groupby("destination")["flow_t_per_yr"].sum()
    outward = flows.groupby("origin")["flow_t_per_yr"].sum()
    places = sorted({*made, *inward.index, *outward.index}, key=lambda p: (-made.get(p, 0.0), p))
    rows = [
        _row(p, made.get(p, 0.0), *(float(t.get(p, 0.0)) for t in (inward, outward, surplus))) for p in places
    ]  # fmt: skip
    return {"hhi": hhi(list(made.values())) if made else None, "places": rows}


def _row(place: str, made: float, imports: float, exports: float, grown: float) -> dict[str, Any]:
    used = apparent_consumption(made, imports, exports, grown)
    return {
        "place": place,
        "made_t_per_yr": made,
        "imports_t_per_yr": imports,
        "exports_t_per_yr": exports,
        "apparent_consumption_t_per_yr": used,
        "net_import_reliance": net_import_reliance(made, imports, exports, grown) if used > 1e-6 else None,
    }


def _made(world: World, product: str) -> dict[str, float]:
    """Output by place, t a year."""
    recipes = world.recipes[(world.recipes["product"] == product) & (world.recipes["role"] == "output")]
    makers = world.producers.merge(recipes[["process", "t_per_t"]], on="process")
    output = (makers["activity_t_per_yr"] * makers["t_per_t"]).groupby(makers["place"]).sum()
    return {str(place): float(t) for place, t in output.items() if t > 0}
