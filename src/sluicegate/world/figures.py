"""Figures: every sourced number of the world dataset, with its source and the day it became known."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, cast

import pandas as pd
from pyarrow import bool_, float64, string, system_memory_pool
from pyarrow.csv import ConvertOptions, read_csv

from sluicegate.terms import InputError, NotFoundError
from sluicegate.world.correction import corrected, corrected_likewise, load_corrections
from sluicegate.world.file import DATA
from sluicegate.world.metric import METRICS
from sluicegate.world.overlay import Stamp, stamp, with_own_figures
from sluicegate.world.source import Source, load_source

_TYPES = {"value": float64(), "low": float64(), "high": float64(), "preferred": bool_()}
"""Columns of the file that are no text; Arrow's reader is five times quicker than the general one."""


@dataclass(frozen=True)
class Figure:
    """One sourced number.

    Parameters
    ----------
    figure_id : readable id, stable between editions of the dataset
    metric : what it measures, one of `metric.METRICS`
    material, item, stage : of what exactly
    place, partner : where; `partner` is the destination of a trade flow, or whom an import share is of
    period : `2024`, `2025-06`, `2025-06-12`, `2020/2023` or `undated`
    value, low, high : the number and its bounds in `unit`; None where the source gives none
    unit : our unit; shares lie within 0-1
    status : `observed`, `planned` or `forecast`
    source_id, page : where it is printed
    known_on : the day it became public
    grade : one of `metric.GRADES`
    preferred : whether to take it where several state the same quantity
    contradicts : the key shared by all that state the same quantity, empty when alone
    note : what else the source says
    """

    figure_id: str
    metric: str
    material: str
    item: str
    stage: str
    place: str
    partner: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    status: str
    source_id: str
    page: str
    known_on: date
    grade: str
    preferred: bool
    contradicts: str
    note: str

    @property
    def source(self) -> Source:
        """The publication it stands in."""
        return load_source(self.source_id)

    @property
    def last_year(self) -> int | None:
        """The year its period ends in; None when undated."""
        return None if self.period == "undated" else int(self.period.split("/")[-1][:4])

    def amount(self) -> str:
        """The number in words: shares as percent, a range where there is no central value."""
        if self.metric == "hhi" and self.value is not None:
            return f"{self.value * 1e4:,.0f} of 10,000"
        if self.value is not None:
            return _spelt(self.value, self.unit)
        if self.low is not None and self.high is not None:
            return f"{_spelt(self.low, self.unit)} to {_spelt(self.high, self.unit)}"
        bound = self.low if self.low is not None else self.high
        word = "at least" if self.low is not None else "at most"
        return f"{word} {_spelt(bound, self.unit)}" if bound is not None else "no number"

    def text(self) -> str:
        """One line: what, how much, when, from whom."""
        what = " ".join(p for p in (self.stage, self.metric, f"of {self.material}" if self.material else "") if p)
        where = "-".join(p for p in (self.place, self.partner) if p)
        item = f" ({self.item})" if self.item else ""
        return (
            f"{what}{item}, {where}, {self.period}: {self.amount()} [{self.source.citation()}; {self.grade}]".replace(
                ", ,", ","
            )
        )


class Figures:
    """The figures known by a day.

    Parameters
    ----------
    table : one row per figure, indexed by `figure_id`, columns as in `Figure`
    as_of : no figure in it became known later; None for all
    """

    def __init__(self, table: pd.DataFrame, as_of: date | None) -> None:
        self.table = table
        self.as_of = as_of

    def __len__(self) -> int:
        return len(self.table)

    def get(self, figure_id: str) -> Figure:
        """One figure.

        Raises
        ------
        NotFoundError : no such figure known by then; the message names the nearest.
        """
        if figure_id not in self.table.index:
            raise NotFoundError(figure_id, kind="figure", known=self.table.index, where=self._where())
        return _figure(figure_id, self.table.loc[figure_id].to_dict())

    def find(self, **wanted: str | list[str]) -> list[Figure]:
        """The figures whose columns hold what is wanted (one value, or any of a list), ordered by id.

        Raises
        ------
        InputError : a column that no figure has.
        NotFoundError : a material or metric that no figure of any date has.
        """
        keep = pd.Series(True, index=self.table.index)
        for column, values in wanted.items():
            options = [values] if isinstance(values, str) else values
            self._check(column, options)
            keep &= self.table[column].isin(options)
        found = self.table[keep]
        return [_figure(str(name), row) for name, row in zip(found.index, found.to_dict("records"), strict=True)]

    def text(self, figure_id: str) -> str:
        """A one-line citation of a figure; raises as `get`."""
        return self.get(figure_id).text()

    def materials(self) -> list[str]:
        """The materials some figure is of."""
        return sorted(m for m in _all_figures()["material"].unique() if m)

    def _check(self, column: str, options: list[str]) -> None:
        if column not in self.table.columns:
            columns = ", ".join(self.table.columns)
            raise InputError(
                f"column {column!r}", where="figures", expected=f"one of {columns}", do="Correct the name."
            )
        if column == "metric":
            known: list[str] | set[str] = METRICS
        elif column == "material":
            known = [*self.materials(), ""]
        else:
            return
        for option in options:
            if option not in known:
                raise NotFoundError(option, kind=column, known=known, where="figures")

    def _where(self) -> str:
        return f"figures known by {self.as_of.isoformat()}" if self.as_of else "figures"


def load_figures(as_of: date | None = None) -> Figures:
    """The figures known by a day, corrected, the user's own among them; all of them when no day is given."""
    table = _all_figures()
    return Figures(table if as_of is None else table[table["known_on"] <= as_of.isoformat()], as_of)


def printed_figures() -> pd.DataFrame:
    """The table as the sources have it, before corrections, indexed by `figure_id`; numbers are NaN where absent."""
    with (DATA / "figures.csv").open("rb") as text:
        table = read_csv(
            text,
            convert_options=ConvertOptions(
                column_types={f.name: _TYPES.get(f.name, string()) for f in fields(Figure)},
                true_values=["True"],
                false_values=["False"],
                strings_can_be_null=False,
            ),
            memory_pool=system_memory_pool(),
        )  # the usual pool keeps 25 MB of what reading took
    return cast("pd.DataFrame", table.to_pandas().set_index("figure_id"))


def _all_figures() -> pd.DataFrame:
    return _figures(stamp())


@lru_cache(maxsize=4)
def _figures(_own: Stamp) -> pd.DataFrame:
    printed, corrections = printed_figures(), load_corrections()
    shipped = corrected(printed, corrections)
    return with_own_figures(shipped, lambda own: corrected_likewise(own, printed, corrections))


def _figure(figure_id: str, row: Mapping[Hashable, Any]) -> Figure:
    words = {str(column): str(cell) for column, cell in row.items()}
    value, low, high = (None if pd.isna(row[c]) else float(row[c]) for c in ("value", "low", "high"))
    return Figure(
        figure_id=figure_id,
        metric=words["metric"],
        material=words["material"],
        item=words["item"],
        stage=words["stage"],
        place=words["place"],
        partner=words["partner"],
        period=words["period"],
        value=value,
        low=low,
        high=high,
        unit=words["unit"],
        status=words["status"],
        source_id=words["source_id"],
        page=words["page"],
        known_on=date.fromisoformat(words["known_on"]),
        grade=words["grade"],
        preferred=bool(row["preferred"]),
        contradicts=words["contradicts"],
        note=words["note"],
    )


def _spelt(number: float, unit: str) -> str:
    """A number with its unit; at most four significant digits, a share as percent."""
    if unit == "share":
        return f"{float(f'{number * 100:.3g}'):g} %"
    shown = f"{number:,.0f}" if abs(number) >= 1000 else f"{float(f'{number:.4g}'):g}"
    return f"{shown} {unit.replace('musd', 'm USD')}"
