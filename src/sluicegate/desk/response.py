"""The best answer as a document: actions of the target, simulated again, ranked by loss avoided per cost."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from sluicegate.desk.answer import Answer
from sluicegate.desk.number import Document, band, number_id
from sluicegate.response import Action, Response
from sluicegate.response.action import COST_INPUTS
from sluicegate.response.option import by_kind, every
from sluicegate.terms import place_name

MAIN_PRODUCTS = 3
STOCK_DAYS = 60.0
NOT_WORTH = {
    "stock": "what is bought is missing elsewhere in the same weeks, or the border shuts before it arrives",
    "second source": "it starts when most of the loss is past, or costs more than it saves",
    "thrift": "lines save as much when they are pressed, or re-qualification ends when most of the loss is past",
    "recycling": "collection and a plant take longer than the shortage, or win too little",
    "capacity": "it starts after the horizon or late in it, or lacks the same feed as those who make it now",
    "offtake": "the shortage's own price brings the projects, or they come after it",
}
"""Why a kind of action may not be worth it."""


def actions(base: Answer, on: date) -> list[Action]:
    """What the target of the edge tries from a day on; empty when nobody is short there.

    One action of each kind that `plan` may choose, for the products whose shortage costs most; what comes after the
    horizon is shown with what it costs.
    """
    target = base.edge.target if base.edge else None
    products = tuple(dict.fromkeys(s.product for s in base.shortages if s.place == target))[:MAIN_PRODUCTS]
    if target is None or not products:
        return []
    return by_kind(every(base.result, target, products, on), {"stock": STOCK_DAYS})


def response_document(r: Response) -> Document:
    """One action with its cost, what it avoids, and why it is or is not worth it."""
    where = place_name(r.action.place)
    return {
        "id": number_id("response", r.action.place, r.action.name, str(r.action.start)),
        "action": f"{where}: {r.action.name} from {r.action.start}",
        "cost": band(r.cost),
        "benefit": band(r.avoided),
        "unit": "USD",
        "worth_it": r.worth_it,
        "cost_inputs": list(COST_INPUTS[r.action.kind]),
        "why": _why(r),
    }


def _dollars(ratio: float) -> str:
    """A ratio in two significant digits, without an exponent."""
    if ratio < 0.005:
        return "nothing" if ratio >= 0 else f"−{_dollars(-ratio)}"
    digits = max(1 - math.floor(math.log10(ratio)), 0)
    return f"{float(f'{ratio:.2g}'):,.{digits}f} USD"


def _why(r: Response) -> str:
    ratio = f"{_dollars(r.ratio)} of loss avoided for a dollar spent, median over median"
    chance = float(np.mean(r.avoided > r.cost))
    if r.worth_it:
        had = ", if the goods can be had at that price" if r.action.kind in ("stock", "second source") else ""
        said = f"{ratio}{had}: they are cheap beside the lines they keep running; pays in {chance:.0%} of draws"
        return f"{said}. Goods: {', '.join(r.action.products)}"
    if not r.avoided.any():
        return f"nothing comes of it before the horizon: {NOT_WORTH[r.action.kind]}"
    return f"{ratio}; pays in {chance:.0%} of draws: {NOT_WORTH[r.action.kind]}"
