"""What a scenario costs and brings treasuries, as a document: price floors, offtake, duties."""

from __future__ import annotations

from sluicegate.desk.number import Document, band, number_id
from sluicegate.scenario import Offtake
from sluicegate.sim import Result
from sluicegate.sim.duty import duties_paid, levies_paid
from sluicegate.sim.public_cost import public_cost

USD = "2024 USD over the run"


def public_money_document(result: Result) -> list[Document]:
    """One row a promise or duty: who pays or gets it, for what, and the sum over the run with its band."""
    rows: list[Document] = []
    for event, cost in public_cost(result):
        kind = "offtake" if isinstance(event, Offtake) else "price floor"
        rows.append({
            "id": number_id("public", kind, event.payer, event.product, event.place), "kind": kind, "unit": USD,
            "treasury": event.payer, "of": event.product, "at": event.place, "cost": band(cost.sum(axis=0)),
        })  # fmt: skip
    for tariff, paid in duties_paid(result):
        goods = ", ".join(tariff.products) or "all goods of the chain"
        since = str(tariff.effective_from)
        rows.append({
            "id": number_id("public", "duty", tariff.by, tariff.on_goods_of, goods, since), "kind": "duty",
            "treasury": tariff.by, "of": goods, "at": tariff.on_goods_of, "cost": band(-paid.sum(axis=0)), "unit": USD,
        })  # fmt: skip
    for place, paid in levies_paid(result):
        rows.append({
            "id": number_id("public", "export levies", place), "kind": "export levies", "unit": USD, "treasury": place,
            "of": "its exports", "at": place, "cost": band(-paid.sum(axis=0)),
        })  # fmt: skip
    return rows


def explain_public(rows: list[Document]) -> dict[str, Document]:
    """What is behind each row."""
    return {row["id"]: {
        "what": f"{row['kind']} on {row['of']}, {row['at']}: cost to {row['treasury']}, below zero where it earns",
        "value": row["cost"], "unit": row["unit"], "formula": FORMULA[row["kind"]], "inputs": [],
    } for row in rows}  # fmt: skip


FORMULA = {
    "price floor": "(floor - quote) x base price x what the place makes, at most the volume, where the quote is lower",
    "offtake": "the higher of price and quote x base price x what the payer took; nothing is counted for what it keeps",
    "export levies": "- (1 - factor of tax and duty on record / factor in the scenario) x price at the border x goods "
    "that leave",
    "duty": "- rate x price paid x goods that arrive; buyers of the same place pay it, so it is no loss of the place",
}
