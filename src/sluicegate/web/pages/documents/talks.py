"""The talks: payoffs of every pair of moves, the bargain, and who can wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sluicegate.desk.page.block import Aside, Chart, Entry, Note, words
from sluicegate.desk.page.charts import heat_table
from sluicegate.desk.page.document import named_place, record, records, said, texts
from sluicegate.desk.page.figure import Figure, money, money_axis, number, one_share, read_band
from sluicegate.web.pages.cells import band_cell, get, note, origin, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]
_UNIT = "m USD"


def talks_view(d: Doc, run: str) -> View:
    """The `negotiate` document as a page."""
    sections = (_payoffs(d, run), _bargain(d, run), *_broken(d, run), _waiting(d, run), _worth(d, run), _levers(d),
                _limits(d))  # fmt: skip
    return View(
        said(d, "title"), sections, opening=_opening(d, run), data={"payoffs": d["payoffs"], "worth": d["worth"]}
    )


def _money(value: Any) -> Figure:
    return money(read_band(value), _UNIT)


def _opening(d: Doc, run: str) -> tuple[Entry, ...]:
    bargain, waiting = record(d, "bargain"), record(d, "waiting")
    target = named_place(d["target"])
    entries = []
    if bargain:
        worth = one_share(bargain.get("p_worth_it"))
        surplus = _money(bargain.get("surplus"))
        entries.append(
            Entry(
                "A deal",
                words(
                    f"is worth it in {worth} of draws, by {surplus.median}",
                    strong=True,
                    link=origin(bargain.get("id"), run),
                ),
                (words(surplus.band),),
            )
        )
    if waiting:
        cost = _money(waiting.get("target"))
        entries.append(
            Entry(
                "A week of waiting",
                words(f"costs {target} {cost.median}", link=origin(waiting["id"], run)),
                (words(cost.band),),
            )
        )
        more = one_share(waiting.get("p_target_pays_more"))
        entries.append(
            Entry("Who can wait", words(f"{target} pays more than {named_place(d['controller'])} in {more}"))
        )
    return tuple(entries)


def _payoffs(d: Doc, run: str) -> Group:
    rows = list(dict.fromkeys(p["controller_move"] for p in d["payoffs"]))
    columns = list(dict.fromkeys(p["target_move"] for p in d["payoffs"]))
    by = {(p["controller_move"], p["target_move"]): p for p in d["payoffs"]}
    charts = [_matrix(side, named_place(d[side]), rows, columns, by) for side in ("target", "controller")]
    moves = [
        [text_cell(m["name"], named_place(d[side])), text_cell(m["what"])]
        for side in ("controller", "target")
        for m in d["moves"][side]
    ]
    table = table_of(
        (
            f"{named_place(d['controller'])} does",
            f"{named_place(d['target'])} does",
            f"Worth to {named_place(d['controller'])}",
            f"Worth to {named_place(d['target'])}",
            "Equilibrium in",
        ),
        [
            [
                text_cell(p["controller_move"]),
                text_cell(p["target_move"]),
                band_cell(_money(p["controller"]), id=p["id"], run=run),
                band_cell(_money(p["target"]), id=p["id"], run=run),
                text_cell(one_share(p["equilibrium_share"])),
            ]
            for p in d["payoffs"]
        ],
    )
    return Group(
        "payoffs",
        "What each pair of moves is worth",
        (
            *charts,
            *_equilibria(d),
            Aside("What each move is", table_of(("Move", "What it is"), moves)),
            Aside("Every pair of moves, with bands", table),
        ),
    )


def _matrix(side: str, place: str, rows: list[str], columns: list[str], by: Mapping[tuple[str, str], Doc]) -> Chart:
    values = [[get(by.get((r, c), {}), side, "q50") for c in columns] for r in rows]
    scale, unit = money_axis([v for row in values for v in row], _UNIT)
    title = f"Median worth to {place}, {unit}"
    shown = [[None if v is None else v * scale for v in row] for row in values]
    twin = table_of(
        ("Controller's move", *columns),
        [
            [text_cell(r), *(text_cell("—" if v is None else number(v)) for v in row)]
            for r, row in zip(rows, shown, strict=True)
        ],
        f"{title}: numbers",
    )

    def draw(ident: str, width: float) -> str:
        return heat_table(
            f"{ident}-{side}",
            title,
            "Rows are the controller's moves, columns the target's.",
            rows,
            columns,
            shown,
            shown=lambda v: number(v),
            width=width,
        )

    return Chart(title, lambda: draw("payoff", 640), lambda: draw("payoff-narrow", 350), twin)


def _equilibria(d: Doc) -> tuple[Note, ...]:
    def mix(shares: Doc) -> str:
        return " or ".join(f"{name} ({one_share(p)})" if p < 1 else name for name, p in shares.items())

    lines = [note(f"Equilibrium: {mix(e['controller'])} against {mix(e['target'])}.") for e in d["equilibria"]]
    lines += [
        note(f"If the {x['leader']} leads: {mix(x['commits_to'])}; the answer is {x['answer']}.") for x in d["leaders"]
    ]
    return tuple(lines)


def _bargain(d: Doc, run: str) -> Group:
    b = record(d, "bargain")
    if not b:
        return Group("bargain", "The bargain", (note("No bargain to speak of."),))
    rows = [
        [text_cell(label), band_cell(_money(get(b, *path)), id=b.get("id"), run=run)]
        for label, path in (
            ("What the controller gains by the deal", ("gain_controller",)),
            ("What the target gains by the deal", ("gain_target",)),
            ("The least the target must give", ("zone", "least")),
            ("The most it can give", ("zone", "most")),
            ("Nash's transfer, halves of the surplus", ("nash_transfer",)),
            ("A transfer by who can wait", ("impatience_transfer",)),
        )
        if get(b, *path)
    ]
    without = record(b, "without_deal")
    said_ = f"Without a deal: {without.get('controller')} against {without.get('target')}. The deal: {b.get('deal')}."
    return Group("bargain", "The bargain", (note(said_), table_of(("", "Median, 90 % band below"), rows)))


def _broken(d: Doc, run: str) -> tuple[Group, ...]:
    """What both are left with where the deal breaks, and how sure each must be that it holds."""
    bargain = record(d, "bargain")
    told = record(bargain, "if_broken")
    if not told:
        return ()
    rows = [
        [text_cell(named_place(d[side]), strong=True),
         band_cell(_money(get(told, side, "gain")), id=bargain.get("id"), run=run),
         text_cell(_must_hold(get(told, side, "must_hold")))]
        for side in ("controller", "target")
    ]  # fmt: skip
    says = note(f"The deal holds for {said(told, 'weeks')} weeks; then the control and the levers are back as before.")
    heads = ("Side", "Gains then over no deal", "Wants it if it holds with at least")
    return (Group("broken", "If the deal is broken", (says, table_of(heads, rows))),)


def _must_hold(chance: Any) -> str:
    """The chance from which a side wants a deal that may break."""
    if chance is None:
        return "no chance is enough: on the mean it gains nothing where the deal holds"
    return "any chance: on the mean it gains even where it breaks" if chance == 0 else one_share(chance)


def _levers(d: Doc) -> Group:
    """Levers of the target that are no moves here, since nobody knows a figure for them."""
    left = [note(text) for text in texts(d, "levers_absent")]
    none = note("None: every lever that is known of has figures, and is a move above.")
    return Group("levers", "Levers left out", (*left, note("Absent is not zero: what they could do is not in any "
                                                           "number here.")) if left else (none,))  # fmt: skip


def _waiting(d: Doc, run: str) -> Group:
    w = record(d, "waiting")
    rows = [
        [text_cell(named_place(d[side])), band_cell(_money(w.get(side)), id=w.get("id"), run=run)]
        for side in ("controller", "target")
        if w.get(side)
    ]
    return Group("waiting", "What a week costs", (table_of(("Side", "A week"), rows),))


def _worth(d: Doc, run: str) -> Group:
    rows = [
        [
            text_cell(w["what"]),
            band_cell(_money(w["target"]), id=w["id"], run=run),
            band_cell(_money(w["controller"]), id=w["id"], run=run),
        ]
        for w in records(d, "worth")
    ]
    return Group(
        "worth", "What things are worth in the talks", (table_of(("What", "To the target", "To the controller"), rows),)
    )


def _limits(d: Doc) -> Group:
    return Group("limits", "Limits", tuple(note(text) for text in d["limits"]))
