"""The methods that are set side by side, and what they say of a material."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sluicegate.world.chain import World
from sluicegate.world.figures import load_figures
from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.of_chain import chain_concentration, chain_reliance, remainder
from sluicegate.world.indices.of_imports import import_risk
from sluicegate.world.indices.of_output import concentration, governed
from sluicegate.world.indices.of_year import disruption, printed_disruption
from sluicegate.world.indices.printed import eu_economic_importance, eu_supply_risk, printed_reliance
from sluicegate.world.indices.subject import MINE, REFINING, Subject


@dataclass(frozen=True)
class Method:
    """One index.

    Parameters
    ----------
    title : what it is
    short : the same in a column's head
    formula : how it is reckoned, or where it is printed
    asks : what a high value means
    riskier_when : `high` or `low`
    of : the entry of a subject
    """

    title: str
    short: str
    formula: str
    asks: str
    riskier_when: str
    of: Callable[[Subject], Entry | None]


METHODS: dict[str, Method] = {
    "hhi-mine": Method(
        "HHI at the mine", "HHI mine", "sum of squared percentages of world mine output", "few places mine it", "high",
        lambda s: concentration(s, s.mined, "hhi-mine", "mines"),
    ),
    "hhi-refining": Method(
        "HHI at the refinery", "HHI ref.", "sum of squared percentages of world refined or smelted output",
        "few places refine it", "high", lambda s: concentration(s, s.refined, "hhi-refining", "refines"),
    ),
    "hhi-wgi-mine": Method(
        "HHI-WGI at the mine", "WGI mine", "sum of squared shares x governance risk (0-10), t = 1",
        "few places with weak governments mine it", "high", lambda s: governed(s.mined, "hhi-wgi-mine", "mines"),
    ),
    "hhi-wgi-refining": Method(
        "HHI-WGI at the refinery", "WGI ref.", "sum of squared shares x governance risk (0-10), t = 1",
        "few places with weak governments refine it", "high",
        lambda s: governed(s.refined, "hhi-wgi-refining", "refines"),
    ),
    "eu-supply-risk": Method(
        "EU supply risk, printed", "EU SR", "European Commission 2023",
        "the EU's supply is concentrated and hard to replace", "high", eu_supply_risk,
    ),
    "eu-economic-importance": Method(
        "EU economic importance, printed", "EU EI", "European Commission 2023", "much value added uses it", "high",
        eu_economic_importance,
    ),
    "geopolrisk": Method(
        "GeoPolRisk score", "GPR", "HHI x imports weighted by instability / (imports + output at home)",
        "the place imports it from unstable suppliers in a concentrated market", "high", import_risk,
    ),
    "n-minus-1": Method(
        "N-1", "N-1", "supply / use, both without the largest supplier; the least of the chain's products",
        "others could not supply themselves", "low", remainder,
    ),
    "printed-reliance": Method(
        "Net import reliance, printed", "NIR", "US Geological Survey", "the place makes little of what it uses", "high",
        printed_reliance,
    ),
    "chain-reliance": Method(
        "Net import reliance of our chain", "NIR ours",
        "(imports - exports - stock change) / apparent consumption, past the mine, by value",
        "the place makes little of what it uses", "high", chain_reliance,
    ),
    "chain-concentration": Method(
        "HHI of our chain", "HHI ours", "sum of squared percentages of output; the greatest of the chain's products",
        "few places make one of its products", "high", chain_concentration,
    ),
    "disruption-printed": Method(
        "A year without China, printed", "Cut", "US Geological Survey, Open-File Report 2024-1057",
        "the place loses much when China's net exports stop", "high", printed_disruption,
    ),
    "disruption": Method(
        "A year without China, ours", "Cut ours",
        "sum over lines of value added x theta x (1 - use left at the price that clears the market outside China)",
        "the place loses much when China's net exports stop", "high", disruption,
    ),
}  # fmt: skip
"""The methods, in the order they are shown."""


def entries(world: World, material: str, place: str, year: int) -> dict[str, Entry]:
    """What each method says of a material, by method; a method that cannot say anything is left out."""
    subject = Subject(world, material, place, year)
    said = ((name, method.of(subject)) for name, method in METHODS.items())
    return {name: entry for name, entry in said if entry is not None}


def entry_of(world: World, method: str, material: str, place: str, year: int) -> Entry | None:
    """What one method, a key of `METHODS`, says of a material; None where it cannot say anything."""
    return METHODS[method].of(Subject(world, material, place, year))


def comparable(world: World) -> list[str]:
    """Materials that the methods can be asked about: those with output figures, and those of the chain."""
    table = load_figures().table
    made = table[(table["metric"] == "production") & table["stage"].isin([*MINE, *REFINING])]
    counts = made.groupby("material")["place"].nunique()
    chained: Iterable[str] = [*world.products["material"], *world.products["element"]]
    return sorted({str(m) for m in counts.index[counts > 2]} | {m for m in chained if m})
