"""Each announcement forecast from the others: scores beside naive forecasts, bands, updating by month (V9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sluicegate.history.episode import Episode, Series, load_episodes
from sluicegate.history.fit import Fit, calibrated, log_likelihood, weights
from sluicegate.history.naive import NAIVES, Asked
from sluicegate.history.record import Row
from sluicegate.history.replay import Replay, replay
from sluicegate.history.score import covered, fair_crps, rank, resampled
from sluicegate.sim.network import Floats
from sluicegate.world import World

DRAWS = 1024
SEED = 1
MEMBERS = 1000
LEVELS = (0.5, 0.9)
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Forecast:
    """One forecast of one month: its quantiles as ratios to the base, its score in the same unit, its bands."""

    quantiles: Mapping[float, float]
    crps: float
    rank: float
    held: Mapping[float, bool]


@dataclass(frozen=True)
class Point:
    """One forecast month, as a ratio to the base.

    Parameters
    ----------
    forecasts : made on the day of the announcement, on what was known then (`prior`) and fitted on the other
        episodes (`fitted`)
    naive : by name, absolute error of a naive forecast; None where there is none
    updated, again : CRPS once earlier months are seen, and the error of the last of them again; None for the first
    """

    episode: str
    series: str
    month: date
    age: int
    observed: float
    source: str
    forecasts: Mapping[str, Forecast]
    naive: Mapping[str, float | None]
    updated: float | None
    again: float | None


@dataclass(frozen=True)
class Hindcast:
    """All points, and what each announcement was forecast from.

    Parameters
    ----------
    fits : by episode, the fit on the others
    """

    points: tuple[Point, ...]
    fits: Mapping[str, Fit]

    def of(self, episode: str) -> list[Point]:
        """The points of one episode."""
        return [p for p in self.points if p.episode == episode]


def hindcast(world: World, only: str | None = None, *, draws: int = DRAWS, seed: int = SEED) -> Hindcast:
    """Forecast every announcement, or one by name, from the others, as of its own day, and score it.

    Raises
    ------
    InputError : as `replay`.
    """
    prior = [replay(e, world, draws=draws, seed=seed) for e in load_episodes()]
    points: list[Point] = []
    fits = {}
    for own in (r for r in prior if only in (None, r.episode.name)):
        others = [r for r in prior if r is not own]
        names = [r.episode for r in others]
        found = calibrated(names, world, draws=draws, seed=seed, first=others)
        fits[own.episode.name] = found
        fitted = replay(own.episode, world, draws=draws, seed=seed, changes=found.changes(own.draws.parameters))
        points += _points(own, fitted, names)
    return Hindcast(tuple(points), fits)


def _points(prior: Replay, fitted: Replay, others: list[Episode]) -> list[Point]:
    return [_point(prior, fitted, series, row, others)
            for series in prior.episode.series for row in prior.episode.scored(series)]  # fmt: skip


def _point(prior: Replay, fitted: Replay, series: Series, row: Row, others: list[Episode]) -> Point:
    episode, observed = prior.episode, series.ratio(row)
    forecasts = {"prior": prior.noisy(series, row.month), "fitted": fitted.noisy(series, row.month)}
    earlier = [r for r in episode.scored(series) if r.month < row.month]
    naive = {name: forecast(Asked(episode, series, row, others)) for name, forecast in NAIVES.items()}
    return Point(
        episode=episode.name, series=series.name, month=row.month, age=episode.age(row),
        observed=observed, source=row.source,
        forecasts={name: _forecast(values, observed) for name, values in forecasts.items()},
        naive={name: None if x is None else abs(x - observed) for name, x in naive.items()},
        updated=_updated(prior, series, row) if earlier else None,
        again=abs(series.ratio(earlier[-1]) - observed) if earlier else None,
    )  # fmt: skip


def _forecast(values: Floats, observed: float) -> Forecast:
    return Forecast(
        quantiles={q: float(np.quantile(values, q)) for q in QUANTILES}, crps=fair_crps(values, observed),
        rank=rank(values, observed), held={level: covered(values, observed, level) for level in LEVELS},
    )  # fmt: skip


def _updated(own: Replay, series: Series, row: Row) -> float:
    """CRPS of a month once all the episode's earlier reported months are seen."""
    seen = {s.name: [r.month for r in own.episode.scored(s) if r.month < row.month] for s in own.episode.series}
    given = weights(log_likelihood(own, seen))
    return fair_crps(resampled(own.noisy(series, row.month), given, MEMBERS), series.ratio(row))
