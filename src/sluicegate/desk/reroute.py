"""The question `reroute SCENARIO`: who would ship to whom if it were planned, what that saves, what is in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from sluicegate.desk.answer import SEED
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.response.chain import QUALIFY_WEEKS, Links, chain_of, recorded
from sluicegate.response.flow import Chain, FlowProgramme, Flows, Ints
from sluicegate.response.steer import AHEAD_WEEKS, steered
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, focused
from sluicegate.sim.budget import Budget, require_whole
from sluicegate.sim.network import Floats
from sluicegate.sim.prepare import Model, prepare, room_of
from sluicegate.sim.result import run_model
from sluicegate.sim.run import Progress
from sluicegate.terms import InputError, parse_place

DRAWS = 64
UNIT, MUSD = "million 2024 USD", 1e6
OTHERS = 1e-3
"""What the others' losses count where one place is asked for: not nothing, or they would lose for nothing."""
MOST_ROWS = 15
LEAST_USD = 1.0
LIMITS = [
    "One planner who sees every week and decides for all: a bound on what re-routing can save, not a forecast of it. "
    "What planning saves with the base year's links alone is foresight and serving the dearest line first.",
    f"In the simulation buyers split their orders as the plan does, looking {AHEAD_WEEKS} weeks ahead, and nothing "
    "else of the plan is kept: how much is ordered, made, passed and kept in stock is the simulator's, draw by draw.",
    "The programme takes the mean of the run's draws. A held link carries at most what it carried in the run; leaks by "
    f"third countries are not counted. A new link opens after {QUALIFY_WEEKS} weeks, for all the buyer uses.",
    "Stocks may be run down to nothing by the last week. Prices do not move; freight and the price of a new supplier "
    "count, and are judgement.",
]


@dataclass(frozen=True)
class _Way:
    """How far links may be changed, and what that comes to."""

    name: str
    room: Floats
    flows: Flows
    lost: Floats
    simulated: Floats


def reroute(name: str, *, place: str | None = None, on: date | None = None, weeks: int = 52, draws: int = DRAWS,
            seed: int = SEED, as_of: date | None = None, settings: Mapping[str, str] | None = None,
            progress: Progress | None = None) -> Document:  # fmt: skip
    """The best flows under the measures of a scenario, with more and more freedom to change them.

    Parameters
    ----------
    place : whose loss counts; everybody's by default ; on : first day, the first measure's by default
    weeks : how many are planned

    Raises
    ------
    InputError : no such place, a day outside the scenario, fewer than four weeks left, or no measure and no day.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    draws = require_whole(draws, "draws", least=1)
    model = prepare(scenario, focused(whole, scenario), draws=draws, seed=seed, needs=partial(_needs, on=on))
    week = _week(model, on)
    variables, stock_week, rows = recorded(model, week)
    result = run_model(model, variables=variables, stock_week=stock_week, rows=rows)
    span = min(require_whole(weeks, "weeks", least=4, most=520), result.weeks - week)
    if span < 4:
        raise InputError(f"{span} weeks left from {on}", where="--on", expected="at least four", do="Name another day.")
    chain, links = chain_of(result, week, span, _weight(result, place))
    ways = _ways(result, week, chain, links, progress)
    document = _document(result, week, ways, chain, links, place)
    words = f"reroute {name} --weeks {span}" + (f" --place {place}" if place else "") + (f" --on {on}" if on else "")
    key = run_key(reroute=scenario.model_dump(mode="json"), place=place, week=week, weeks=span, draws=draws, seed=seed)
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=words) | {"run": key}
    keep(key, document, {row["id"]: {
        "what": f"loss when {row['way']}", "value": row, "unit": UNIT, "inputs": ["the scenario's run"],
        "formula": "least loss, freight and holding over the weeks; docs/explanation/reroute.md",
    } for row in document["ways"]})  # fmt: skip
    return document


def _needs(model: Model, draws: int, on: date | None) -> Budget:
    variables, stock_week, rows = recorded(model, _week(model, on))
    return room_of(model, variables, draws=draws, stock_week=stock_week, rows=rows)


def _week(model: Model, on: date | None) -> int:
    scenario: Scenario = model.scenario
    starts = [b.effective for b in model.compiled.knobs.borders if b.effective < scenario.weeks]
    if on is None and not starts:
        raise InputError("no measure takes effect", where=f"scenario {scenario.name}", expected="a control, or a day",
                         do="Name the first day with --on.")  # fmt: skip
    week = scenario.week_of(on) if on else max(min(starts), 0)
    if not 0 <= week < scenario.weeks:
        raise InputError(f"{on}", where="--on", expected=f"a day from {scenario.start} to before {scenario.end}",
                         do="Name another day.")  # fmt: skip
    return int(week)


def _weight(result: Result, place: str | None) -> Floats:
    """(Y,) what a line's loss counts."""
    lines = result.lines["place"].to_numpy()
    if place is None:
        return np.ones(len(lines))
    code = parse_place(place)
    if code not in set(lines):
        raise InputError(f"{code} has no line in this run", where="--place", do="Name another, or none for all.",
                         expected=f"one of {', '.join(sorted(set(lines)))}")  # fmt: skip
    return np.where(lines == code, 1.0, OTHERS)


def _ways(result: Result, week: int, chain: Chain, links: Links, progress: Progress | None) -> list[_Way]:
    """The same programme with more and more room, each solved from where the one before stood, and simulated."""
    rooms = {"as it ships": links.room(1.0, new=False), "existing links up to twice": links.room(2.0, new=False),
             "existing links without limit": links.room(np.inf, new=False),
             "new links too": links.room(np.inf, new=True)}  # fmt: skip
    programme, found = FlowProgramme(chain), []
    for k, (name, room) in enumerate(rooms.items()):
        programme.change_room(room)
        flows = programme.solve()
        run = steered(result, chain, flows.flow, week)
        found.append(_Way(name, room, flows, flows.lost, _lost(run, week, chain.weeks)))
        if progress is not None:
            progress(k + 1, len(rooms))
    return found


def _lost(result: Result, week: int, weeks: int) -> Floats:
    """(Y, D) value added lost over the weeks, million USD."""
    return np.asarray(result.lost_value_added()[:, week : week + weeks].sum(axis=1) / MUSD)


def _document(result: Result, week: int, ways: list[_Way], chain: Chain, links: Links,
              place: str | None) -> Document:  # fmt: skip
    value = result.value_added_per_week.mean(axis=1)
    lost = [way.lost.sum(axis=1) * value / MUSD for way in ways]
    drawn = _lost(result, week, chain.weeks)
    simulated = drawn.mean(axis=1)
    places = result.lines["place"].to_numpy()
    worst = _largest(places, simulated)
    rows = [{"way": "as simulated", "id": number_id("reroute", result.scenario.name, "as simulated"),
             "lost": float(simulated.sum()), "saved": 0.0, "by_place": _by(places, simulated, worst),
             "simulated": None}]  # fmt: skip
    rows += [{"way": way.name, "id": number_id("reroute", result.scenario.name, way.name), "lost": float(x.sum()),
              "saved": float(lost[0].sum() - x.sum()), "by_place": _by(places, x, worst),
              "simulated": _simulated(drawn, way.simulated, places, worst)}
             for way, x in zip(ways, lost, strict=True)]  # fmt: skip
    first, last = ways[0], ways[-1]
    return {
        "title": f"Who would ship to whom: “{result.scenario.title}”", "scenario": result.scenario.name,
        "from": str(result.scenario.date_of(week)), "weeks": chain.weeks, "place": place, "unit": UNIT,
        "ways": rows,
        "note": None if simulated.sum() * MUSD > LEAST_USD else "Nobody loses anything: there is nothing to re-route.",
        "changes": _changes(result, first, last, chain),
        "windows": _windows(result, ways[-1], chain, links),
        "capacity": _capacity(result, last, chain),
        "stocks": _stocks(result, last, chain),
        "limits": LIMITS,
    }  # fmt: skip


def _simulated(before: Floats, after: Floats, places: np.ndarray, shown: list[str]) -> Document:
    """What is lost where buyers split their orders as planned, and what that saves, draw by draw."""
    saved = (before - after).sum(axis=0)
    return {"lost": band(after.sum(axis=0)), "saved": band(saved), "mean_saved": float(saved.mean()),
            "p_saves": float((saved > 0).mean()),
            "by_place": _by(places, after.mean(axis=1), shown)}  # fmt: skip


def _largest(places: np.ndarray, lost: Floats, most: int = 6) -> list[str]:
    total = {p: float(lost[places == p].sum()) for p in dict.fromkeys(places.tolist())}
    return [p for p, x in sorted(total.items(), key=lambda pair: -pair[1])[:most] if x > 0]


def _by(places: np.ndarray, lost: Floats, shown: list[str]) -> dict[str, float]:
    return {p: float(lost[places == p].sum()) for p in shown}


def _named(result: Result, origin: int, destination: int) -> Document:
    net = result.model.compiled.net
    return {"product": net.products[net.node_product[origin]], "origin": net.places[net.node_place[origin]],
            "destination": net.places[net.node_place[destination]]}  # fmt: skip


def _changes(result: Result, first: _Way, last: _Way, chain: Chain) -> list[Document]:
    """Links whose flow changes most, by what a t is worth at the destination while nothing is re-routed."""
    before, after = first.flows.flow.sum(axis=1), last.flows.flow.sum(axis=1)
    worth = np.abs(after - before) * np.maximum(first.flows.price, 0).mean(axis=1)[chain.destination]
    ranked = [e for e in np.argsort(-worth)[:MOST_ROWS].tolist() if worth[e] > LEAST_USD]
    return [_named(result, chain.origin[e], chain.destination[e])
            | {"before_t": float(before[e]), "after_t": float(after[e]), "change_t": float(after[e] - before[e]),
               "new": bool(chain.before[e] == 0), "worth": float(worth[e] / MUSD), "unit": UNIT}
            for e in ranked]  # fmt: skip


def _windows(result: Result, last: _Way, chain: Chain, links: Links) -> list[Document]:
    """Held links, by what a t more a week through the window would save over the weeks, re-routing free."""
    held = np.isfinite(links.caps)
    worth = np.where(held, last.flows.room_worth, 0.0).sum(axis=1)
    return [_named(result, chain.origin[e], chain.destination[e])
            | {"passes_t_per_week": float(links.caps[e][held[e]].mean()), "usual_t_per_week": float(links.base[e]),
               "worth": float(worth[e] / MUSD), "unit": f"{UNIT} for one t more a week"}
            for e in _top(worth)]  # fmt: skip


def _capacity(result: Result, last: _Way, chain: Chain) -> list[Document]:
    """Makers, by what a t of activity more a week would save."""
    worth = last.flows.capacity_worth.sum(axis=1)
    names = result.model.compiled.net.producers
    return [{"maker": names[i].split("|")[0], "place": names[i].split("|")[1], "t_per_week": float(
        chain.capacity[i].mean()), "worth": float(worth[i] / MUSD), "unit": f"{UNIT} for one t of activity more a week"}
        for i in _top(worth)]  # fmt: skip


def _stocks(result: Result, last: _Way, chain: Chain) -> list[Document]:
    """Buyers' stock on the first day, by what a day of use more would save."""
    net = result.model.compiled.net
    used = np.bincount(chain.need_node, chain.use.mean(axis=1), minlength=chain.nodes)
    worth = last.flows.price[:, 0] * used / 7
    unit = f"{UNIT} for a day of use more"
    return [{"product": net.products[net.node_product[n]], "place": net.places[net.node_place[n]],
             "worth": float(worth[n] / MUSD), "unit": unit} for n in _top(worth)]  # fmt: skip


def _top(worth: Floats) -> Ints:
    ranked = np.argsort(-worth)[:MOST_ROWS]
    return np.asarray(ranked[worth[ranked] > LEAST_USD], dtype=np.intp)
