"""Recorded episodes: what was announced when, what was shipped before and after, and the scenario that replays it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from sluicegate.history.record import Row, month_of, months_between, months_of, read_record
from sluicegate.scenario import Scenario
from sluicegate.terms import InputError, NotFoundError

SCORED_MONTHS = 12
"""Months from effect on whose reported figures are scored (V9)."""


@dataclass(frozen=True)
class Series:
    """A monthly series of an episode.

    Parameters
    ----------
    measure : exports at customs or imports at arrival ; scope : share of what the code holds that the measure is about
    base : mean month before the announcement, in `unit` ; how : how the base was formed
    """

    name: str
    unit: str
    measure: str
    products: tuple[str, ...]
    destination: str | None
    scope: float
    base: float
    how: str
    rows: tuple[Row, ...]

    def ratio(self, row: Row) -> float:
        """A month over the base."""
        return row.value / self.base


@dataclass(frozen=True)
class Episode:
    """One announcement and what followed."""

    name: str
    title: str
    group: str
    announced: date
    effective: date
    scenario: Scenario
    series: tuple[Series, ...]
    note: str = ""

    def age(self, row: Row) -> int:
        """Months since the measure took effect; 0 is the month of effect."""
        return months_between(self.effective, row.month)

    def scored(self, series: Series) -> list[Row]:
        """Reported months of the first twelve since effect."""
        return [r for r in series.rows if r.basis == "reported" and 0 <= self.age(r) < SCORED_MONTHS]

    def before(self, series: Series) -> list[Row]:
        """Reported or derived months before that of the announcement."""
        return [r for r in series.rows
                if r.basis in ("reported", "derived") and r.month < self.announced.replace(day=1)]  # fmt: skip

    def missing(self, series: Series) -> list[str]:
        """Months of the first twelve that no row reports; they are not filled in."""
        found = {self.age(r) for r in self.scored(series)}
        first = 12 * self.effective.year + self.effective.month - 1
        return [f"{(first + a) // 12}-{(first + a) % 12 + 1:02d}" for a in range(SCORED_MONTHS) if a not in found]


@cache
def load_episodes() -> tuple[Episode, ...]:
    """The recorded episodes that are replayed, by date of announcement."""
    folder = files("sluicegate.history") / "data"
    listed = yaml.safe_load((folder / "episodes.yaml").read_text("utf-8"))
    found = [read_episode(e, (folder / e["table"]).read_text("utf-8")) for e in listed]
    return tuple(sorted(found, key=lambda e: e.announced))


def find_episode(name: str) -> Episode:
    """An episode by name.

    Raises
    ------
    NotFoundError : there is none of that name; names the nearest.
    """
    known = {e.name: e for e in load_episodes()}
    if name not in known:
        raise NotFoundError(name, kind="episode", known=known, where="episode")
    return known[name]


def read_episode(data: dict[str, Any], table: str) -> Episode:
    """An episode from its entry and its table.

    Raises
    ------
    InputError : the table cannot be read, a series has another unit, one point only, or no base before the
        announcement.
    """
    rows = read_record(table, data["table"])
    return Episode(
        name=data["name"], title=data["title"], group=data["group"], announced=data["announced"],
        effective=data["effective"], note=data.get("note", ""), scenario=Scenario.model_validate(data["scenario"]),
        series=tuple(_series(s, rows, data) for s in data["series"]),
    )  # fmt: skip


def _series(entry: dict[str, Any], rows: tuple[Row, ...], data: dict[str, Any]) -> Series:
    where = f"{data['table']}: {entry['name']}"
    single = months_of(rows, entry["name"], entry["unit"], where)
    if len(single) < 2:
        raise InputError("a single point", where=where, expected="two months at least", do="Leave the series out.")
    base, how = _base(entry["base"], rows, single, data["announced"], where)
    return Series(entry["name"], entry["unit"], entry["measure"], tuple(entry["products"]), entry.get("destination"),
                  float(entry["scope"]), base, how, single)  # fmt: skip


def _base(base: dict[str, Any], rows: tuple[Row, ...], single: tuple[Row, ...], announced: date,
          where: str) -> tuple[float, str]:  # fmt: skip
    """The mean month before the announcement: of months named, or of a printed total less months reported apart."""
    named = [month_of(m) for m in base.get("months_of", base.get("less", ()))]
    found = {r.month: r.value for r in single}
    if absent := [str(m)[:7] for m in named if m not in found]:
        raise InputError(f"the base names {', '.join(absent)}, which the table lacks", where=where,
                         expected="months of the table", do="Name others.")  # fmt: skip
    if "months_of" in base:
        if late := [str(m)[:7] for m in named if m >= announced.replace(day=1)]:
            raise InputError(f"the base names {', '.join(late)}", where=where, do="Name earlier months.",
                             expected=f"months before the announcement of {announced}")  # fmt: skip
        return sum(found[m] for m in named) / len(named), f"mean of {', '.join(base['months_of'])}"
    totals = [r for r in rows if r.series == base["total"] and r.month == month_of(base["month"])]
    if len(totals) != 1:
        raise InputError(f"no total {base['total']} of {base['month']}", where=where, expected="one row",
                         do="Name a total that the table has.")  # fmt: skip
    months = base["months"] - len(named)
    value = (totals[0].value - sum(found[m] for m in named)) / months
    less = f" less {', '.join(base['less'])}" if named else ""
    return value, f"{base['total']} to {base['month']}{less}, over {months} months"
