"""A producer or plant that stands still for a year: the least its chain loses.

All goods are free to go anywhere, and idle capacity elsewhere runs from the week it can, so the loss is the least there
could be. Activities a, uses u and the lines' lost shares z are the least-loss solution of a linear programme:

    minimise   sum over lines of VA_l z_l                                                               (P1)
    subject to sum over producers of (out_ip - in_ip) a_p >= sum over uses of u_k    for each product i (P2)
               z_l >= theta_k c_k (1 - u_k / u0_k)                     for each use k of line l         (P3)
               0 <= u_k <= u0_k                                                                         (P4)
               0 <= a_p <= (1 - q_p) (a0_p + (cap_p - a0_p) max(0, 1 - restart_p / 52))                 (P5)
               a_p / a0_p <= a_h / a0_h                                for p that lives on a host h     (P6)

with the balanced base year a0, u0; theta the median share of value added in goods that hold the product; c 1, 0.5 or 0
for critical, important and replaceable, as in the simulation; q_p the part of producer p that stops. Idle capacity
counts only as far as the tables know it, that of recyclers not at all, and no stock is drawn down: a year outlasts all
of them. Recipes are fixed: what stands in for another input (neodymium for praseodymium) is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from sluicegate.terms import SluicegateError
from sluicegate.world.chain import World
from sluicegate.world.industry import CRITICAL
from sluicegate.world.producer import SCRAP
from sluicegate.world.table import records

WEEKS = 52.0

_NONE = 1e-9


@dataclass(frozen=True)
class Stop:
    """What stands still for a year.

    Parameters
    ----------
    name : a producer (`process|place`) or a plant
    kind : `producer` or `plant`
    parts : share of each producer that stops, 0-1
    """

    name: str
    kind: str
    parts: dict[str, float]


@dataclass(frozen=True)
class Loss:
    """What one stop costs.

    Parameters
    ----------
    share_of_output : by product, part of the world's base-year output that the stop takes out, 0-1
    share_lost : by product, part of the world's base-year use by lines that cannot simply do without (critical or
        important) that is lost after idle capacity elsewhere runs, 0-1
    value_added_musd : by line, value added lost in the year, m USD
    """

    share_of_output: dict[str, float]
    share_lost: dict[str, float]
    value_added_musd: dict[str, float]

    @property
    def total_musd(self) -> float:
        """Value added lost over all lines, m USD."""
        return sum(self.value_added_musd.values())


def stops(world: World, plants: pd.DataFrame | None = None) -> list[Stop]:
    """Every producer that ran in the base year, then every plant whose share of one is known."""
    running = world.producers.index[world.producers["activity_t_per_yr"] > _NONE]
    found = [Stop(str(name), "producer", {str(name): 1.0}) for name in running]
    if plants is None:
        return found
    known = plants[plants["producer"].isin(running)]
    parts = {str(n): dict(zip(g["producer"], g["share"], strict=True)) for n, g in known.groupby("plant", sort=False)}
    return found + [Stop(name, "plant", shares) for name, shares in parts.items()]


class Chain:
    """One chain of products that recipes join, ready to be asked what a stop costs.

    Parameters
    ----------
    world : the balanced base year
    products : the products of the chain
    """

    def __init__(self, world: World, products: Iterable[str]) -> None:
        self.products = sorted(products)
        row = {name: at for at, name in enumerate(self.products)}
        recipes = world.recipes[world.recipes["product"].isin(row)]
        runs = world.producers[world.producers["process"].isin(set(recipes["process"]))]
        self.producers = runs[runs["activity_t_per_yr"] > _NONE]
        uses = world.uses[world.uses["product"].isin(row) & (world.uses["use_t_per_yr"] > _NONE)]
        median = {p.name: p.p50 for p in world.parameters}
        self.weight = (uses["theta_parameter"].map(median) * uses["criticality"].map(CRITICAL)).to_numpy(float)
        self.uses = uses.reset_index(drop=True)
        self.lines = list(dict.fromkeys(self.uses["line"]))
        self.value = world.lines.loc[self.lines, "value_added_musd_per_yr"].to_numpy(float)
        self.net = _net_output(recipes, self.producers, row)
        self.base = self.producers["activity_t_per_yr"].to_numpy(float)
        self.hosts = _hosts(self.producers)

    @cached_property
    def output(self) -> dict[str, NDArray[np.float64]]:
        """By product, (P,) base-year output by producer, t a year; what is taken in is not counted."""
        made = np.maximum(self.net.toarray(), 0.0) * self.base
        return dict(zip(self.products, made, strict=True))

    def loss(self, stop: Stop) -> Loss:
        """What a stop costs, by P1 to P6; nothing for producers outside the chain."""
        cut = np.array([stop.parts.get(str(name), 0.0) for name in self.producers.index])
        solution = self._solve(cut)
        lost = solution[-len(self.lines) :]
        fill = solution[len(self.base) : len(self.base) + len(self.uses)]
        return Loss(
            self._taken(cut), self._missing(fill), dict(zip(self.lines, (self.value * lost).tolist(), strict=True))
        )

    @cached_property
    def ceiling(self) -> NDArray[np.float64]:
        """(P,) t of activity each producer can do in a year when nothing stops, P5."""
        runs = np.clip(1 - self.producers["restart_weeks"].fillna(WEEKS).to_numpy(float) / WEEKS, 0, 1)
        runs = np.where(self.producers["process"].str.contains(SCRAP), 0.0, runs)
        capacity = self.producers["capacity_t_per_yr"].fillna(self.producers["activity_t_per_yr"]).to_numpy(float)
        return np.asarray(self.base + np.maximum(capacity - self.base, 0.0) * runs)

    @cached_property
    def _programme(self) -> tuple[NDArray[np.float64], Any, NDArray[np.float64]]:
        """Cost, matrix and limit of P1, P2, P3 and P6 over activities (P), uses (U) and lost shares of lines (L).

        All are parts of the base. A little is won by activity not run and use not cut, so that the answer is one.
        """
        made, used, lines = len(self.base), len(self.uses), len(self.lines)
        row = {name: at for at, name in enumerate(self.products)}
        at_line = {name: at for at, name in enumerate(self.lines)}
        scale = np.maximum(abs(self.net) @ self.base, _NONE)
        supply = sparse.diags_array(1 / scale) @ self.net @ sparse.diags_array(self.base)
        rows = [row[p] for p in self.uses["product"]]
        need = self.uses["use_t_per_yr"].to_numpy(float) / scale[rows]
        balance = [-supply, _at(rows, range(used), need, (len(row), used)), sparse.csr_array((len(row), lines))]
        own = _at(range(used), [at_line[x] for x in self.uses["line"]], -np.ones(used), (used, lines))
        gap = [sparse.csr_array((used, made)), sparse.diags_array(-self.weight), own]
        hosted = _at(*_host_entries(self.hosts), (len(self.hosts), made + used + lines))
        matrix = sparse.csr_array(sparse.vstack([sparse.hstack(balance), sparse.hstack(gap), hosted]))
        limit = np.concatenate([np.full(len(row), 1e-10), -self.weight, np.zeros(len(self.hosts))])
        worth = self.value / max(self.value.sum(), 1.0)
        return np.concatenate([np.full(made, 1e-9), np.full(used, -1e-6), worth]), matrix, limit

    def _solve(self, cut: NDArray[np.float64]) -> NDArray[np.float64]:
        """Activities (P), uses (U) and lost shares of lines (L) of the least loss, as parts of the base."""
        cost, matrix, limit = self._programme
        most = np.concatenate([(1 - cut) * self.ceiling / self.base, np.ones(len(cost) - len(self.base))])
        bounds = np.column_stack([np.zeros(len(most)), most])
        found = linprog(cost, A_ub=matrix, b_ub=limit, bounds=bounds, method="highs")
        if not found.success:
            raise SluicegateError(f"the pinch could not be computed: {found.message}")
        return np.asarray(found.x)

    def _taken(self, cut: NDArray[np.float64]) -> dict[str, float]:
        """Part of each product's output that the stop takes out."""
        return {p: float(m @ cut / m.sum()) for p, m in self.output.items() if m.sum() > 0 and m @ cut > 0}

    def _missing(self, fill: NDArray[np.float64]) -> dict[str, float]:
        """Part of each product's critical and important use that is lost."""
        use = np.where(self.weight > 0, self.uses["use_t_per_yr"].to_numpy(float), 0.0)
        table = pd.DataFrame({"product": self.uses["product"], "use": use, "lost": use * (1 - fill)})
        sums = table.groupby("product")[["use", "lost"]].sum()
        return {str(p): float(r["lost"] / r["use"]) for p, r in sums.iterrows() if r["lost"] > 1e-6 * r["use"]}


def joined_groups(world: World) -> list[set[str]]:
    """The chains: sets of products that recipes join."""
    groups: list[set[str]] = []
    for _, recipe in world.recipes.groupby("process", sort=False):
        products = set(recipe["product"])
        touching = [g for g in groups if g & products]
        groups = [g for g in groups if not g & products] + [products.union(*touching)]
    return groups


def _net_output(recipes: pd.DataFrame, producers: pd.DataFrame, row: dict[str, int]) -> sparse.csr_array:
    """(products, producers) t out less t in per t of activity."""
    by_process = {name: records(group) for name, group in recipes.groupby("process")}
    entries = [
        (row[r["product"]], at, r["t_per_t"] if r["role"] == "output" else -r["t_per_t"])
        for at, process in enumerate(producers["process"])
        for r in by_process[process]
    ]
    rows, columns, values = zip(*entries, strict=True)
    return _at(rows, columns, values, (len(row), len(producers)))


def _hosts(producers: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of a producer and the producer it lives on, where the host is one of the model."""
    place = {str(name): at for at, name in enumerate(producers.index)}
    return [(at, place[host]) for at, host in enumerate(producers.get("host", [])) if host in place]


def _host_entries(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int], list[float]]:
    """Rows, columns and values of a_p / a0_p - a_h / a0_h <= 0."""
    rows = [at for at in range(len(pairs)) for _ in range(2)]
    return rows, [at for pair in pairs for at in pair], [1.0, -1.0] * len(pairs)


def _at(rows: Iterable[int], columns: Iterable[int], values: Iterable[float], shape: tuple[int, int]) -> Any:
    return sparse.csr_array((np.asarray(list(values), float), (list(rows), list(columns))), shape=shape)
