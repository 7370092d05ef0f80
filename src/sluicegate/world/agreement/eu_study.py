"""What follows from the printed parts of the European Commission's study of 2023, row by row.

The concentrations behind a supply risk are not printed, so it cannot be reckoned anew. What must hold is that it is
the greater of its stages, that the stages are those assessed, that the concentration it implies is possible, that
materials wholly supplied by one country imply one concentration, and that a group is the mean of its members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sluicegate.world.published import load_published

HALF = 0.05
"""Half of the last printed decimal of risk and importance."""
HALF_INDEX = 0.005
"""Half of the last printed decimal of substitution and of recycled input."""
MOST_RISK, MOST_TRADE, MOST_IMPORTANCE = 10.0, 1.5, 10.0
"""The scales' ends: WGI of the worst government, the greatest trade parameter printed, the largest sector."""
STAGES = {"E": "extraction", "P": "processing"}
ONE_SUPPLIER = "HREE"
"""The group that is processed by one country alone."""


@dataclass(frozen=True)
class Check:
    """One thing that must hold of one row.

    Parameters
    ----------
    material : the row
    rule : what must hold
    printed, expected : in words
    follows : whether it does; None where a part it needs is not printed
    """

    material: str
    rule: str
    printed: str
    expected: str
    follows: bool | None


def study_checks() -> list[Check]:
    """Every check of every row, in the order of the study."""
    table = load_published("eu_2023")
    rows = [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]
    concentration = _one_supplier(table)
    return [
        check
        for row in rows
        for check in (*_of_stages(row), *_of_scales(row), *_of_group(row, table), *_of_one_supplier(row, concentration))
    ]


def does_not_follow() -> list[Check]:
    """The checks that fail."""
    return [check for check in study_checks() if check.follows is False]


def _of_stages(row: dict[str, Any]) -> Iterator[Check]:
    """The supply risk is the greater of its stages, at the stage named, and every stage assessed has one."""
    by_stage = {stage: row[f"supply_risk_{stage}"] for stage in STAGES.values()}
    known = {stage: risk for stage, risk in by_stage.items() if not np.isnan(risk)}
    assessed = {STAGES[letter] for letter in row["stages_assessed"].split("+")}
    name, risk = row["material"], row["supply_risk"]
    yield Check(name, "every stage assessed has a risk, and no other", _listed(known), _listed(assessed),
                set(known) == assessed)  # fmt: skip
    if not known:
        yield Check(name, "the risk is the greater of its stages", f"{risk:g}", "", None)
        return
    greatest = max(known.values())
    whole = None if assessed - set(known) and not np.isclose(greatest, risk) else abs(greatest - risk) <= HALF + 1e-9
    yield Check(name, "the risk is the greater of its stages", f"{risk:g}", f"{greatest:g}", whole)
    stage = row["stage_used"].lower()
    tied = {s for s, r in known.items() if abs(r - greatest) <= 2 * HALF}
    yield Check(name, "it is at the stage with the greater risk", stage, " or ".join(sorted(tied)),
                stage in tied if stage in known else None)  # fmt: skip


def _of_scales(row: dict[str, Any]) -> Iterator[Check]:
    """Concentration and importance implied by the printed parts lie on their scales."""
    name, importance = row["material"], row["economic_importance"]
    low, _ = _implied(row["supply_risk"], row["substitution_risk"], row["recycled_input"])
    most = MOST_RISK * MOST_TRADE
    yield Check(name, "the concentration it implies is possible", f"{low:.2f} or more", f"at most {most:g}",
                None if np.isnan(low) else low <= most)  # fmt: skip
    worth = (importance - HALF) / min(row["substitution_importance"] + HALF_INDEX, 1.0)
    yield Check(name, "the importance it implies is possible", f"{worth:.2f} or more", f"at most {MOST_IMPORTANCE:g}",
                None if np.isnan(worth) else worth <= MOST_IMPORTANCE)  # fmt: skip


def _of_group(row: dict[str, Any], table: pd.DataFrame) -> Iterator[Check]:
    """A group's risk and importance are the means of its members'."""
    members = table[table["member_of"] == row["material"]]
    if members.empty:
        return
    for column, word in (("supply_risk", "risk"), ("economic_importance", "importance")):
        mean = float(members[column].mean())
        rule, follows = f"the group's {word} is the mean of its members", abs(mean - row[column]) <= 2 * HALF
        yield Check(row["material"], rule, f"{row[column]:g}", f"{mean:.2f}", follows)


def _of_one_supplier(row: dict[str, Any], concentration: tuple[float, float]) -> Iterator[Check]:
    """Of what one country alone processes, risk differs by substitution and recycling only."""
    if row["member_of"] != ONE_SUPPLIER or row["basis_processing"] != "GSonly":
        return
    kept = (1 - row["recycled_input"]) * row["substitution_risk"]
    low, high = (c * kept for c in concentration)
    risk = row["supply_risk_processing"]
    rule = "with the concentration of the other heavy rare earths, substitution gives the risk"
    yield Check(row["material"], rule, f"{risk:g}", f"{low:.2f} to {high:.2f}", low - HALF <= risk <= high + HALF)


def _one_supplier(table: pd.DataFrame) -> tuple[float, float]:
    """The range of the concentration that most of the group agrees on: the one that the most rows allow."""
    rows = table[(table["member_of"] == ONE_SUPPLIER) & (table["basis_processing"] == "GSonly")]
    ranges = [
        _implied(risk, si, recycled)
        for risk, si, recycled in zip(
            rows["supply_risk_processing"], rows["substitution_risk"], rows["recycled_input"], strict=True
        )
    ]
    best = max((low for low, _ in ranges), key=lambda x: sum(low <= x <= high for low, high in ranges))
    agreeing = [(low, high) for low, high in ranges if low <= best <= high]
    return max(low for low, _ in agreeing), min(high for _, high in agreeing)


def _implied(risk: float, substitution: float, recycled: float) -> tuple[float, float]:
    """The concentrations, least and greatest, that round to the printed risk."""
    most = min(substitution + HALF_INDEX, 1.0) * (1 - max(recycled - HALF_INDEX, 0.0))
    least = (substitution - HALF_INDEX) * (1 - recycled - HALF_INDEX)
    return (risk - HALF) / most, (risk + HALF) / least if least > 0 else np.inf


def _listed(names: object) -> str:
    return ", ".join(sorted(names)) or "none"  # type: ignore[call-overload]
