"""The table twin of a chart: the same numbers, for reading."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from sluicegate.desk.page.block import Cell, Table, words
from sluicegate.desk.page.charts import Bands
from sluicegate.desk.page.figure import Figure, read_band, week

_MOST_ROWS = 27


def band_table(title: str, dates: Sequence[date], bands: Bands, figure: Callable[..., Figure]) -> Table:
    """Date, median and 90 % band of a path; every n-th date where there are more than fit, the last always.

    Parameters
    ----------
    title : what the path is
    dates : shape (dates,)
    bands : quantiles, shape (dates,) each
    figure : a band in words
    """
    every = max(1, math.ceil((len(dates) - 1) / (_MOST_ROWS - 1)))
    chosen = sorted({*range(0, len(dates), every), len(dates) - 1})
    rows = []
    for k in chosen:
        names = ("q05", "q25", "q50", "q75", "q95")
        found = figure(read_band({name: getattr(bands, name)[k] for name in names}))
        rows.append((Cell(words(week(dates[k]))), Cell(words(found.median)), Cell(words(found.band))))
    step, head = _step(dates)
    thinned = f", every {every} {step}" if every > 1 else ""
    return Table((head, "Median", "90 % band"), tuple(rows), f"{title}: numbers{thinned}")


def _step(dates: Sequence[date]) -> tuple[str, str]:
    """What lies between two dates of a path, and the head of their column."""
    apart = (dates[1] - dates[0]).days if len(dates) > 1 else 7
    return ("weeks", "Week of") if apart <= 7 else ("months", "From") if apart <= 31 else ("years", "From")
