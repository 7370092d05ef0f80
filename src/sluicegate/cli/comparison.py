"""The indices side by side, for the terminal."""

from __future__ import annotations

from typing import Any

from sluicegate.cli.tables import table


def compared(document: dict[str, Any], *, single: bool) -> str:
    """One material's values by method, or all materials' widest disagreements."""
    titles = {m["method"]: m["title"] for m in document["methods"]}
    if single:
        return "\n\n".join(_one(material, titles) for material in document["materials"])
    heads = {m["method"]: m["short"] for m in document["methods"]}
    placed = {m["material"]: {v["method"]: v["rank"] for v in m["values"] if v["rank"]} for m in document["materials"]}
    rows = [[name, *(by.get(method, "") for method in heads)] for name, by in placed.items()]
    apart = [f"{m['material']}: {_apart(m, titles)}" for m in document["materials"] if m["disagreement"]]
    return "\n".join(["Rank by each method, 1 the riskiest", "", table(["", *heads.values()], rows), "",
                      "Furthest apart", "", *apart])  # fmt: skip


def _one(material: dict[str, Any], titles: dict[str, str]) -> str:
    rows = [
        [titles[v["method"]], _number(v), v["unit"], v["year"], _ranked(v), v["source"]] for v in material["values"]
    ]
    said = f"\n\nFurthest apart: {_apart(material, titles)}" if material["disagreement"] else ""
    return table(["method", "value", "unit", "year", "rank", "source"], rows) + said


def _ranked(value: dict[str, Any]) -> str:
    return f"{value['rank']} of {value['of']}" if value["rank"] else ""


def _apart(material: dict[str, Any], titles: dict[str, str]) -> str:
    """Both methods with their ranks, and why."""
    gap, by = material["disagreement"], {v["method"]: v for v in material["values"]}
    named = [f"{_ranked(by[gap[k]])} by {titles[gap[k]]}" for k in ("riskier_by", "less_risky_by")]
    return f"{named[0]}, {named[1]}: {gap['why']}."


def _number(value: dict[str, Any]) -> str:
    """The value with its bounds; percent where the unit is a share."""
    percent = value["unit"] == "share"

    def shown(x: float) -> str:
        return f"{x:.0%}" if percent else f"{x:,.0f}" if abs(x) >= 100 else f"{x:.3g}"

    low, high = value["low"], value["high"]
    if value["value"] is None:
        return f"over {shown(low)}" if low is not None else f"under {shown(high)}"
    if low is None or high is None or shown(low) == shown(high):
        return shown(value["value"])
    return f"{shown(value['value'])} ({shown(low)} to {shown(high)})"
