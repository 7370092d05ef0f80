"""Answers: one address each, by the hash of what was answered, so that a link never shows another number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sluicegate.desk.page.block import Chart, Entry, Note, Spans, words
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import record, records, said
from sluicegate.desk.page.figure import money, read_band, share
from sluicegate.scenario import bundled_names
from sluicegate.store.job import may_see_document
from sluicegate.terms import Band, NotFoundError
from sluicegate.web import jobs
from sluicegate.web.pages.asking import SEED, ask_form, parsed
from sluicegate.web.pages.cells import band_cell, listed, note, table_of, text_cell
from sluicegate.web.pages.documents.downstream import downstream_view
from sluicegate.web.pages.documents.forecast import claim_forecast_view, forecast_view
from sluicegate.web.pages.documents.lab import drivers_view, fit_view, game_view, needs_view, shock_view, static_view
from sluicegate.web.pages.documents.other import other_view
from sluicegate.web.pages.documents.path import path_view
from sluicegate.web.pages.documents.project import project_view
from sluicegate.web.pages.documents.record import record_view
from sluicegate.web.pages.documents.reroute import reroute_view
from sluicegate.web.pages.documents.run import brief_view, exposure_view, plan_view, run_view
from sluicegate.web.pages.documents.sensitivity import sensitivity_view
from sluicegate.web.pages.documents.talks import talks_view
from sluicegate.web.pages.documents.years import years_view
from sluicegate.web.pages.form import Field, Form
from sluicegate.web.pages.show import show
from sluicegate.web.pages.view import Group, View
from sluicegate.web.reader import own_runs

router = APIRouter(include_in_schema=False)

Doc = Mapping[str, Any]
_BY_FIELD: tuple[tuple[str, Callable[[Doc, str], View]], ...] = (
    ("article", brief_view),
    ("payoffs", talks_view),
    ("bridges", years_view),
    ("ways", reroute_view),
    ("countries", downstream_view),
    ("drivers", drivers_view),
    ("power", static_view),
    ("equilibria", game_view),
    ("lost_by_those_hit", shock_view),
    ("variables", needs_view),
    ("settings", fit_view),
    ("frontier", plan_view),
    ("break_even", project_view),
    ("calibration", record_view),
    ("indices", sensitivity_view),
    ("company", exposure_view),
    ("series", path_view),
    ("probability", forecast_view),
    ("quote", claim_forecast_view),
    ("outcome", run_view),
)
"""The field that only one kind of document has, and its page."""


def view_of(d: Doc) -> View:
    """A document as a page."""
    run = said(record(d, "provenance"), "run")
    make = next((view for field, view in _BY_FIELD if field in d), other_view)
    return make(d, run)


def kept_view(request: Request, digest: str, d: Doc) -> View:
    """The page of a document, made once for each reader: neither it nor what explains it changes."""
    key = (request.state.person.id, digest)
    if key not in _views:
        if len(_views) >= _KEPT_VIEWS:
            _views.pop(next(iter(_views)))
        with own_runs(request):
            _views[key] = view_of(d)
    return _views[key]


_views: dict[tuple[int, str], View] = {}
_KEPT_VIEWS = 16


def document_named(request: Request, digest: str) -> Doc:
    """A document that the person may see.

    Raises
    ------
    NotFoundError : there is none of that hash.
    """
    if not may_see_document(request.app.state.engine, digest, request.state.person.id):
        raise NotFoundError(digest[:32], kind="answer", known=[], where="results")
    return parsed(request, digest)


@router.get("/results/{digest}")
def result(request: Request, digest: str) -> Response:
    """One answer."""
    d = document_named(request, digest)
    view = kept_view(request, digest, d)
    command = said(record(d, "provenance"), "command")
    further = Group("further", "From here", tuple(_further(request, d, digest)))
    again = Group("again", "The same from a terminal", (Note(words(command)),)) if command else None
    told = any(section.key == "reproduce" for section in view.sections)
    sections = (*view.sections, further, *((again,) if again and not told else ()))
    return show(request, replace(view, sections=sections, twin=f"/api/v1/documents/{digest}", document=d,
                                 above=_above(d)))  # fmt: skip


def _above(d: Doc) -> Spans:
    name = _scenario_of(d)
    trail = [("Work", "/jobs")]
    return listed([*trail, (name, f"/scenarios/{quote(name)}")] if name else trail)


def _scenario_of(d: Doc) -> str:
    """The bundled scenario an answer is about, as it says or as its command names it; empty where there is none."""
    told = [said(record(d, "scenario"), "name"), said(d, "scenario"),
            *said(record(d, "provenance"), "command").split()]  # fmt: skip
    return "" if "article" in d else next((name for name in told if name in bundled_names()), "")


_NEXT = (
    ("payoffs", "The talks in this scenario", "/talks"), ("frontier", "The best answer under a budget", "/answers"),
    ("bridges", "The years between", "/years"), ("ways", "What re-routing could save", "/reroute"),
    ("countries", "What it costs beyond the lines", "/downstream"),
    ("drivers", "What drives the edge", "/lab/shapley"), ("power", "Asymmetry without a simulation", "/lab/static"),
)  # fmt: skip
"""The field of a document, and what else may be asked of its scenario where the document is another."""


def _further(request: Request, d: Doc, digest: str) -> list[Note | Form]:
    """What else may be asked of the same."""
    found: list[Note | Form] = []
    name = _scenario_of(d)
    is_run = "outcome" in d and "article" not in d
    if is_run:
        found.append(note("Compare it with another answer", link=f"/compare?a={digest}"))
    if name:
        run = [] if is_run else [("Who is short, and when", f"/scenarios/{quote(name)}")]
        asks = [(says, f"{path}?scenario={quote(name)}") for field, says, path in _NEXT if field not in d]
        found.append(Note(listed([*run, *asks])))
    if is_run and name:
        base = Field("base", "Rows of the design", "number", "64", low=16, help="A power of two; more is finer.")
        found.append(ask_form(request, "sensitivity", "Which inputs decide?", (base,), hidden=(("scenario", name),),
                              more=(SEED,)))  # fmt: skip
    return found or [note("Everything you asked", link="/jobs")]


@router.get("/compare")
def compare(request: Request, a: str = "", b: str = "") -> Response:
    """Two answers side by side."""
    chosen = [(digest, document_named(request, digest)) for digest in (a, b) if digest]
    form = _choose(request, a, b)
    if len(chosen) < 2:
        view = View("Compare two answers", (Group("choose", "Which two", (form,)),))
        return show(request, view)
    (one, two) = chosen
    names = (_name(one[1]), _name(two[1]))
    sections = (
        Group("edge", "The edge and the loss", (_totals(names, (one[1], two[1])),)),
        Group("short", "Who is short, by how much", _shortages((one[1], two[1]))),
        Group("choose", "Which two", (form,)),
    )
    opening = tuple(Entry(letter, words(name, link=f"/results/{digest}"))
                    for letter, name, (digest, _) in zip("AB", names, chosen, strict=True))  # fmt: skip
    rows = [{"answer": letter} | dict(s) for letter, (_, d) in zip("AB", chosen, strict=True)
            for s in records(d, "outcome", "shortages")]  # fmt: skip
    return show(request, View("Two answers side by side", sections, opening=opening, above=words("Work", link="/jobs"),
                              data={"shortages": rows}))  # fmt: skip


def _choose(request: Request, a: str, b: str) -> Form | Note:
    done = [j for j in jobs.listed(request.app.state.engine, request.state.person, most=200)
            if j["state"] == "done" and j["document"] and j["kind"] in {"run", "brief"}]  # fmt: skip
    options = tuple({j["document"]: f"{j['kind']} {j['arguments'].get('scenario', '')}, {str(j['made_at'])[:16]}"
                     for j in done}.items())  # fmt: skip
    if not options:
        return note("Nothing was run yet.", link="/scenarios")
    fields = (Field("a", "A", "select", a, options=options), Field("b", "B", "select", b, options=options))
    return Form("/compare", "Compare", fields, method="get", compact=True)


def _name(d: Doc) -> str:
    made = record(d, "provenance")
    title = said(d, "title") or said(record(d, "article"), "title")
    return f"{title} (as of {said(made, 'as_of')}, {said(made, 'draws')} draws)"


def _totals(names: tuple[str, str], documents: tuple[Doc, Doc]) -> Any:
    lines = [("The target's loss to the horizon", "target"), ("The controller's", "controller")]
    rows = []
    for label, side in lines:
        cells = [text_cell(label)]
        for d in documents:
            total = record(d, "edge", "drawn", "loss_total")
            run = said(record(d, "provenance"), "run")
            cells.append(band_cell(money(read_band(total.get(side)), "USD"), id=said(record(d, "edge"), "id"), run=run))
        rows.append(cells)
    return table_of(("", *(f"{letter}: {n[:60]}" for letter, n in zip("AB", names, strict=True))), rows)


_MOST = 10


def _shortages(documents: tuple[Doc, Doc]) -> tuple[Chart | Note, ...]:
    """The largest shortages of either, one bar above the other."""
    by = [{said(s, "id"): s for s in records(d, "outcome", "shortages")} for d in documents]
    order = list(dict.fromkeys([*list(by[0])[:_MOST], *list(by[1])[:_MOST]]))[:_MOST]
    if not order:
        return (note("Neither has a shortage."),)
    bars, rows = [], []
    none = Band(0, 0, 0, 0, 0)
    for key in order:
        label = said(by[0].get(key) or by[1][key], "label")
        found = [read_band(side[key]["share_short"]) if key in side else None for side in by]
        bars += [Bar(f"{letter}  {label}", _percent(band or none)) for letter, band in zip("AB", found, strict=True)]
        rows.append([text_cell(label), *(band_cell(share(band)) if band else text_cell("not short") for band in found)])
    title = "Use missing while short, % of use without control"
    twin = table_of(("Who", "A", "B"), rows, "Who is short: numbers")

    def draw(ident: str, width: float) -> str:
        return band_bars(ident, title, "Pairs of bars: A above, B below.", bars, x_title="%", width=width)

    return (Chart(title, lambda: draw("compared", 720), lambda: draw("compared-narrow", 350), twin),)


def _percent(b: Band) -> Band:
    return Band(100 * b.q05, 100 * b.q25, 100 * b.q50, 100 * b.q75, 100 * b.q95)
