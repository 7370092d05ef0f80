"""The talks in one line beside an edge: what ending the control is worth, and who can wait; nothing more is run."""

from __future__ import annotations

import numpy as np

from sluicegate.desk.number import Document, band, number_id
from sluicegate.leverage import Edge
from sluicegate.leverage.edge import present
from sluicegate.sim import Result
from sluicegate.talks.bargain import impatience_share, nash
from sluicegate.talks.payoff import RATE

QUARTER = 13
FORMULA = ("threat points are both sides' losses from the day to the horizon, as if a deal spared all of them; half of "
           "the sum each (Nash 1950) is a transfer of (L_T - L_C) / 2")  # fmt: skip


def talks_line(result: Result, found: Edge) -> Document | None:
    """What a deal that spares both sides' losses from the as-of date on is worth; None where no week is left.

    An upper bound of what lifting the control is worth, since what is lost on the way back is lost: `negotiate`
    simulates it.
    """
    day = max(found.start, int(np.ceil(result.scenario.week_of(result.scenario.as_of))))
    if day > result.weeks - QUARTER:
        return None
    hurt, cost = (loss.total[day:] for loss in (found.loss_target, found.loss_controller))
    theirs, mine = present(hurt, RATE), present(cost, RATE)
    share = impatience_share(cost[:QUARTER].mean(axis=0), hurt[:QUARTER].mean(axis=0))
    told = share[~np.isnan(share)]
    return {
        "id": talks_id(found), "from": str(result.scenario.date_of(day)), "unit": "USD",
        "target_would_be_spared": band(theirs), "controller_would_be_spared": band(mine),
        "nash_transfer": band(nash(mine + theirs, 0.0, 0.0).first - mine),
        "impatience_share_controller": band(told) if told.size else None,
        "p_target_gains_more": float((theirs > mine).mean()),
    }  # fmt: skip


def talks_id(found: Edge) -> str:
    """The id of the line."""
    return number_id("talks", found.controller, found.target)
