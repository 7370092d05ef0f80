"""How the licence office works in practice: the parameters of the regime, each as it was known on a day.

=============================  ==========================================  ========================================
name                           unit                                        what it is
=============================  ==========================================  ========================================
statutory_review_days          working days                                time limit by law, once papers are in order
office_start_weeks             weeks since effect                          nothing is decided before
review_weeks_mean              weeks                                       mean of the review of one application
review_stages                  stages                                      k of the Erlang law of the review
preparation_weeks              weeks                                       the exporter's, before a file is handed in
returned_share                 share of what leaves review                 sent back for more papers
refile_weeks                   weeks                                       until they come back, one at least
refused_share                  share of what is decided                    refused outright; the rest that is not
                                                                           approved is never decided
validity_weeks                 weeks                                       of a licence of one shipment
eligible_share                 share of the pre-control flow               what an office that works lets pass, never
                                                                           above one; a schedule by weeks since effect
level_after_control            ratio to the base                           exports once licences flow over the base;
                                                                           holds buyers' restocking too, so use it or
                                                                           `eligible_share`, not both
overcompliance_share           share                                       of goods not listed, stopped at the start
overcompliance_fade_weeks      weeks                                       e-folding time of that
swing_log_sd                   standard deviation of the log               slow swings of what passes
swing_memory_weeks             weeks                                       e-folding time of their autocorrelation
clampdown_per_year             per year                                    how often an office closes again, untold
clampdown_depth                share of the flow stopped                   while it is closed
clampdown_weeks                weeks                                       how long it stays closed
frontload_weeks_of_use         weeks of use                                wanted before the deadline, given notice
frontload_surge_limit          multiple of the base rate                   how fast that can be shipped
customs_clearing_weeks         weeks                                       for goods already at customs
leak_share                     share of the stopped flow                   that finds a third country
leak_delay_weeks               weeks                                       it comes later
leak_price_premium             share of the outside price                  and dearer
monthly_noise                  standard deviation of the root of a ratio   of a customs month
=============================  ==========================================  ========================================

Labels: `fitted` to monthly exports, `practice` from licensing records, `official`, or `judgement`. A row
counts as known from its date on; rows without a date are standing judgements that need no record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, cast, get_args

from sluicegate.regime.register import EU_MEMBERS
from sluicegate.regime.table import read_rows
from sluicegate.terms import NotFoundError, parse_place
from sluicegate.terms.parameter import Kind, Label, Parameter

EndUse = Literal["civil", "military"]
MATERIAL_GROUPS = (
    "rare earth raw materials",
    "magnets",
    "gallium and germanium",
    "tungsten",
    "antimony",
    "graphite",
    "other minerals",
)
"""Groups of items that one table of practice serves; `other minerals` has no rows of its own."""

_WORDS = (
    ("magnets", ("magnet",)),
    ("gallium and germanium", ("gallium", "germanium")),
    ("tungsten", ("tungst",)),
    ("antimony", ("antimony",)),
    ("graphite", ("graphite",)),
    ("rare earth raw materials", (
        "rare earth", "lanthanum", "cerium", "praseodymium", "neodymium", "samarium", "europium", "gadolinium",
        "terbium", "dysprosium", "holmium", "erbium", "thulium", "ytterbium", "lutetium", "scandium", "yttrium")),
)  # fmt: skip
"""What the groups are known by in the names of materials and products; a magnet is one whatever it is made of."""

_ELIGIBLE = "eligible_share"


def material_group(*names: str) -> str:
    """The group of practice that serves goods of these names: an item's materials, or a product of the world."""
    text = " ".join(names).casefold()
    return next((group for group, words in _WORDS if any(word in text for word in words)), "other minerals")


@dataclass(frozen=True)
class PracticeRow:
    """One line of the table: a parameter for a group, a destination tier and an end use, known from a day on."""

    group: str
    destination: str
    end_use: str
    from_week: int | None
    parameter: Parameter

    @property
    def known_on(self) -> date:
        """Day the row became known; standing judgements are as old as time."""
        return self.parameter.known_on or date.min

    def key(self) -> tuple[bool, bool, date]:
        """Which row is to be preferred: the more specific one, then the later one."""
        return (self.group != "any", self.destination != "any", self.known_on)


@dataclass(frozen=True)
class EligibleStep:
    """From a week since effect on, the share of the pre-control flow that passes."""

    from_week: int
    share: Parameter


def load_practice(as_of: date, material_group: str, destination: str | None = None) -> dict[str, Parameter]:
    """The parameters of a group and destination as known on a day.

    `eligible_share` is returned as one parameter per step, named `eligible_share civil w0` and so on.

    Parameters
    ----------
    as_of : no row known later is used
    material_group : one of `MATERIAL_GROUPS`
    destination : a place; None for a destination without a record of its own

    Returns
    -------
    dict from name to parameter, each the most specific row and of these the latest known.

    Raises
    ------
    NotFoundError : no such group or place.
    """
    rows = _usable(as_of, material_group, destination)
    plain = sorted({row.parameter.name for row in rows if row.from_week is None})
    found = {name: _best(row for row in rows if row.parameter.name == name).parameter for name in plain}
    for end_use in get_args(EndUse):
        for step in eligible_schedule(as_of, material_group, destination, end_use):
            found[step.share.name] = step.share
    return found


def eligible_schedule(
    as_of: date, material_group: str, destination: str | None = None, end_use: EndUse = "civil"
) -> tuple[EligibleStep, ...]:
    """The dated schedule of the eligible share, as known on a day: the steps of one vintage, in order of week.

    Raises
    ------
    NotFoundError : no such group or place.
    """
    rows = [r for r in _usable(as_of, material_group, destination) if r.end_use == end_use]
    best = _best(rows).key()
    steps = [EligibleStep(r.from_week, r.parameter) for r in rows if r.key() == best and r.from_week is not None]
    return tuple(sorted(steps, key=lambda step: step.from_week))


def eligible_at(schedule: Iterable[EligibleStep], weeks_since_effect: float) -> Parameter:
    """The share that holds a number of weeks after effect; the first step also serves earlier weeks."""
    steps = list(schedule)
    return next((s.share for s in reversed(steps) if s.from_week <= weeks_since_effect), steps[0].share)


@cache
def practice_rows() -> tuple[PracticeRow, ...]:
    """Every row of the table.

    Raises
    ------
    InputError : rows that cannot be read, all at once.
    """
    return read_rows("practice.csv", _read)


def tier(destination: str | None) -> frozenset[str]:
    """The tiers of the table a destination belongs to, `any` included."""
    if destination is None:
        return frozenset({"any"})
    code = parse_place(destination, where="destination")
    return frozenset({"any", code, *(("EUU",) if code in EU_MEMBERS else ())})


def _usable(as_of: date, group: str, destination: str | None) -> list[PracticeRow]:
    """Rows known by then that serve the group and the destination."""
    if group not in MATERIAL_GROUPS:
        raise NotFoundError(group, kind="material group", known=MATERIAL_GROUPS, where="practice")
    tiers = tier(destination)
    return [
        row
        for row in practice_rows()
        if row.known_on <= as_of and row.group in ("any", group) and row.destination in tiers
    ]


def _best(rows: Iterable[PracticeRow]) -> PracticeRow:
    """The most specific row, and of these the latest known."""
    return max(rows, key=PracticeRow.key)


def _read(line: dict[str, str]) -> PracticeRow:
    """One line of the table."""
    week = int(line["from_week"]) if line["from_week"] else None
    stepped = week is not None
    if stepped != (line["name"] == _ELIGIBLE):
        raise ValueError(f"{line['name']}: only {_ELIGIBLE} has steps by week")
    parameter = Parameter(
        name=f"{line['name']} {line['end_use']} w{week}" if stepped else line["name"],
        kind=cast(Kind, line["kind"]),
        p05=float(line["p05"]),
        p50=float(line["p50"]),
        p95=float(line["p95"]),
        unit=line["unit"],
        label=cast(Label, line["label"]),
        reason=line["reason"],
        refs=tuple(ref for ref in line["source"].split("; ") if ref),
        known_on=date.fromisoformat(line["known_on"]) if line["known_on"] else None,
    )
    return PracticeRow(line["group"], line["destination"], line["end_use"], week, parameter)
