"""The questions `hindcast [EPISODE]` and `calibrate`: how the model did on recorded episodes, and what they teach."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sluicegate.desk.answer import SEED
from sluicegate.desk.number import Document, number_id
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.history import Episode, Hindcast, Series, load_episodes
from sluicegate.history.episode import find_episode
from sluicegate.history.fit import Fit, Normal, calibrated
from sluicegate.history.hindcast import DRAWS, Forecast, Point, hindcast
from sluicegate.sim.budget import require_whole
from sluicegate.world import load_world

UNIT = "ratio to the mean month before control"
LEAST_DRAWS = 256
"""Fewer do not carry the weights of a fit."""
PROBABILITIES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


def hindcasts(name: str | None = None, *, draws: int = DRAWS, seed: int = SEED) -> Document:
    """Every recorded episode forecast from the others, scored; one alone where named.

    Raises
    ------
    NotFoundError : no such episode.
    InputError : draws or seed are no such numbers.
    """
    if name is not None:
        find_episode(name)
    draws = require_whole(draws, "draws", least=LEAST_DRAWS)
    found = hindcast(load_world(), name, draws=draws, seed=require_whole(seed, "seed", least=0))
    wanted = [e for e in load_episodes() if name in (None, e.name)]
    last = max(e.announced for e in load_episodes())
    document: Document = {
        "title": "Recorded episodes, each forecast from the others as of its own day",
        "unit": UNIT,
        "episodes": [_episode(e, found) for e in wanted],
        "scores": _scores(list(found.points)),
        "calibration": _calibration(list(found.points)),
        "provenance": provenance(last, draws=draws, seed=seed)
        | {"command": f"sluicegate hindcast {name or ''}".rstrip() + f" --draws {draws} --seed {seed}"},
    }
    key = run_key(hindcast=name, draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _episode(episode: Episode, found: Hindcast) -> Document:
    points = found.of(episode.name)
    return {
        "name": episode.name, "title": episode.title, "announced": str(episode.announced),
        "effective": str(episode.effective), "as_of": str(episode.scenario.as_of), "note": episode.note,
        "fitted_on": list(found.fits[episode.name].months),
        "scores": {"n": len(points)} | {kind: _mean(points, _crps(kind)) for kind in ("prior", "fitted")},
        "series": [_series(episode, s, [p for p in points if p.series == s.name]) for s in episode.series],
    }  # fmt: skip


def _series(episode: Episode, series: Series, points: list[Point]) -> Document:
    return {
        "name": series.name, "measure": series.measure, "products": list(series.products),
        "base": {"value": series.base, "unit": f"{series.unit} a month", "from": series.how},
        "scope": series.scope, "missing": episode.missing(series),
        "points": [_point(episode, p) for p in points],
    }  # fmt: skip


def _point(episode: Episode, point: Point) -> Document:
    return {
        "id": number_id("hindcast", episode.name, point.series, f"{point.month:%Y-%m}"),
        "month": str(point.month), "age_months": point.age, "observed": point.observed, "unit": UNIT,
        "source": point.source,
        **{kind: _forecast(f) for kind, f in point.forecasts.items()},
        "naive": dict(point.naive), "updated": point.updated, "again": point.again,
    }  # fmt: skip


def _forecast(forecast: Forecast) -> Document:
    named = {f"q{round(100 * q):02d}": x for q, x in forecast.quantiles.items()}
    held = {f"held_{round(100 * level)}": bool(h) for level, h in forecast.held.items()}
    return named | {"crps": forecast.crps, "rank": forecast.rank} | held


def _crps(kind: str) -> Callable[[Point], float]:
    return lambda p: p.forecasts[kind].crps


def _mean(points: Sequence[Point], read: Callable[[Point], float | None]) -> float | None:
    found = [x for p in points if (x := read(p)) is not None]
    return float(np.mean(found)) if found else None


def _scores(points: list[Point]) -> Document:
    later = [p for p in points if p.updated is not None]
    return {
        "n": len(points),
        **{kind: _kind(points, kind) for kind in ("prior", "fitted")},
        "naive": [_naive(points, name) for name in points[0].naive],
        "updating": {"n": len(later), "updated": _mean(later, lambda p: p.updated),
                     "last_month_again": _mean(later, lambda p: p.again)},
    }  # fmt: skip


def _kind(points: list[Point], kind: str) -> Document:
    names = dict.fromkeys(p.episode for p in points)
    means = [np.mean([p.forecasts[kind].crps for p in points if p.episode == name]) for name in names]
    return {
        "crps": _mean(points, _crps(kind)), "mean_of_announcements": float(np.mean(means)),
        "held_50": sum(p.forecasts[kind].held[0.5] for p in points),
        "held_90": sum(p.forecasts[kind].held[0.9] for p in points),
    }  # fmt: skip


def _naive(points: list[Point], name: str) -> Document:
    there = [p for p in points if p.naive[name] is not None]
    return {"name": name, "n": len(there), "error": _mean(there, lambda p: p.naive[name]),
            "ours": _mean(there, _crps("prior"))}  # fmt: skip


def _calibration(points: list[Point]) -> list[Document]:
    """How often what came was below the forecast's quantile of each probability; the two agree where it is sound."""
    return [{"probability": p, **{kind: float(np.mean([x.forecasts[kind].rank <= p for x in points]))
                                  for kind in ("prior", "fitted")}} for p in PROBABILITIES]  # fmt: skip


def _explained(document: Document) -> dict[str, Document]:
    found = {}
    for episode in document["episodes"]:
        for series in episode["series"]:
            for p in series["points"]:
                found[p["id"]] = {
                    "what": f"{series['name']} of {p['month'][:7]}, forecast on {episode['as_of']} and scored",
                    "value": {"observed": p["observed"], "median": p["prior"]["q50"]}, "unit": UNIT,
                    "formula": "fair CRPS of the simulated months (Ferro 2014), over the base "
                    f"({series['base']['value']:,.0f} {series['base']['unit']}: {series['base']['from']})",
                    "source": p["source"],
                    "inputs": [f"product:{product}" for product in series["products"]],
                }  # fmt: skip
    return found


def calibration(*, draws: int = DRAWS, seed: int = SEED) -> Document:
    """What all recorded episodes together teach about the licence queue, with how far to trust it.

    Raises
    ------
    InputError : draws or seed are no such numbers.
    """
    draws = require_whole(draws, "draws", least=LEAST_DRAWS)
    seed = require_whole(seed, "seed", least=0)
    world, episodes = load_world(), load_episodes()
    found = calibrated(episodes, world, draws=draws, seed=seed)
    document: Document = {
        "title": "The licence queue and the behaviour around it, fitted on recorded months",
        "settings": [_setting(name, found) for name in sorted(found.population)],
        "episodes": [{"name": n, "months": found.months[n], "draws_that_count": found.sizes[n],
                      "likelihood_power": found.powers[n]} for n in found.months],
        "method": "population Monte Carlo over replays: each round plays the episodes on draws from the population so "
        "far and weighs them by their months; the prior counts as one episode more",
        "provenance": provenance(max(e.announced for e in episodes), draws=draws, seed=seed)
        | {"command": f"sluicegate calibrate --draws {draws} --seed {seed}"},
    }  # fmt: skip
    key = run_key(calibration=True, draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, {s["id"]: _taught(s, document) for s in document["settings"]})
    return document


def _taught(setting: Document, document: Document) -> Document:
    return {
        "what": f"{setting['name']}, fitted on recorded months", "unit": setting["unit"],
        "value": {"prior": setting["prior"], "posterior": setting["posterior"]}, "formula": document["method"],
        "inputs": [e["name"] for e in document["episodes"]],
    }  # fmt: skip


def _setting(name: str, found: Fit) -> Document:
    return {
        "id": number_id("fitted", name), "name": name, "unit": found.population[name].kind.unit,
        "prior": _quantiles(found.prior[name]), "posterior": _quantiles(found.population[name]),
    }  # fmt: skip


def _quantiles(normal: Normal) -> Document:
    return dict(zip(("q05", "q50", "q95"), normal.quantiles, strict=True))
