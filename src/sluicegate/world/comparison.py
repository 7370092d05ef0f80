"""The indices of one material side by side: what each says, for which year, from what.

Every entry stands by itself; `ranking` puts them in order and says where they disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sluicegate.metrics import geopolrisk, instability, n_minus_1
from sluicegate.terms import place_in_sentence, place_name
from sluicegate.world.chain import World
from sluicegate.world.dependence import dependence
from sluicegate.world.figures import load_figures
from sluicegate.world.governance import risk_by_place
from sluicegate.world.output import RISK_UNKNOWN, Output, world_output
from sluicegate.world.published import load_published
from sluicegate.world.purchases import Purchases, purchases
from sluicegate.world.year import BASE_YEAR

WGI = "wgi-2025"
MINE, REFINING = ("mine",), ("refining", "smelting", "separation", "metal")
EU_NAMES = {"graphite": ("Natural graphite",), "rare earths": ("LREE", "HREE")}
"""The Commission's names where they are not ours; of several the riskier counts."""


@dataclass(frozen=True)
class Entry:
    """What one method says of one material.

    Parameters
    ----------
    method : a key of `METHODS`
    value : in `unit`; None where only a bound is known
    low, high : bounds, None where there are none
    unit, year : of the value
    source : the source it is printed in, or what it is computed from
    because : one clause with the evidence, for a reader who asks why
    inputs : ids of the figures, sources and rows behind it
    """

    method: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    year: int
    source: str
    because: str
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A material as one importing place sees it in one year, with what several methods share."""

    world: World
    material: str
    place: str
    year: int

    @cached_property
    def mined(self) -> Output | None:
        """World output at the mine."""
        return world_output(self.material, MINE, self.year)

    @cached_property
    def refined(self) -> Output | None:
        """World output at the refinery or smelter."""
        return world_output(self.material, REFINING, self.year)

    @cached_property
    def bought(self) -> Purchases | None:
        """Imports of the place."""
        return purchases(self.material, self.place, self.year)

    @cached_property
    def chain(self) -> dict[str, dict[str, Any]]:
        """Dependence by product of the chain past the mine, where ores of one mine would each stand alone."""
        products = self.world.products[self.world.products["stage"] != "mine"]
        own = products.index[(products["material"] == self.material) | (products["element"] == self.material)]
        return {product: dependence(self.world, product) for product in own}

    def printed_by_eu(self, column: str) -> dict[str, Any] | None:
        """The row of the Commission's study with a number in the column; of several the one with the greatest."""
        table = load_published("eu_2023")
        names = EU_NAMES.get(self.material, (self.material.capitalize(),))
        rows = table[table["material"].isin(names) & table[column].notna()].sort_values(column)
        return None if rows.empty else {str(k): v for k, v in rows.iloc[-1].to_dict().items()}


def concentration(subject: Subject, output: Output | None, method: str, verb: str) -> Entry | None:
    """Plain concentration of world output, 0-10,000."""
    if output is None:
        return None
    place, share = output.largest
    because = f"{place_name(place)} {verb} {share:.0%} of the world's {subject.material}"
    year, source = output.year, output.source_id
    return Entry(method, output.hhi(), None, None, "0-10,000", year, source, because, output.figure_ids)


def governed(output: Output | None, method: str, verb: str) -> Entry | None:
    """Concentration of world output weighted by governance, 0-10; bounds from suppliers without an estimate."""
    if output is None:
        return None
    risk = risk_by_place(output.year)
    low, value, high = (output.governed(risk, unknown=unknown) for unknown in RISK_UNKNOWN)
    place, share = output.largest
    rated = f"{risk[place]:.1f} of 10 for risk" if place in risk else "by nobody"
    because = f"{place_name(place)}, its government rated {rated}, {verb} {share:.0%}"
    source, inputs = f"{output.source_id} with {WGI}", (*output.figure_ids, WGI)
    return Entry(method, value, low, high, "0-10", output.year, source, because, inputs)


def eu_supply_risk(subject: Subject) -> Entry | None:
    """Supply risk as the Commission prints it."""
    row = subject.printed_by_eu("supply_risk")
    if row is None:
        return None
    stage = str(row["stage_used"]).lower()
    counted = "world supply counts" if row[f"basis_{stage}"] == "GSonly" else "the EU's own sourcing counts too"
    because = f"at {stage} {counted}, less {row['recycled_input']:.0%} for what is recycled"
    return _printed("eu-supply-risk", row, "supply_risk", because)


def eu_economic_importance(subject: Subject) -> Entry | None:
    """Economic importance as the Commission prints it."""
    row = subject.printed_by_eu("economic_importance")
    if row is None:
        return None
    because = f"the industries of the EU that use it are worth {row['economic_importance']:g} of 10, whoever supplies"
    return _printed("eu-economic-importance", row, "economic_importance", because)


def _printed(method: str, row: dict[str, Any], column: str, because: str) -> Entry:
    inputs = (f"published:eu_2023|{row['material']}",)
    return Entry(method, float(row[column]), None, None, "0-10", 2023, str(row["source_id"]), because, inputs)


def import_risk(subject: Subject) -> Entry | None:
    """GeoPolRisk of the place's imports, 0-1; imports of unlisted origin count as the middle, bounds 0 and 1."""
    output, bought = subject.refined or subject.mined, subject.bought
    if output is None or bought is None:
        return None
    origins = list(bought.by_origin)
    risk = risk_by_place(subject.year)
    rated = [risk[o] / 10 if o in risk else np.nan for o in origins]
    amounts = [*bought.by_origin.values(), bought.unlisted_t]
    home = output.made.get(subject.place, 0.0)
    low, value, high = (
        float(geopolrisk(output.hhi(), amounts, [*rated, unlisted], home, np.nan).score)
        for unlisted in (0.0, float(instability(0.0)), 1.0)
    )
    source = f"{output.source_id} with {bought.source_id} and {WGI}"
    return Entry("geopolrisk", value, low, high, "0-1", subject.year, source,
                 _import_clause(subject, bought, home), (*output.figure_ids, *bought.figure_ids, WGI))  # fmt: skip


def _import_clause(subject: Subject, bought: Purchases, home: float) -> str:
    abroad = bought.total_t / (bought.total_t + home)
    first = max(bought.by_origin, key=lambda o: bought.by_origin[o], default=None)
    most = f", most from {place_in_sentence(first)}" if first else ""
    return f"{abroad:.0%} of what {place_in_sentence(subject.place)} has is imported{most}"


def chain_concentration(subject: Subject) -> Entry | None:
    """Concentration of the most concentrated product of our chain, 0-10,000."""
    indices = {product: d["hhi"] for product, d in subject.chain.items() if d["hhi"] is not None}
    if not indices:
        return None
    product = max(indices, key=lambda p: indices[p])
    made = {row["place"]: row["made_t_per_yr"] for row in subject.chain[product]["places"]}
    first = max(made, key=lambda p: made[p])
    because = f"{place_name(first)} makes {made[first] / sum(made.values()):.0%} of the world's {product}"
    return _of_chain("chain-concentration", float(indices[product]), "0-10,000", because, product)


def chain_reliance(subject: Subject) -> Entry | None:
    """Net import reliance of the place over the products of our chain, by what its use of each is worth.

    A product without a price outside China is left out; below 0 for net exporters.
    """
    price = subject.world.products["price_outside_usd_per_kg"]
    rows = [
        (product, row["net_import_reliance"], row["apparent_consumption_t_per_yr"] * price[product])
        for product, d in subject.chain.items()
        for row in d["places"]
        if row["place"] == subject.place and row["net_import_reliance"] is not None and price[product] > 0
    ]
    if not rows:
        return None
    worth = sum(value for _, _, value in rows)
    reliance = sum(share * value for _, share, value in rows) / worth
    trades = f"net-imports {reliance:.0%}" if reliance >= 0 else f"net-exports {-reliance:.0%}"
    because = f"{place_in_sentence(subject.place)} {trades} of what it uses past the mine by value, whoever sells"
    return _of_chain("chain-reliance", float(reliance), "share", because, *(product for product, _, _ in rows))


def remainder(subject: Subject) -> Entry | None:
    """N-1 of the product of our chain where it is least."""
    ratios = {}
    for product, d in subject.chain.items():
        supply = {row["place"]: row["made_t_per_yr"] for row in d["places"]}
        demand = {row["place"]: max(row["apparent_consumption_t_per_yr"], 0.0) for row in d["places"]}
        first = max(supply, key=lambda p: supply[p])
        if sum(t for p, t in demand.items() if p != first) > 0:
            ratios[product] = (n_minus_1(supply, demand), first)
    if not ratios:
        return None
    product = min(ratios, key=lambda p: ratios[p][0])
    ratio, first = ratios[product]
    because = f"without {place_in_sentence(first)} the others make {ratio:.0%} of what they use of {product}"
    return _of_chain("n-minus-1", ratio, "ratio", because, product)


def _of_chain(method: str, value: float, unit: str, because: str, *products: str) -> Entry:
    inputs = tuple(f"product:{product}" for product in products)
    return Entry(method, value, None, None, unit, BASE_YEAR, "the balanced chain of the base year", because, inputs)


def printed_reliance(subject: Subject) -> Entry | None:
    """Net import reliance as the US Geological Survey prints it, for the United States."""
    table = load_figures().table
    rows = table[
        (table["metric"] == "net import reliance") & (table["material"] == subject.material)
        & (table["place"] == subject.place) & (table["period"] == str(subject.year)) & table["preferred"]
        & table[["value", "low", "high"]].notna().any(axis=1) & table["item"].isin(["", "compounds and metals"])
    ]  # fmt: skip
    if rows.empty:
        return None
    row = rows.iloc[0]
    value, low, high = (None if np.isnan(row[c]) else float(row[c]) for c in ("value", "low", "high"))
    because = f"{place_in_sentence(subject.place)} net-imports {_bounded(value, low, high)} of its use, whoever sells"
    return Entry("printed-reliance", value, low, high, "share", subject.year, str(row["source_id"]), because,
                 (str(rows.index[0]),))  # fmt: skip


def _bounded(value: float | None, low: float | None, high: float | None) -> str:
    if value is not None:
        return f"{value:.0%}"
    return f"more than {low:.0%}" if low is not None else f"less than {high or 0:.0%}"


@dataclass(frozen=True)
class Method:
    """One index.

    Parameters
    ----------
    title : what it is
    formula : how it is reckoned, or where it is printed
    asks : what a high value means
    riskier_when : `high` or `low`
    of : the entry of a subject
    """

    title: str
    formula: str
    asks: str
    riskier_when: str
    of: Callable[[Subject], Entry | None]


METHODS: dict[str, Method] = {
    "hhi-mine": Method(
        "HHI at the mine", "sum of squared percentages of world mine output", "few places mine it", "high",
        lambda s: concentration(s, s.mined, "hhi-mine", "mines"),
    ),
    "hhi-refining": Method(
        "HHI at the refinery", "sum of squared percentages of world refined or smelted output", "few places refine it",
        "high", lambda s: concentration(s, s.refined, "hhi-refining", "refines"),
    ),
    "hhi-wgi-mine": Method(
        "HHI-WGI at the mine", "sum of squared shares x governance risk (0-10), t = 1",
        "few places with weak governments mine it", "high", lambda s: governed(s.mined, "hhi-wgi-mine", "mines"),
    ),
    "hhi-wgi-refining": Method(
        "HHI-WGI at the refinery", "sum of squared shares x governance risk (0-10), t = 1",
        "few places with weak governments refine it", "high",
        lambda s: governed(s.refined, "hhi-wgi-refining", "refines"),
    ),
    "eu-supply-risk": Method(
        "EU supply risk, printed", "European Commission 2023", "the EU's supply is concentrated and hard to replace",
        "high", eu_supply_risk,
    ),
    "eu-economic-importance": Method(
        "EU economic importance, printed", "European Commission 2023", "much value added uses it", "high",
        eu_economic_importance,
    ),
    "geopolrisk": Method(
        "GeoPolRisk score", "HHI x imports weighted by instability / (imports + output at home)",
        "the place imports it from unstable suppliers in a concentrated market", "high", import_risk,
    ),
    "n-minus-1": Method(
        "N-1", "supply / use, both without the largest supplier; the least of the chain's products",
        "others could not supply themselves", "low", remainder,
    ),
    "printed-reliance": Method(
        "Net import reliance, printed", "US Geological Survey", "the place makes little of what it uses", "high",
        printed_reliance,
    ),
    "chain-reliance": Method(
        "Net import reliance of our chain", "(imports - exports - stock change) / apparent consumption, past the mine, "
        "by value", "the place makes little of what it uses", "high", chain_reliance,
    ),
    "chain-concentration": Method(
        "HHI of our chain", "sum of squared percentages of output; the greatest of the chain's products",
        "few places make one of its products", "high", chain_concentration,
    ),
}  # fmt: skip
"""The methods, in the order they are shown."""


def entries(world: World, material: str, place: str, year: int) -> dict[str, Entry]:
    """What each method says of a material, by method; a method that cannot say anything is left out."""
    subject = Subject(world, material, place, year)
    said = ((name, method.of(subject)) for name, method in METHODS.items())
    return {name: entry for name, entry in said if entry is not None}


def comparable(world: World) -> list[str]:
    """Materials that the methods can be asked about: those with output figures, and those of the chain."""
    table = load_figures().table
    made = table[(table["metric"] == "production") & table["stage"].isin([*MINE, *REFINING])]
    counts = made.groupby("material")["place"].nunique()
    chained: Iterable[str] = [*world.products["material"], *world.products["element"]]
    return sorted({str(m) for m in counts.index[counts > 2]} | {m for m in chained if m})
