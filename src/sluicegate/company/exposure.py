"""A company in a simulated world: its arrays, its weeks, its open files, draw by draw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from sluicegate.company.file import Application, Company
from sluicegate.company.licence import File, still_open
from sluicegate.company.operation import Operation, Plant, operate
from sluicegate.company.route import Route, place_of, route, rows_read
from sluicegate.company.unit import tonnes
from sluicegate.scenario import Scenario
from sluicegate.sim import Result, Walk
from sluicegate.sim.network import Floats, Ints
from sluicegate.sim.prepare import Model, prepare, room_of
from sluicegate.sim.record import Rows
from sluicegate.sim.run import Progress, run
from sluicegate.terms import InputError
from sluicegate.world import World

WEEKS = 52
SMALL = 0.1
"""A company that uses more than this of what its country uses cannot be taken to change nothing."""
UNTRACED = "no control; not traced further"
NEEDED = ("service", "use", "stock", "imports", "activity")
"""What a company reads of the world's run."""


@dataclass(frozen=True)
class Source:
    """A supplier or alternative with its route; `lead` (D,) weeks from order to arrival, the office's part apart.

    `nth` tells alternatives of one input from one origin apart.
    """

    input: str
    origin: str
    share: float
    route: Route
    lead_weeks: float
    wait_weeks: Floats
    qualification_weeks: float | None = None
    begun: float | None = None
    qualification_cost: float | None = None
    nth: int = 1

    @property
    def name(self) -> str:
        """The origin, and which of several from there."""
        return self.origin if self.nth == 1 else f"{self.origin} {self.nth}"

    @property
    def since(self) -> Floats:
        """(D,) weeks until goods ordered by this source can come; infinite where it was never begun."""
        ready = 0.0 if self.qualification_weeks is None else np.inf if self.begun is None else max(
            self.begun + self.qualification_weeks, 0.0)  # fmt: skip
        return np.asarray(ready + self.lead_weeks + self.wait_weeks)


@dataclass(frozen=True)
class Exposure:
    """A company simulated in a world; shapes as in `Plant`.

    Parameters
    ----------
    result : the world's run, which the company does not change ; week : of the run in which the file's day lies
    files : what is known of each open application, None where no control holds its goods
    stock_from : where each input's stock is from
    ordinary : inputs whose usual deliveries go on from the first day, as nothing is said of what is on order
    """

    company: Company
    result: Result
    on: date
    week: int
    products: dict[str, str]
    sources: tuple[Source, ...]
    files: dict[str, File | None]
    stock_from: dict[str, str]
    ordinary: frozenset[str]
    plant: Plant

    @property
    def inputs(self) -> list[str]:
        """Names of the inputs, in row order."""
        return [i.name for i in self.company.inputs]

    @property
    def place(self) -> str:
        """The place of the model that the company's country is or belongs to."""
        return place_of(self.result, self.company.place)

    @property
    def weeks(self) -> int:
        """Weeks looked ahead."""
        return int(self.plant.due.shape[1])

    @property
    def draws(self) -> int:
        """Number of draws."""
        return self.result.model.draws.size

    @cached_property
    def index(self) -> Ints:
        """(D,) which draws to look at, given that every file is still open."""
        return still_open((f for f in self.files.values() if f), self.draws)

    @cached_property
    def operation(self) -> Operation:
        """The company's weeks as things stand."""
        return operate(self.plant)

    @cached_property
    def decided(self) -> dict[str, Floats]:
        """(D,) weeks until each application comes through; infinite where it never does."""
        return {x.name: self._left(x) for x in self.company.applications}

    def _left(self, application: Application) -> Floats:
        file = self.files[application.name]
        if file is None:
            return np.zeros(self.draws)
        chance = self.result.model.draws.chance(f"company application, {application.name}", 1)[0]
        return file.weeks_left(chance)

    def without(self, application: str) -> Plant:
        """The company if one application's goods never came."""
        left = [x for x in self.company.applications if x.name != application]
        return replace(self.plant, due=due(self, left))

    def with_all_decided(self) -> Plant:
        """The company if every open application came through today."""
        return replace(self.plant, due=due(self, self.company.applications, at_once=True))

    def share_of_country(self, i: int) -> float | None:
        """Use of an input over what its country uses of the product in the base year; None where nobody does."""
        net = self.result.model.compiled.net
        node = net.node(self.products[self.inputs[i]], self.place)
        used = 0.0 if node is None else float(net.slot_use[net.slot_node == node].sum())
        return float(self.plant.use[:, i].sum()) / used if used > 0 else None

    @cached_property
    def _walk(self) -> Walk:
        return Walk(self.result, self.result.weeks)

    def root(self, name: str) -> str:
        """What the world's run traces the shortage of an input's product to, over all its weeks."""
        product = self.products[name]
        if product not in self._roots:
            found = self._walk.causes(product, self.place)
            self._roots[product] = f"{found[0].what} ({found[0].where})" if found else UNTRACED
        return self._roots[product]

    def maker_root(self, source: Source) -> str | None:
        """What holds a source back: the measures on its route, else what its makers lack most by the world's run."""
        held = [b.name for b in source.route.borders(self.result, self.week)]
        if held:
            return f"held by {', '.join(held)}"
        product = source.route.product
        found = [c for c in self._walk.causes(product, place_of(self.result, source.origin))
                 if not c.where.startswith(product)]  # fmt: skip
        return f"its makers lack {found[0].where} ({found[0].what})" if found else None

    @cached_property
    def _roots(self) -> dict[str, str]:
        return {}

    def lost(self, operation: Operation) -> Floats | None:
        """(Y, H, D) value lost a week in the company's currency; None where no line states its value."""
        values = [x.value_per_week for x in self.company.lines]
        if all(v is None for v in values):
            return None
        return np.asarray(np.array([v or 0.0 for v in values])[:, None, None] * (1 - operation.running))

    def day(self, weeks: float) -> date:
        """The day so many weeks after the file's, at most a century on."""
        return self.on + timedelta(days=int(min(weeks, 5200) * 7))

    def lead(self, application: Application) -> float:
        """Weeks from an approved application to its goods at the plant."""
        own = [s for s in self.sources if (s.input, s.origin) == (application.input, application.origin)]
        return own[0].lead_weeks if own else float(self._route(application).transit_weeks)

    def _route(self, application: Application) -> Route:
        return route(self.result, self.products[application.input], application.origin, self.company.place)


def world_run(scenario: Scenario, world: World, on: date, *, weeks: int, draws: int, seed: int,
              progress: Progress | None = None, company: Company | None = None) -> Result:  # fmt: skip
    """The world's run up to the last week a company asks for; the weeks it shares with the whole run are the same.

    Parameters
    ----------
    company : the only one that will read the run; it is then kept draw by draw of what concerns its goods alone

    Raises
    ------
    InputError : the day lies outside the scenario's weeks; errors of `rows_read`.
    """
    first = scenario.week_of(on)
    if not 0 <= first < scenario.weeks:
        raise InputError(f"{on}", where="counted_on", expected=f"a day between {scenario.start} and {scenario.end}",
                         do="Choose another scenario, or mend the day of the file.")  # fmt: skip
    cut = scenario.model_copy(update={"weeks": min(int(first) + weeks, scenario.weeks)})
    week = int(first) if company else None

    def rows(model: Model) -> Rows | None:
        return rows_read(company, model) if company else None

    model = prepare(cut, world, draws=draws, seed=seed, needs=lambda m, size: room_of(
        m, NEEDED, draws=size, stock_week=week, rows=rows(m)))  # fmt: skip
    return Result(model, run(model.compiled, progress=progress, variables=NEEDED, rows=rows(model), stock_week=week))


def due(exposure: Exposure, applications: Iterable[Application], *, at_once: bool = False) -> Floats:
    """(I, H, D) t that come from goods on order, by their dates, and from applications, once they come through."""
    found = np.zeros_like(exposure.plant.due)
    names, every = exposure.inputs, np.arange(exposure.draws)
    for i, asked in enumerate(exposure.company.inputs):
        for delivery in asked.on_order or ():
            at = (delivery.arrives - exposure.on).days // 7
            amount = tonnes(delivery.amount, delivery.unit, piece_kg=asked.piece_kg, where=f"{asked.name}: on order")
            if at < exposure.weeks:
                found[i, at] += amount
    for x in applications:
        goods = exposure.company.input(x.input)
        wait = np.zeros(exposure.draws) if at_once else exposure.decided[x.name]
        week = np.ceil(np.minimum(wait + exposure.lead(x), exposure.weeks + 1)).astype(int)
        came = week < exposure.weeks
        amount = tonnes(x.amount, x.unit, piece_kg=goods.piece_kg, where=f"applications, {x.name}")
        found[names.index(x.input), week[came], every[came]] += amount
    return found
