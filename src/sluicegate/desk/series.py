"""The question `series SCENARIO`: exports, imports, prices, stocks, output, cover over time, with bands and samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sluicegate.desk.answer import DRAWS, SEED
from sluicegate.desk.explanation import explain_inputs
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.past import past_factor
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.history.past import widened
from sluicegate.regime import material_group
from sluicegate.regime.shipment import read_code
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused
from sluicegate.sim.customs import as_printed, by_month, month_after, month_spread
from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.prepare import Model, prepare, room_of
from sluicegate.sim.record import Rows
from sluicegate.sim.result import PRICE_PAID, links_of, run_model
from sluicegate.sim.row import members
from sluicegate.terms import InputError, NotFoundError, parse_place, place_name
from sluicegate.world import World
from sluicegate.world.product import products_with_code

MEASURES = ("exports", "imports", "price", "price_paid", "stock", "output", "cover")
FLOWS = ("exports", "imports", "output")


@dataclass(frozen=True)
class Asked:
    """What a series is of; places are codes, absent ones mean all."""

    measure: str
    product: str | None = None
    hs: str | None = None
    origin: str | None = None
    destination: str | None = None
    place: str | None = None
    area: str = "outside"
    every: str = "week"
    samples: int = 0


def series(
    scenario: str | Scenario,
    *,
    measure: str,
    product: str | None = None,
    hs: str | None = None,
    origin: str | None = None,
    destination: str | None = None,
    place: str | None = None,
    area: str = "outside",
    every: str = "week",
    samples: int = 0,
    draws: int = DRAWS,
    seed: int = SEED,
    as_of: date | None = None,
    settings: Mapping[str, str] | None = None,
) -> Document:
    """The `series` document of the contract.

    Parameters
    ----------
    scenario : a name, a file, or a scenario made elsewhere
    product : a product; a name without its grade means the sum of its grades
    hs : a customs code of 6 to 10 digits instead
    samples : how many samples to give besides the band; the run has at least as many draws

    Raises
    ------
    InputError : a measure, product, code or place that does not exist, or none that the measure needs.
    """
    asked = Asked(measure, product, hs, origin, destination, place, area, every, samples)
    _check_words(asked)
    asked = _with_codes(asked)
    plan, whole = opened(scenario, as_of=as_of, settings=settings)
    weights = _products(asked, whole)
    if asked.measure in ("price", "price_paid"):
        _only(weights, asked)
    part = focused(whole, plan)
    draws = max(draws, samples)

    def kept(run: Model) -> Rows | None:
        return _ROWS[asked.measure](run, asked, weights) if asked.measure in _ROWS else None

    read = _READ[asked.measure]
    model = prepare(plan, part if set(weights) <= set(part.products.index) else whole, draws=draws, seed=seed,
                    needs=lambda m, size: room_of(m, read, draws=size, rows=kept(m)))  # fmt: skip
    result = run_model(model, variables=read, rows=kept(model))
    values, unit = _READERS[asked.measure](result, asked, weights)
    dates, periods = result.dates, values
    if asked.every == "month":
        dates, periods = by_month(result.dates, values, flow=asked.measure in FLOWS)
    noisy = _with_noise(result, values, periods, dates, asked, weights)
    if asked.measure in ("exports", "imports"):
        noisy = widened(noisy, past_factor(plan.as_of), low=0)
    rows = [
        {"date": str(d), "observed": None, **band(noisy[i])}
        | ({"samples": [float(x) for x in noisy[i, : asked.samples]]} if asked.samples else {})
        for i, d in enumerate(dates)
    ]
    ident = number_id("series", *(str(w) for w in (plan.name, *vars(asked).values()) if w))
    title = f"{_title(asked)}, {plan.title}"
    run = run_key(scenario=plan.model_dump(mode="json"), asked=vars(asked), draws=draws, seed=seed)
    document: Document = {
        "id": ident,
        "title": title,
        "unit": unit + (" per " + asked.every if asked.measure in FLOWS else ""),
        "measure": asked.measure,
        "series": rows,
        "provenance": provenance(plan.as_of, draws=draws, seed=seed) | {"run": run},
    }
    keep(run, document, explain_inputs(result.model.draws) | {ident: _explained(result, title, weights)})
    return document


def _title(asked: Asked) -> str:
    goods = asked.product or f"customs code {asked.hs}"
    named = (("from", asked.origin), ("to", asked.destination), ("in", asked.place))
    ends = [f"{word} {place_name(code)}" for word, code in named if code]
    return " ".join([asked.measure.replace("_", " "), "of", goods, *ends])


def _explained(result: Result, title: str, weights: dict[str, float]) -> Document:
    """What is behind a series: the base-year rows of its products and the measures of its scenario."""
    flows = result.model.world.flows
    rows = flows[flows["product"].isin(weights) & (flows["origin"] != flows["destination"])]
    named = [f"flow:{p}|{o}|{d}" for p, o, d in zip(rows["product"], rows["origin"], rows["destination"], strict=True)]
    measures = [c.register_id for c in result.scenario.controls if c.register_id]
    return {
        "what": title,
        "formula": "quantiles over the draws of the simulated weeks; months are summed by day, customs noise is added "
        "to monthly exports and imports",
        "inputs": [*(f"product:{p}" for p in weights), *measures, *named],
    }


def _check_words(asked: Asked) -> None:
    """Words that stand for a choice, before anything is computed.

    Raises
    ------
    InputError : one of them is none of those there are.
    """
    choices = (("measure", asked.measure, MEASURES), ("area", asked.area, ("inside", "outside")),
               ("every", asked.every, ("week", "month")))  # fmt: skip
    for option, word, known in choices:
        if word not in known:
            raise InputError(f"unknown {option} {word!r}", where=f"--{option}", expected=" or ".join(known),
                             do="Name one of them.")  # fmt: skip


def _with_codes(asked: Asked) -> Asked:
    """The places named, as codes."""
    named = {"origin": "--from", "destination": "--to", "place": "--place"}
    codes = {f: parse_place(text, where=o) if (text := getattr(asked, f)) else None for f, o in named.items()}
    return replace(asked, origin=codes["origin"], destination=codes["destination"], place=codes["place"])


def _products(asked: Asked, world: World) -> dict[str, float]:
    """Products and the factor each counts with: one product, a name without its grade, or what a code holds."""
    if asked.hs:
        return _by_code(asked.hs, world)
    if not asked.product:
        raise InputError("neither a product nor a code", where="series", expected="--product NAME or --hs CODE",
                         do="`sluicegate world list` names the products.")  # fmt: skip
    names = [p for p in world.products.index if p == asked.product or p.startswith(asked.product + ",")]
    if not names:
        raise NotFoundError(asked.product, kind="product", known=world.products.index, where="--product")
    return dict.fromkeys(names, 1.0)


def _by_code(code: str, world: World) -> dict[str, float]:
    """Products whose goods are declared under a code of 6 to 10 digits.

    Raises
    ------
    InputError : no such code, or one of fewer digits.
    """
    code = read_code(code)
    held = products_with_code(code, world.products)
    if not held:
        known = sorted({p.split(":")[0].strip() for v in world.products["hs"].dropna() for p in v.split(";")})
        raise NotFoundError(code, kind="customs code", known=known, where="--hs")
    return dict.fromkeys(held, 1.0)


Reader = Callable[[Result, Asked, dict[str, float]], tuple[Floats, str]]


def _link_rows(model: Model, asked: Asked, weights: dict[str, float]) -> Rows:
    """The watched links asked of.

    Raises
    ------
    InputError : there are none.
    """
    links = links_of(model)
    origin = asked.origin or model.scenario.controller
    rows = links["product"].isin(weights)
    if (origin and asked.measure == "exports") or asked.origin:
        rows &= links["origin"].isin(members([str(origin)]))
    if asked.destination:
        rows &= links["destination"].isin(members([asked.destination]))
    if asked.place:
        end = "origin" if asked.measure == "exports" else "destination"
        rows &= links[end].isin(members([asked.place]))
    if not rows.any():
        raise InputError(
            "no such flow in the base year",
            where="series",
            expected="a product and places between which the dataset has trade",
            do="`sluicegate world show PRODUCT` lists its flows.",
        )
    return {"exports": np.flatnonzero(rows)}


def _shipments(result: Result, asked: Asked, weights: dict[str, float]) -> tuple[Floats, str]:
    chosen = _link_rows(result.model, asked, weights)["exports"]
    moved = result.record.of("exports", chosen) if asked.measure == "exports" else result.record.arrivals(chosen)
    return moved.sum(axis=0, dtype=float), "t gross"


def _price(result: Result, asked: Asked, weights: dict[str, float]) -> tuple[Floats, str]:
    product = _only(weights, asked)
    row = list(result.model.compiled.net.products).index(product)
    base = result.model.world.products[f"price_{asked.area}_usd_per_kg"].astype(float)[product]
    ratio = result.price_ratio(asked.area, paid=asked.measure == "price_paid")[row]
    return np.asarray(ratio * base), "USD per kg"


def _stock(result: Result, asked: Asked, weights: dict[str, float]) -> tuple[Floats, str]:
    rows = result.uses["product"].isin(weights)
    if asked.place:
        rows &= result.uses["place"].isin(members([asked.place]))
    if not rows.any():
        raise InputError("nobody there uses it", where="series", expected="a place with an industry that uses it",
                         do="`sluicegate world show PRODUCT` lists its uses.")  # fmt: skip
    stock = result.record.stock[rows.to_numpy()].sum(axis=0, dtype=float)
    if asked.measure == "stock":
        return stock, "t"
    return stock / result.record.uses.use[rows.to_numpy()].sum() * 7, "days of base use"


def _outputs(net: Network, asked: Asked, weights: dict[str, float]) -> Ints:
    """What makers make of the products, as rows of the network's outputs.

    Raises
    ------
    InputError : nobody there makes any.
    """
    there = members([asked.place]) if asked.place else set(net.places)
    ends = [(net.products[net.node_product[node]], net.places[net.node_place[node]]) for node in net.output_node]
    found = [r for r, (product, place) in enumerate(ends) if product in weights and place in there]
    if not found:
        raise InputError("nobody there makes it", where="series", expected="a place with a producer of it",
                         do="`sluicegate world show PRODUCT` lists its producers.")  # fmt: skip
    return np.array(found, dtype=np.intp)


def _maker_rows(model: Model, asked: Asked, weights: dict[str, float]) -> Rows:
    net = model.compiled.net
    return {"activity": np.unique(net.output_producer[_outputs(net, asked, weights)])}


def _output(result: Result, asked: Asked, weights: dict[str, float]) -> tuple[Floats, str]:
    net = result.model.compiled.net
    total = np.zeros((result.weeks, result.model.draws.size))
    for r in _outputs(net, asked, weights):
        total += net.output_coef[r] * result.record.of("activity", net.output_producer[r])
    return total, "t"


_READERS: dict[str, Reader] = {
    "exports": _shipments, "imports": _shipments, "price": _price, "price_paid": _price, "stock": _stock,
    "cover": _stock, "output": _output,
}  # fmt: skip
_READ: dict[str, tuple[str, ...]] = {
    "exports": ("exports",), "imports": ("imports",), "price": PRICE_PAID, "price_paid": PRICE_PAID,
    "stock": ("stock",), "cover": ("stock",), "output": ("activity",),
}  # fmt: skip
"""What each reader reads of what a run records."""
_ROWS: dict[str, Callable[[Model, Asked, dict[str, float]], Rows]] = {
    "exports": _link_rows, "imports": _link_rows, "output": _maker_rows,
}  # fmt: skip
"""Of which rows."""


def _only(weights: dict[str, float], asked: Asked) -> str:
    if len(weights) > 1:
        raise InputError(f"{len(weights)} products", where="series", expected=f"one product for {asked.measure}",
                         do=f"Name one of: {'; '.join(weights)}.")  # fmt: skip
    return next(iter(weights))


def _with_noise(result: Result, weekly: Floats, months: Floats, dates: list[date], asked: Asked,
                weights: dict[str, float]) -> Floats:  # fmt: skip
    """Monthly customs figures as they are printed: noise on the root of the ratio to a month of the base year."""
    if asked.measure not in ("exports", "imports") or asked.every != "month":
        return months
    days = np.array([(month_after(d) - d).days for d in dates])
    base = weekly[0] * days[:, None] / 7
    spread = month_spread(result.model.draws, result.scenario.as_of, material_group(next(iter(weights))))
    shock = result.model.draws.noise(f"customs {asked.measure}", len(months))
    ratio = np.divide(months, base, out=np.zeros_like(months), where=base > 0)
    return np.asarray(base * as_printed(ratio, spread, shock))
