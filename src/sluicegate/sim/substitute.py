"""Where a use goes that leaves a product: away, or to another product that the same line uses."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from sluicegate.sim.network import Floats, Ints


@cache
def load_substitutes() -> dict[str, tuple[str, float]]:
    """Product saved -> (product that takes its place, t of it per t saved), from `data/substitutes.csv`."""
    text = (files("sluicegate.sim") / "data" / "substitutes.csv").read_text("utf-8")
    return {row["product"]: (row["to_product"], float(row["t_per_t"])) for row in csv.DictReader(text.splitlines())}


def moves(slots: pd.DataFrame) -> tuple[Ints, Floats]:
    """(S,) slot of the same line class that takes the place of what a slot saves, -1 for none; (S,) t per t."""
    known = load_substitutes()
    pairs = zip(slots["class_key"], slots["product"], strict=True)
    place = {pair: s for s, pair in enumerate(pairs) if isinstance(pair[0], str)}
    to, rate = np.full(len(slots), -1, dtype=np.intp), np.zeros(len(slots))
    for (key, product), s in place.items():
        target, t_per_t = known.get(product, ("", 0.0))
        if (key, target) in place:
            to[s], rate[s] = place[key, target], t_per_t
    return to, rate
