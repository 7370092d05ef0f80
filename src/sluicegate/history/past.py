"""What the shipped hindcast says of the model's past, without running it again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy.special import bdtr

from sluicegate.sim.network import Floats

STORED = "hindcast.json"
PRINTED_AFTER = 92
"""Days after a month's first by which customs have surely printed it."""
LEVEL, CHANCE = 0.9, 0.05
"""The band whose coverage is judged, and how unlikely a coverage must be by chance for bands to be widened."""


@dataclass(frozen=True)
class Past:
    """Scores of forecasts whose outcome was known on a day, as ratios to the mean month before control.

    Parameters
    ----------
    months, episodes : how many ; crps : mean score ; base_error : mean error of "as before control"
    held : months that the 90 % band held
    factor : by which bands are stretched about their median; 1 where the band held what it says
    """

    months: int
    episodes: int
    crps: float
    base_error: float
    held: int
    factor: float


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
        factor=stretch([p["prior"] | {"observed": p["observed"]} for p in points]),
    )  # fmt: skip


def stretch(points: Sequence[Mapping[str, Any]]) -> float:
    """How far 90 % bands must be stretched about their median to have held nine in ten of what came; never below 1.

    1 where the bands held what they say: so few held would be chance in one case of twenty or more. Else the stretch
    that the k-th nearest outcome needs, k = ceil(0.9 (n + 1)), as conformal prediction counts (Vovk, Gammerman and
    Shafer 2005; not opened for this line); the whole reach of the past where n is too small for k.

    Parameters
    ----------
    points : each with `q05`, `q50`, `q95` and `observed`
    """
    needed = np.sort([_reach(p) for p in points])
    n, held = len(needed), int((needed <= 1).sum())
    if bdtr(held, n, LEVEL) >= CHANCE:  # the binomial distribution; `scipy.stats` takes half a second to load
        return 1.0
    k = min(int(np.ceil(LEVEL * (n + 1))), n)
    return float(max(needed[k - 1], 1.0))


def _reach(point: Mapping[str, Any]) -> float:
    """What came, as a multiple of the half band on its side."""
    off = point["observed"] - point["q50"]
    half = point["q95"] - point["q50"] if off > 0 else point["q50"] - point["q05"]
    return float(abs(off) / max(half, 1e-12))


def widened(samples: Floats, factor: float, *, low: float = -np.inf, high: float = np.inf) -> Floats:
    """(..., D) samples stretched about their median by a factor, within what is possible; as they are at 1."""
    if factor == 1.0:
        return samples
    middle = np.median(samples, axis=-1, keepdims=True)
    return np.clip(middle + factor * (samples - middle), low, high)
