"""Is a claim with a number in it borne out by the dataset? Every basis is shown; what became known later is marked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sluicegate.terms import parse_place
from sluicegate.world import basis as bases
from sluicegate.world.basis import Basis
from sluicegate.world.claim_amount import ClaimAmount, read_amount
from sluicegate.world.figures import Figures, load_figures

AGREES, DISAGREES, ABSENT = "agrees", "disagrees", "not in dataset"

STALE_YEARS = 4.0
"""A basis farther than this from the claim's year does not decide while a nearer one exists."""

_RELATIONS = {"production_share", "trade_share", "import_dependence", "trade_volume"}
_METRICS = {
    "production_volume": ["production"],
    "reserve": ["reserves", "resource"],
    "capacity": ["capacity"],
    "quota_set": ["quota"],
    "price_move": ["price", "price change"],
    "financing": ["financing", "stock purchase plan"],
    "investment": ["financing", "project cost"],
    "project_cost": ["project cost"],
    "stockpiling": ["stock", "stock purchase plan", "stock value"],
    "lead_time": ["lead time"],
}
_VOLUMES = {"trade_volume", "production_volume"}
_MONTH = re.compile(r"\d{4}-\d{2}")
_ONE_OF_MANY = {"capacity", "financing", "investment", "project_cost", "stockpiling", "lead_time", "price_move"}
"""Claims about one plant, deal or day among many: another number is another thing, so only agreement can be told."""


@dataclass(frozen=True)
class Compared:
    """One basis and whether the claim agrees with it."""

    basis: Basis
    verdict: str

    def as_dict(self) -> dict[str, object]:
        """The basis in its JSON shape, with the verdict."""
        return self.basis.as_dict() | {"verdict": self.verdict}


@dataclass(frozen=True)
class MaterialCheck:
    """A claim checked for one material.

    Parameters
    ----------
    material : the material
    verdict : `agrees` with at least one basis, `disagrees` with all, or `not in dataset`
    compared : each basis known by the day, with its own verdict
    others : further figures of the same bases: other years, other publishers
    later : what became known after the day; for checking only, never for the model
    says : one plain sentence
    """

    material: str
    verdict: str
    compared: tuple[Compared, ...]
    others: tuple[Basis, ...]
    later: tuple[Compared, ...]
    says: str


@dataclass(frozen=True)
class Check:
    """The outcome for a whole claim.

    Parameters
    ----------
    verdict : `disagrees` if it does for one material, else `agrees` if it does for one, else `not in dataset`
    parts : one per material
    says : all sentences
    """

    verdict: str
    parts: tuple[MaterialCheck, ...] = field(default=())
    says: str = ""

    def as_dict(self, *, include_later: bool = False) -> dict[str, object]:
        """`{"verdict", "says", "figures", "materials"}`; with `later` the figures known only afterwards."""
        shape: dict[str, object] = {
            "verdict": self.verdict,
            "says": self.says,
            "figures": [c.as_dict() | {"material": p.material} for p in self.parts for c in p.compared],
            "materials": [{"material": p.material, "verdict": p.verdict, "says": p.says} for p in self.parts],
        }
        if include_later:
            shape["later"] = [
                c.as_dict() | {"material": p.material, "note": "known later: for checking only, not used in the model"}
                for p in self.parts
                for c in p.later
            ]
        return shape


def check_claim(
    claim_type: str,
    materials: Sequence[str],
    actor: Sequence[str],
    target: Sequence[str],
    amounts: Sequence[Mapping[str, object]],
    dates: Sequence[str],
    as_of: date,
) -> Check:
    """Compare a claim's number with the figures known by a day.

    Parameters
    ----------
    claim_type : as the reader names it (`production_share`, `import_dependence`, `quota_set`, ...)
    materials : the materials it is about; each is checked on its own
    actor, target : places, as codes or names
    amounts : `{"value", "unit", "qualifier"}` in the article's units; the first usable one counts
    dates : what period it speaks of; without any, the year of `as_of`
    as_of : figures that became known later decide nothing

    Raises
    ------
    NotFoundError : a place we do not know.
    """
    amount = next((a for a in map(read_amount, amounts) if a is not None), None)
    if amount is None or (claim_type not in _RELATIONS and claim_type not in _METRICS):
        return Check(ABSENT, says="The claim has no number that the dataset holds figures for.")
    everything = load_figures()
    named = list(actor or target) if claim_type == "production_share" else [*actor, *target]
    places = [p for p in dict.fromkeys(_code(p) for p in named if p) if p != "WLD"]
    year = _claim_year(dates, as_of)
    month = _claim_month(dates) if claim_type in _VOLUMES else None
    parts = [_for_material(everything, claim_type, m, places, amount, year, as_of, month) for m in materials]
    verdicts = {p.verdict for p in parts}
    verdict = next((v for v in (DISAGREES, AGREES) if v in verdicts), ABSENT)
    return Check(verdict, tuple(parts), " ".join(p.says for p in parts))


def _code(place: str) -> str:
    return place if len(place) == 3 and place.isupper() else parse_place(place, where="claim")


def _claim_month(dates: Sequence[str]) -> str | None:
    """The month a volume is of, where the claim dates it to a month or a day; None for a year or longer."""
    return next((d[:7] for d in dates if "/" not in d and _MONTH.match(d)), None)


def _claim_year(dates: Sequence[str], as_of: date) -> float:
    """The middle of the years a claim names, the year of the day otherwise."""
    middles = [bases.middle_of(d) for d in dates if d[:4].isdigit()]
    years = [m for m in middles if m is not None]
    return sum(years) / len(years) if years else float(as_of.year)


def _candidates(figures: Figures, claim_type: str, material: str, places: list[str]) -> list[Basis]:
    if claim_type == "production_share":
        return bases.output_shares(figures, material, places)
    if claim_type in ("import_dependence", "trade_share"):
        return bases.import_shares(figures, material, places)
    if claim_type == "trade_volume":
        return bases.flows(figures, material, places)
    return bases.amounts(figures, _METRICS[claim_type], material, places)


def _for_material(
    figures: Figures,
    claim_type: str,
    material: str,
    places: list[str],
    amount: ClaimAmount,
    year: float,
    as_of: date,
    month: str | None = None,
) -> MaterialCheck:
    """One material's bases, best of each, with their verdicts; a month's volume is compared with that month's only."""
    found = [b for b in _candidates(figures, claim_type, material, places) if amount.comparable(b.unit)]
    if claim_type in _VOLUMES:
        found = [b for b in found if (b.period[:7] if _MONTH.match(b.period) else None) == month]
    if claim_type == "price_move":
        found = [b for b in found if bases.distance(b, year) <= 1]
    known = [b for b in found if b.known_on <= as_of]
    later = [b for b in found if b.known_on > as_of]
    if claim_type in _ONE_OF_MANY or any(claim_type == "quota_set" and amount.agrees(b) for b in known):
        known, later = [b for b in known if amount.agrees(b)], [b for b in later if amount.agrees(b)]
    leading = _best_of_each(known, year)
    nearest = min((bases.distance(b, year) for b in leading), default=0.0)
    fresh = [b for b in leading if bases.distance(b, year) <= max(STALE_YEARS, nearest)]
    compared = tuple(Compared(b, AGREES if amount.agrees(b) else DISAGREES) for b in fresh)
    afterwards = tuple(Compared(b, AGREES if amount.agrees(b) else DISAGREES) for b in _best_of_each(later, year))
    verdicts = {c.verdict for c in compared}
    verdict = next((v for v in (AGREES, DISAGREES) if v in verdicts), ABSENT)
    others = tuple(b for b in known if b not in fresh)
    return MaterialCheck(material, verdict, compared, others, afterwards, _says(material, compared, afterwards))


def _best_of_each(found: Sequence[Basis], year: float) -> list[Basis]:
    """The best basis of each name, in the order of the names."""
    chosen = [bases.best([b for b in found if b.name == name], year) for name in sorted({b.name for b in found})]
    return [b for b in chosen if b is not None]


def _says(material: str, compared: Sequence[Compared], later: Sequence[Compared]) -> str:
    """One sentence: what the claim agrees and disagrees with, each with number, year and source."""
    name = material[:1].upper() + material[1:]
    if not compared:
        late = next(iter(later), None)
        known = f"; known later, {late.basis.known_on.isoformat()}: {_shown(late.basis)}" if late else ""
        return f"{name}: no matching figure known by then{known}."
    clauses = [
        f"{verdict} with "
        + " and ".join(f"{c.basis.name} ({_shown(c.basis)})" for c in compared if c.verdict == verdict)
        for verdict in (DISAGREES, AGREES)
        if any(c.verdict == verdict for c in compared)
    ]
    return f"{name}: {', '.join(clauses)}."


def _shown(basis: Basis) -> str:
    """`60 % in 2024, US Geological Survey (2025)`."""
    first = basis.figures[0]
    number = first.amount()
    if basis.unit == "share" and basis.value is not None:
        ends = [n for n in (basis.low, basis.value, basis.high) if n is not None]
        number = " to ".join(dict.fromkeys(f"{round(100 * n)}" for n in (min(ends), max(ends)))) + " %"
    when = "undated" if basis.period == "undated" else f"in {basis.period.replace('/', ' to ')}"
    source = first.source.title if first.grade == "derived" else f"{first.source.publisher} ({first.source.year})"
    return f"{number} {when}, {source}"
