"""A deal: what it is worth to each side, what it must give, who can wait, and what its parts are worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from sluicegate.desk.number import Document, band, number_id
from sluicegate.leverage.edge import present
from sluicegate.leverage.lever import lever_loss
from sluicegate.scenario import LeverUse, Scenario
from sluicegate.sim.draws import Draws
from sluicegate.sim.network import Floats
from sluicegate.talks.attrition import standoff_over_time
from sluicegate.talks.bargain import impatience_share, nash, offers, patience_needed
from sluicegate.talks.move import Move, controller_moves, dropped, lifted, suspended
from sluicegate.talks.payoff import RATE, Payoffs
from sluicegate.world.lever import Lever

UNIT = "million 2024 USD"
MUSD = 1e6
MONTH = timedelta(days=30)
BROKEN_AFTER = timedelta(weeks=26)
STUBBORN = 0.05
"""Chance that a side never gives in; a prior without a record behind it."""
EASE, LIFT, LATER, BROKEN = "deal: ease", "deal: lift", "lift a month later", "deal broken"
CAN_WAIT = "one side loses nothing by waiting, or gains nothing by a deal: it can wait"
POINT = 0.01


def paths(on: date, target: str) -> list[Move]:
    """The deals and what they are compared with: in a deal the target drops its levers, as long as it holds."""
    ease = next(m for m in controller_moves(on, target) if m.name == "ease")
    back = on + BROKEN_AFTER
    return [
        Move(EASE, f"{ease.what}; levers dropped", lambda s: dropped(ease.applied(s), on)),
        Move(LIFT, f"nothing is held any more from {on}; levers dropped", lambda s: dropped(lifted(s, on), on)),
        Move(LATER, f"the same, but held until {on + MONTH}", lambda s: dropped(lifted(s, on + MONTH), on)),
        Move(BROKEN, f"nothing is held from {on}, levers dropped; from {back} all as before",
             lambda s: dropped(suspended(s, on, back), on, back)),
    ]  # fmt: skip


def deal_of(found: Payoffs) -> str:
    """Ease or lift, whichever leaves both together more on average if the target then waits."""
    return max((EASE, LIFT), key=lambda name: float(sum(side.mean() for side in found.beside[name])))


def _without(found: Payoffs) -> tuple[int, Floats, Floats]:
    """The target's best answer if the control is kept, and what both then have (D,)."""
    reply = int(found.target[0].mean(axis=1).argmax())
    return reply, found.controller[0, reply], found.target[0, reply]


def gains(found: Payoffs, name: str) -> tuple[Floats, Floats]:
    """(D,) what a path is worth to controller and target over no deal, where the target answers as it likes best."""
    _, mine, theirs = _without(found)
    return found.beside[name][0] - mine, found.beside[name][1] - theirs


def bargain_document(scenario: Scenario, found: Payoffs) -> Document:
    """The bargain: gains, zone of agreement, Nash's split, and the split by impatience."""
    deal = deal_of(found)
    mine, theirs = gains(found, deal)
    surplus, share = mine + theirs, impatience_share(*flows(found))
    told = ~np.isnan(share)
    return {
        "id": number_id("bargain", scenario.name), "unit": UNIT,
        "without_deal": {"controller": found.rows[0].name, "target": found.columns[_without(found)[0]].name},
        "deal": deal.removeprefix("deal: "),
        "gain_controller": band(mine / MUSD), "gain_target": band(theirs / MUSD), "surplus": band(surplus / MUSD),
        "p_worth_it": float((surplus > 0).mean()),
        "zone": {"least": band(-mine / MUSD), "most": band(theirs / MUSD),
                 "what": "what the target gives the controller: no less, no more"},
        "nash_transfer": band((nash(surplus, 0.0, 0.0).first - mine) / MUSD),
        "impatience_share_controller": band(share[told]) if told.any() else None,
        "impatience_transfer": band((share * surplus - mine)[told] / MUSD) if told.any() else None,
        "offers": _offers(found), "truce": _truce(found), "if_broken": _broken(found, deal),
    }  # fmt: skip


def _offers(found: Payoffs) -> Document:
    """The controller's share by alternating offers, one a week, until the horizon ends what there is to share.

    The pie of a week is what both would still be spared from then on, at the median; backward induction (Stahl 1972).
    """
    saved = np.median(found.flow_controller + found.flow_target, axis=1)[found.week :]
    pies = [max(float(present(saved[t:, None], RATE)[0]), 0.0) for t in range(len(saved))]
    patience = (1 + RATE) ** (-7 / 365.25)
    if not pies or pies[0] <= 0:
        return {"rounds": len(pies), "controller_first": None, "target_first": None, "unit": "share of what is spared"}
    first = offers(patience, patience, pies)[0] / pies[0]
    return {"rounds": len(pies), "controller_first": first, "target_first": 1 - first,
            "unit": "share of what is spared"}  # fmt: skip


def _truce(found: Payoffs) -> Document:
    """How much the controller must value the future to keep a truce, if the target answers a breach with its levers.

    A grim trigger holds where a period weighs at least (T - R) / (T - P) of the one before (Friedman 1971): T to hold
    goods back unanswered, R a truce, P to hold them back against the lever that costs it most. On means.
    """
    rows, columns = [m.name for m in found.rows], [m.name for m in found.columns]
    answers = [k for k, name in enumerate(columns) if name in ("withhold", "tariff")]
    mean = found.controller.mean(axis=2)
    keep, lift = rows.index("keep"), rows.index("lift")
    told: Document = {"temptation": float(mean[keep, 0] - mean[lift, 0]) / MUSD, "unit": UNIT, "patience_needed": None}
    if told["temptation"] <= 0:
        return told | {"why": "holding goods back unanswered is no better for the controller than a truce"}
    if not answers:
        return told | {"why": "the target has no lever with figures to answer a breach with"}
    worst = min(float(mean[keep, k]) for k in answers)
    if worst >= mean[lift, 0]:
        return told | {"why": "even against the target's levers the controller does better holding goods back"}
    needed = patience_needed(float(mean[keep, 0]), float(mean[lift, 0]), worst)
    return told | {"patience_needed": needed, "why": "a breach is answered with the lever that costs most"}


def _broken(found: Payoffs, deal: str) -> Document:
    """What both have if the deal breaks after half a year, and how likely it must be to hold for each to want it.

    A side wants it where q kept + (1 - q) broken > none, on means; a payment besides is not counted.
    """
    told: Document = {"weeks": BROKEN_AFTER.days // 7, "unit": UNIT}
    for side, kept, broken in zip(("controller", "target"), gains(found, deal), gains(found, BROKEN), strict=True):
        k, b = float(kept.mean()), float(broken.mean())
        told[side] = {"gain": band(broken / MUSD), "must_hold": 0.0 if b >= 0 else None if k <= 0 else -b / (k - b)}
    return told


def flows(found: Payoffs) -> tuple[Floats, Floats]:
    """(D,) losses a week in the quarter after the talks, if nothing is done; controller, target."""
    quarter = slice(found.week, found.week + 13)
    return found.flow_controller[quarter].mean(axis=0), found.flow_target[quarter].mean(axis=0)


def waiting_document(scenario: Scenario, found: Payoffs) -> Document:
    """Who can wait: losses a week, when they are worst, and who gives in as they change over time."""
    mine, theirs = flows(found)
    paths_of = [np.median(f[found.week :], axis=1) for f in (found.flow_controller, found.flow_target)]
    gained = tuple(float(np.median(g)) for g in gains(found, deal_of(found)))
    told: Document | None = None
    if min(*gained, *(float(p.mean()) for p in paths_of)) > 0:
        costs = np.maximum(np.stack(paths_of, axis=1), 0)
        over = standoff_over_time((gained[0], gained[1]), costs, (STUBBORN, STUBBORN))
        half = [_half(over.given_in[:, i]) for i in (0, 1)]
        told = {"gives_in_at_once": {"controller": over.at_once[0], "target": over.at_once[1]},
                "weeks": {"controller": _finite(over.lasts[0]), "target": _finite(over.lasts[1])},
                "weeks_to_half": {"controller": half[0], "target": half[1]}, "stubborn": STUBBORN}  # fmt: skip
    return {
        "id": number_id("waiting", scenario.name), "unit": "million 2024 USD a week",
        "controller": band(mine / MUSD), "target": band(theirs / MUSD),
        "p_target_pays_more": float((theirs > mine).mean()),
        "target_worst_week": str(scenario.date_of(found.week + int(paths_of[1].argmax()))),
        "standoff": told, "why_no_standoff": None if told else CAN_WAIT,
    }  # fmt: skip


def _half(given: Floats) -> int | None:
    return int((given >= 0.5).argmax()) if (given >= 0.5).any() else None


def _finite(weeks: float) -> float | None:
    return weeks if np.isfinite(weeks) else None


def worth_documents(scenario: Scenario, found: Payoffs, on: date, levers: Sequence[Lever],
                    draws: Draws) -> list[Document]:  # fmt: skip
    """What a month of licences, a stock of sixty days and a point of tariff are worth to both."""
    columns = [m.name for m in found.columns]
    now, later = found.beside[LIFT], found.beside[LATER]
    rows = [("a month of free licences", now[1] - later[1], now[0] - later[0])]
    if "stock" in columns:
        k = columns.index("stock")
        rows.append(("a stock of sixty days, if the control stays", found.target[0, k] - found.target[0, 0],
                     found.controller[0, k] - found.controller[0, 0]))  # fmt: skip
    rows += [("a point of tariff, if it stays to the horizon", -theirs, -mine)
             for mine, theirs in _points(scenario, found, on, levers, draws)]  # fmt: skip
    return [{"id": number_id("worth", scenario.name, what), "what": what, "target": band(theirs / MUSD),
             "controller": band(mine / MUSD), "unit": UNIT} for what, theirs, mine in rows]  # fmt: skip


def _points(scenario: Scenario, found: Payoffs, on: date, levers: Sequence[Lever],
            draws: Draws) -> list[tuple[Floats, Floats]]:  # fmt: skip
    """(D,) twice, controller and target: what one more point of duty costs from the talks to the horizon.

    On top of the duty a scenario already has on the day; from none, the first point.
    """
    told = []
    for lever in (v for v in levers if v.action == "tariff"):
        held = sum(u.added_rate or 0.0 for u in scenario.levers if u.lever == lever.name and _on(u, on))
        low, high = (
            [] if rate == 0 else [LeverUse(lever=lever.name, added_rate=rate, effective_from=on)]
            for rate in (held, held + POINT)
        )
        more = lever_loss(scenario, lever, high, draws)
        against, by = (present(side[found.week :], RATE) for side in (more.against, more.by))
        if low:
            less = lever_loss(scenario, lever, low, draws)
            against = against - present(less.against[found.week :], RATE)
            by = by - present(less.by[found.week :], RATE)
        told.append((against, by))
    return told


def _on(use: LeverUse, day: date) -> bool:
    return use.effective_from <= day and (use.until is None or use.until > day)
