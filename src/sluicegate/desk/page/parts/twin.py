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
    """Week, median and 90 % band of a path; every n-th week where there are more than fit, the last always.

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
    thinned = f", every {every} weeks" if every > 1 else ""
    return Table(("Week of", "Median", "90 % band"), tuple(rows), f"{title}: numbers{thinned}")
