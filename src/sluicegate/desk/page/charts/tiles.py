"""The tile grid: places as squares about where they lie, so that no border is drawn and no small place is lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sluicegate.desk.page.charts.svg import add, picture, shown, to_text, write

COLUMNS, ROWS = 22, 12
GRID: Mapping[str, tuple[int, int]] = {
    "CAN": (1, 1), "USA": (1, 3), "MEX": (1, 5), "CUB": (3, 4), "GTM": (2, 6), "PER": (3, 8), "BOL": (4, 8),
    "BRA": (5, 8), "CHL": (4, 9), "ARG": (4, 10), "COL": (3, 7), "GUY": (5, 7),
    "ISL": (6, 0), "IRL": (7, 2), "GBR": (8, 2), "NOR": (9, 0), "SWE": (10, 0), "FIN": (11, 0), "DNK": (9, 1),
    "EST": (12, 1), "LVA": (11, 1), "LTU": (11, 2), "NLD": (9, 2), "BEL": (8, 3), "LUX": (9, 3), "DEU": (10, 2),
    "POL": (12, 2),
    "FRA": (8, 4), "CHE": (9, 4), "AUT": (10, 4), "CZE": (10, 3), "SVK": (11, 3), "HUN": (11, 4), "ROU": (12, 3),
    "ESP": (7, 5), "PRT": (6, 5), "ITA": (9, 5), "SVN": (10, 5), "HRV": (11, 5), "SRB": (12, 4), "BGR": (12, 5),
    "GRC": (11, 6), "UKR": (13, 2), "BLR": (13, 1), "RUS": (15, 1), "EUO": (10, 1), "EUU": (10, 1), "TUR": (13, 5),
    "MAR": (7, 7), "DZA": (8, 7), "EGY": (11, 7), "SEN": (6, 8), "GIN": (6, 9), "GHA": (7, 9), "NGA": (8, 9),
    "CMR": (9, 9), "GAB": (9, 10), "RWA": (11, 9), "BDI": (11, 10), "COD": (10, 9), "ZMB": (10, 10), "TZA": (12, 10),
    "KEN": (12, 9), "ETH": (12, 8), "MOZ": (11, 11), "ZWE": (10, 11), "NAM": (9, 11), "ZAF": (9, 12), "MDG": (13, 11),
    "ISR": (12, 6), "SAU": (13, 7), "ARE": (14, 7), "IRN": (14, 5), "OMN": (14, 8), "IRQ": (13, 6),
    "KAZ": (15, 3), "UZB": (15, 4), "KGZ": (16, 4), "TJK": (16, 5), "TKM": (14, 4), "AFG": (15, 5), "PAK": (15, 6),
    "IND": (16, 6), "LKA": (16, 8), "BGD": (17, 6), "MNG": (17, 2), "CHN": (18, 4), "PRK": (19, 3), "KOR": (20, 3),
    "JPN": (21, 3), "TWN": (20, 5), "HKG": (19, 5), "MMR": (17, 7), "THA": (18, 7), "LAO": (18, 6), "VNM": (19, 6),
    "KHM": (19, 7), "MYS": (18, 8), "SGP": (18, 9), "IDN": (19, 9), "PHL": (20, 7), "PNG": (21, 9), "AUS": (20, 10),
    "NZL": (21, 12), "NCL": (21, 11), "ROW": (2, 11),
}  # fmt: skip
"""Column and row of a place; the rest of the world stands apart."""
_CELL = 40.0


@dataclass(frozen=True)
class Tile:
    """A place: its value (None where not known), the class it falls in (0 lightest to 4), and whether it controls."""

    place: str
    label: str
    value: float | None
    shade: int | None = None
    tone: str = "ink"


@dataclass(frozen=True)
class Arc:
    """A flow between two places; `value` decides the width, `controlled` the colour."""

    origin: str
    destination: str
    value: float
    controlled: bool = False


def shade_of(value: float | None, largest: float) -> int | None:
    """One of five classes of a share of the largest: from 0 to 1, 5, 20, 50 % and above; None where not known."""
    if value is None or largest <= 0:
        return None
    return sum(value / largest > edge for edge in (0.01, 0.05, 0.2, 0.5))


def tile_grid(
    ident: str, title: str, desc: str, tiles: Sequence[Tile], arcs: Sequence[Arc] = (), *, width: float = 880
) -> str:
    """Draw places as tiles and flows as arcs between them; places without a seat on the grid are left out.

    Parameters
    ----------
    tiles : each carries its place and value in `data-` attributes
    arcs : widest first, at most what a reader can tell apart

    Raises
    ------
    ValueError : no tile has a seat on the grid.
    """
    seated = [tile for tile in tiles if tile.place in GRID]
    if not seated:
        raise ValueError("no place of the grid is among the tiles")
    root = picture(ident, width, (ROWS + 1) * _CELL * width / (COLUMNS * _CELL), title, desc)
    board = add(root, "g", transform=f"scale({width / (COLUMNS * _CELL):.4f})")
    drawn = {tile.place for tile in seated}
    for place, seat in GRID.items():
        if place not in drawn and place not in {"EUU", "EUO", "ROW"}:
            _draw_empty(board, place, seat)
    for tile in seated:
        _draw_tile(board, tile)
    arcs = [arc for arc in arcs if arc.origin in GRID and arc.destination in GRID and arc.origin != arc.destination]
    widest = max((arc.value for arc in arcs), default=0.0)
    for arc in arcs:
        _draw_arc(board, arc, widest)
    for tile in seated:
        x, y = _corner(GRID[tile.place])
        shade = "none" if tile.shade is None else f"shade{tile.shade}"
        write(board, tile.place, x + _CELL / 2, y + _CELL / 2 + 4, f"tile-code on-{shade}", "middle")
    return to_text(root)


def _corner(seat: tuple[int, int]) -> tuple[float, float]:
    return seat[0] * _CELL, seat[1] * _CELL


def _draw_empty(board: ET.Element, place: str, seat: tuple[int, int]) -> None:
    x, y = _corner(seat)
    add(board, "rect", "tile none", x=x + 1, y=y + 1, width=_CELL - 2, height=_CELL - 2)
    write(board, place, x + _CELL / 2, y + _CELL / 2 + 4, "tile-code faint", "middle")


def _draw_tile(board: ET.Element, tile: Tile) -> None:
    x, y = _corner(GRID[tile.place])
    shade = "none" if tile.shade is None else f"shade{tile.shade}"
    group = add(board, "g", data_place=tile.place, data_value="" if tile.value is None else f"{tile.value:.6g}")
    add(group, "title").text = tile.label
    add(group, "rect", f"tile {shade} {tile.tone}", x=x + 1, y=y + 1, width=_CELL - 2, height=_CELL - 2)


def _draw_arc(board: ET.Element, arc: Arc, widest: float) -> None:
    """A bent line from the middle of a tile to the edge of another, with a dot where it arrives."""
    (x0, y0), (x1, y1) = _corner(GRID[arc.origin]), _corner(GRID[arc.destination])
    x0, y0, x1, y1 = x0 + _CELL / 2, y0 + _CELL / 2, x1 + _CELL / 2, y1 + 3
    bend = 0.18
    cx, cy = (x0 + x1) / 2 + (y0 - y1) * bend, (y0 + y1) / 2 - abs(x1 - x0) * bend
    step = min(4, int(4 * (arc.value / widest) ** 0.5)) if widest > 0 else 0
    tone = "controller" if arc.controlled else "flow"
    bow = f"M{shown(x0)} {shown(y0)}Q{shown(cx)} {shown(cy)} {shown(x1)} {shown(y1)}"
    add(board, "path", f"arc w{step} {tone}", d=bow,
        data_from=arc.origin, data_to=arc.destination, data_value=f"{arc.value:.6g}")  # fmt: skip
    add(board, "circle", f"arrival {tone}", cx=x1, cy=y1, r=2.0 + step)
