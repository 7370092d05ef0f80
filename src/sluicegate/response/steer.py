"""What a plan of flows is worth in the simulation: buyers split their orders over origins as the plan would have it.

The plan knows all weeks and moves means; the simulated week has queues at the border, backlogs, rationing, prices and
stocks of each draw. From the plan only its shares are taken: week by week, of what a buyer asks for, how much from whom
(in place of E11 of `docs/explanation/simulator.md`). How much is asked for, made and passed stays the simulator's.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sluicegate.response.flow import Chain, Floats
from sluicegate.sim import Result
from sluicegate.sim.engine import Engine, Week
from sluicegate.sim.prepare import Model
from sluicegate.sim.run import BLOCK, recorder
from sluicegate.sim.state import State, base_state
from sluicegate.sim.twin import ORDER
from sluicegate.sim.twin.orders import orders

AHEAD_WEEKS = 13
"""Weeks of planned flows that the split of orders looks at: a quarter's contracts."""


def shares(chain: Chain, flow: Floats) -> Floats:
    """(E, T) share of a buyer's orders that goes over each link: of what is shipped to it in the quarter ahead.

    A plan that sees every week jumps between origins from one to the next; nobody orders so, and simulated it loses by
    it. Where nothing is shipped the last share stays; before the first shipment it is the base year's.
    """
    usual = np.bincount(chain.destination, chain.usual, minlength=chain.nodes)[chain.destination]
    last = np.divide(chain.usual, usual, out=np.zeros(len(chain.usual)), where=usual > 0)
    found = np.empty_like(flow)
    for t in range(flow.shape[1]):
        first = min(t + 1, flow.shape[1] - 1)
        now = flow[:, first : first + AHEAD_WEEKS].mean(axis=1)
        total = np.bincount(chain.destination, now, minlength=chain.nodes)[chain.destination]
        last = np.where(total > 1e-9, np.divide(now, total, out=np.zeros_like(now), where=total > 0), last)
        found[:, t] = last
    return found


def steered(result: Result, chain: Chain, flow: Floats, week: int) -> Result:
    """The run again, on its own draws, with orders split from a week on as planned flows are; by the twin.

    What lines lose is recorded, and nothing else.

    Parameters
    ----------
    result : the run the chain was taken from ; flow : (E, T) planned, t a week, over the links of the chain
    """
    model = _with_links(result.model, chain)
    split = shares(chain, flow)
    record = recorder(model.compiled, ("lost_share",))
    for first in range(0, model.compiled.draws, BLOCK):
        block = slice(first, min(first + BLOCK, model.compiled.draws))
        engine, theta = model.compiled.engine(block), model.compiled.theta[:, block]
        state = base_state(model.compiled.net, engine.sums, engine.knobs)
        state.pipe = np.roll(state.pipe, model.compiled.rest, axis=0)
        for t in range(model.compiled.rest, model.compiled.timeline.weeks):
            now = Week(t)
            for step in ORDER:
                step(engine, state, now)
                if step is orders and 0 <= t - week < split.shape[1]:
                    _split(engine, state, split[:, t - week, None])
            record.write(engine, state, now, theta, block)
    record.fill_before(model.compiled.rest if model.compiled.rest < model.compiled.timeline.first_change else 0)
    return Result(model, record)


def _split(engine: Engine, state: State, share: Floats) -> None:
    """Next week's orders, split anew; the shares stay where they are put."""
    asked = engine.sums.links_to_destination @ state.orders
    state.orders = asked[engine.net.link_destination] * share
    state.share = np.broadcast_to(share, state.share.shape).copy()


def _with_links(model: Model, chain: Chain) -> Model:
    """The model with the chain's new links, which carry nothing in the base year and have no contract."""
    net, timeline = model.compiled.net, model.compiled.timeline
    more = len(chain.origin) - len(net.link_flow)
    wide = replace(
        net, link_origin=chain.origin, link_destination=chain.destination,
        link_flow=np.concatenate([net.link_flow, np.zeros(more)]), link_transit=chain.transit,
    )  # fmt: skip
    timeline = replace(timeline, duty=_wider(timeline.duty, more), levied=_wider(timeline.levied, more),
                       contract=np.append(timeline.contract, np.zeros(more, dtype=bool)))  # fmt: skip
    return replace(model, compiled=replace(model.compiled, net=wide, timeline=timeline))


def _wider(by_link: Floats, more: int) -> Floats:
    """(W, E) with nothing on further links; empty where it was."""
    return np.pad(by_link, [(0, 0), (0, more)]) if by_link.size else by_link
