"""When an open application is decided: the office's law, given how long the file has already lain there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincinv

from sluicegate.sim.gate import Border
from sluicegate.sim.network import Floats, Ints


@dataclass(frozen=True)
class File:
    """One application at an office, (D,) draws: an Erlang review that begins once the office works.

    The share L of files is let through; the rest is never decided, as the short form of the regime has it.
    With F the law of the review, a file that is undecided after e weeks of review comes through by x weeks more with

        P(x) = L (F(e + x) - F(e)) / (1 - L F(e))

    by Bayes' rule: 1 - L F(e) is the chance that a file is still open.

    Parameters
    ----------
    mean_weeks : (D,) mean review ; stages : of the review, k of the Erlang law
    passes : (D,) share L let through, 0-1
    elapsed : (D,) weeks of review behind it ; ahead : (D,) weeks until the review begins
    """

    mean_weeks: Floats
    stages: int
    passes: Floats
    elapsed: Floats
    ahead: Floats

    @property
    def open_chance(self) -> Floats:
        """(D,) likelihood that it is still open, which weighs the draws."""
        return np.asarray(1 - self.passes * self._law(self.elapsed))

    def decided_within(self, weeks: Floats) -> Floats:
        """(D,) chance that it comes through within so many weeks (D,) from now; infinite weeks are allowed."""
        reviewed = np.maximum(weeks - self.ahead, 0)
        gained = self._law(self.elapsed + reviewed) - self._law(self.elapsed)
        return self._over_open(self.passes * gained)

    def weeks_left(self, chance: Floats) -> Floats:
        """(D,) weeks until it comes through at probabilities `chance` (D,); infinite where it never does."""
        ever = self.decided_within(np.full_like(self.passes, np.inf))
        behind = self._law(self.elapsed)
        level = behind + np.divide(chance * self.open_chance, self.passes, out=np.ones_like(chance),
                                   where=self.passes > 0)  # fmt: skip
        level = np.where(chance < ever, np.minimum(level, 1.0), 0.0)
        total = np.maximum(self.mean_weeks, 1e-9) * np.asarray(gammaincinv(self.stages, level)) / self.stages
        left = np.maximum(total - self.elapsed, 0) + self.ahead
        return np.where(chance < ever, left, np.inf)

    def _law(self, weeks: Floats) -> Floats:
        """(D,) Erlang distribution of the review's length."""
        mean = np.maximum(self.mean_weeks, 1e-9)
        return np.asarray(gammainc(self.stages, self.stages * weeks / mean))

    def _over_open(self, part: Floats) -> Floats:
        return np.divide(part, self.open_chance, out=np.zeros_like(part), where=self.open_chance > 0)


def file_at(border: Border, links: Ints, *, filed: float, now: float) -> File:
    """An application for goods of some links, filed in one week and still open in another (weeks from the start).

    Of rows of a link with several end uses or tiers of applicants the first is taken, which is civil.
    """
    row = int(np.flatnonzero(np.isin(border.links, links))[0])
    tier, week = int(border.tier[row]), int(np.clip(now, 0, len(border.level) - 1))
    rule = int(border.rule[week, tier])
    begins = np.maximum(filed, border.effective + border.office_start)
    return File(
        mean_weeks=border.review_weeks[rule],
        stages=int(border.stages - border.entry[rule]),
        passes=np.clip(border.level[week, tier], 0, 1),
        elapsed=np.maximum(now - begins, 0),
        ahead=np.maximum(begins - now, 0),
    )


def still_open(files: Iterable[File], draws: int) -> Ints:
    """(D,) draws to look at, given that all these files are still open.

    Draws of a quick office are less likely than before; each is kept as often as its likelihood says (systematic
    resampling, Kitagawa 1996, as cited in any text on particle filters). Without files every draw stands once.
    """
    weight = np.ones(draws)
    for file in files:
        weight = weight * file.open_chance
    if weight.sum() <= 0 or np.ptp(weight) == 0:
        return np.arange(draws)
    reached = np.cumsum(weight) / weight.sum()
    at = np.searchsorted(reached, (np.arange(draws) + 0.5) / draws)
    return np.asarray(np.minimum(at, draws - 1), dtype=np.intp)
