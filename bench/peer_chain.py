"""A chain of mine, plant and line in SimPy, Mesa and PySD: the same weekly rule in each, and in plain Python.

A week: ship = min(stock of the sender, what the receiver uses + (target - its stock) / 4), on the stocks of the week
before; the mine stands still from week 20 to 30.
"""

from __future__ import annotations

from typing import Any

TARGET, USE, TAU, MINED, START = 40.0, 10.0, 4.0, 12.0, 50.0
MODEL = """{UTF-8}
mined = IF THEN ELSE(Time >= 20 :AND: Time < 30, 0, 12) ~~|
first = MIN(Ore, MAX(10 + (40 - Oxide) / 4, 0)) ~~|
second = MIN(Oxide, MAX(10 + (40 - Magnet) / 4, 0)) ~~|
used = MIN(Magnet, 10) ~~|
Ore = INTEG(mined - first, 50) ~~|
Oxide = INTEG(first - second, 50) ~~|
Magnet = INTEG(second - used, 50) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = %d ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
"""


def mined(week: int) -> float:
    return 0.0 if 20 <= week < 30 else MINED


def ordered(stock: float) -> float:
    return max(USE + (TARGET - stock) / TAU, 0.0)


def plain(weeks: int) -> list[float]:
    """Stocks of mine, plant and line after some weeks."""
    stock = [START] * 3
    for t in range(weeks):
        first, second = (min(stock[k], ordered(stock[k + 1])) for k in (0, 1))
        used = min(stock[2], USE)
        stock = [stock[0] + mined(t) - first, stock[1] + first - second, stock[2] + second - used]
    return stock


def in_simpy(chains: int, weeks: int) -> list[list[float]]:
    """A process a link and a node; links decide on the week, nodes settle half a week later."""
    import simpy

    env = simpy.Environment()
    stocks = [[START] * 3 for _ in range(chains)]
    ships = [[0.0, 0.0] for _ in range(chains)]

    def link(stock: list[float], ship: list[float], k: int) -> Any:
        while True:
            ship[k] = min(stock[k], ordered(stock[k + 1]))
            yield env.timeout(1)

    def node(stock: list[float], ship: list[float], k: int) -> Any:
        yield env.timeout(0.5)
        while True:
            came = ship[k - 1] if k else mined(int(env.now))
            left = ship[k] if k < 2 else min(stock[2], USE)
            stock[k] += came - left
            yield env.timeout(1)

    for stock, ship in zip(stocks, ships, strict=True):
        for k in range(2):
            env.process(link(stock, ship, k))
        for k in range(3):
            env.process(node(stock, ship, k))
    env.run(until=weeks)
    return stocks


def in_mesa(chains: int, weeks: int) -> list[list[float]]:
    """An agent a node and a link, two stages a week."""
    import mesa

    class Node(mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: Any) -> None:
            super().__init__(model)
            self.stock, self.into, self.out = START, None, None

        def settle(self) -> None:
            came = self.into.ship if self.into else mined(self.model.week)
            left = self.out.ship if self.out else min(self.stock, USE)
            self.stock += came - left

    class Link(mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: Any, sender: Any, receiver: Any) -> None:
            super().__init__(model)
            self.sender, self.receiver, self.ship = sender, receiver, 0.0
            sender.out = receiver.into = self

        def decide(self) -> None:
            self.ship = min(self.sender.stock, ordered(self.receiver.stock))

    model = mesa.Model()
    model.week = 0
    found = []
    for _ in range(chains):
        nodes = [Node(model) for _ in range(3)]
        for k in range(2):
            Link(model, nodes[k], nodes[k + 1])
        found.append(nodes)
    links, every = model.agents_by_type[Link], model.agents_by_type[Node]
    for model.week in range(weeks):
        links.do("decide")
        every.do("settle")
    return [[n.stock for n in nodes] for nodes in found]


def in_pysd(folder: Any, weeks: int) -> Any:
    """The chain as a Vensim model, translated; returns the model, to be run."""
    import pysd

    path = folder / "chain.mdl"
    path.write_text(MODEL % weeks, "utf-8")
    return pysd.read_vensim(str(path))
