"""Forecasts anybody could make, to be beaten: each a number for a month, or None where the record has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sluicegate.history.episode import Episode, Series
from sluicegate.history.record import Row, months_between


@dataclass(frozen=True)
class Asked:
    """The month that is asked for, and the other episodes."""

    episode: Episode
    series: Series
    row: Row
    others: Sequence[Episode]

    def of_age(self) -> list[tuple[float, float]]:
        """(scope, ratio) of every series of the other episodes that reports a month of the same age."""
        age = self.episode.age(self.row)
        return [(s.scope, s.ratio(r)) for e in self.others for s in e.series for r in e.scored(s) if e.age(r) == age]


Naive = Callable[[Asked], float | None]


def last_value(asked: Asked) -> float | None:
    """The last month before the announcement, again."""
    before = asked.episode.before(asked.series)
    return asked.series.ratio(before[-1]) if before else None


def same_month_last_year(asked: Asked) -> float | None:
    """The same month a year earlier, if it lies before the announcement."""
    found = [r for r in asked.episode.before(asked.series) if months_between(r.month, asked.row.month) == 12]
    return asked.series.ratio(found[0]) if found else None


def base_mean(_: Asked) -> float | None:
    """The mean month before control."""
    return 1.0


def average_shape(asked: Asked) -> float | None:
    """The mean of the other episodes' series at the same age."""
    found = [ratio for _, ratio in asked.of_age()]
    return sum(found) / len(found) if found else None


def shape_with_scope(asked: Asked) -> float | None:
    """That shape for the share of the code that is held, the rest going on as before."""
    found = [1 - (1 - ratio) / scope for scope, ratio in asked.of_age()]
    return 1 - asked.series.scope * (1 - sum(found) / len(found)) if found else None


NAIVES: dict[str, Naive] = {
    "last value": last_value,
    "same month last year": same_month_last_year,
    "mean before control": base_mean,
    "average shape of the others": average_shape,
    "that shape with scope": shape_with_scope,
}
