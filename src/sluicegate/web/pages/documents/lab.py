"""The lab's answers: what drives the edge, static measures, a game, a shock through a table, what an ensemble needs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sluicegate.desk.page.block import Block, Chart, Entry, Listing, words
from sluicegate.desk.page.charts import Bar, Share, band_bars, share_bars
from sluicegate.desk.page.document import named_place, record, records, said, texts
from sluicegate.desk.page.figure import amount, finite, money, number, one_share, quantity, read_band
from sluicegate.web.pages.cells import band_cell, note, origin, product_cell, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_UNIT = "million 2024 USD"
_BYTES = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def drivers_view(d: Doc, run: str) -> View:
    """The `lab shapley` document as a page."""
    rows = records(d, "drivers")
    cells = [
        [text_cell(said(r, "driver"), said(r, "reference"), strong=True),
         band_cell(quantity(read_band(r.get("E"))), id=r.get("id"), run=run),
         band_cell(money(read_band(r.get("loss_target")), _UNIT), id=r.get("id"), run=run)]
        for r in rows
    ]  # fmt: skip
    target = named_place(d.get("target"))
    table = table_of(("Driver", "Adds to E", f"Adds to what {target} loses"), cells)
    bars = [Bar(said(r, "driver"), band) for r in rows if (band := read_band(r.get("E")))]
    title = "What each driver adds to the edge"
    draw = partial(band_bars, title=title, desc="Shapley values over draws, with 50 and 90 % bands.", bars=bars,
                   x_title="Added to E, the log ratio of the two losses")  # fmt: skip
    chart = (Chart(title, partial(draw, "drivers"), partial(draw, "drivers-narrow", width=350),
                   table_of(table.columns, cells, f"{title}: numbers")),) if bars else ()  # fmt: skip
    opening = []
    for label, key in (("As it is", "as_it_is"), ("At the references", "reference")):
        e, loss = quantity(read_band(record(d, key).get("E"))), money(read_band(record(d, key).get("loss_target")),
                                                                       _UNIT)  # fmt: skip
        opening.append(Entry(label, words(f"E {e.median}; {target} loses {loss.median}"),
                             (words(f"{e.band}; {loss.band}"),)))  # fmt: skip
    sections = (
        Group("drivers", "Taken apart", (*chart, table)),
        Group("limits", "Limits", tuple(note(t, tone="muted") for t in texts(d, "limits"))),
    )
    return View(said(d, "title"), sections, opening=tuple(opening), data={"drivers": rows})


def static_view(d: Doc, run: str) -> View:
    """The `lab static` document as a page."""
    trade, chain, power = record(d, "trade"), record(d, "chain"), record(d, "power")
    controller, target = named_place(d.get("controller")), named_place(d.get("target"))
    rows = [
        [text_cell(f"{target} on {controller}", strong=True), text_cell(one_share(trade.get("target_on_controller"))),
         text_cell(one_share(chain.get("target_on_controller")))],
        [text_cell(f"{controller} on {target}", strong=True), text_cell(one_share(trade.get("controller_on_target"))),
         text_cell(one_share(chain.get("controller_on_target")))],
        [text_cell("Asymmetry, log ratio", strong=True), text_cell(_log(trade), link=origin(trade.get("id"), run)),
         text_cell(_log(chain))],
    ]  # fmt: skip
    products = [
        [product_cell(said(p, "product")),
         *(text_cell(one_share(record(p, side).get(way)), link=origin(p.get("id"), run) if way == "chain" else "")
           for side in ("target", "controller") for way in ("direct", "chain"))]
        for p in records(chain, "products")
    ]  # fmt: skip
    years = [
        [text_cell(said(r, "years")), text_cell(number(finite(r.get("sigma")) or 0)),
         text_cell(number(finite(r.get("rho")) or 0)), text_cell(one_share(r.get("log_cost_rise"))),
         text_cell(amount(r.get("musd_per_yr"), "m USD"), link=origin(power.get("id"), run))]
        for r in records(power, "by_years")
    ]  # fmt: skip
    cost = (f"These goods are {one_share(power.get('share_of_cost'))} of the cost of lines that make "
            f"{amount(power.get('output_musd_per_yr'), 'm USD')} a year.")  # fmt: skip
    told = d.get("limits")
    sections = (
        Group("depends", "Who depends on whom", (table_of(("Dependence", "By trade", "By chain"), rows),)),
        Group("products", "Product by product", (table_of(
            ("Product", f"{target} from {controller}", "by chain", f"{controller} from {target}", "by chain"),
            products),)),
        Group("power", "What a cut-off could extract", (note(cost), table_of(
            ("Years to adapt", "Between sources", "Between inputs", "Costs rise by", "A year"), years))),
        Group("limits", "Limits", tuple(note(str(t), tone="muted")
                                        for t in (told.values() if isinstance(told, Mapping) else ()))),
    )  # fmt: skip
    opening = (Entry("By chain", words(f"{one_share(chain.get('target_on_controller'))} of what {target} uses passes "
                                       f"{controller}", strong=True)),)  # fmt: skip
    return View(said(d, "title"), sections, opening=opening,
                data={"products": records(chain, "products"), "by_years": records(power, "by_years")})  # fmt: skip


def _log(row: Doc) -> str:
    value = finite(row.get("asymmetry"))
    return "without bound" if value is None else number(value)


def game_view(d: Doc, run: str) -> View:  # noqa: ARG001 - a game rests on no run
    """The `lab game` document as a page."""
    found = records(d, "equilibria")
    rows = [
        [text_cell(_mix(e.get("row")), strong=True), text_cell(_mix(e.get("column")), strong=True),
         text_cell(number(finite(e.get("row_value")) or 0, 4)),
         text_cell(number(finite(e.get("column_value")) or 0, 4)),
         text_cell("single moves" if e.get("pure") else "mixed")]
        for e in found
    ]  # fmt: skip
    left = record(d, "undominated")
    leaders, safe = record(d, "leaders"), record(d, "safe")
    sides = [[text_cell(side, strong=True), text_cell(", ".join(texts(left, side))),
              text_cell(number(finite(leaders.get(side)) or 0, 4)), text_cell(number(finite(safe.get(side)) or 0, 4))]
             for side in ("row", "column")]  # fmt: skip
    blocks: tuple[Block, ...] = (table_of(("Row plays", "Column plays", "Row earns", "Column earns", "Kind"), rows),)
    blocks += (note(said(d, "note")),) if said(d, "note") else ()
    sections: tuple[Group, ...] = (
        Group("equilibria", "Equilibria", blocks),
        Group(
            "sides",
            "Each side",
            (table_of(("Side", "Left by dominance", "Earns if it commits first", "Safe whatever comes"), sides),),
        ),
    )
    closed = record(d, "closed")
    if closed:
        lines = [Entry(name, words(_told(answer))) for name, answer in closed.items()]
        groups = () if found else (Group("closed", "In closed form", (Listing(tuple(lines)),)),)
        sections = groups or (*sections, Group("closed", "In closed form", (Listing(tuple(lines)),)))
    says = f"{len(found)} equilibria, {sum(e.get('pure') is True for e in found)} of single moves"
    return View(f"A game: {said(d, 'title')}", sections, opening=(Entry("Found", words(says, strong=True)),),
                data={"equilibria": found})  # fmt: skip


def _told(answer: Any) -> str:
    """A closed answer in a line."""
    if isinstance(answer, Mapping):
        return ", ".join(f"{str(k).replace('_', ' ')} {_told(v)}" for k, v in answer.items())
    if isinstance(answer, list):
        return "; ".join(_told(x) for x in answer)
    return number(answer, 4) if isinstance(answer, float) else str(answer)


def _mix(shares: Any) -> str:
    if not isinstance(shares, Mapping):
        return ""
    return " or ".join(f"{name} ({one_share(p)})" if p < 1 else str(name) for name, p in shares.items())


def shock_view(d: Doc, run: str) -> View:  # noqa: ARG001
    """The `lab shock` document as a page."""
    unit, rows = said(d, "unit"), records(d, "industries")
    total = finite(d.get("lost_in_all")) or 0.0
    cells = [[text_cell(f"{said(r, 'region')}, {said(r, 'sector')}", "capacity lost here" if r.get("hit") else "",
                        strong=True),
              text_cell(f"{number(finite(r.get('lost')) or 0, 3)} {unit}"),
              text_cell(one_share((finite(r.get("lost")) or 0) / total) if total else "—")] for r in rows]  # fmt: skip
    shares = [Share(f"{said(r, 'region')}, {said(r, 'sector')}", (finite(r.get("lost")) or 0) / total,
                    tone="controller" if r.get("hit") else "ink") for r in rows[:10]] if total else []  # fmt: skip
    table = table_of(("Industry", "Value added lost", "Of all that is lost"), cells)
    title = "Who loses, of all that is lost"
    draw = partial(share_bars, title=title, desc="Red where capacity was lost.", shares=shares)
    chart = (Chart(title, partial(draw, "shock"), partial(draw, "shock-narrow", width=350),
                   table_of(table.columns, cells, f"{title}: numbers")),) if shares else ()  # fmt: skip
    opening = (
        Entry("Lost in all", words(f"{number(total, 3)} {unit} over {said(d, 'days')} days", strong=True)),
        Entry("Where capacity was lost", words(f"{number(finite(d.get('lost_by_those_hit')) or 0, 3)} {unit}")),
        Entry("Times that", words("not defined" if d.get("times") is None else number(float(d["times"]), 3))),
    )
    gains = note("Some industries gain, so that shares may add to more than all that is lost.", tone="muted")
    return View("A loss of output through an input-output table", (Group("lost", title, (*chart, gains, table)),),
                opening=opening, data={"industries": rows})  # fmt: skip


def needs_view(d: Doc, run: str) -> View:  # noqa: ARG001
    """The `ensemble` document as a page."""
    needs = record(d, "needs")
    opening = (
        Entry("Memory", words(_bytes(needs.get("memory_bytes")), strong=True),
              (words(f"{_bytes(needs.get('memory_bytes_in_one_piece'))} in one piece"),)),
        Entry("Disk, at most", words(_bytes(needs.get("disk_bytes_at_most")))),
        Entry("Time on this machine", words(f"{number(finite(needs.get('seconds')) or 0)} s")),
        Entry("In", words(f"{said(d, 'draws')} draws, {said(d, 'weeks')} weeks, {said(d, 'blocks')} blocks")),
    )  # fmt: skip
    rows = [[text_cell(said(v, "name"), said(v, "long_name"), strong=True), text_cell(said(v, "unit")),
             text_cell(said(v, "rows"))] for v in records(d, "variables")]  # fmt: skip
    files = tuple(note(f"Written: {name}") for name in texts(d, "files"))
    section = Group("variables", "What every draw holds", (table_of(("Quantity", "Unit", "Rows"), rows), *files))
    return View(f"What an ensemble needs: {said(d, 'title')}", (section,), opening=opening,
                data={"variables": records(d, "variables")})  # fmt: skip


def _bytes(value: Any) -> str:
    known = finite(value)
    if known is None:
        return "not known"
    size, unit = next(((s, u) for s, u in _BYTES if known >= s), (1.0, "bytes"))
    return f"{number(known / size)} {unit}"


def fit_view(d: Doc, run: str) -> View:
    """The `calibrate` document as a page."""
    rows = [
        [text_cell(said(s, "name").replace("_", " "), said(s, "unit"), strong=True),
         band_cell(quantity(read_band(s.get("prior")))),
         band_cell(quantity(read_band(s.get("posterior"))), id=s.get("id"), run=run)]
        for s in records(d, "settings")
    ]  # fmt: skip
    episodes = [
        [
            text_cell(said(e, "name"), strong=True),
            text_cell(said(e, "months")),
            text_cell(number(finite(e.get("draws_that_count")) or 0)),
        ]
        for e in records(d, "episodes")
    ]
    sections = (
        Group("settings", "Before and after the fit", (table_of(("Setting", "Prior", "Fitted"), rows),)),
        Group("episodes", "Fitted on", (table_of(("Episode", "Months", "Draws that count"), episodes),
                                        note(said(d, "method"), tone="muted"))),
        Group("use", "What it is for", (
            note("The fit stays out of the default: it does not do better on the episode left out."),
            note("How the model did on each episode", link="/hindcast"))),
    )  # fmt: skip
    return View(said(d, "title"), sections, data={"settings": records(d, "settings")})
