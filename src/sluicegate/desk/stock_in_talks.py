"""What a stock held before the talks is worth in them: what a deal must give, and what the other side then does."""

from __future__ import annotations

import numpy as np

from sluicegate.desk.deal import MUSD, UNIT, deal_of
from sluicegate.desk.number import Document, band, number_id
from sluicegate.response import Action
from sluicegate.scenario import Scenario
from sluicegate.sim.network import Floats
from sluicegate.talks.bargain import nash
from sluicegate.talks.move import STOCK_DAYS, STOCKED, Move, with_stock
from sluicegate.talks.payoff import Payoffs


def stocked_paths(scenario: Scenario, target: str, products: tuple[str, ...], rows: list[Move],
                  deals: list[Move]) -> list[Move]:  # fmt: skip
    """The controller's moves and the deals against a target with a stock since the start; none if nothing is short."""
    if not products:
        return []
    stock = Action("stock", target, products, size=STOCK_DAYS, start=scenario.start)
    return with_stock([*rows, *deals], stock)


def stock_document(scenario: Scenario, found: Payoffs) -> Document | None:
    """The stock's worth if the control stays, in the transfer of a deal, and in what the controller does; None if none.

    The transfer is Nash's (1950): half of the surplus each, over keeping the control against a target that waits. The
    controller's answer is read draw by draw: the move that loses it least.
    """
    deal = deal_of(found)
    if f"{STOCKED}{deal}" not in found.beside:
        return None
    keep = found.rows[0].name
    spent = found.spent[f"{STOCKED}{deal}"]
    bare = _transfer((found.controller[0, 0], found.target[0, 0]), found.beside[deal])
    held = _transfer(found.beside[f"{STOCKED}{keep}"], found.beside[f"{STOCKED}{deal}"])
    saved = found.beside[f"{STOCKED}{keep}"][1] - found.target[0, 0]
    own = [found.controller[r, 0] for r in range(len(found.rows))]
    against = [found.beside[f"{STOCKED}{m.name}"][0] for m in found.rows]
    return {
        "id": number_id("stock-in-talks", scenario.name), "unit": UNIT, "days": STOCK_DAYS,
        "held_from": str(scenario.start), "cost": band(spent / MUSD), "deal": deal.removeprefix("deal: "),
        "saves_if_kept": band(saved / MUSD),
        "transfer_without": band(bare / MUSD), "transfer_with": band(held / MUSD),
        "spares_in_the_deal": band((bare - held) / MUSD), "p_pays_in_the_deal": float((bare - held > spent).mean()),
        "controller_does_without": _answers(found, own), "controller_does_with": _answers(found, against),
        "prize_needed_without": _prize(own), "prize_needed_with": _prize(against),
    }  # fmt: skip


def _transfer(kept: tuple[Floats, Floats], deal: tuple[Floats, Floats]) -> Floats:
    """(D,) what the target gives the controller so that both gain alike by the deal."""
    mine, theirs = deal[0] - kept[0], deal[1] - kept[1]
    return np.asarray(nash(mine + theirs, 0.0, 0.0).first - mine)


def _answers(found: Payoffs, own: list[Floats]) -> dict[str, float]:
    """Share of draws in which each of the controller's moves leaves it best off."""
    best = np.argmax(np.stack(own), axis=0)
    return {m.name: float((best == r).mean()) for r, m in enumerate(found.rows) if (best == r).any()}


def _prize(own: list[Floats]) -> dict[str, float]:
    """What keeping the control costs the controller against its best move: what it wants must be worth that."""
    return band((np.max(np.stack(own), axis=0) - own[0]) / MUSD)
