"""The question `negotiate SCENARIO`: what each side can do, what a deal is worth, and who can wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from sluicegate.desk.answer import DRAWS, SEED, answer
from sluicegate.desk.deal import (
    BROKEN,
    MONTH,
    MUSD,
    STUBBORN,
    UNIT,
    bargain_document,
    deal_of,
    paths,
    waiting_document,
    worth_documents,
)
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.stock_in_talks import stock_document, stocked_paths
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario
from sluicegate.sim import focused
from sluicegate.sim.control import resolve
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.talks.move import Move, controller_moves, target_moves
from sluicegate.talks.normal import equilibria, pure, regrets, stackelberg
from sluicegate.talks.payoff import Payoffs, payoffs
from sluicegate.terms import InputError
from sluicegate.terms.writing import write_whole
from sluicegate.world.lever import load_levers

MAIN_PRODUCTS = 3
MOST_MIXED = 64
"""Draws without a pure equilibrium that are solved for mixes."""
AFTER = timedelta(weeks=26)
"""When they talk, unless told: half a year after the first measure."""
SAME = 1e-9
FORMULA = "losses from the talks to the horizon against no control, same draws, 5 % a year, less the cost of the move"
LIMITS = [
    "Payoffs are each side's own losses from the day of the talks; what the controller wants of the talks is not in "
    "them. Where keeping the control costs it more than lifting, it keeps it only for that prize: read the transfer as "
    "the least the prize must be worth.",
    "Levers are counted in closed form and move no chain; those without figures are no moves, and absent is not zero.",
    f"How likely a side is never to give in ({STUBBORN:.0%}) is a prior; no record was found.",
]


def negotiate(name: str, *, on: date | None = None, draws: int = DRAWS, seed: int = SEED, as_of: date | None = None,
              settings: Mapping[str, str] | None = None, deal: Path | None = None,
              progress: Progress | None = None) -> Document:  # fmt: skip
    """Payoffs of moves of both sides, simulated on the same draws; equilibria, leaders, the bargain, and who can wait.

    Parameters
    ----------
    on : day of the talks ; deal : a file to write the deal to, a scenario that can be run

    Raises
    ------
    InputError : a scenario without controls, controller or anybody who loses, or a day outside it.
    """
    scenario, whole = opened(name, as_of=as_of, settings=settings)
    day = _day(scenario, on)
    near = focused(whole, scenario)
    ran = answer(scenario, near, draws=draws, seed=seed, places=())
    if ran.edge is None:
        raise InputError("nobody to talk to", where=f"scenario {name}", expected="a controller and somebody who loses",
                         do="Give the scenario a `controller`, and a control.")  # fmt: skip
    target, model = ran.edge.target, ran.result.model
    scenario = scenario.model_copy(update={"target": target})
    short = tuple(dict.fromkeys(s.product for s in ran.shortages if s.place == target))[:MAIN_PRODUCTS]
    del ran  # the records of two runs
    levers = [v for v in load_levers(near.overlay, near.as_of).values()
              if (v.by, v.against) == (target, scenario.controller)]  # fmt: skip
    rows, columns = controller_moves(day, target), target_moves(target, short, day, levers)
    deals = paths(day, target)
    beside = [*deals, *stocked_paths(scenario, target, short, rows, deals[:2])]
    found = payoffs(scenario, near, rows, columns, day, draws=draws, seed=seed, beside=beside,
                    like=model, progress=progress)  # fmt: skip
    worth = worth_documents(scenario, found, day, levers, model.draws)
    document = _document(scenario, day, found) | {"worth": worth, "stock": stock_document(scenario, found)}
    document["levers_absent"] = [f"{v.name}: {v.lacking}" for v in levers if not v.known]
    if deal is not None:
        written = {deal: deal_of(found), deal.with_name(f"{deal.stem}-broken{deal.suffix}"): BROKEN}
        for path, name_of in written.items():
            _write(_agreed(scenario, next(m for m in beside if m.name == name_of)), path)
        document["deal_file"], document["deal_broken_file"] = map(str, written)
    command = f"negotiate {name} --on {day}"
    document["provenance"] = provenance(scenario.as_of, draws=draws, seed=seed, command=command)
    key = run_key(negotiate=scenario.model_dump(mode="json"), on=str(day), draws=draws, seed=seed)
    document["provenance"]["run"] = key
    keep(key, document, _explained(document))
    return document


def _day(scenario: Scenario, on: date | None) -> date:
    first = min((resolve(c, scenario.as_of).effective_from for c in scenario.controls), default=None)
    if first is None:
        raise InputError("no control", where=f"scenario {scenario.name}", expected="a control to talk about",
                         do="Name a scenario with controls.")  # fmt: skip
    day = on or min(max(first, scenario.start) + AFTER, scenario.end - AFTER)
    begun = max(first, scenario.start)
    if not begun < day < scenario.end - MONTH:
        raise InputError(f"talks on {day}", where="--on", do="Name another day.",
                         expected=f"a day after {begun} and a month before {scenario.end}")  # fmt: skip
    return day


def _document(scenario: Scenario, day: date, found: Payoffs) -> Document:
    a, b = found.controller.mean(axis=2), found.target.mean(axis=2)
    per_draw = pure(np.moveaxis(found.controller, 2, 0), np.moveaxis(found.target, 2, 0))
    rows, columns, mean_game = found.rows, found.columns, equilibria(a, b)
    return {
        "title": f"The talks: “{scenario.title}”",
        "controller": scenario.controller, "target": scenario.target, "on": str(day), "unit": UNIT,
        "moves": {"controller": [_move(m) for m in rows], "target": [_move(m) for m in columns]},
        "payoffs": [{
            "id": number_id("payoff", scenario.name, r.name, c.name), "controller_move": r.name, "target_move": c.name,
            "controller": band(found.controller[i, j] / MUSD), "target": band(found.target[i, j] / MUSD),
            "equilibrium_share": float(per_draw[:, i, j].mean()), "unit": UNIT,
        } for i, r in enumerate(rows) for j, c in enumerate(columns)],
        "no_pure_equilibrium_share": float((~per_draw.any(axis=(1, 2))).mean()),
        "alike": _alike(rows, columns, a, b),
        "equilibria": [{
            "controller": _mix(rows, e.x), "target": _mix(columns, e.y), "controller_value": e.row / MUSD,
            "target_value": e.column / MUSD, "regret": e.regret / MUSD, "unit": UNIT,
            "regret_in_draws": band(regrets(found.controller, found.target, e.x, e.y) / MUSD),
        } for e in mean_game],
        "mixed_in_draws": _mixed(found, np.flatnonzero(~per_draw.any(axis=(1, 2)))),
        "pure_equilibrium": any(e.pure for e in mean_game),
        "leaders": [_leader("controller", rows, columns, a, b), _leader("target", columns, rows, b.T, a.T)],
        "bargain": bargain_document(scenario, found),
        "waiting": waiting_document(scenario, found),
        "limits": LIMITS,
    }  # fmt: skip


def _mixed(found: Payoffs, without: NDArray[np.intp]) -> Document | None:
    """How both mix, on average, in draws without a pair of single moves; None where every draw has one."""
    told = [equilibria(found.controller[..., d], found.target[..., d]) for d in without[:MOST_MIXED]]
    mixes = [e[0] for e in told if e]
    if not mixes:
        return None
    return {"controller": _mix(found.rows, np.mean([e.x for e in mixes], axis=0)),
            "target": _mix(found.columns, np.mean([e.y for e in mixes], axis=0)),
            "draws": len(mixes), "largest_regret": max(e.regret for e in mixes) / MUSD, "unit": UNIT}  # fmt: skip


def _move(move: Move) -> Document:
    return {"name": move.name, "what": move.what}


def _mix(moves: tuple[Move, ...], mix: Floats) -> dict[str, float]:
    return {m.name: float(p) for m, p in zip(moves, mix, strict=True) if p > SAME}


def _alike(rows: tuple[Move, ...], columns: tuple[Move, ...], a: Floats, b: Floats) -> list[list[str]]:
    """Moves of one side that come to the same for both, whatever the other does."""
    both = np.concatenate([a, b], axis=1), np.concatenate([a, b], axis=0).T
    return [[m.name, n.name] for moves, values in zip((rows, columns), both, strict=True)
            for i, m in enumerate(moves) for j, n in enumerate(moves[:i])
            if np.allclose(values[i], values[j], rtol=SAME, atol=1.0)]  # fmt: skip


def _leader(side: str, mine: tuple[Move, ...], theirs: tuple[Move, ...], a: Floats, b: Floats) -> Document:
    best, plain = stackelberg(a, b), stackelberg(a, b, mixed=False)
    return {"leader": side, "commits_to": _mix(mine, best.x), "answer": theirs[best.answer].name,
            "value": best.leader / MUSD, "with_one_move": _mix(mine, plain.x),
            "value_with_one_move": plain.leader / MUSD, "unit": UNIT}  # fmt: skip


def _explained(document: Document) -> dict[str, Document]:
    formulas = {
        "bargain": "gains of a deal over none, draw by draw; half of the surplus each (Nash 1950), or by impatience "
                   "(Rubinstein 1982): the other's loss a week over both",
        "waiting": "losses a week in the quarter after the talks; who gives in by Abreu and Gul (2000) over time",
    }  # fmt: skip
    rows = {document[k]["id"]: {"what": f"the {k} of “{document['title']}”", "value": document[k],
                                "unit": document[k]["unit"], "formula": text}
            for k, text in formulas.items()}  # fmt: skip
    rows |= {row["id"]: {
        "what": f"what both sides end with: {row['controller_move']} against {row['target_move']}",
        "value": {"controller": row["controller"], "target": row["target"]}, "unit": UNIT,
        "formula": FORMULA,
    } for row in document["payoffs"]}  # fmt: skip
    if document["stock"]:
        rows[document["stock"]["id"]] = {
            "what": "what a stock held before the talks is worth in them", "value": document["stock"], "unit": UNIT,
            "formula": "Nash's transfer over keeping the control, without the stock less with it; same draws",
        }  # fmt: skip
    return rows | {row["id"]: {
        "what": row["what"], "value": {"target": row["target"], "controller": row["controller"]}, "unit": UNIT,
        "formula": "difference of two simulated payoffs on the same draws",
    } for row in document["worth"]}  # fmt: skip


def _agreed(scenario: Scenario, move: Move) -> Scenario:
    told = {BROKEN: ("deal-broken", "with a deal that breaks")}.get(move.name, ("deal", "with a deal"))
    named = {"name": f"{scenario.name}-{told[0]}", "title": f"{scenario.title}, {told[1]}"}
    return move.applied(scenario).model_copy(update=named)


def _write(scenario: Scenario, path: Path) -> None:
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write_whole(path, yaml.safe_dump(plain, sort_keys=False, allow_unicode=True))
