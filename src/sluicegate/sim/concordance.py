"""Which regions and sectors of a published input-output table our places and industries are.

By name alone: a table's own names tell which of the lists in `data/table_regions.csv` and `data/table_sectors.csv` it
follows. Both are judgement: a sector of a table is wider than an industry of ours, and several of ours share one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files

ELSEWHERE = "ROW"
"""Our place for all countries that have none of their own."""
EXIOBASE = "exiobase3"
OLD_NAMES = {"ROM": "RO", "WWA": "WA", "WWE": "WE", "WWF": "WF", "WWL": "WL", "WWM": "WM"}
"""Regions of EXIOBASE 3.4 that later editions call otherwise, besides the countries."""
LAST_GOOD = 37
"""Last division of goods in NACE 1.1 and ISIC 3; in ISIC 4 goods end at 33, and none stands between."""
_DIVISION = re.compile(r"[ABC]?(\d\d)")


def regions_of(places: Iterable[str], regions: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The regions of a table that each place stands in, most often one; places that the table lacks are left out."""
    ours = set(places)
    lists = _regions()
    by_code = {place: (place,) for place in ours if place in regions} | lists["icio"]
    fits = [{place: found for place in ours if (found := tuple(r for r in told.get(place, ()) if r in regions))}
            for told in (by_code, lists[EXIOBASE])]  # fmt: skip
    best = max(fits, key=len)
    if best is fits[0] and ELSEWHERE in best:
        taken = {r for place, found in best.items() if place != ELSEWHERE for r in found}
        best[ELSEWHERE] = tuple(sorted(set(regions) - taken))
    return best


def sectors_of(industries: Iterable[str], sectors: Collection[str]) -> dict[str, str]:
    """The sector of a table that each industry is in, by the list that fits its names best; others are left out."""
    ours = set(industries)
    fits = [{industry: sector for industry, sector in told.items() if industry in ours and sector in sectors}
            for told in _sectors().values()]  # fmt: skip
    return max(fits, key=len)


def are_goods(sectors: Collection[str]) -> dict[str, bool]:
    """Whether each sector's output is a good that a buyer can hold; empty where the table's names are not known."""
    if all(re.match(r"[A-Z]\d{0,2}|\d\d", sector) and " " not in sector for sector in sectors):
        return {sector: _is_good(sector) for sector in sectors}
    told = _exiobase_goods()
    return {s: told[s] for s in sectors} if set(sectors) <= set(told) else {}


def region_names() -> Mapping[str, str]:
    """Regions of EXIOBASE by the names that its edition 3.4 has for some of them."""
    return OLD_NAMES | {place: found[0] for place, found in _regions()[EXIOBASE].items()
                        if len(found) == 1 and len(found[0]) == 2 and not found[0].startswith("W")}  # fmt: skip


def _is_good(code: str) -> bool:
    found = _DIVISION.match(code)
    return found is not None and int(found.group(1)) <= LAST_GOOD


@cache
def _exiobase_goods() -> dict[str, bool]:
    """Sectors of EXIOBASE 3 by name, as pymrio lists them with their codes (`i34`, `p34`)."""
    import pymrio

    lists = [pymrio.get_classification(name).sectors for name in ("exio3_ixi", "exio3_pxp")]
    return {name: _is_good(code[1:]) for found in lists
            for name, code in zip(found["ExioName"], found["ExioCode"], strict=True)}  # fmt: skip


@cache
def _regions() -> dict[str, dict[str, tuple[str, ...]]]:
    """By table, the regions of each place."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in _rows("table_regions.csv"):
        found.setdefault(row["table"], {})[row["place"]] = tuple(row["regions"].split())
    return found


@cache
def _sectors() -> dict[str, dict[str, str]]:
    """By list, the sector of each industry."""
    rows = _rows("table_sectors.csv")
    lists = [name for name in rows[0] if name not in ("industry", "label", "reason")]
    return {name: {row["industry"]: row[name] for row in rows} for name in lists}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("sluicegate.sim") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
