"""A forecast put on record: what is asked, how likely, what will settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sluicegate.desk.page.block import Entry, words
from sluicegate.desk.page.document import records, said
from sluicegate.desk.page.figure import number, one_share, quantity, read_band
from sluicegate.web.pages.cells import band_cell, note, origin, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
HEADS = ("Question", "Probability", "Forecast", "Came")


def question_rows(found: Sequence[Doc]) -> list[list[Any]]:
    """Questions as rows: text, probability, forecast with its band, and the figure that came."""
    return [
        [text_cell(said(q, "text"), f"on what was known on {said(q, 'made_for')}", strong=True),
         text_cell(one_share(q.get("probability")), link=origin(q.get("id"))),
         band_cell(quantity(read_band(q.get("forecast")), said(q, "unit"))), _came(q)]
        for q in found
    ]  # fmt: skip


def _came(q: Doc) -> Any:
    settled = q.get("settled")
    if not isinstance(settled, Mapping):
        return text_cell("open")
    scored = f", Brier {number(float(q['brier']))}" if q.get("brier") is not None else ""
    return text_cell(f"{number(float(settled['value']), 3)} {said(q, 'unit')}", f"{said(settled, 'source')}{scored}")


def forecast_view(d: Doc, run: str) -> View:  # noqa: ARG001 - a question is found by its own id
    """The `forecast make` document as a page."""
    opening = (
        Entry("Question", words(said(d, "text"), strong=True)),
        Entry("Probability", words(one_share(d.get("probability")), link=origin(d.get("id")))),
    )
    return View("A forecast on record", _groups([d]), opening=opening, data={"questions": [d]})


def claim_forecast_view(d: Doc, run: str) -> View:  # noqa: ARG001
    """The `forecast claim` document as a page."""
    found = records(d, "questions")
    opening = (Entry("Of the claim", words(f"“{said(d, 'quote')}”", strong=True)),)
    return View("Forecasts of a claim, on record", _groups(found), opening=opening, data={"questions": found})


def _groups(found: Sequence[Doc]) -> tuple[Group, ...]:
    lead = note("Settle it there when the figure comes", link="/forecasts")
    return (Group("questions", "On record", (table_of(HEADS, question_rows(found)), lead)),)
