"""Which inputs decide: Sobol indices as bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Chart, Entry, words
from sluicegate.desk.page.charts import Share, share_bars
from sluicegate.desk.page.document import said
from sluicegate.desk.page.figure import one_share, quantity, read_band
from sluicegate.web.pages.cells import note, origin, share_text, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]


def sensitivity_view(d: Doc, run: str) -> View:
    """The `sensitivity` document as a page."""
    indices = sorted(d["indices"], key=lambda i: -i["total"]["value"])
    title = "What each input decides of the spread, with all it does together with others"
    bars = [Share(i["factor"], i["total"]["value"], i["total"]["low"], i["total"]["high"]) for i in indices]
    rows = [[text_cell(i["factor"], i["label"], link=origin(i["id"], run)), _index(i["first"]), _index(i["total"])]
            for i in indices]  # fmt: skip
    twin = table_of(("Input", "Alone", "With others"), rows, "What each input decides: numbers")

    def draw(ident: str, width: float) -> str:
        return share_bars(ident, title, "Total Sobol indices with their 90 % intervals.", bars, width=width)

    chart = Chart(title, lambda: draw("sobol", 720), lambda: draw("sobol-narrow", 350), twin)
    of, screening = d["of"], d["screening"]
    figure = quantity(read_band(of["value"]), str(of["unit"]))
    return View(said(d, "title"), (
        Group("indices", "Sobol indices", (chart, table_of(twin.columns, rows))),
        Group("method", "How", (note(d["design"]["method"]),
                                note(f"{screening['inputs']} inputs were screened by {screening['method']}; "
                                     f"{screening['grouped']} stand together as one."))),
    ), opening=(Entry("Of", words(f"{of['what']}: {figure.median}", strong=True, link=origin(of["id"], run)),
                      (words(figure.band),)),
                Entry("One at a time", words(f"the inputs explain {one_share(d['sum_first'])} of the spread"))),
        data={"indices": d["indices"]})  # fmt: skip


def _index(value: Doc) -> Any:
    return text_cell(share_text(value["value"]), f"{share_text(value['low'])} to {share_text(value['high'])}")
