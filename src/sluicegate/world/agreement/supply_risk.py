"""World supply alone against the European Commission's supply risk: how much of it our figures explain.

Not the Commission's index: ours leaves out what the EU itself sources (not printed), takes political stability for
the six governance estimates it averages, and one year for its mean of 2016-20.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sluicegate.metrics import supply_risk
from sluicegate.world.governance import risk_by_place
from sluicegate.world.indices.subject import EU_NAMES, MINE, REFINING
from sluicegate.world.output import world_output
from sluicegate.world.published import load_published

YEAR = 2020
"""The last year of the Commission's mean."""
STAGES = {"extraction": MINE, "processing": REFINING}
MATERIALS = ("antimony", "bismuth", "cobalt", "gallium", "germanium", "graphite", "indium", "lithium", "magnesium",
             "molybdenum", "tellurium", "tungsten")  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """One material at one stage; `basis` says whether the Commission counts world supply alone (GSonly)."""

    material: str
    stage: str
    basis: str
    printed: float
    ours: float


def compared_supply_risk() -> list[Compared]:
    """Every stage with a printed risk and output figures of 2020."""
    table = load_published("eu_2023").set_index("material")
    found = []
    for material in MATERIALS:
        name = EU_NAMES.get(material, (material.capitalize(),))[0]
        row: dict[str, Any] = {str(k): v for k, v in table.loc[name].to_dict().items()}
        for stage, where in STAGES.items():
            printed, output = row[f"supply_risk_{stage}"], world_output(material, where, YEAR)
            if output is None or np.isnan(printed):
                continue
            world = output.governed(risk_by_place(YEAR), trade=_trade(name, stage))
            ours = supply_risk(world, None, 1.0, row["recycled_input"], row["substitution_risk"])
            found.append(Compared(material, stage, row[f"basis_{stage}"], printed, ours))
    return found


def _trade(name: str, stage: str) -> dict[str, float]:
    """The printed trade parameters of a material and stage, by place."""
    table = load_published("eu_2023_trade")
    rows = table[(table["material"] == name) & (table["stage"] == stage) & (table["scope"] == "world")]
    return {str(p): float(t) for p, t in zip(rows["place"], rows["trade_parameter"], strict=True)}
