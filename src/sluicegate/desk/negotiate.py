"""The question `negotiate SCENARIO`: what each side can do, what a deal is worth, and who can wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import yaml

from sluicegate.desk.answer import DRAWS, SEED, answer
from sluicegate.desk.number import Document, band, number_id
from sluicegate.desk.opening import opened
from sluicegate.desk.store import keep, run_key
from sluicegate.desk.version import provenance
from sluicegate.scenario import Scenario
from sluicegate.sim import focused
from sluicegate.sim.control import resolve
from sluicegate.sim.network import Floats
from sluicegate.sim.run import Progress
from sluicegate.talks.attrition import standoff
from sluicegate.talks.bargain import nash
from sluicegate.talks.move import Move, controller_moves, lifted, target_moves
from sluicegate.talks.normal import equilibria, pure, stackelberg
from sluicegate.talks.payoff import Payoffs, payoffs
from sluicegate.terms import InputError
from sluicegate.terms.writing import write_whole

UNIT = "million 2024 USD"
MUSD = 1e6
MAIN_PRODUCTS = 3
MONTH = timedelta(days=30)
AFTER = timedelta(weeks=26)
"""When they talk, unless told: half a year after the first measure."""
STUBBORN = 0.05
"""Chance that a side never gives in; a prior without a record behind it."""
SAME = 1e-9
CAN_WAIT = "one side loses nothing by waiting, or gains nothing by a deal: it can wait"
FORMULA = "losses from the talks to the horizon against no control, same draws, 5 % a year, less the cost of the move"
LIMITS = [
    "Payoffs are each side's own losses from the day of the talks; what the controller wants of the talks is not in "
    "them. Where keeping the control costs it more than lifting, it keeps it only for that prize: read the transfer as "
    "the least the prize must be worth.",
    "Tariffs, technology and visas move nothing here: there are no figures for what they cost this controller, and "
    "absent is not zero. A point of tariff has no value in this table for that reason.",
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
    ran = answer(scenario, near, draws=draws, seed=seed)
    if ran.edge is None:
        raise InputError("nobody to talk to", where=f"scenario {name}", expected="a controller and somebody who loses",
                         do="Give the scenario a `controller`, and a control.")  # fmt: skip
    target = ran.edge.target
    scenario = scenario.model_copy(update={"target": target})
    short = tuple(dict.fromkeys(s.product for s in ran.shortages if s.place == target))[:MAIN_PRODUCTS]
    rows, columns = controller_moves(day, target), target_moves(target, short, day)
    later = replace(rows[2], name="lift a month later", applied=lambda s: lifted(s, day + MONTH))
    found = payoffs(scenario, near, [*rows, later], columns, day, draws=draws, seed=seed,
                    like=ran.result.model.draws, progress=progress)  # fmt: skip
    document = _document(scenario, day, found)
    if deal is not None:
        agreed = found.rows[_deal_row(found)].applied(scenario)
        _write(
            agreed.model_copy(update={"name": f"{scenario.name}-deal", "title": f"{scenario.title}, with a deal"}), deal
        )
        document["deal_file"] = str(deal)
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
    count = len(found.rows) - 1  # the last row is the deal a month later, not a move
    a, b = found.controller[:count].mean(axis=2), found.target[:count].mean(axis=2)
    per_draw = pure(np.moveaxis(found.controller[:count], 2, 0), np.moveaxis(found.target[:count], 2, 0))
    rows, columns = found.rows[:count], found.columns
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
        } for e in equilibria(a, b)],
        "leaders": [_leader("controller", rows, columns, a, b), _leader("target", columns, rows, b.T, a.T)],
        "bargain": _bargain(scenario, found),
        "waiting": _waiting(scenario, found),
        "worth": _worth(scenario, found),
        "limits": LIMITS,
    }  # fmt: skip


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


def _deal_row(found: Payoffs) -> int:
    """Ease or lift, whichever leaves both together more on average if the target then waits."""
    names = [m.name for m in found.rows]
    return max((names.index(n) for n in ("ease", "lift")),
               key=lambda r: float((found.controller[r, 0] + found.target[r, 0]).mean()))  # fmt: skip


def _gains(found: Payoffs) -> tuple[Floats, Floats]:
    """(D,) what the deal is worth to controller and target over no deal, where the target answers as it likes best."""
    reply = int(found.target[0].mean(axis=1).argmax())
    row = _deal_row(found)
    return found.controller[row, 0] - found.controller[0, reply], found.target[row, 0] - found.target[0, reply]


def _bargain(scenario: Scenario, found: Payoffs) -> Document:
    mine, theirs = _gains(found)
    surplus = mine + theirs
    share = _share(found)
    told = ~np.isnan(share)
    half = nash(surplus, 0.0, 0.0)
    reply = int(found.target[0].mean(axis=1).argmax())
    return {
        "id": number_id("bargain", scenario.name), "unit": UNIT,
        "without_deal": {"controller": found.rows[0].name, "target": found.columns[reply].name},
        "deal": found.rows[_deal_row(found)].name,
        "gain_controller": band(mine / MUSD), "gain_target": band(theirs / MUSD), "surplus": band(surplus / MUSD),
        "p_worth_it": float((surplus > 0).mean()),
        "zone": {"least": band(-mine / MUSD), "most": band(theirs / MUSD),
                 "what": "what the target gives the controller: no less, no more"},
        "nash_transfer": band((half.first - mine) / MUSD),
        "impatience_share_controller": band(share[told]) if told.any() else None,
        "impatience_transfer": band((share * surplus - mine)[told] / MUSD) if told.any() else None,
    }  # fmt: skip


def _share(found: Payoffs) -> Floats:
    """(D,) controller's share by alternating offers: the target's flow of loss over both; NaN where a side gains."""
    mine, theirs = _flows(found)
    total = np.where((mine >= 0) & (theirs >= 0) & (mine + theirs > 0), mine + theirs, np.nan)
    return np.asarray(theirs / total)


def _flows(found: Payoffs) -> tuple[Floats, Floats]:
    """(D,) losses a week in the quarter after the talks, if nothing is done."""
    quarter = slice(found.week, found.week + 13)
    return found.flow_controller[quarter].mean(axis=0), found.flow_target[quarter].mean(axis=0)


def _waiting(scenario: Scenario, found: Payoffs) -> Document:
    mine, theirs = _flows(found)
    worst = np.median(found.flow_target[found.week :], axis=1)
    gains = tuple(float(np.median(g)) for g in _gains(found))
    costs = (float(np.median(mine)), float(np.median(theirs)))
    told: Document | None = None
    if min(*gains, *costs) > 0:
        over = standoff((gains[0], gains[1]), costs, (STUBBORN, STUBBORN))
        told = {"gives_in_at_once": {"controller": over.at_once[0], "target": over.at_once[1]},
                "weeks": {"controller": over.lasts[0], "target": over.lasts[1]}, "stubborn": STUBBORN}  # fmt: skip
    return {
        "id": number_id("waiting", scenario.name), "unit": "million 2024 USD a week",
        "controller": band(mine / MUSD), "target": band(theirs / MUSD),
        "p_target_pays_more": float((theirs > mine).mean()),
        "target_worst_week": str(scenario.date_of(found.week + int(worst.argmax()))),
        "standoff": told,
        "why_no_standoff": None if told else CAN_WAIT,
    }  # fmt: skip


def _worth(scenario: Scenario, found: Payoffs) -> list[Document]:
    names, columns = [m.name for m in found.rows], [m.name for m in found.columns]
    lift = names.index("lift")
    rows = [("a month of free licences", found.target[lift, 0] - found.target[-1, 0],
             found.controller[lift, 0] - found.controller[-1, 0])]  # fmt: skip
    if "stock" in columns:
        k = columns.index("stock")
        rows.append(("a stock of sixty days, if the control stays", found.target[0, k] - found.target[0, 0],
                     found.controller[0, k] - found.controller[0, 0]))  # fmt: skip
    return [{"id": number_id("worth", scenario.name, what), "what": what, "target": band(theirs / MUSD),
             "controller": band(mine / MUSD), "unit": UNIT} for what, theirs, mine in rows]  # fmt: skip


def _explained(document: Document) -> dict[str, Document]:
    formulas = {
        "bargain": "gains of a deal over none, draw by draw; half of the surplus each (Nash 1950), or by impatience "
                   "(Rubinstein 1982): the other's loss a week over both",
        "waiting": "losses a week in the quarter after the talks; who gives in by Abreu and Gul (2000)",
    }  # fmt: skip
    rows = {document[k]["id"]: {"what": f"the {k} of “{document['title']}”", "value": document[k],
                                "unit": document[k]["unit"], "formula": text}
            for k, text in formulas.items()}  # fmt: skip
    rows |= {row["id"]: {
        "what": f"what both sides end with: {row['controller_move']} against {row['target_move']}",
        "value": {"controller": row["controller"], "target": row["target"]}, "unit": UNIT,
        "formula": FORMULA,
    } for row in document["payoffs"]}  # fmt: skip
    return rows | {row["id"]: {
        "what": row["what"], "value": {"target": row["target"], "controller": row["controller"]}, "unit": UNIT,
        "formula": "difference of two simulated payoffs on the same draws",
    } for row in document["worth"]}  # fmt: skip


def _write(scenario: Scenario, path: Path) -> None:
    plain = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    write_whole(path, yaml.safe_dump(plain, sort_keys=False, allow_unicode=True))
