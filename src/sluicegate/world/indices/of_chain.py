"""Indices of our own chain: concentration, what is left without the largest, net import reliance."""

from __future__ import annotations

from sluicegate.metrics import n_minus_1
from sluicegate.terms import place_in_sentence, place_name
from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.subject import Subject
from sluicegate.world.year import BASE_YEAR


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
    buys = f"net-imports {reliance:.0%} of what it uses" if reliance >= 0 else "is a net exporter"
    because = f"{place_in_sentence(subject.place)} {buys} past the mine by value, whoever sells"
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
