"""The question `years SCENARIO`: from the end of stocks to capacity elsewhere, month by month, ten to twenty years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sluicegate.desk.answer import SEED, Answer, answer
from sluicegate.desk.edge import edge_document
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.leverage.bridge import OPEN, Bridge, bridge, by_month
from sluicegate.regime import load_register
from sluicegate.regime.recurrence import recurrence
from sluicegate.response import Action
from sluicegate.response.plan import sample_costs
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused, simulate, variance_shares
from sluicegate.sim.compile import WEEKS_PER_YEAR
from sluicegate.sim.control import resolve
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.sim.side import target_loss
from sluicegate.terms import InputError

DRAWS = 64
YEARS = 15
LEAST_YEARS, MOST_YEARS = 2, 20
DEFENCE = "aerospace and defence"
STOCK_DAYS = 90.0
CHANCE_YEARS = 5.0
CHANCES = (0.1, 0.25, 0.5, 0.75, 1.0)
MUSD = 1e6
KG = 1e3
LIMITS = [
    f"Defence is the industry “{DEFENCE}”: civil aircraft are in it, ammunition is not.",
    "Past five years only goods of the controller are followed over borders, so that price losses on goods of others "
    "are not counted.",
    "Plants on their way are those on record at the as-of date; nobody's later decision is in it, but idle capacity, "
    "thrift and recycling answer to price.",
]  # fmt: skip


@dataclass(frozen=True)
class _Run:
    """A long run: what is asked of it, its answer, and the same with a stockpile of the target."""

    scenario: Scenario
    answer: Answer
    target: str
    products: tuple[str, ...]
    month_of: NDArray[np.intp]
    months: list[date]
    piled: Result
    pile: Action

    @property
    def result(self) -> Result:
        return self.answer.result


def years(name: str, *, horizon: int = YEARS, chance: float | None = None, draws: int = DRAWS, seed: int = SEED,
          as_of: date | None = None, settings: Mapping[str, str] | None = None,
          progress: Progress | None = None) -> Document:  # fmt: skip
    """When gaps open and close, how much stock would carry users across, and what if the control does not come.

    Parameters
    ----------
    horizon : years simulated from the scenario's start
    chance : that such a control holds at all, 0-1; by default from how often they were announced

    Raises
    ------
    InputError : a scenario without controls, controller or anybody who loses; years or a chance out of range.
    """
    if not LEAST_YEARS <= horizon <= MOST_YEARS:
        raise InputError(f"{horizon} years", where="--years", expected=f"{LEAST_YEARS} to {MOST_YEARS}", do="Mend it.")
    if chance is not None and not 0 <= chance <= 1:
        raise InputError(f"a chance of {chance:g}", where="--chance", expected="a share from 0 to 1", do="Mend it.")
    run = _ran(name, horizon, draws=draws, seed=seed, as_of=as_of, settings=settings, progress=progress)
    gaps = {p: _gap(run, p) for p in run.products}
    document = _document(run, horizon, gaps, chance)
    command = f"years {name} --years {horizon}" + ("" if chance is None else f" --chance {chance:g}")
    document["provenance"] = provenance(run.scenario.as_of, draws=draws, seed=seed, command=command)
    key = run_key(years=run.scenario.model_dump(mode="json"), chance=chance, draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _ran(name: str, horizon: int, *, draws: int, seed: int, as_of: date | None, settings: Mapping[str, str] | None,
         progress: Progress | None) -> _Run:  # fmt: skip
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    scenario = scenario.model_copy(update={"weeks": round(horizon * WEEKS_PER_YEAR)})
    world = focused(whole, scenario)
    found = answer(scenario, world, draws=draws, seed=seed, progress=progress)
    if found.edge is None or not scenario.controls:
        raise InputError("nothing to bridge", where=f"scenario {name}", expected="controls, and somebody who loses",
                         do="Give the scenario a `controller`, and a control.")  # fmt: skip
    target, uses = found.edge.target, found.result.uses
    held = {p for c in scenario.controls for p in resolve(c, scenario.as_of).products}
    products = tuple(dict.fromkeys(uses[(uses["place"] == target) & uses["product"].isin(held)]["product"]))
    start = min(max(scenario.as_of, scenario.start), scenario.end - timedelta(weeks=52))
    pile = Action("stock", target, products, size=STOCK_DAYS, start=start)
    piled = simulate(pile.applied(scenario), found.result.model.world, like=found.result.model.draws)
    dates = found.result.dates
    months = list(dict.fromkeys(date(d.year, d.month, 1) for d in dates))
    month_of = np.array([months.index(date(d.year, d.month, 1)) for d in dates], dtype=np.intp)
    return _Run(scenario, found, target, products, month_of, months, piled, pile)


def _document(run: _Run, horizon: int, gaps: dict[str, Bridge], chance: float | None) -> Document:
    edge = run.answer.edge
    assert edge is not None
    told = edge_document(run.result, edge)
    lost = edge.loss_target.total.sum(axis=0)
    kept = ("id", "controller", "target", "expires", "p_not_within_horizon", "p_no_edge", "expiry_curve",
            "levers_included", "levers_absent")  # fmt: skip
    return {
        "title": f"The years between: “{run.scenario.title}”",
        "controller": edge.controller, "target": edge.target, "years": horizon,
        "from": str(run.scenario.start), "to": str(run.scenario.end),
        "bridges": [_bridge(run, p, gaps[p]) for p in run.products if (gaps[p].opens >= 0).mean() >= OPEN],
        "no_gap": [p for p in run.products if (gaps[p].opens >= 0).mean() < OPEN],
        "edge": {k: told[k] for k in kept} | {"said": _said(told)},
        "by_year": _by_year(run),
        "defence": _defence(run), "chance": _chance(run, chance), "stockpile": _stockpile(run),
        "would_change": [{"id": f"parameter:{n}", "parameter": n, "share": s,
                          "label": run.result.model.draws.parameters[n].label}
                         for n, s in list(variance_shares(lost, run.result.model.draws).items())[:5]],
        "look_again": _look_again(run, gaps),
        "limits": LIMITS,
    }  # fmt: skip


def _said(edge: Document) -> str:
    """When the edge ends, in words; that it outlasts the horizon is said as such."""
    beyond = edge["p_not_within_horizon"]
    if edge["expires"] is None:
        return "beyond the horizon in every draw that has an edge" if beyond else "no draw has a material edge"
    return f"gone by {edge['expires']['q50'][:7]} at the median of draws in which it ends; {beyond:.0%} outlast the horizon"


def _rows(result: Result, place: str, product: str) -> NDArray[np.intp]:
    uses = result.uses
    return np.flatnonzero((uses["place"] == place) & (uses["product"] == product))


def _missing(run: _Run, rows: NDArray[np.intp]) -> Floats:
    """(M, D) share of use missing against the run without control."""
    free, had = (r.record.use[rows].sum(axis=0, dtype=float) for r in (run.answer.free, run.result))
    monthly, got = by_month(free, run.month_of), by_month(had, run.month_of)
    return np.asarray(1 - np.divide(got, monthly, out=np.ones_like(got), where=monthly > 0))


def _gap(run: _Run, product: str) -> Bridge:
    rows = _rows(run.result, run.target, product)
    use = float(run.result.uses.loc[rows, "use_t_per_week"].sum()) * WEEKS_PER_YEAR / 12
    return bridge(_missing(run, rows), use)


def _bridge(run: _Run, product: str, gap: Bridge) -> Document:
    rows = _rows(run.result, run.target, product)
    use = float(run.result.uses.loc[rows, "use_t_per_week"].sum()) * WEEKS_PER_YEAR
    price = float(run.result.model.world.products.at[product, "price_outside_usd_per_kg"])
    has, ends = gap.opens >= 0, (gap.opens >= 0) & (gap.closes >= 0)
    return {
        "id": number_id("bridge", run.scenario.name, product, run.target), "product": product, "use_t_per_yr": use,
        "opens": _dates(run, gap.opens[has]), "p_opens": float(has.mean()),
        "closes": _dates(run, gap.closes[ends]) if ends.any() else None,
        "p_open_at_horizon": float((has & ~ends).mean()),
        "months": band(gap.months[ends]) if ends.any() else None,
        "missing_t": band(gap.missing_t), "missing_days_of_use": band(gap.missing_t / use * 365.25),
        "stock_musd": None if np.isnan(price) else band(gap.missing_t * price * KG / MUSD),
        "pipeline": _pipeline(run, product), "path": _path(run, product, rows),
        "unit": "t; days of use; million 2024 USD at base price outside",
    }  # fmt: skip


def _path(run: _Run, product: str, rows: NDArray[np.intp]) -> list[Document]:
    """Month by month: share of use missing, days of use in stock, and what is made outside the controller."""
    missing = _missing(run, rows)
    use = float(run.result.uses.loc[rows, "use_t_per_week"].sum())
    cover = by_month(run.result.record.stock[rows].sum(axis=0, dtype=float) / use * 7, run.month_of)
    made = by_month(_made_outside(run.result, product), run.month_of) * WEEKS_PER_YEAR
    return [{"date": str(day), "missing": band(missing[m]), "cover_days": band(cover[m]),
             "made_outside_t_per_yr": band(made[m])} for m, day in enumerate(run.months)]  # fmt: skip


def _made_outside(result: Result, product: str) -> Floats:
    """(W, D) t a week made at places other than the controller."""
    net = result.model.compiled.net
    nodes = net.output_node
    own = (net.node_product[nodes] == net.products.index(product)) & (
        net.node_place[nodes] != result.model.compiled.controller
    )
    made = result.record.activity[net.output_producer[own]] * net.output_coef[own][:, None, None]
    return np.asarray(made.sum(axis=0, dtype=float))


def _pipeline(run: _Run, product: str) -> list[Document]:
    """Plants outside on their way that make a product, as known on the day: what, when, how long to capacity."""
    world = run.result.model.world
    if world.projects.empty:
        return []
    made = world.recipes[(world.recipes["product"] == product) & (world.recipes["role"] == "output")]
    factor = dict(zip(made["process"], made["t_per_t"], strict=True))
    mine = world.projects[world.projects["process"].isin(factor) & (world.projects["place"] != run.scenario.controller)]
    return [{"project": str(name), "place": row["place"], "t_per_yr": row["capacity_t_per_yr"] * factor[row["process"]],
             "starts": {q: str(row[f"starts_{q}"]) for q in ("p05", "p50", "p95")}, "ramp_weeks": row["ramp_weeks"],
             "label": row["label"], "reason": row["reason"]} for name, row in mine.iterrows()]  # fmt: skip


def _by_year(run: _Run) -> list[Document]:
    edge = run.answer.edge
    assert edge is not None
    rows = []
    for first in range(0, run.result.weeks - 26, round(WEEKS_PER_YEAR)):
        span = slice(first, first + round(WEEKS_PER_YEAR))
        rows.append({"from": str(run.scenario.date_of(first)),
                     **{f"loss_{side}": band(loss.total[span].sum(axis=0) / MUSD)
                        for side, loss in (("target", edge.loss_target), ("controller", edge.loss_controller))},
                     "p_target_bears_more": float((edge.burden_target[first] > edge.burden_controller[first]).mean()),
                     "unit": "million 2024 USD"})  # fmt: skip
    return rows


def _defence(run: _Run) -> Document:
    """What is missing and lost in defence and in all else of the target, apart."""
    uses, lines = run.result.uses, run.result.lines
    held = uses["product"].isin(run.products) & (uses["place"] == run.target)
    found: Document = {"id": number_id("defence", run.scenario.name, run.target), "unit": "share; million 2024 USD a year"}
    span = run.result.weeks / WEEKS_PER_YEAR
    for side, is_defence in (("defence", True), ("civil", False)):
        rows = np.flatnonzero(held & ((uses["industry"] == DEFENCE) == is_defence))
        own = np.flatnonzero((lines["place"] == run.target) & ((lines["industry"] == DEFENCE) == is_defence))
        lost = (run.result.lost_value_added(own) - run.answer.free.lost_value_added(own)).sum(axis=(0, 1))
        worst = _missing(run, rows).max(axis=0) if rows.size else None
        found[side] = {"industries": sorted({*lines.loc[own, "industry"]}),
                       "worst_month_missing": None if worst is None else band(worst),
                       "lost_per_year": band(lost / span / MUSD)}  # fmt: skip
    return found


def _chance(run: _Run, told: float | None) -> Document:
    """How likely such a control is, why, and what the loss and a stock are worth at other chances."""
    controller = str(run.scenario.controller)
    past = recurrence(load_register(), controller, run.target, run.scenario.as_of)
    prior = past.chance(CHANCE_YEARS)
    span = run.result.weeks / WEEKS_PER_YEAR
    without, with_stock = (target_loss(r, run.answer.free, run.target).total.sum(axis=0)
                           for r in (run.result, run.piled))  # fmt: skip
    cost = run.pile.cost(run.result, sample_costs(size=without.size, seed=run.result.model.draws.seed))
    loss, avoided, price = float(without.mean()), float((without - with_stock).mean()), float(cost.mean())
    used = prior if told is None else told
    days = ", ".join(str(d) for d in past.days)
    return {
        "id": number_id("chance", run.scenario.name), "used": used, "given": told is not None, "prior": prior,
        "why": f"{len(past.days)} days since 2010 on which {controller} announced controls that reach {run.target} "
               f"({days}): {past.rate_per_year:.2f} a year, so one more within {CHANCE_YEARS:.0f} years with {prior:.0%}",
        "stock": run.pile.name, "stock_cost_musd": price / MUSD, "stock_avoids_musd": avoided / MUSD,
        "break_even": price / avoided if avoided > 0 else None,
        "if": [{"chance": p, "expected_loss_per_year": p * loss / span / MUSD,
                "stock_is_worth": (p * avoided - price) / MUSD} for p in sorted({*CHANCES, round(used, 4)})],
        "unit": "million 2024 USD, means over draws",
    }  # fmt: skip


def _stockpile(run: _Run) -> Document:
    """What the target's stockpile does to others: their losses with it less without, so above zero they pay."""
    world = run.result.model.world
    places = [p for p in world.places["gdp_musd"].dropna().index
              if p in run.result.model.compiled.net.places and p not in (run.scenario.controller, run.target)]  # fmt: skip
    rows = []
    for place in places:
        without, with_it = (target_loss(r, run.answer.free, place).total.sum(axis=0) for r in (run.result, run.piled))
        more = with_it - without
        if np.median(np.abs(without)) > 0:
            rows.append({"place": place, "more_lost": band(more / MUSD), "p_worse": float((more > 0).mean()),
                         "of_its_loss": float(np.median(more) / max(abs(float(np.median(without))), 1.0))})  # fmt: skip
    rows.sort(key=lambda r: -r["more_lost"]["q50"])
    total = sum(r["more_lost"]["q50"] for r in rows)
    return {"id": number_id("stockpile", run.scenario.name, run.target), "what": run.pile.name,
            "from": str(run.pile.start), "others": rows[:12], "drains": bool(total > 0),
            "unit": "million 2024 USD to the horizon"}  # fmt: skip


def _look_again(run: _Run, gaps: dict[str, Bridge]) -> list[Document]:
    """Dated things to come that would settle or change an answer, in order."""
    day, end = run.scenario.as_of, run.scenario.end
    register = load_register()
    known = {m.id for m in register.known(day) if m.jurisdiction == run.scenario.controller}
    found = [{"date": str(x.on), "what": f"{x.title}: {x.what}", "why": "the measure changes"}
             for x in register.timeline(day + timedelta(days=1), end) if x.measure in known]  # fmt: skip
    seen = set()
    for product in run.products:
        for plant in _pipeline(run, product):
            start = plant["starts"]["p50"]
            if str(day) < start < str(end) and plant["project"] not in seen:
                seen.add(plant["project"])
                found.append({"date": start, "what": f"{plant['project']} is to start ({plant['place']}, "
                              f"{plant['t_per_yr']:,.0f} t a year of {product})", "why": "supply from elsewhere"})  # fmt: skip
        opens = gaps[product].opens
        if (opens >= 0).mean() > 0.5:
            first = run.months[int(np.median(opens[opens >= 0]))]
            if first > day:
                found.append({"date": str(first), "what": f"{product}: stocks should end", "why": "if they do not, "
                              "they were larger, or less is held back, than taken here"})  # fmt: skip
    return sorted(found, key=lambda f: f["date"])


def _dates(run: _Run, months: NDArray[np.intp]) -> dict[str, str]:
    quantiles = np.quantile(months, (0.05, 0.25, 0.5, 0.75, 0.95))
    return {q: str(run.months[round(float(m))])
            for q, m in zip(("q05", "q25", "q50", "q75", "q95"), quantiles, strict=True)}  # fmt: skip


def _explained(document: Document) -> dict[str, Document]:
    rows = {b["id"]: {
        "what": f"the gap in {b['product']} of {document['target']}", "value": b["missing_t"], "unit": "t",
        "formula": f"opens with two months in which more than {OPEN:.0%} of use is missing against no control, closes "
                   "after the last such month; what is missing between the two is the stock that would carry across",
        "inputs": [f"product:{b['product']}", f"place:{document['target']}"],
    } for b in document["bridges"]}  # fmt: skip
    return rows | {
        document["chance"]["id"]: {"what": "how likely such a control is", "value": document["chance"]["used"],
                                   "formula": "1 - (T / (T + t))^(n + 1/2), n announcements in T years",
                                   "reason": document["chance"]["why"]},
        document["stockpile"]["id"]: {"what": f"what others lose by it: {document['stockpile']['what']}",
                                      "value": document["stockpile"]["others"], "unit": document["stockpile"]["unit"],
                                      "formula": "losses with the stockpile less losses without, same draws"},
        document["defence"]["id"]: {"what": "defence apart from civil", "value": document["defence"],
                                    "unit": document["defence"]["unit"],
                                    "formula": "losses by industry against the run without control"},
    }  # fmt: skip
