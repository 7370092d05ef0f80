"""Which uncertain inputs decide an outcome, and how much of it rests on our judgement."""

from __future__ import annotations

import numpy as np

from sluicegate.sim.draws import Draws, standard_ranks
from sluicegate.sim.network import Floats

NOISE = 10
"""Squared rank correlations below ten times what chance gives on average are not told from noise (1 in 1,000)."""


def variance_shares(outcome: Floats, draws: Draws) -> dict[str, float]:
    """Share of an outcome's rank variance that goes with each uncertain input, largest first; they sum to at most 1.

    Squared rank correlation of the outcome (D,) with each input, less what chance alone gives (1/(D-1)).
    The inputs are independent, so the shares add; what interactions and noise do is not in them.
    Source: Saltelli et al. (2008), Global Sensitivity Analysis, section 1.2.5 (standardised rank coefficients).
    """
    if np.ptp(outcome) == 0 or draws.size < 16:
        return {}
    names, ranks = draws.ranks
    chance = 1 / (draws.size - 1)
    found = np.maximum((ranks @ standard_ranks(outcome) / draws.size) ** 2 - chance, 0.0)
    shares = dict(zip(names, found.tolist(), strict=True))
    total = max(sum(shares.values()), 1.0)
    kept = {n: s / total for n, s in shares.items() if s > NOISE * chance}
    return dict(sorted(kept.items(), key=lambda item: -item[1]))


def judgement_share(outcome: Floats, draws: Draws) -> float:
    """Part of the explained rank variance that comes from inputs labelled `judgement`; NaN when none is explained."""
    shares = variance_shares(outcome, draws)
    explained = sum(shares.values())
    judged = sum(s for n, s in shares.items() if draws.parameters[n].label == "judgement")
    return judged / explained if explained else float("nan")
