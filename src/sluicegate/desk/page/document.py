"""Reading the brief's JSON document: what is absent, or not of the expected kind, is empty.

Beside the fields of the contract a document may carry:

* `headline`: `{"says", "moves", "answer"}`, sentences written from the results
* `chart_data`: `{"shortage_paths": [{"id", "label", "weeks", "q05", ..., "q95"}]` (use relative to no control, 0-1),
  `"pain": [{"label", "dates", "share_past"}]}` (share of runs past their first shortage)
* `how_sure`: `{"decides": [{"parameter", "share", "label"}], "past": sentence}`
* on a shortage: `label`, `evidence`, `judgement_share`, `spark` (list of floats)
* on the edge: `unit` of the losses (`m USD per week` if absent), `loss_share_of_gdp` (a number: the target's
  median loss as a share of its GDP)
* on a response: `worth_it`; on a check: `says`; on the provenance: `command`, `figures` (sentence on their age)
* on any object: `id`, the key of its citation in `provenance.sources`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sluicegate.desk.page.charts import Bands
from sluicegate.desk.page.figure import finite, read_date
from sluicegate.terms import place_in_sentence, place_name

Record = Mapping[str, Any]


def record(value: Any, *path: str) -> Record:
    """The object at `path` below `value`; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def records(value: Any, *path: str) -> list[Record]:
    """The objects of the list at `path` below `value`; empty where there is none."""
    found = record(value, *path[:-1]).get(path[-1])
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def said(value: Record, key: str) -> str:
    """The text (or number, as text) under `key`; empty where there is none."""
    found = value.get(key)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def texts(value: Record, key: str) -> list[str]:
    """The texts of the list under `key`; empty where there is none."""
    found = value.get(key)
    return [str(item) for item in found if item] if isinstance(found, list) else []


def series(value: Record, key: str) -> list[float | None]:
    """The numbers of the list under `key`, shape (points,); what is absent or not finite is None."""
    found = value.get(key)
    return [finite(item) for item in found] if isinstance(found, list) else []


def named_place(code: Any) -> str:
    """The English name of a place code, the code itself where there is none."""
    try:
        return place_name(str(code))
    except KeyError:
        return str(code) if code else ""


def spoken_place(code: Any) -> str:
    """The name of a place code as a sentence takes it: `the United States`; the code itself where there is none."""
    try:
        return place_in_sentence(str(code))
    except KeyError:
        return str(code) if code else ""


def dated_bands(rows: Sequence[tuple[Any, Record]]) -> tuple[list[date], Bands]:
    """Dates and quantiles of `(date, {Q})` rows, in the order of time; rows without a date are left out."""
    dated = sorted(((d, q) for day, q in rows if (d := read_date(day)) is not None), key=lambda pair: pair[0])
    paths = {name: [finite(q.get(name)) for _, q in dated] for name in ("q05", "q25", "q50", "q75", "q95")}
    return [d for d, _ in dated], Bands(**paths)


def days(value: Record, key: str) -> list[date | None]:
    """The ISO dates of the list under `key`, shape (points,); what is no date is None."""
    found = value.get(key)
    return [read_date(item) for item in found] if isinstance(found, list) else []


def columns_as_rows(value: Record, dates_key: str) -> list[tuple[Any, Record]]:
    """A record of five lists and one of dates as `(date, {Q})` rows, as long as the shortest."""
    names = ("q05", "q25", "q50", "q75", "q95")
    quantiles = [series(value, name) for name in names]
    rows = zip(days(value, dates_key), zip(*quantiles, strict=False), strict=False)
    return [(day, dict(zip(names, row, strict=True))) for day, row in rows]
