"""The document of `world compare`, and what is behind each of its numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sluicegate.desk.number import Document, number_id, present, slug
from sluicegate.terms import InputError, NotFoundError, parse_place
from sluicegate.world import World
from sluicegate.world.figures import load_figures
from sluicegate.world.indices import METHODS, Entry, Rank, comparable, disagreement, entries, entry_of, ranks
from sluicegate.world.overlay import Stamp, stamp
from sluicegate.world.published import PRINTED, load_published

_SAID = ("title", "short", "formula", "asks", "riskier_when")
"""What a document says of a method."""


def comparison(world: World, material: str | None, place: str, year: int) -> Document:
    """Every method's value and rank by material, and the widest disagreement of each.

    Raises
    ------
    NotFoundError : no such material or place.
    InputError : a year without output figures.
    """
    code = _place(world, place)
    _check_year(year)
    known = comparable(world)
    if material is not None and material not in known:
        raise NotFoundError(material, kind="material", known=known, where="world compare")
    said = {name: entries(world, name, code, year) for name in known}
    placed = ranks(said)
    shown = known if material is None else [material]
    return {
        "place": code,
        "year": year,
        "methods": [{"method": name} | {field: getattr(m, field) for field in _SAID} for name, m in METHODS.items()],
        "materials": [_material(name, code, year, said[name], placed[name]) for name in shown if said[name]],
    }


def _material(name: str, place: str, year: int, said: dict[str, Entry], placed: dict[str, Rank]) -> Document:
    gap = disagreement(said, placed)
    return {
        "material": name,
        "values": [_value(name, place, year, entry, placed.get(method)) for method, entry in said.items()],
        "disagreement": None if gap is None else {
            "riskier_by": gap.high, "less_risky_by": gap.low, "apart": gap.apart, "why": gap.why,
        },
    }  # fmt: skip


def _value(material: str, place: str, year: int, entry: Entry, rank: Rank | None) -> Document:
    return {
        "id": number_id("index", entry.method, material, place, str(year)),
        "method": entry.method,
        "value": entry.value,
        "low": entry.low,
        "high": entry.high,
        "unit": entry.unit,
        "year": entry.year,
        "rank": rank.rank if rank else None,
        "of": rank.of if rank else None,
        "source": entry.source,
        "because": entry.because,
    }


def explain_index(world: World, number: str) -> Document | None:
    """What is behind an `index:` id; None for any other id."""
    kind, _, rest = number.partition(":")
    parts = rest.split(".")
    if kind != "index" or len(parts) != 4 or parts[0] not in METHODS or not parts[3].isdigit():
        return None
    method, name, place, year = parts
    material = {slug(m): m for m in comparable(world)}.get(name)
    entry = entry_of(world, method, material, place, int(year)) if material else None
    if entry is None:
        return None
    return {
        "what": f"{METHODS[method].title} of {material}: {entry.because}",
        "value": entry.value if entry.value is not None else {"low": entry.low, "high": entry.high},
        "unit": entry.unit,
        "formula": METHODS[method].formula,
        "source": entry.source,
        "period": str(entry.year),
        "inputs": list(entry.inputs),
    }


def explain_published(number: str) -> Document | None:
    """The printed row behind a `published:TABLE|KEY|...` id; None for any other id."""
    table, *key = number.removeprefix("published:").split("|")
    if not number.startswith("published:") or table not in PRINTED or len(key) != len(PRINTED[table]):
        return None
    rows = load_published(table)
    for column, wanted in zip(PRINTED[table], key, strict=True):
        rows = rows[rows[column].astype(str) == wanted]
    if rows.empty:
        return None
    row: dict[str, Any] = {str(k): v for k, v in rows.iloc[0].to_dict().items()}
    shown = {k: v for k, v in row.items() if present(v)}
    return {
        "what": f"as printed: {', '.join(key)}",
        "value": shown,
        "source": row["source_id"],
        "inputs": [row["source_id"]],
    }


def _place(world: World, name: str) -> str:
    code = parse_place(name, where="--place")
    if code not in world.places.index:
        raise NotFoundError(name, kind="place of the model", known=list(world.places.index), where="--place")
    return code


@lru_cache(maxsize=4)
def _years(_own: Stamp) -> tuple[int, int]:
    table = load_figures().table
    made = table[(table["metric"] == "production") & (table["status"] == "observed")]
    years = made.loc[made["period"].str.fullmatch(r"\d{4}"), "period"].astype(int)
    return int(years.min()), int(years.max())


def _check_year(year: int) -> None:
    first, last = _years(stamp())
    if not first <= year <= last:
        raise InputError(f"{year}", where="--year", expected=f"a year from {first} to {last} with output "
                         "figures", do="Leave it out for the base year, 2024.")  # fmt: skip
