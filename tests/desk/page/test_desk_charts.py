"""Charts of the desk as text: what is drawn can be read back, and is what went in."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sluicegate.desk.page.charts import (
    Arc,
    Dated,
    Node,
    Point,
    Ribbon,
    Share,
    Tile,
    frontier,
    heat_table,
    sankey,
    shade_of,
    share_bars,
    tile_grid,
    timeline,
)
from sluicegate.desk.page.charts.tiles import COLUMNS, GRID, ROWS

SVG = "{http://www.w3.org/2000/svg}"
NODES = [Node("a", "Aland", 0), Node("b", "Bland", 0), Node("c", "Cland", 1), Node("d", "Dland", 1)]


def read(svg: str) -> ET.Element:
    """A picture as a tree, which names itself for those who do not see it and carries no look of its own."""
    root = ET.fromstring(svg)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert not any(name in e.attrib for e in root.iter() for name in ("style", "fill", "onclick"))
    return root


def with_data(root: ET.Element, name: str) -> list[ET.Element]:
    return [e for e in root.iter() if name in e.attrib]


@given(st.lists(st.floats(0.01, 1e6), min_size=4, max_size=4))
def test_a_sankey_keeps_values_and_its_bars_are_as_high_as_what_goes_through(values: list[float]) -> None:
    ends = [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]
    ribbons = [Ribbon(s, t, v) for (s, t), v in zip(ends, values, strict=True)]
    root = read(sankey("s", "t", "d", NODES, ribbons, columns=["from", "to"]))
    drawn = {
        (e.get("data-from"), e.get("data-to")): float(e.get("data-value", "")) for e in with_data(root, "data-from")
    }
    assert drawn == pytest.approx(dict(zip(ends, values, strict=True)), rel=1e-5)
    high = [float(e.get("height", "")) for e in root.iter(f"{SVG}rect")]
    assert high[0] + high[1] == pytest.approx(high[2] + high[3], abs=2.5)


def test_a_sankey_refuses_a_ribbon_to_nowhere() -> None:
    with pytest.raises(ValueError, match="nodes that are there"):
        sankey("s", "t", "d", NODES, [Ribbon("a", "x", 1)], columns=["from", "to"])


def test_no_two_places_have_one_seat_but_the_groups_of_the_union() -> None:
    seats = [seat for place, seat in GRID.items() if place != "EUU"]
    assert len(seats) == len(set(seats))
    assert all(0 <= x < COLUMNS and 0 <= y <= ROWS for x, y in seats)


def test_tiles_carry_values_and_what_is_not_known_has_no_shade() -> None:
    tiles = [Tile("CHN", "China", 10.0, shade_of(10.0, 10.0)), Tile("DEU", "Germany", None)]
    root = read(tile_grid("t", "t", "d", tiles, [Arc("CHN", "DEU", 3, controlled=True)]))
    values = {e.get("data-place"): e.get("data-value") for e in with_data(root, "data-place")}
    assert values == {"CHN": "10", "DEU": ""}
    assert {e.get("class") for e in with_data(root, "data-from")} == {"arc w4 controller"}
    assert [shade_of(v, 100) for v in (None, 0.5, 2, 10, 30, 60)] == [None, 0, 1, 2, 3, 4]


def test_a_heat_table_leaves_what_is_absent_empty() -> None:
    root = read(
        heat_table("h", "t", "d", ["r"], ["a", "b", "c"], [[1.0, None, -4.0]], shown=lambda v: f"{v:g}", sided=True)
    )
    cells = [(e.get("data-value"), e.get("class")) for e in with_data(root, "data-value")]
    assert cells == [("1", "tile shade1 controller"), ("", "tile none"), ("-4", "tile shade4 target")]


def test_bars_of_shares_are_as_long_as_their_shares_from_zero() -> None:
    root = read(share_bars("b", "t", "d", [Share("a", 0.5, 0.4, 0.6), Share("b", 0.25)]))
    first, second = list(root.iter(f"{SVG}rect"))
    assert float(first.get("width", "")) == pytest.approx(2 * float(second.get("width", "")), rel=0.01)
    assert [e.get("data-value") for e in (first, second)] == ["0.5", "0.25"]


def test_a_frontier_goes_right_with_cost_and_down_with_what_remains() -> None:
    line = [Point("none", 0, 9), Point("some", 5, 4), Point("all", 9, 1, chosen=True)]
    root = read(frontier("f", "t", "d", [("median", line)], x_title="cost", y_title="loss"))
    dots = list(root.iter(f"{SVG}circle"))
    at = [(float(e.get("cx", "")), float(e.get("cy", ""))) for e in dots]
    assert all(x0 < x1 and y0 < y1 for (x0, y0), (x1, y1) in pairwise(at))
    assert [(float(e.get("data-x", "")), float(e.get("data-y", ""))) for e in dots] == [(0, 9), (5, 4), (9, 1)]


def test_a_timeline_keeps_dates_and_an_open_end_reaches_the_edge() -> None:
    rows = [Dated("one", date(2025, 1, 1), [(date(2025, 4, 1), None)], [(date(2025, 6, 1), date(2025, 9, 1))])]
    root = read(timeline("t", "t", "d", rows, today=date(2026, 1, 1), last=date(2026, 12, 31), width=700))
    held, suspended = with_data(root, "data-from")
    assert (held.get("data-from"), held.get("data-to")) == ("2025-04-01", "")
    assert float(held.get("x", "")) + float(held.get("width", "")) == pytest.approx(688, abs=0.2)
    assert suspended.get("data-to") == "2025-09-01"


@pytest.mark.parametrize("today", [date(2025, 1, 1), date(2025, 6, 1), date(2026, 12, 31)])
def test_the_day_of_a_timeline_is_named_within_the_picture(today: date) -> None:
    rows = [Dated("one", None, [(date(2025, 1, 1), None)])]
    root = read(timeline("t", "t", "d", rows, today=today, last=date(2026, 12, 31), width=350))
    said = next(e for e in root.iter(f"{SVG}text") if e.text == f"{today:%d %b %Y}")
    x, wide = float(said.get("x", "")), 70
    assert x - wide >= 0 if said.get("text-anchor") == "end" else x + wide <= 350


@pytest.mark.parametrize("draw", [
    lambda: share_bars("b", "t", "d", []), lambda: tile_grid("t", "t", "d", []),
    lambda: heat_table("h", "t", "d", ["a"], ["b"], [[]], shown=str),
    lambda: frontier("f", "t", "d", [], x_title="", y_title=""),
    lambda: timeline("t", "t", "d", [], today=date(2026, 1, 1), last=date(2026, 1, 1)),
])  # fmt: skip
def test_nothing_to_draw_is_refused(draw) -> None:
    with pytest.raises(ValueError, match=r"need|no place"):
        draw()
