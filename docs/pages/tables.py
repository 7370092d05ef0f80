"""The page of the world's tables."""

from __future__ import annotations

import csv
from importlib.resources import files

from pages.fields import fields
from pages.markdown import table, title
from sluicegate.world import load_world
from sluicegate.world.facility import Facility, Milestone
from sluicegate.world.figures import Figure
from sluicegate.world.published import PRINTED
from sluicegate.world.table import KEYS


def tables() -> str:
    """The world's files with their columns, and the tables `load_world()` gives."""
    rows = []
    folder = files("sluicegate.world") / "data"
    printed = {f"published/{name}": key for name, key in PRINTED.items()}
    keys = KEYS | printed | {"governance": ("place", "year"), "milestones": ("facility", "event", "date")}
    for name in sorted([*keys, "figures", "sources", "sources_published", "corrections", "balanced", "facilities"]):
        with (folder / f"{name}.csv").open(encoding="utf-8") as text:
            columns = next(csv.reader(text))
        key = keys.get(name, (columns[0],))
        rows.append(
            [f"`{name}.csv`", ", ".join(f"`{k}`" for k in key), ", ".join(f"`{c}`" for c in columns if c not in key)]
        )
    parts = [
        title("Tables of the world"),
        "Files of the package, one row a key. A cell may be arithmetic on the names of `anchors.csv`; `figure` stands\n"
        "for the first figure in `refs`, `figure2` for the second. An empty cell is absent, never zero.\n",
        table(["file", "key", "other columns"], rows),
        "## What `load_world()` gives\n", fields(load_world.__globals__["World"]),
        "## A figure\n", fields(Figure),
        "## A facility\n", fields(Facility),
        "## A milestone of a facility\n", fields(Milestone),
    ]  # fmt: skip
    return "\n".join(parts)
