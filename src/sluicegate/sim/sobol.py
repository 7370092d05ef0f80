"""First-order and total Sobol indices with confidence intervals: which uncertain inputs decide an outcome.

The design is Saltelli's (2010): two independent samples A and B of N rows, and for each factor i a third that is A with
the factor's columns from B. A factor is one uncertain input, a group of inputs, or the noise of each draw; so inputs
that a screening finds idle are not held at a value but varied together, and their group has indices of its own.

Source of the design: Saltelli et al. (2010), Computer Physics Communications 181, 259-270, as cited by scipy's
`sobol_indices`, which the estimators are tested against; intervals by percentile bootstrap over rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sluicegate.sim.budget import require_sample
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.sim.sequence import sobol_points
from sluicegate.terms import InputError
from sluicegate.terms.parameter import Parameter

NOISE = "chance of each week"
"""The factor that stands for the noise of a draw: swings and clampdowns of offices."""
LEAST_BASE = 16
RESAMPLES = 400
CONFIDENCE = 0.9
"""As every band here, from the 5 % to the 95 % point."""

Outcome = Callable[[Draws], Floats]


@dataclass(frozen=True)
class Index:
    """What one factor decides.

    Parameters
    ----------
    factor : an input's name, a group's name, or `NOISE`
    inputs : the inputs in it; none for the noise
    first, total : share of the outcome's variance that goes with the factor alone, and with all it takes part in
    first_low, first_high, total_low, total_high : 90 % intervals
    """

    factor: str
    inputs: tuple[str, ...]
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True)
class Design:
    """Saltelli's design over inputs and noise.

    Parameters
    ----------
    factors : names of inputs by factor; a factor without inputs is the noise
    a, b : (N, inputs) points of the unit cube, columns in name order
    """

    parameters: Mapping[str, Parameter]
    factors: Mapping[str, Sequence[str]]
    a: Floats = field(repr=False)
    b: Floats = field(repr=False)
    seed: int

    @property
    def base(self) -> int:
        """Rows of A, N."""
        return len(self.a)

    @property
    def runs(self) -> int:
        """Draws to be run, N x (factors + 2)."""
        return self.base * (len(self.factors) + 2)

    def sample(self, factor: str | None = None, *, second: bool = False) -> Draws:
        """The draws of A, of B (`second`), or of A with a factor from B.

        Noise goes with a draw's number: rows of A have 0 to N - 1, rows of B go on from N, and what is A but for one
        factor has the numbers of A, unless the factor is the noise.
        """
        points, chance = (self.b, second) if second else (self.a.copy(), factor == NOISE)
        for name in self.factors[factor] if factor else ():
            column = list(self.parameters).index(name)
            points[:, column] = self.b[:, column]
        values = {n: p.quantile(points[:, j]) for j, (n, p) in enumerate(self.parameters.items())}
        numbers = np.arange(self.base) + (self.base if chance else 0)
        return Draws(self.parameters, values, self.seed, self.base, numbers)


def design(parameters: Mapping[str, Parameter], factors: Mapping[str, Sequence[str]], *, base: int,
           seed: int) -> Design:  # fmt: skip
    """A design of `base` rows over parameters; a factor named `NOISE` stands for the noise.

    Raises
    ------
    InputError : `base` is no power of two from 16 up, as Sobol points and their balance ask for, or there is not the
        memory for so many points.
    """
    if base < LEAST_BASE or base & (base - 1):
        raise InputError(f"{base}", where="base", expected=f"a power of two from {LEAST_BASE} up",
                         do="For example 256; the draws that are run are base x (factors + 2).")  # fmt: skip
    require_sample(2 * max(len(parameters), 1), base)
    ordered = {name: parameters[name] for name in sorted(parameters)}
    cube = sobol_points(2 * max(len(ordered), 1), base.bit_length() - 1, np.random.default_rng(seed))
    points = np.clip(cube, 1e-6, 1 - 1e-6)
    return Design(ordered, factors, points[:, : len(ordered)], points[:, len(ordered) :], seed)


def indices(plan: Design, outcome: Outcome, *, progress: Callable[[int, int], None] | None = None) -> list[Index]:
    """Indices of every factor, the largest total first; none when the outcome never moves.

    Parameters
    ----------
    outcome : (D,) the outcome of each draw; called once for each of the design's samples
    """
    names, samples = list(plan.factors), len(plan.factors) + 2
    values = []
    for done, (factor, second) in enumerate([(None, False), (None, True), *((n, False) for n in names)], 1):
        values.append(np.asarray(outcome(plan.sample(factor, second=second)), dtype=float))
        if progress:
            progress(done, samples)
    spread = np.ptp(np.concatenate(values[:2]))
    return [] if spread == 0 else _estimated(plan, np.array(values))


def shares(values: Floats) -> tuple[Floats, Floats]:
    """(factors,) first-order and total indices of outcomes (2 + factors, N): of A, of B, of A with each factor from B.

    first_i = mean(f_B (f_ABi - f_A)) / V ; total_i = mean((f_A - f_ABi)^2) / 2 V ; V over A and B.
    Source: Saltelli et al. (2010), table 2 (b), and (f) after Jansen (1999), as `scipy.stats.sobol_indices` cites and
    has them; zero where V is.
    """
    a, b, changed = values[0], values[1], values[2:]
    variance = values[:2].var()
    if variance == 0:
        return np.zeros(len(changed)), np.zeros(len(changed))
    return (b * (changed - a)).mean(axis=1) / variance, ((a - changed) ** 2).mean(axis=1) / (2 * variance)


def _estimated(plan: Design, values: Floats) -> list[Index]:
    """Indices with percentile intervals over resampled rows of the design."""
    centred = values - values[:2].mean()  # less error in the products; the indices do not hang on the level
    first, total = shares(centred)
    rng = np.random.default_rng(plan.seed)
    again = np.array([shares(centred[:, rng.integers(plan.base, size=plan.base)]) for _ in range(RESAMPLES)])
    ends = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    (first_low, total_low), (first_high, total_high) = np.quantile(again, ends, axis=0)
    columns = (first, first_low, first_high, total, total_low, total_high)
    rows = [Index(name, tuple(inputs), *(float(column[i]) for column in columns))
            for i, (name, inputs) in enumerate(plan.factors.items())]  # fmt: skip
    return sorted(rows, key=lambda row: -row.total)
