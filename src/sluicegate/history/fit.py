"""The licence queue and the behaviour around it, fitted on recorded months: population Monte Carlo over replays.

Each episode e is played on draws of its settings and its months weigh each draw, w_d ~ L(months | d)^power. Settings
are normal among episodes on the scale on which their prior is; their mean and spread are the weighted moments of
all episodes, the prior counting as one episode more. The episodes are then played again on draws from that
population, a few times (population Monte Carlo, Cappe et al. 2004; the flattened likelihood is the tempering of Neal
2001). A forecast of another episode is played on draws from the population.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import logsumexp, ndtri

from sluicegate.history.episode import Episode
from sluicegate.history.replay import Replay, replay
from sluicegate.scenario import ParameterChange
from sluicegate.sim.network import Floats
from sluicegate.terms.parameter import Parameter
from sluicegate.world import World

FITTED = (
    "office_start_weeks",
    "review_weeks_mean",
    "frontload_weeks_of_use",
    "frontload_surge_limit",
    "swing_log_sd",
    "swing_memory_weeks",
)
"""Settings that monthly exports can teach; the rest keeps its prior."""
KERNEL = 0.25
"""Standard deviation of the root of a month's ratio about a draw: customs noise and what no draw hits exactly."""
PRIOR_EPISODES = 1.0
"""Episodes that the prior counts for."""
ROUNDS = 3
LEAST_SIZE = 100
"""Draws that must count: months of one episode go astray together, so their likelihood is flattened until they do."""


@dataclass(frozen=True)
class Setting:
    """One fitted setting of a replay: its draws on the prior's scale, and the prior there."""

    values: Floats
    prior: Parameter


@dataclass(frozen=True)
class Normal:
    """Where a setting lies among episodes: normal on the scale of `kind`, a distribution of the same setting."""

    kind: Parameter
    mean: float
    sd: float

    @property
    def quantiles(self) -> tuple[float, float, float]:
        """The 5th, 50th and 95th percentile, in the setting's unit."""
        low, middle, high = self.kind.from_scale(self.mean + self.sd * ndtri(np.array([0.05, 0.5, 0.95])))
        return float(low), float(middle), float(high)


@dataclass(frozen=True)
class Fit:
    """What episodes teach.

    Parameters
    ----------
    population, prior : by setting ; sizes : draws that count, by episode ; months : reported months used, by episode
    powers : power to which an episode's likelihood was raised, one or less
    """

    population: Mapping[str, Normal]
    prior: Mapping[str, Normal]
    sizes: Mapping[str, float]
    months: Mapping[str, int]
    powers: Mapping[str, float]

    def changes(self, parameters: Iterable[str]) -> dict[str, ParameterChange]:
        """The fitted settings as changes of a run's inputs, by the inputs' names."""
        reason = f"fitted on {', '.join(self.months)}"
        found = {}
        for full in parameters:
            if (name := setting_name(full)) in self.population:
                low, middle, high = self.population[str(name)].quantiles
                found[full] = ParameterChange(p05=low, p50=middle, p95=high, reason=reason)
        return found


def setting_name(parameter: str) -> str | None:
    """The fitted setting that an input of a run is, None for others and where a destination has its own."""
    scope, _, name = parameter.partition(": ")
    return name if name in FITTED and ", " not in scope else None


def settings_of(played: Replay) -> dict[str, Setting]:
    """The fitted settings of a replay, by name without the group of goods: episodes share them."""
    found = {}
    for full, parameter in played.draws.parameters.items():
        name = setting_name(full)
        if name and parameter.kind != "fixed":
            found[name] = Setting(parameter.scaled(played.draws[full]), parameter)
    return found


def log_likelihood(played: Replay, upto: Mapping[str, Iterable[date]] | None = None) -> Floats:
    """(D,) log likelihood of the reported months, normal on the root of the ratio.

    Parameters
    ----------
    upto : by series the months to use; all scored ones when None
    """
    from scipy.stats import norm  # half a second to load, and few who load a past episode fit one

    total = np.zeros(played.draws.size)
    for series in played.episode.series:
        for row in played.episode.scored(series):
            if upto is None or row.month in upto.get(series.name, ()):
                root = np.sqrt(played.ratio[series.name][row.month])
                total += norm.logpdf(np.sqrt(series.ratio(row)), root, KERNEL)
    return total


def weights(log: Floats) -> Floats:
    """(D,) weights that sum to one, of log weights."""
    return np.asarray(np.exp(log - logsumexp(log)))


def calibrated(episodes: Sequence[Episode], world: World, *, draws: int, seed: int,
               first: Sequence[Replay] = ()) -> Fit:  # fmt: skip
    """The population that the episodes' settings are drawn from, after `ROUNDS` rounds; the same for the same seed.

    Parameters
    ----------
    first : replays of the episodes on what was known on their days, where they have been made

    Raises
    ------
    ValueError : there are no episodes.
    """
    replays = list(first) or [replay(e, world, draws=draws, seed=seed) for e in episodes]
    found = fit(replays)
    for _ in range(ROUNDS - 1):
        changed = [found.changes(r.draws.parameters) for r in replays]
        replays = [replay(e, world, draws=draws, seed=seed, changes=c)
                   for e, c in zip(episodes, changed, strict=True)]  # fmt: skip
        found = fit(replays, found.prior)
    return found


def fit(replays: Sequence[Replay], prior: Mapping[str, Normal] | None = None) -> Fit:
    """One round: the moments of the replays' settings under their months.

    Parameters
    ----------
    prior : what counts as one episode more; the mean over what the replays were drawn from when None

    Raises
    ------
    ValueError : there are no replays.
    """
    if not replays:
        raise ValueError("no episode to fit on")
    prior = prior or _prior(replays)
    moments: dict[str, list[tuple[float, float]]] = {name: [] for name in prior}
    powers, sizes = {}, {}
    for played in replays:
        log = log_likelihood(played)
        power = flattening(log)
        given = weights(power * log)
        powers[played.episode.name], sizes[played.episode.name] = power, effective_size(given)
        for name, setting in settings_of(played).items():
            mean = float(given @ setting.values)
            moments[name].append((mean, float(given @ (setting.values - mean) ** 2)))
    population = {name: _updated(prior[name], moments[name]) for name in prior}
    months = {r.episode.name: sum(len(r.episode.scored(s)) for s in r.episode.series) for r in replays}
    return Fit(population, prior, sizes, months, powers)


def flattening(log: Floats) -> float:
    """The largest power, one at most, of a likelihood at which `LEAST_SIZE` of the draws count."""
    least = min(LEAST_SIZE, len(log) / 2)
    if effective_size(weights(log)) >= least:
        return 1.0
    from scipy.optimize import brentq  # as above

    return float(brentq(lambda power: effective_size(weights(power * log)) - least, 0, 1))


def _updated(prior: Normal, moments: list[tuple[float, float]]) -> Normal:
    count = PRIOR_EPISODES + len(moments)
    mean = (PRIOR_EPISODES * prior.mean + sum(m for m, _ in moments)) / count
    spread = PRIOR_EPISODES * (prior.sd**2 + (prior.mean - mean) ** 2) + sum(v + (m - mean) ** 2 for m, v in moments)
    return Normal(prior.kind, mean, float(np.sqrt(spread / count)))


def _prior(replays: Sequence[Replay]) -> dict[str, Normal]:
    """The mean over the episodes of each setting's prior, on its scale."""
    found: dict[str, list[Setting]] = {}
    for played in replays:
        for name, setting in settings_of(played).items():
            found.setdefault(name, []).append(setting)
    return {name: Normal(own[0].prior, float(np.mean([s.values.mean() for s in own])),
                         float(np.mean([s.values.std() for s in own]))) for name, own in found.items()}  # fmt: skip


def effective_size(weights: Floats) -> float:
    """Draws that count (Kong 1992): 1 over the sum of squared weights."""
    return float(1 / (weights**2).sum())
