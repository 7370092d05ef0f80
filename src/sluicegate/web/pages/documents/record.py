"""The track record: recorded episodes forecast as of their own day, beside what came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sluicegate.desk.page.block import Block, Chart, Entry, words
from sluicegate.desk.page.charts import Bar, band_bars
from sluicegate.desk.page.document import records, said
from sluicegate.desk.page.figure import number, one_share, quantity, read_band
from sluicegate.terms import Band
from sluicegate.web.pages.cells import band_cell, note, origin, table_of, text_cell
from sluicegate.web.pages.view import Group, View

Doc = Mapping[str, Any]


def record_view(d: Doc, run: str) -> View:
    """The `hindcast` document as a page."""
    episodes = tuple(_episode(e, run) for e in d["episodes"])
    points = [
        {"episode": e["name"], "series": s["name"]} | dict(p)
        for e in d["episodes"]
        for s in e["series"]
        for p in s["points"]
    ]
    return View(
        said(d, "title"), (*episodes, _scores(d), _calibration(d)), opening=_opening(d), data={"months": points}
    )


def _opening(d: Doc) -> tuple[Entry, ...]:
    s = d["scores"]
    naive = min((n for n in s["naive"] if n["error"] is not None), key=lambda n: n["error"], default=None)
    entries = [
        Entry("Mean error", words(f"{number(s['prior']['crps'])} of a normal month, over {s['n']} months", strong=True))
    ]
    if naive:
        entries.append(Entry("The best naive guess", words(f"{number(naive['error'])}: {naive['name']}")))
    entries.append(Entry("Its 90 % band held", words(f"{s['prior']['held_90']} of {s['n']} months")))
    return tuple(entries)


def _episode(e: Doc, run: str) -> Group:
    blocks: list[Block] = [
        note(
            f"Announced {e['announced']}, in effect {e['effective']}, forecast as of {e['as_of']}. "
            f"{e['note'] or ''}".strip()
        )
    ]
    for s in records(e, "series"):
        if s["points"]:
            blocks.append(_series(str(e["name"]), s, run))
    return Group(f"episode-{e['name']}", str(e["title"]), tuple(blocks))


def _series(episode: str, s: Doc, run: str) -> Chart:
    points = s["points"]
    bars = [Bar(f"{date.fromisoformat(p['month']):%B %Y}", _band(p["prior"]), p["observed"]) for p in points]
    name = f"{s['measure'].capitalize()} of {_in_a_row(s['products'])}"
    title = f"{name}: forecast, and what came (upright line)"
    rows = [
        [
            text_cell(f"{date.fromisoformat(p['month']):%b %Y}", link=origin(p["id"], run)),
            text_cell(number(p["observed"])),
            band_cell(quantity(read_band(p["prior"])), id=p["id"], run=run),
            text_cell(p["source"]),
        ]
        for p in points
    ]
    twin = table_of(("Month", "What came", "Forecast, 90 % band below", "Source"), rows, f"{name}: numbers")
    ident = f"{episode}-{s['name']}".replace(" ", "-").replace(",", "")

    def draw(suffix: str, width: float) -> str:
        return band_bars(
            f"{ident}{suffix}",
            title,
            f"{len(points)} months beside the forecast's bands.",
            bars,
            x_title="Share of a normal month before the control",
            width=width,
        )

    return Chart(title, lambda: draw("", 720), lambda: draw("-narrow", 350), twin)


def _in_a_row(names: list[str]) -> str:
    """Names in a row, the first few where there are many."""
    return ", ".join(names) if len(names) < 4 else f"{', '.join(names[:2])} and {len(names) - 2} more"


def _band(q: Doc) -> Band:
    return Band(**{name: float(q[name]) for name in ("q05", "q25", "q50", "q75", "q95")})


def _scores(d: Doc) -> Group:
    s = d["scores"]
    rows = [
        [
            text_cell("this model, before fitting", strong=True),
            text_cell(s["n"]),
            text_cell(number(s["prior"]["crps"])),
            text_cell(""),
        ],
        [
            text_cell("fitted on the other episodes"),
            text_cell(s["n"]),
            text_cell(number(s["fitted"]["crps"])),
            text_cell(""),
        ],
        *(
            [
                text_cell(n["name"]),
                text_cell(n["n"]),
                text_cell("—" if n["error"] is None else number(n["error"])),
                text_cell("—" if n["ours"] is None else number(n["ours"])),
            ]
            for n in s["naive"]
        ),
    ]
    return Group(
        "scores",
        "Beside naive forecasts",
        (
            table_of(("Forecast", "Months", "Mean error", "Ours on these months"), rows),
            note("The error is the continuous ranked probability score over the mean month before the control."),
        ),
    )


def _calibration(d: Doc) -> Group:
    rows = [
        [text_cell(one_share(c["probability"])), text_cell(one_share(c["prior"])), text_cell(one_share(c["fitted"]))]
        for c in d["calibration"]
    ]
    return Group(
        "calibration",
        "How often what came lay below each quantile",
        (table_of(("Quantile", "Before fitting", "Fitted"), rows),),
    )
