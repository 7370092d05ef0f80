"""What a claim can be compared with: the figures of the dataset, one basis for each stage of the chain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sluicegate.world.figures import Figure, Figures
from sluicegate.world.metric import GRADES
from sluicegate.world.overlay import OWN

STAGE_WORDS = {
    "mine": "mine output",
    "separation": "separation",
    "refining": "refined output",
    "smelting": "smelting",
    "metal": "metal making",
    "oxide": "oxide output",
    "alloy": "alloy output",
    "magnet": "magnet output",
    "anode": "anode material",
    "synthetic": "synthetic output",
    "supply": "supply, stage not stated",
    "": "output",
}


@dataclass(frozen=True)
class Basis:
    """One number a claim is compared with.

    Parameters
    ----------
    name : what it measures, in words (`mine output`)
    value, low, high : the number and its bounds, shares 0-1; None where there is none
    unit : its unit
    period : of the figure
    figures : what it comes from: one figure, or numerator and denominator of a share
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period: str
    figures: tuple[Figure, ...]

    @property
    def known_on(self) -> date:
        """The day the last of its figures became public."""
        return max(f.known_on for f in self.figures)

    def as_dict(self) -> dict[str, object]:
        """The shape a claim's check has in JSON; a share of two figures names the second under `of`."""
        first = self.figures[0]
        shape: dict[str, object] = {
            "id": first.figure_id,
            "basis": self.name,
            "value": self.value,
            "unit": self.unit,
            "year": first.last_year,
            "source": first.source.citation(),
            "known_on": self.known_on.isoformat(),
        }
        bounds = {"low": self.low, "high": self.high}
        shape |= {name: bound for name, bound in bounds.items() if bound is not None}
        return shape | ({"of": self.figures[1].figure_id} if len(self.figures) > 1 else {})


def of_figure(figure: Figure, name: str) -> Basis:
    """A basis of one figure."""
    return Basis(name, figure.value, figure.low, figure.high, figure.unit, figure.period, (figure,))


def output_shares(figures: Figures, material: str, places: list[str]) -> list[Basis]:
    """Shares of world output that places hold together: as printed, and as national over world output of one source."""
    printed = _find(figures, "share of world output", material, place=places) if len(places) == 1 else []
    shares = [of_figure(f, STAGE_WORDS[f.stage]) for f in printed if f.unit == "share"]
    world = {(f.source_id, f.period, f.stage, f.item): f for f in _find(figures, "production", material, place=["WLD"])}
    national: dict[tuple[str, str, str, str], list[Figure]] = {}
    for figure in _find(figures, "production", material, place=places):
        national.setdefault((figure.source_id, figure.period, figure.stage, figure.item), []).append(figure)
    for key, parts in national.items():
        total = world.get(key)
        if total is None or not total.value or len(parts) != len(places):
            continue
        tonnes = [p.value for p in parts if p.value is not None]
        if len(tonnes) == len(parts):
            share = sum(tonnes) / total.value
            shares.append(Basis(STAGE_WORDS[key[2]], share, None, None, "share", key[1], (parts[0], total)))
    return shares


def import_shares(figures: Figures, material: str, places: list[str]) -> list[Basis]:
    """How much of a place's imports or use comes from another; from abroad at all, when one place is named."""
    found = _find(figures, "import share", material, place=places, partner=places)
    shares = [of_figure(f, f"imports of {f.item}" if f.item else "imports") for f in found]
    if len(places) == 1:
        reliance = _find(figures, "net import reliance", material, place=places)
        shares += [
            of_figure(f, f"net import reliance, {f.item}" if f.item else "net import reliance") for f in reliance
        ]
    return shares


def flows(figures: Figures, material: str, places: list[str]) -> list[Basis]:
    """Traded tonnage of a place, or between two."""
    ends = [*places, "WLD"] if len(places) == 1 else places
    found = _find(figures, "trade quantity", material, place=ends, partner=ends)
    return [of_figure(f, f"trade, {f.item}") for f in found if not {f.place, f.partner} <= {"WLD"}]


def amounts(figures: Figures, metrics: list[str], material: str, places: list[str]) -> list[Basis]:
    """Figures of some metrics as they stand: output, reserves, capacity, quota, price, money."""
    found: list[Figure] = []
    for metric in metrics:
        found += _find(figures, metric, material, **({"place": places} if places else {}))
    return [of_figure(f, _amount_name(f)) for f in found]


def _amount_name(figure: Figure) -> str:
    words = (
        STAGE_WORDS[figure.stage] if figure.metric == "production" and figure.stage in STAGE_WORDS else figure.metric
    )
    return f"{words}, {figure.item}" if figure.item else words


def _find(figures: Figures, metric: str, material: str, **ends: list[str]) -> list[Figure]:
    """Figures of a metric and material, none for a material the dataset does not know; no forecasts."""
    if material not in figures.materials():
        return []
    return [f for f in figures.find(metric=metric, material=material, **ends) if f.status != "forecast"]


def best(bases: Iterable[Basis], year: float) -> Basis | None:
    """The basis nearest a year; of equally near ones the plain total, the user's own, the better grade, the latest."""
    return min(bases, key=lambda b: _rank(b, year), default=None)


def distance(basis: Basis, year: float) -> float:
    """Years between the middle of a basis's period and a year; far when undated."""
    middle = middle_of(basis.period)
    return 99.0 if middle is None else abs(middle - year)


def middle_of(period: str) -> float | None:
    """The middle of a period as a year: `2020/2023` is 2021.5, `2025` is 2025, `2025-06` is 2025 too."""
    if period == "undated":
        return None
    years = [int(part[:4]) for part in period.split("/")]
    return sum(years) / len(years)


def _rank(basis: Basis, year: float) -> tuple[float, bool, bool, int, bool, int]:
    first = basis.figures[0]
    part, ours = bool(first.item), not first.figure_id.startswith(OWN)
    return (
        distance(basis, year),
        part,
        ours,
        GRADES.index(first.grade),
        not first.preferred,
        -basis.known_on.toordinal(),
    )
