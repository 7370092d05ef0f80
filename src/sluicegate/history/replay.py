"""An episode played by the simulator on draws of what was known on its day, as monthly ratios to its base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sluicegate.history.episode import Episode, Series
from sluicegate.scenario import ParameterChange
from sluicegate.sim import Result, focused
from sluicegate.sim.customs import as_printed, by_month, month_spread
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.prepare import Model, prepare, room_of
from sluicegate.sim.record import Rows
from sluicegate.sim.result import links_of
from sluicegate.sim.row import members
from sluicegate.sim.run import run
from sluicegate.world import World

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Replay:
    """An episode's months, draw by draw.

    Parameters
    ----------
    ratio : by series, month -> (D,) shipments over the base month, without the noise of customs
    noise : (D,) standard deviation of the root of a month's ratio
    """

    episode: Episode
    draws: Draws
    ratio: Mapping[str, Mapping[date, Floats]]
    noise: Floats

    def noisy(self, series: Series, month: date) -> Floats:
        """(D,) a month as customs would print it."""
        shock = self.draws.noise(f"customs {series.name} {month:%Y-%m}", 1)[0]
        return as_printed(self.ratio[series.name][month], self.noise, shock)


def replay(episode: Episode, world: World, *, draws: int, seed: int,
           changes: Mapping[str, ParameterChange] | None = None) -> Replay:  # fmt: skip
    """Play an episode as of its own day: practice that became known later plays no part.

    The chain is that of the dataset's base year, so ratios are compared, never tonnes.

    Parameters
    ----------
    changes : inputs in place of those known on the day, by name

    Raises
    ------
    InputError : as `prepare`.
    """
    scenario = episode.scenario.model_copy(update={"parameters": dict(changes or {})})
    trade = ("exports", "imports")

    def kept(of: Model) -> Rows:
        return {"exports": np.unique(np.concatenate([_rows(of, s) for s in episode.series]))}

    model = prepare(scenario, focused(world, scenario), draws=draws, seed=seed,
                    needs=lambda m, size: room_of(m, trade, draws=size, rows=kept(m)))  # fmt: skip
    result = Result(model, run(model.compiled, variables=trade, rows=kept(model)))
    ratio = {s.name: _ratio(result, s, _rows(model, s)) for s in episode.series}
    return Replay(episode, model.draws, ratio, month_spread(model.draws, scenario.as_of, episode.group))


def _rows(model: Model, series: Series) -> Ints:
    """The watched links of a series."""
    links = links_of(model)
    rows = links["product"].isin(series.products) & (links["origin"] == model.scenario.controller)
    if series.destination:
        rows &= links["destination"].isin(members([series.destination]))
    return np.flatnonzero(rows)


def _ratio(result: Result, series: Series, rows: Ints) -> dict[date, Floats]:
    base = float(result.links["flow_t_per_week"].iloc[rows].sum()) / 7 * DAYS_A_MONTH
    record = result.record
    moved = record.of("exports", rows) if series.measure == "exports" else record.arrivals(rows)
    weekly = moved.sum(axis=0, dtype=float)
    months, totals = by_month(result.dates, weekly, flow=True)
    return {m: total / base for m, total in zip(months, totals, strict=True)}
