"""Is the world sound: balances, adjustments, gaps, ages of figures, what rests on assumptions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sluicegate.world.balance import supply_and_need
from sluicegate.world.chain import World
from sluicegate.world.contradiction import Contradiction, contradiction_row, contradictions
from sluicegate.world.correction import correction_row, load_corrections
from sluicegate.world.figures import load_figures, printed_figures
from sluicegate.world.metric import GRADES
from sluicegate.world.reference import figure_ids
from sluicegate.world.show import rows
from sluicegate.world.source import load_sources

TABLES = ("products", "recipes", "producers", "lines", "uses", "flows", "places", "projects", "levies", "anchors")
"""The tables whose rows carry a label and refs."""

OLD_BEFORE = 2020
"""A figure of an earlier year is named as old; the base year is 2024."""


def check(world: World) -> dict[str, Any]:
    """What `world check` reports, as plain data.

    Returns
    -------
    largest_residual (relative), adjusted and conflicts (quantities moved by more than one and two standard deviations),
    gaps (text), unresolved_refs, figures (how many there are, how many are used, by year, grade and material, those
    without a source, old ones used), assumptions (counts by table and label, and the rows whose label is `judgement`),
    contradictions (how many quantities are stated differently, and each with its figures), corrections (each with what
    it found and made of it; a guard that fails stops the figures from loading at all).
    """
    used = cited_figures(world)
    table = load_figures().table
    known = table.loc[[ref for ref in used if ref in table.index]]
    years = known["period"].str.extract(r"(\d{4})", expand=False)
    moved = world.balance.sort_values("adjustment_in_sd", key=abs, ascending=False)
    return {
        "largest_residual": float(balance_residuals(world)["relative"].max()),
        "adjusted": rows(moved[moved["flag"] == "adjusted"]),
        "conflicts": rows(moved[moved["flag"] == "conflict"]),
        "gaps": gaps(world),
        "unresolved_refs": [ref for ref in used if ref not in table.index],
        "figures": {
            "count": len(table),
            "sources": int(table["source_id"].nunique()),
            "without_source": sorted(table.index[~table["source_id"].isin(load_sources())]),
            "used": len(used),
            "by_grade": {g: int((table["grade"] == g).sum()) for g in GRADES},
            "by_material": _counts(table["material"].replace("", "none")),
            "all_by_year": _counts(table["period"].str.extract(r"(\d{4})", expand=False).fillna("undated")),
            "by_year": {str(year): int(count) for year, count in years.fillna("undated").value_counts().items()},
            "old": [ref for ref, year in years.items() if pd.notna(year) and int(year) < OLD_BEFORE],
        },
        "assumptions": {"counts": label_counts(world), "rows": assumptions(world)},
        "contradictions": _contradictions(set(used)),
        "corrections": _corrections(),
    }


def _counts(words: pd.Series[str]) -> dict[str, int]:
    return {str(word): int(n) for word, n in words.value_counts().items()}


def _contradictions(used: set[str]) -> dict[str, Any]:
    """How many quantities are stated with different values, how many by different publications, and each of them.

    Those of which the chain uses a figure come first, then the widest apart; revisions last.
    """
    found = contradictions(load_figures())
    open_ones = [c for c in found if not c.revision]
    ordered = sorted(found, key=lambda c: (c.revision, not _carries(c, used)))
    return {
        "count": len(found),
        "revisions": len(found) - len(open_ones),
        "open": len(open_ones),
        "over_a_quarter": sum(c.spread > 0.25 for c in open_ones),
        "carrying": sum(_carries(c, used) for c in open_ones),
        "quantities": [contradiction_row(c) | {"revision": c.revision, "used": _carries(c, used)} for c in ordered],
    }


def _carries(one: Contradiction, used: set[str]) -> bool:
    return any(f.figure_id in used for f in one.figures)


def _corrections() -> list[dict[str, Any]]:
    """Every correction; that they are listed at all says that every guard holds."""
    printed = printed_figures()
    return [
        correction_row(c) | {"source_id": str(printed.at[c.figure_id, "source_id"]), "holds": True}
        for c in load_corrections()
    ]


def balance_residuals(world: World) -> pd.DataFrame:
    """What is made less what leaves, and what arrives less what is used: side, product, place, t_per_yr, relative."""
    producers = world.producers.rename(columns={"activity_t_per_yr": "t"})
    supply, need = supply_and_need(world.recipes, producers, world.uses.rename(columns={"use_t_per_yr": "t"}), "t")
    flows = world.flows[["product", "origin", "destination", "flow_t_per_yr"]]
    surplus = world.surplus.rename(columns={"surplus_t_per_yr": "t_per_yr"})
    parts = [
        supply.assign(side="supply"),
        _minus(flows.rename(columns={"origin": "place", "flow_t_per_yr": "t_per_yr"})).assign(side="supply"),
        _minus(surplus).assign(side="supply"),
        flows.rename(columns={"destination": "place", "flow_t_per_yr": "t_per_yr"}).assign(side="need"),
        _minus(need).assign(side="need"),
    ]
    entries = pd.concat([part[["side", "product", "place", "t_per_yr"]] for part in parts])
    entries["gross"] = entries["t_per_yr"].abs()
    sums = entries.groupby(["side", "product", "place"])[["t_per_yr", "gross"]].sum()
    sums["relative"] = (sums["t_per_yr"].abs() / sums["gross"].where(sums["gross"] > 0)).fillna(0.0)
    return sums.drop(columns="gross").reset_index()


def _minus(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(t_per_yr=-table["t_per_yr"])


def cited_figures(world: World) -> list[str]:
    """Ids of all figures the tables and parameters refer to, each once."""
    cells = [refs for name in TABLES for refs in getattr(world, name)["refs"]]
    ids = [ref for cell in cells for ref in figure_ids(cell)]
    return list(dict.fromkeys(ids + [ref for parameter in world.parameters for ref in parameter.refs]))


def label_counts(world: World) -> dict[str, dict[str, int]]:
    """Rows by table and label."""
    counts = {name: getattr(world, name)["label"].value_counts().to_dict() for name in TABLES}
    labels = pd.Series([parameter.label for parameter in world.parameters], dtype=object)
    counts["parameters"] = labels.value_counts().to_dict()
    return {name: {str(label): int(n) for label, n in table.items()} for name, table in counts.items()}


def assumptions(world: World) -> list[dict[str, str]]:
    """Rows that rest on judgement: table, row, reason."""
    keys = {
        "recipes": ["process", "product", "role"],
        "uses": ["line", "product"],
        "flows": ["product", "origin", "destination"],
        "levies": ["place", "products", "levy", "effective_from"],
    }
    found = []
    for name in TABLES:
        table = getattr(world, name).reset_index()
        key = keys.get(name, [str(table.columns[0])])
        for row in rows(table[table["label"] == "judgement"]):
            found.append({"table": name, "row": ", ".join(str(row[k]) for k in key), "reason": str(row["reason"])})
    judged = [p for p in world.parameters if p.label == "judgement"]
    return found + [{"table": "parameters", "row": p.name, "reason": p.reason} for p in judged]


def gaps(world: World) -> list[str]:
    """What the model wants and the tables do not have."""
    made = set(world.recipes.loc[world.recipes["role"] == "output", "product"])
    wanted = set(world.recipes.loc[world.recipes["role"] == "input", "product"]) | set(world.uses["product"])
    running = set(world.producers.loc[world.producers["activity_t_per_yr"] > 0, "process"])
    flowing = set(world.flows["product"])
    return (
        [f"no process makes {product}" for product in sorted(wanted - made)]
        + [f"nothing uses {product}" for product in sorted(made - wanted)]
        + [f"nobody runs {process}" for process in world.processes.index if process not in running]
        + [f"no flow of {product}" for product in world.products.index if product not in flowing]
        + [f"{line} uses nothing" for line in world.lines.index if line not in set(world.uses["line"])]
        + [f"no value added for {line}" for line in sorted(set(world.uses["line"]) - set(world.lines.index))]
    )
