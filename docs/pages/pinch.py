"""The page of what hangs on one producer."""

from __future__ import annotations

from pages.markdown import table, title
from sluicegate.world import load_world
from sluicegate.world.pinch import pinch
from sluicegate.world.plant import load_plants


def hangs() -> str:
    """The largest stops of all, and of each material."""
    world = load_world()
    found = pinch(world, None, load_plants(world))
    material = {row["id"]: str(world.processes.at[row["process"], "material"]) for row in found}
    first: dict[tuple[str, str], int] = {}
    for row in found:
        key = (material[row["id"]], row["kind"])
        first[key] = first.get(key, 0) + 1
        row["rank"] = first[key]
    shown = [r for r in found if (r["rank"] <= 3 and r["value_added_lost_musd"] > 0) or r["kind"] == "plant"]
    rows = [
        [material[r["id"]], r["kind"], r["stop"].replace("|", ", "), r["product"], f"{100 * r['share_of_output']:.0f}",
         f"{100 * r['share_lost']:.0f}", f"{r['value_added_lost_musd'] / 1000:.3g}"]
        for r in sorted(shown, key=lambda r: (material[r["id"]], -r["value_added_lost_musd"]))
    ]  # fmt: skip
    return "\n".join([
        title("What hangs on one producer"),
        "`sluicegate world pinch`: the least value added lost in a year without the producer or plant, idle capacity\n"
        "elsewhere counted. Of each material the three largest producers, and every plant whose capacity is known.\n"
        "[How it is reckoned](../explanation/world.md).\n",
        table(["material", "kind", "what stops", "makes", "% of output", "% of use lost", "bn USD a year"], rows),
    ])  # fmt: skip
