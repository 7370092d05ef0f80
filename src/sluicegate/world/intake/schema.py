"""The Frictionless Table Schema of a user's figures, and a file checked against it, every problem at once.

https://datapackage.org/standard/table-schema/, version 2: its `fieldsMatch` says that columns may be missing and stand
in any order.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from sluicegate.terms import NotFoundError, nearest, parse_place
from sluicegate.world.figures import load_figures, printed_figures
from sluicegate.world.intake.problem import Problem
from sluicegate.world.metric import GRADES, METRICS, STAGES

_DAY = r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
PERIOD = rf"(undated|{_DAY}(/{_DAY})?)"
SCHEMA_FILE = Path(__file__).parent / "figures.schema.json"
"""The Table Schema as shipped; `docs/generate.py` writes it."""
NUMBERS = ("value", "low", "high")
REQUIRED = ("metric", "period", "unit")
STATUSES = ("observed", "planned", "forecast")
DEFAULTS = {"status": "observed", "grade": "reported"}
_SIGNED = {"price change", "growth", "gdp effect", "elasticity", "deficit", "political stability"}
"""What may be negative."""

_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("metric", "string", "what it measures"),
    ("material", "string", "of which material, as `sluicegate world list` names it; empty where it is of none"),
    ("item", "string", "of what exactly"),
    ("stage", "string", "where along the chain"),
    ("place", "string", "where; the origin of a trade flow. ISO 3166 alpha-3 code or English name; WLD is the world"),
    ("partner", "string", "the destination of a trade flow, or whom an import share is of"),
    ("period", "string", "2024, 2025-06, 2025-06-12, 2020/2023 or undated"),
    ("value", "number", "the number; empty is absent, never zero"),
    ("low", "number", "its lower bound"),
    ("high", "number", "its upper bound"),
    ("unit", "string", "one of the units the metric has in the dataset; shares lie within 0-1"),
    ("status", "string", "observed, planned or forecast; observed where empty"),
    ("page", "string", "page or table it stands in"),
    ("known_on", "date", "the day it became public; where empty, that of the import's source card"),
    ("grade", "string", "how it is known, best first; reported where empty"),
    ("note", "string", "what else there is to say"),
)
FIELDS = tuple(name for name, _, _ in _FIELDS)


def table_schema() -> dict[str, Any]:
    """The Table Schema of a file of figures."""
    limits: dict[str, dict[str, Any]] = {
        "metric": {"enum": sorted(METRICS)},
        "stage": {"enum": sorted(s for s in STAGES if s)},
        "status": {"enum": list(STATUSES)},
        "grade": {"enum": list(GRADES)},
        "period": {"pattern": PERIOD},
        "unit": {"enum": sorted({u for units in units_by_metric().values() for u in units})},
    }
    fields = []
    for name, kind, what in _FIELDS:
        limit = ({"required": True} if name in REQUIRED else {}) | limits.get(name, {})
        fields.append({"name": name, "type": kind, "description": what} | ({"constraints": limit} if limit else {}))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": "Figures for `sluicegate world import`",
        "fieldsMatch": "superset",
        "fields": fields,
        "missingValues": [""],
    }


def schema_text() -> str:
    """The Table Schema as the file that the package carries."""
    return json.dumps(table_schema(), indent=1, ensure_ascii=False) + "\n"


@lru_cache(maxsize=1)
def units_by_metric() -> dict[str, tuple[str, ...]]:
    """The units each metric has among the shipped figures."""
    table = printed_figures()
    return {str(m): tuple(sorted(units.unique())) for m, units in table.groupby("metric")["unit"]}


def check_row(row: dict[str, str], line: int, materials: frozenset[str], known_on: str) -> list[Problem]:
    """Every problem of one row, cells as text."""
    found = [Problem(line, name, "an empty cell", f"{_what(name)}") for name in REQUIRED if not row[name]]
    found += _words(row, line, materials) + _places(row, line) + _numbers(row, line) + _dates(row, line, known_on)
    return sorted(found, key=lambda p: FIELDS.index(p.column))


def _what(name: str) -> str:
    return next(what for field, _, what in _FIELDS if field == name)


def _words(row: dict[str, str], line: int, materials: frozenset[str]) -> list[Problem]:
    """Cells that must be one of a list."""
    units = units_by_metric().get(row["metric"], ())
    lists: dict[str, tuple[str, ...]] = {
        "metric": tuple(sorted(METRICS)), "material": tuple(sorted(materials)), "stage": tuple(sorted(STAGES)),
        "status": STATUSES, "grade": GRADES, "unit": units,
    }  # fmt: skip
    found = []
    for column, known in lists.items():
        if row[column] and known and row[column] not in known:
            found.append(Problem(line, column, repr(row[column]), _one_of(row[column], known, row, column)))
    return found


def _one_of(word: str, known: tuple[str, ...], row: dict[str, str], column: str) -> str:
    near = nearest(word, known)
    some = ", ".join(known[:8]) + (", …" if len(known) > 8 else "")
    of = f" of {row['metric']}" if column == "unit" else ""
    return f"a {column}{of}: {some}" if not near or len(known) <= 8 else f"a known {column} (did you mean {near[0]}?)"


def _places(row: dict[str, str], line: int) -> list[Problem]:
    found = []
    for column in ("place", "partner"):
        try:
            row[column] = parse_place(row[column]) if row[column] else ""
        except NotFoundError as error:
            near = f" (did you mean {error.nearest[0]}?)" if error.nearest else ""
            found.append(Problem(line, column, repr(row[column]), f"a code or English name of a place{near}"))
    return found


def _numbers(row: dict[str, str], line: int) -> list[Problem]:
    """Cells that must be numbers, and numbers that cannot be."""
    read: dict[str, float] = {}
    found = []
    for column in NUMBERS:
        if not row[column]:
            continue
        number = as_number(row[column])
        if number is None:
            found.append(Problem(line, column, repr(row[column]), "a number with a decimal point, or nothing"))
            continue
        read[column] = number
        if number < 0 and row["metric"] not in _SIGNED:
            found.append(Problem(line, column, row[column], f"no negative {row['metric'] or 'number'}"))
        elif row["unit"] == "share" and number > 1:
            found.append(Problem(line, column, row[column], "a share within 0-1"))
    if not any(row[c] for c in NUMBERS):
        found.append(Problem(line, "value", "no number", "a value, or a bound in low or high"))
    ends = [read[c] for c in ("low", "value", "high") if c in read]
    if ends != sorted(ends):
        found.append(
            Problem(line, "low", f"low, value, high are {', '.join(f'{e:g}' for e in ends)}", "low ≤ value ≤ high")
        )
    return found


def as_number(text: str) -> float | None:
    """A finite number written with a decimal point, else None."""
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", text):
        return None
    number = float(text)
    return number if abs(number) < float("inf") else None


def _dates(row: dict[str, str], line: int, known_on: str) -> list[Problem]:
    """Periods and days that are none, and what was known before it had happened."""
    found = []
    end = period_end(row["period"])
    if row["period"] and end is None:
        found.append(Problem(line, "period", repr(row["period"]), _what("period")))
    known = row["known_on"] or known_on
    try:
        day = date.fromisoformat(known)
    except ValueError:
        return [*found, Problem(line, "known_on", repr(row["known_on"]), "a date such as 2025-06-12")]
    if end and row["period"] != "undated" and row["status"] in ("", "observed") and day < end:
        expected = f"a day on or after {end}, the end of the period; or status planned or forecast"
        found.append(Problem(line, "known_on", known, expected))
    return found


def period_end(period: str) -> date | None:
    """The last day of a period, the first of all days for `undated`; None for what is no period."""
    if period == "undated":
        return date.min
    if not re.fullmatch(PERIOD, period):
        return None
    try:
        ends = [pd.Period(part).end_time.date() for part in period.split("/")]
    except ValueError:
        return None
    return ends[-1] if ends == sorted(ends) else None


def known_materials() -> frozenset[str]:
    """Materials some figure of the dataset is of, and none."""
    return frozenset({*load_figures().materials(), ""})
