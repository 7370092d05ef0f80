"""Seconds of the flow programme: 5,000 links and 52 weeks against 5 s, cold and from the last basis; the real chain."""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
from bench.report import report

from sluicegate.response.flow import Chain, FlowProgramme

BOUND_S = 5.0


def layered(links: int, weeks: int, *, places: int, hard: bool = False, stages: int = 3, seed: int = 1) -> Chain:
    """A chain in balance: each place buys each good from many, makes the next one, and some of the links are held.

    Links carry up to twice their base flow; three in ten carry three tenths of it in the second quarter. Hard: half
    of them a twentieth, for half of the weeks. Makers have a fifth to spare; lines stop without the last good.
    """
    rng = np.random.default_rng(seed)
    each, nodes = links // stages // places, places * stages
    used, made, parts = np.zeros(nodes), np.zeros(nodes), []
    need = np.full(places, 8.0)
    for s in range(stages - 1, -1, -1):
        used[s * places : (s + 1) * places] = need
        origin = np.stack([rng.choice(places, each, replace=False) for _ in range(places)])
        flow = rng.dirichlet(np.full(each, 0.7), places) * need[:, None]
        parts.append((origin.ravel() + s * places, np.repeat(np.arange(places), each) + s * places, flow.ravel()))
        need = np.bincount(origin.ravel(), flow.ravel(), minlength=places)
        made[s * places : (s + 1) * places], need = need, need / 0.97
    origin, destination, flow = (np.concatenate(p) for p in zip(*parts, strict=True))
    room = np.repeat(2 * flow[:, None], weeks, axis=1)
    held, until, passes = (0.5, 3 * weeks // 4, 0.025) if hard else (0.3, weeks // 2, 0.15)
    room[rng.random(len(flow)) < held, weeks // 4 : until] *= passes
    fed, last = np.arange(places, nodes), np.arange(nodes - places, nodes)
    return Chain(
        nodes, origin, destination, rng.integers(0, 6, len(flow)), flow, flow, room, rng.uniform(100, 500, len(flow)),
        fed, fed - places, np.full(len(fed), 1 / 0.97), np.arange(nodes), np.arange(nodes), np.ones(nodes),
        np.repeat(1.2 * made[:, None], weeks, axis=1), used * rng.uniform(2, 6, nodes), 2 * made,
        np.zeros((nodes, weeks)), np.full(nodes, 200.0), last, np.arange(places), np.full((places, weeks), 8.0),
        rng.uniform(0.3, 1, places), rng.uniform(5e5, 5e6, places),
    )  # fmt: skip


def main() -> None:
    rows = []
    for links, places, hard in ((1000, 20, False), (5000, 42, False), (1000, 20, True), (5000, 42, True)):
        chain = layered(links, 52, places=places, hard=hard)
        begun = time.perf_counter()
        programme = FlowProgramme(chain)
        built = time.perf_counter()
        found = programme.solve()
        cold, steps = time.perf_counter(), programme.programme.steps
        programme.change_room(np.where(chain.room < 1.9 * chain.before[:, None], 2 * chain.room, chain.room))
        programme.solve()
        warm = time.perf_counter()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        bound = ("yes" if cold - begun < BOUND_S else "no") if links == 5000 else ""
        rows.append([
            len(chain.origin), "half, nearly shut" if hard else "three in ten", programme.programme.shape[1],
            f"{built - begun:.2f}", f"{cold - built:.2f}", steps, f"{found.lost.mean():.1%}", f"{warm - cold:.2f}",
            programme.programme.steps, f"{memory:.0f}", bound,
        ])  # fmt: skip
        print(rows[-1], file=sys.stderr)
    report(
        "reroute",
        "Re-routing, as measured",
        [
            "links",
            "held",
            "columns",
            "build, s",
            "solve, s",
            "steps",
            "of value lost",
            "solve again, s",
            "steps again",
            "MB",
            "within 5 s",
        ],
        rows,
        notes=[
            "52 weeks, three stages, every part of a link's flow within its usual and beyond it a column of its own.",
            "Again: the held links' rooms doubled, from the last basis.",
        ],
    )


if __name__ == "__main__":
    main()
