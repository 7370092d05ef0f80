"""The page of indices."""

from __future__ import annotations

from pages.markdown import table, title
from sluicegate.desk.agreement import agreement
from sluicegate.desk.world import world_compare
from sluicegate.world import load_world


def indices() -> str:
    """The indices beside their publishers', and beside each other."""
    parts = [
        title("Indices against their publishers"),
        "[What each index is and is not](../explanation/indices.md).\n",
    ]
    for sheet in agreement(load_world()):
        parts += [f"## {sheet.title}\n", f"{sheet.text}\n"] if sheet.text else [f"## {sheet.title}\n"]
        parts.append(table(sheet.head, sheet.rows))
    return "\n".join([*parts, *_side_by_side()])


def _side_by_side() -> list[str]:
    """Ranks of every material by every method, for the United States in the base year."""
    document = world_compare()
    methods = document["methods"]
    heads = {m["method"]: m["short"] for m in methods}
    rows, apart = [], []
    for entry in document["materials"]:
        ranked = {v["method"]: f"{v['rank']}/{v['of']}" for v in entry["values"] if v["rank"]}
        rows.append([entry["material"], *(ranked.get(m, "") for m in heads)])
        gap = entry["disagreement"]
        apart += [[entry["material"], heads[gap["riskier_by"]], heads[gap["less_risky_by"]], gap["why"]]] if gap else []
    return [
        "## Side by side\n", "Ranks for the United States, 2024, 1 the riskiest, of the materials each method has a "
        "value for; `sluicegate world compare` gives the values.\n",
        table(["method", "what it is", "formula"], [[m[k] for k in ("short", "title", "formula")] for m in methods]),
        table(["material", *heads.values()], rows), "## Where they disagree most\n",
        table(["material", "riskier by", "less risky by", "why"], apart),
    ]  # fmt: skip
