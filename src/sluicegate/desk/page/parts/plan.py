"""A plan under a budget, of a place or of a company: what to do, what more money buys, what is not worth it and why."""

from __future__ import annotations

from functools import partial

from sluicegate.desk.page.block import Block, Cell, Chart, Entry, Listing, Note, Section, Table, figure_cell, words
from sluicegate.desk.page.charts import Point, frontier
from sluicegate.desk.page.document import Record, record, records, said, texts
from sluicegate.desk.page.figure import Figure, amount, finite, money, money_axis, number, one_share, read_band

_MOST = 12


def opening(document: Record) -> tuple[Entry, ...]:
    """What it spends and saves, in a sentence; or that there is nothing to buy."""
    lost = _money(document, record(document, "loss_without"))
    entries: tuple[Entry, ...] = (Entry("Without it", words(f"{lost.median} is lost ({lost.band})")),)
    if said(document, "note"):
        return (Entry("The plan", words(said(document, "note"), strong=True)), *entries)
    row = _own(document)
    cost, avoided = (_money(document, record(row, key)) for key in ("cost", "avoided"))
    spent = f"costs {cost.median} and saves {avoided.median} ({avoided.band})"
    text = f"{spent}; pays in {one_share(row.get('p_pays'))} of draws"
    return (
        Entry("The plan", words(text, strong=True), (words("simulated on draws it was not made with", tone="muted"),)),
        *entries,
    )


def sections(document: Record) -> tuple[Section, ...]:
    """All parts, or only the limits where nothing is worth buying."""
    if said(document, "note"):
        return (_limits(document),)
    return (_to_do(document), _more_money(document), *_futures(document), _alone(document), *_margins(document),
            _limits(document))  # fmt: skip


def _own(document: Record) -> Record:
    """The row of the frontier at the budget asked for."""
    asked = finite(document.get("budget")) or 0.0
    rows = records(document, "frontier")
    return min(rows, key=lambda r: abs((finite(r.get("budget")) or 0.0) - asked), default={})


def _money(document: Record, band: Record) -> Figure:
    return money(read_band(band), said(document, "unit"))


def _plain(document: Record, value: object) -> str:
    return "" if finite(value) is None else amount(value, said(document, "unit"))


def _to_do(document: Record) -> Section:
    rows = tuple((
        Cell(words(said(a, "what"), strong=True)),
        Cell(words(said(a, "by") or said(a, "from") or "no more")),
        figure_cell(_money(document, record(a, "outlay") or record(a, "cost"))),
        figure_cell(_money(document, record(a, "cost"))),
    ) for a in records(document, "actions"))  # fmt: skip
    if not rows:
        return Section("to-do", "What to do", (Note(words("Nothing is worth its cost.")),))
    when = "By" if record(document, "company") else "Works from"
    return Section("to-do", "What to do", (Table(("What", when, "Money needed", "Not got back"), rows),))


def _more_money(document: Record) -> Section:
    found = records(document, "frontier")
    rows = tuple((
        Cell(words(_plain(document, r.get("budget")))), figure_cell(_money(document, record(r, "cost"))),
        figure_cell(_money(document, record(r, "avoided"))), Cell(words(_plain(document, r.get("mean_net")))),
        Cell(words(one_share(r.get("p_pays")))), Cell(words(_plain(document, r.get("worst_tenth")))),
    ) for r in found)  # fmt: skip
    heads = ("Budget", "Cost", "Saves", "Saves less cost, mean", "Pays in", "Worst tenth still loses")
    table, blocks = Table(heads, rows), ()  # type: tuple[Table, tuple[Block, ...]]
    if (finite(document.get("budget")) or 0.0) > 0:
        twin = Table(heads, rows, "What more money buys: numbers")
        draw = partial(_chart, document)
        title = "What more money buys: loss that remains, by cost"
        blocks = (Chart(title, partial(draw, "frontier-wide", 720), partial(draw, "frontier-narrow", 350), twin),)
    return Section("frontier", "What more money buys", (table, *blocks))


def _chart(document: Record, ident: str, width: float) -> str:
    own, found = _own(document), sorted(records(document, "frontier"), key=lambda r: finite(r.get("budget")) or 0.0)

    losses = [finite(record(r, "loss").get("q50")) for r in (*found, {"loss": record(document, "loss_without")})]
    scale, unit = money_axis([*losses, *(finite(r.get("worst_tenth")) for r in found),
                              finite(document.get("worst_tenth_without"))], said(document, "unit"))  # fmt: skip
    across, cost_unit = money_axis([finite(record(r, "cost").get("q50")) for r in found], said(document, "unit"))

    def line(name: str) -> list[Point]:
        first = record(document, "loss_without").get("q50") if name == "median" else document.get("worst_tenth_without")
        points = [Point("nothing", 0.0, scale * (finite(first) or 0.0))]
        for r in found:
            left = record(r, "loss").get("q50") if name == "median" else r.get("worst_tenth")
            cost = across * (finite(record(r, "cost").get("q50")) or 0.0)
            label = f"budget {_plain(document, r.get('budget'))}"
            points.append(Point(label, cost, scale * (finite(left) or 0.0), r is own and name == "median"))
        return points

    return frontier(
        ident, "What more money buys", "Two lines: the median and the mean of the worst tenth of draws.",
        [("median", line("median")), ("worst tenth", line("worst tenth"))],
        x_title=f"Cost, {cost_unit} (median)", y_title=f"Loss, {unit}", width=width,
    )  # fmt: skip


def _futures(document: Record) -> tuple[Section, ...]:
    """What each plan comes to in each future, and the largest regret of each; nothing where only one is looked at."""
    found = record(document, "futures")
    names = [said(f, "name") for f in records(found, "futures")]
    if len(names) < 2:
        return ()
    listed = Listing(tuple(Entry(said(f, "name"), words(said(f, "what"))) for f in records(found, "futures")))

    def row(plan: Record) -> tuple[Cell, ...]:
        totals = record(plan, "total")
        return (
            Cell(words(said(plan, "plan"), strong=said(plan, "plan") == said(found, "least_regret"))),
            *(Cell(words(_plain(document, totals.get(name)))) for name in names),
            Cell(words(_plain(document, plan.get("largest_regret")))), Cell(words(said(plan, "worst_in"))),
        )  # fmt: skip

    heads = ("Plan", *names, "Largest regret", "In")
    told = (f"Loss that is left and cost, mean of fresh draws. The largest regret is least with the plan "
            f"“{said(found, 'least_regret')}”; no chance of a future enters.")  # fmt: skip
    table = Table(heads, tuple(row(p) for p in records(found, "plans")))
    return (Section("futures", "Whichever way it goes", (listed, table, Note(words(told)))),)


def _alone(document: Record) -> Section:
    """The whole budget for one thing: what it would be worth, and why it is not."""

    def entry(row: Record) -> Entry:
        named = said(row, "kind") or f"{said(row, 'do')} {said(row, 'input')}, {said(row, 'origin')}"
        cost, saved = (_money(document, record(row, key)) for key in ("cost", "benefit"))
        text = (
            f"costs {cost.median}, saves {saved.median} ({saved.band})"
            if texts(row, "what") or said(row, "what")
            else "—"
        )
        return Entry(named, words(text), (words(said(row, "why"), tone="muted"),))

    rows = records(document, "alone")
    good = tuple(entry(r) for r in rows if r.get("worth_it") is True)[:_MOST]
    bad = tuple(entry(r) for r in rows if r.get("worth_it") is not True)[:_MOST]
    blocks: tuple[Block, ...] = (Listing(good, ranked=True),) if good else (Note(words("Nothing is worth its cost.")),)
    if bad:
        blocks += (Note(words("Not worth it", strong=True)), Listing(bad))
    spared = texts(document, "do_not_run_out")
    if spared:
        blocks += (Note(words(f"Not short, and not bought for: {', '.join(spared)}.", tone="muted")),)
    return Section("alone", "The whole budget for one thing", blocks)


def _margins(document: Record) -> tuple[Section, ...]:
    margins, known = record(document, "margins"), record(document, "information")
    worth = finite(margins.get("budget"))
    notes = [] if worth is None else [f"One more of the budget saves {number(worth)}, by the programme."]
    days = [m for m in records(margins, "day_of_stock") if (finite(m.get("value")) or 0.0) > 0]
    notes += [f"A further day of {said(m, 'product')} saves {_plain(document, m.get('value'))} and costs "
              f"{_plain(document, m.get('costs'))}." for m in days[:5]]  # fmt: skip
    if known:
        notes.append(f"Knowing how it goes before ordering would be worth {_plain(document, known.get('value'))}; "
                     "planning for all draws and not for their mean is worth "
                     f"{_plain(document, known.get('of_planning_for_all_draws'))}.")  # fmt: skip
    near = record(document, "optimality")
    if near:
        notes.append(f"By the programme the best plan for all draws there are is better by no more than "
                     f"{_plain(document, near.get('upper'))} ({one_share(near.get('sure'))} sure).")  # fmt: skip
    regret = record(document, "regret")
    if regret:
        notes.append(f"Regret: {_plain(document, regret.get('value'))}, against “{said(regret, 'against')}”.")
    return (Section("margins", "What one more is worth", tuple(Note(words(n)) for n in notes)),) if notes else ()


def _limits(document: Record) -> Section:
    return Section("limits", "Limits", tuple(Note(words(t, tone="muted")) for t in texts(document, "limits")))
