"""A company's weeks: what arrives, what is used, which line runs. Draws side by side; nothing of the world changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sluicegate.sim.network import Floats
from sluicegate.sim.shortage import SHORT_BELOW

STOPPED_BELOW = SHORT_BELOW
"""A line counts as stopped once it runs below this share of full production, as industries count as short."""


@dataclass(frozen=True)
class Stream:
    """What one supplier brings of one input.

    Parameters
    ----------
    share : of the input's use ; passing : (H, D) share that comes
    since : (D,) weeks from the day of the file until the first of it arrives; infinite where none does
    """

    input: int
    share: float
    passing: Floats
    since: Floats


@dataclass(frozen=True)
class Plant:
    """A company as arrays: I inputs, Y lines, H weeks from the day of the file, D draws; tonnes.

    Parameters
    ----------
    stock : (I, D) on hand ; due : (I, H, D) what arrives whatever happens
    use : (Y, I) a week of full production ; critical : (Y, I) 1 critical, 0.5 important, 0 replaceable or unused
    order_weeks : (D,) weeks in which a gap in stock is ordered back ; order_limit : (D,) orders over use, at most
    more : (I, D) t of stock aimed at beyond what is on hand at first: bought to be kept, and not to be ordered less
    """

    stock: Floats
    due: Floats
    streams: tuple[Stream, ...]
    use: Floats
    critical: Floats
    order_weeks: Floats
    order_limit: Floats
    more: Floats

    def stocked(self, more: Floats) -> Plant:
        """The same with more on hand, (I, D) t."""
        return replace(self, stock=self.stock + more)

    def sourced(self, *more: Stream) -> Plant:
        """The same with more suppliers."""
        return replace(self, streams=(*self.streams, *more))


@dataclass(frozen=True)
class Operation:
    """What happened.

    Parameters
    ----------
    running : (Y, H, D) share of full production
    fill : (I, H, D) share of need that was there ; stock : (I, H, D) t at the week's end
    """

    running: Floats
    fill: Floats
    stock: Floats

    @property
    def stops(self) -> Floats:
        """(Y, D) weeks until each line stops, with the part of the week it still ran; infinite where it does not."""
        return stop_times(self.running)

    @property
    def runs_out(self) -> Floats:
        """(I, D) weeks until each input no longer serves what is wanted of it."""
        return stop_times(self.fill)


def operate(plant: Plant) -> Operation:
    """Take the weeks one by one.

    A week's goods are there from its first day. Orders are use and a part of the gap to the stock at first,
    within the limit; a supplier brings of them what passes, E10 and E8 of the simulator for one firm:

        fill_i = min(1, (stock_i + came_i) / use_i)        running_y = min_i 1 - k_yi (1 - fill_i)
    """
    lines, (_, weeks, draws) = len(plant.use), plant.due.shape
    want = plant.use.sum(axis=0)[:, None]
    stock, target = plant.stock.copy(), plant.stock + plant.more
    running, fill, held = np.ones((lines, weeks, draws)), np.ones(plant.due.shape), np.zeros(plant.due.shape)
    for t in range(weeks):
        ordered = np.clip(1 + (target - stock) / plant.order_weeks / want, 0, plant.order_limit)
        there = stock + plant.due[:, t] + _came(plant, ordered, want, t)
        fill[:, t] = np.minimum(1, there / want)
        running[:, t] = (1 - plant.critical[:, :, None] * (1 - fill[:, t])).min(axis=1)
        used = np.minimum(plant.use.T @ running[:, t], there)
        stock = there - used
        held[:, t] = stock
    return Operation(running, fill, held)


def _came(plant: Plant, ordered: Floats, want: Floats, t: int) -> Floats:
    """(I, D) what suppliers bring in week t; the week in which the first of it comes counts in part."""
    came = np.zeros_like(ordered)
    for s in plant.streams:
        on = np.clip(t + 1 - s.since, 0, 1)
        came[s.input] += on * s.share * want[s.input] * np.minimum(s.passing[t], ordered[s.input])
    return came


def stop_times(share: Floats) -> Floats:
    """(R, D) weeks until a share (R, H, D) falls below `STOPPED_BELOW`, infinite where it does not.

    Weeks before count whole; of the week in which goods ran out, the part that the share says they lasted.
    """
    below = share < STOPPED_BELOW
    first = below.argmax(axis=1)
    rows, draws = np.indices(first.shape)
    before = share[rows, np.maximum(first - 1, 0), draws]
    began = (first > 0) & (before < 1)  # ran out late in the week before: not yet below, but no longer whole
    at = np.where(began, first - 1 + before, first + share[rows, first, draws])
    return np.where(below.any(axis=1), at, np.inf)
