"""The best answer as a document: actions of the target, simulated again, ranked by loss avoided per cost."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from sluicegate.desk.answer import Answer
from sluicegate.desk.number import Document, band, number_id
from sluicegate.response import Action, Response
from sluicegate.response.action import COST_INPUTS
from sluicegate.terms import place_name

MAIN_PRODUCTS = 3


def actions(base: Answer, on: date) -> list[Action]:
    """What the target of the edge tries from a day on; empty when nobody is short there.

    More stock from now on; makers outside that are nearly qualified; a new plant.

    Lead times: `lead-time` figures of the dataset give two to three years to switch supplier with
    qualification and 1.75 to 2.25 years to build a magnet plant.
    """
    target = base.edge.target if base.edge else None
    products = tuple(dict.fromkeys(s.product for s in base.shortages if s.place == target))[:MAIN_PRODUCTS]
    if target is None or not products:
        return []
    return [
        Action("stock", target, products, size=60, start=on),
        Action("second source", target, products, size=0.05, start=on + timedelta(weeks=26), ramp_weeks=26),
        Action("second source", target, products, size=0.3, start=on + timedelta(weeks=91), ramp_weeks=52),
    ]


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
        had = "if the goods can be had at that price: they are cheap beside the lines they keep running"
        return f"{ratio}, {had}; pays in {chance:.0%} of draws. Goods: {', '.join(r.action.products)}"
    if not r.avoided.any():
        return "nothing arrives before the horizon: qualifying a maker and building a plant take longer"
    late = "bought while the border is shut it takes from others what it adds" if r.action.kind == "stock" else \
        "it starts when most of the loss is past, or costs more than it saves"  # fmt: skip
    return f"{ratio}; pays in {chance:.0%} of draws: {late}"
