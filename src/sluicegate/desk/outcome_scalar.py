"""One number a draw of an answer: what a sensitivity is asked of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sluicegate.desk.answer import Answer, largest_loser
from sluicegate.leverage import edge
from sluicegate.sim import Result
from sluicegate.sim.network import Floats
from sluicegate.sim.shortage import first_short_week
from sluicegate.sim.side import target_loss
from sluicegate.terms import InputError, NotFoundError, parse_place, place_in_sentence

KINDS = ("loss", "first-short-week", "peak-price", "edge")

Read = Callable[[Result, Result], Floats]


@dataclass(frozen=True)
class Scalar:
    """An outcome of a run against the run without control.

    Parameters
    ----------
    kind : one of `KINDS` ; about : the place, product or pair it is of
    read : (D,) the outcome of each draw, in `unit`
    """

    kind: str
    about: str
    what: str
    unit: str
    read: Read


def scalar(kind: str, ran: Answer, *, place: str | None = None, product: str | None = None) -> Scalar:
    """The outcome of that kind.

    Parameters
    ----------
    place : whose loss or shortage; the scenario's target, else the largest loser, where None
    product : whose price or shortage; all products for a shortage where None

    Raises
    ------
    NotFoundError : no such kind, place or product.
    InputError : the kind needs a product that is not given; there is no controller or nobody who loses.
    """
    net = ran.result.model.compiled.net
    if kind not in KINDS:
        raise NotFoundError(kind, kind="outcome", known=KINDS, where="--of")
    if product is not None and product not in net.products:
        raise NotFoundError(product, kind="product of this run", known=net.products, where="--product")
    if kind == "peak-price":
        return _peak_price(ran, product)
    if kind == "edge":
        return _edge(ran)
    where = _place(ran, place)
    if kind == "loss":
        told = f"loss of {place_in_sentence(where)} over the horizon against no control"
        return Scalar(kind, where, told, "2024 USD",
                      lambda run, free: target_loss(run, free, where).total.sum(axis=0))  # fmt: skip
    return _first_short(ran, where, product)


def _place(ran: Answer, place: str | None) -> str:
    known = ran.result.model.compiled.net.places
    found = parse_place(place) if place else ran.result.scenario.target or largest_loser(ran.result, ran.free)
    if found is None:
        raise InputError("nobody loses anything", where=f"scenario {ran.result.scenario.name}",
                         expected="a place to ask about", do="Name one with --place.")  # fmt: skip
    if found not in known:
        raise NotFoundError(found, kind="place of this run", known=known, where="--place")
    return found


def _first_short(ran: Answer, place: str, product: str | None) -> Scalar:
    uses = ran.result.uses
    rows = np.flatnonzero((uses["place"] == place) & ((uses["product"] == product) if product else True))
    if not rows.size:
        raise InputError(f"{place} uses no {product or 'product of this run'}", where="--place",
                         expected="a place with an industry that uses it", do="Name another.")  # fmt: skip

    def read(run: Result, free: Result) -> Floats:
        first = np.full(run.model.draws.size, run.weeks)
        for row in rows:
            base = free.record.service[row]
            path = np.divide(run.record.service[row], base, out=np.ones_like(base), where=base > 0)
            start = first_short_week(path)
            first = np.where(start >= 0, np.minimum(first, start), first)
        return np.asarray(first, dtype=float)

    short = f"{place_in_sentence(place)} is short of {product or 'anything'}"
    what = f"first week in which {short}; the horizon where it never is"
    return Scalar("first-short-week", f"{place} {product or ''}".strip(), what, "weeks from the start", read)


def _peak_price(ran: Answer, product: str | None) -> Scalar:
    if product is None:
        raise InputError("no product", where="--product", expected="the product whose price is asked for",
                         do=f"Known are: {', '.join(ran.result.model.compiled.net.products)}.")  # fmt: skip
    row = ran.result.model.compiled.net.products.index(product)
    return Scalar("peak-price", product, f"highest quote of {product} outside over the base year's", "1",
                  lambda run, _: np.asarray(run.price_ratio("outside")[row].max(axis=0), dtype=float))  # fmt: skip


def _edge(ran: Answer) -> Scalar:
    if ran.edge is None:
        raise InputError("no edge to speak of", where=f"scenario {ran.result.scenario.name}",
                         expected="a controller and somebody who loses", do="Ask for another outcome.")  # fmt: skip
    controller, target, start = ran.edge.controller, ran.edge.target, ran.edge.start

    def read(run: Result, free: Result) -> Floats:
        a = edge(run, free, controller, target).a[start:]
        return np.asarray(np.nan_to_num(a).mean(axis=0), dtype=float)

    what = f"edge of {controller} over {target}, mean of the weeks from the start; a week without one counts as 0"
    return Scalar("edge", f"{controller} {target}", what, "-1 to 1", read)
