"""What customs print: whole calendar months, and how far their figures stray."""

from __future__ import annotations

from datetime import date

import numpy as np

from sluicegate.regime import load_practice
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats, Ints


def by_month(dates: list[date], values: Floats, *, flow: bool) -> tuple[list[date], Floats]:
    """Weekly values (W, ...) as whole calendar months: flows are summed by day, levels averaged.

    Parameters
    ----------
    dates : first day of each week

    Returns
    -------
    (M,) first days of the months that are whole, and (M, ...) their values
    """
    start = dates[0].toordinal()
    days = np.arange(start, dates[-1].toordinal() + 7)
    week = (days - start) // 7
    month = np.array([date.fromordinal(int(d)).replace(day=1).toordinal() for d in days])
    months = [int(m) for m in np.unique(month) if _whole(int(m), days)]
    rows = []
    for m in months:
        count = np.bincount(week[month == m], minlength=len(dates)) / 7
        total = count @ values
        rows.append(total if flow else total / count.sum())
    return [date.fromordinal(m) for m in months], np.array(rows)


def _whole(month: int, days: Ints) -> bool:
    first = date.fromordinal(month)
    return bool(days[0] <= month and month_after(first).toordinal() - 1 <= days[-1])


def month_after(month: date) -> date:
    """First day of the month after a day's."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_spread(drawn: Draws, as_of: date, group: str) -> Floats:
    """(D,) standard deviation of the root of a month's ratio to the base, as practice knew it on a day."""
    chance = np.clip(drawn.chance("noise size", 1)[0], 1e-6, 1 - 1e-6)
    return load_practice(as_of, group)["monthly_noise"].quantile(chance)


def as_printed(ratio: Floats, spread: Floats, shock: Floats) -> Floats:
    """(..., D) months as customs print them, over the base month: the root strays by a normal error, as it was fitted.

    Parameters
    ----------
    ratio : (..., D) months over the base ; spread : (D,) of `month_spread` ; shock : standard normals, as `ratio`
    """
    return np.asarray(np.maximum(np.sqrt(np.maximum(ratio, 0)) + spread * shock, 0) ** 2)
