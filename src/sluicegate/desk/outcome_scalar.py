"""One number a draw of an answer: what a sensitivity is asked of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sluicegate.desk.answer import largest_loser
from sluicegate.leverage import edge
from sluicegate.sim import Result
from sluicegate.sim.network import Floats
from sluicegate.sim.prepare import Model, rows_of
from sluicegate.sim.record import Uses
from sluicegate.sim.result import run_model, simulate
from sluicegate.sim.shortage import first_short_week, path_against
from sluicegate.sim.side import READ, target_loss
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
    variables, places : what it reads of the two runs, as `simulate`
    """

    kind: str
    about: str
    what: str
    unit: str
    read: Read
    variables: tuple[str, ...]
    places: tuple[str, ...] | None

    def of(self, model: Model) -> Floats:
        """(D,) the outcome of a compiled scenario, against the same world without its controls."""
        return self.read(*_pair(model, self.variables, self.places))


def scalar(kind: str, model: Model, *, place: str | None = None, product: str | None = None) -> Scalar:
    """The outcome of that kind, of a compiled scenario; it is run only where it must be seen who loses most.

    Parameters
    ----------
    place : whose loss or shortage; the scenario's target, else the largest loser, where None
    product : whose price or shortage; all products for a shortage where None

    Raises
    ------
    NotFoundError : no such kind, place or product.
    InputError : the kind needs a product that is not given; there is no controller or nobody who loses.
    """
    net = model.compiled.net
    if kind not in KINDS:
        raise NotFoundError(kind, kind="outcome", known=KINDS, where="--of")
    if product is not None and product not in net.products:
        raise NotFoundError(product, kind="product of this run", known=net.products, where="--product")
    if kind == "peak-price":
        return _peak_price(model, product)
    if kind == "edge":
        return _edge(model)
    where = _place(model, place)
    if kind == "loss":
        told = f"loss of {place_in_sentence(where)} over the horizon against no control"
        return Scalar(kind, where, told, "2024 USD",
                      lambda run, free: target_loss(run, free, where).total.sum(axis=0), READ, (where,))  # fmt: skip
    return _first_short(model, where, product)


def _pair(model: Model, variables: tuple[str, ...], places: tuple[str, ...] | None) -> tuple[Result, Result]:
    """A compiled scenario and the same without its controls, run."""
    run = run_model(model, variables=variables, rows=None if places is None else rows_of(model, places))
    free = simulate(model.scenario.without_controls(), model.world, like=model, variables=variables, places=places)
    return run, free


def _target(model: Model) -> str | None:
    """The scenario's target, else who loses most."""
    return model.scenario.target or largest_loser(*_pair(model, READ, None))


def _place(model: Model, place: str | None) -> str:
    known = model.compiled.net.places
    found = parse_place(place) if place else _target(model)
    if found is None:
        raise InputError("nobody loses anything", where=f"scenario {model.scenario.name}",
                         expected="a place to ask about", do="Name one with --place.")  # fmt: skip
    if found not in known:
        raise NotFoundError(found, kind="place of this run", known=known, where="--place")
    return found


def _first_short(model: Model, place: str, product: str | None) -> Scalar:
    net, uses = model.compiled.net, Uses.of(model.compiled.net)
    theirs = [net.lines[y].rsplit("|", 1)[1] == place for y in uses.line]
    asked = [product is None or net.products[p] == product for p in uses.product]
    rows = np.flatnonzero(np.array(theirs) & np.array(asked))
    if not rows.size:
        raise InputError(f"{place} uses no {product or 'product of this run'}", where="--place",
                         expected="a place with an industry that uses it", do="Name another.")  # fmt: skip

    def read(run: Result, free: Result) -> Floats:
        first = np.full(run.model.draws.size, run.weeks)
        for row in rows.tolist():
            start = first_short_week(path_against(run, free, row))
            first = np.where(start >= 0, np.minimum(first, start), first)
        return np.asarray(first, dtype=float)

    short = f"{place_in_sentence(place)} is short of {product or 'anything'}"
    what = f"first week in which {short}; the horizon where it never is"
    return Scalar("first-short-week", f"{place} {product or ''}".strip(), what, "weeks from the start", read,
                  ("service",), (place,))  # fmt: skip


def _peak_price(model: Model, product: str | None) -> Scalar:
    products = model.compiled.net.products
    if product is None:
        raise InputError("no product", where="--product", expected="the product whose price is asked for",
                         do=f"Known are: {', '.join(products)}.")  # fmt: skip
    own = slice(products.index(product), products.index(product) + 1)
    return Scalar("peak-price", product, f"highest quote of {product} outside over the base year's", "1",
                  lambda run, _: np.asarray(run.price_ratio("outside", products=own)[0].max(axis=0), dtype=float),
                  ("price",), None)  # fmt: skip


def _edge(model: Model) -> Scalar:
    controller = model.scenario.controller
    target = _target(model) if controller else None
    if controller is None or target is None:
        raise InputError("no edge to speak of", where=f"scenario {model.scenario.name}",
                         expected="a controller and somebody who loses", do="Ask for another outcome.")  # fmt: skip
    start = min(model.compiled.timeline.first_change, model.compiled.timeline.weeks - 1)

    def read(run: Result, free: Result) -> Floats:
        a = edge(run, free, controller, target).a[start:]
        return np.asarray(np.nan_to_num(a).mean(axis=0), dtype=float)

    what = f"edge of {controller} over {target}, mean of the weeks from the start; a week without one counts as 0"
    return Scalar("edge", f"{controller} {target}", what, "-1 to 1", read, READ, (controller, target))
