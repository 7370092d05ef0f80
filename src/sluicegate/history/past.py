"""What the shipped hindcast says of the model's past, without running it again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

STORED = "hindcast.json"
PRINTED_AFTER = 92
"""Days after a month's first by which customs have surely printed it."""


@dataclass(frozen=True)
class Past:
    """Scores of forecasts whose outcome was known on a day, as ratios to the mean month before control.

    Parameters
    ----------
    months, episodes : how many ; crps : mean score ; base_error : mean error of "as before control"
    held : months that the 90 % band held
    """

    months: int
    episodes: int
    crps: float
    base_error: float
    held: int


@cache
def stored() -> dict[str, Any]:
    """The shipped `hindcast` document, made by `sluicegate hindcast --save`."""
    found: dict[str, Any] = json.loads((files("sluicegate.history") / "data" / STORED).read_text("utf-8"))
    return found


def past(day: date) -> Past | None:
    """The scores of months whose figures were printed by a day; None where there is none."""
    known = [
        (e["name"], p)
        for e in stored()["episodes"] for s in e["series"] for p in s["points"]
        if (day - date.fromisoformat(p["month"])).days > PRINTED_AFTER
    ]  # fmt: skip
    if not known:
        return None
    points = [p for _, p in known]
    return Past(
        months=len(points), episodes=len({name for name, _ in known}),
        crps=float(np.mean([p["prior"]["crps"] for p in points])),
        base_error=float(np.mean([p["naive"]["mean before control"] for p in points])),
        held=sum(p["prior"]["held_90"] for p in points),
    )  # fmt: skip
