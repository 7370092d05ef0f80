"""One quantity over time, as a fan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sluicegate.desk.page.block import Chart
from sluicegate.desk.page.charts import fan_chart
from sluicegate.desk.page.document import dated_bands, said
from sluicegate.desk.page.figure import quantity
from sluicegate.desk.page.parts.twin import band_table
from sluicegate.web.pages.cells import note
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]


def path_view(d: Doc, run: str) -> View:
    """The `series` document as a page."""
    dates, bands = dated_bands([(row["date"], row) for row in d["series"]])
    title = said(d, "title") or said(d, "of") or "A quantity over time"
    unit = said(d, "unit")
    blocks: tuple[Any, ...] = (note("No date in it."),)
    if dates:
        draw = partial(fan_chart, title=title, desc=f"Median with 50 and 90 % bands, in {unit}.", dates=dates,
                       bands=bands, y_title=unit)  # fmt: skip
        twin = band_table(title, dates, bands, partial(quantity, unit=unit))
        blocks = (Chart(title, partial(draw, "path"), partial(draw, "path-narrow", width=350, height=260), twin),)
    return View(title, (Group("path", "Over time", blocks),), data={"series": d["series"]}, run=run)
