"""From a scenario to a compiled model: sample the uncertain inputs and lay them out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sluicegate.scenario import ParameterChange, Scenario
from sluicegate.scenario.dated import LONGEST_WEEKS
from sluicegate.sim.behaviour import load_behaviour
from sluicegate.sim.border import build_borders
from sluicegate.sim.budget import NOTHING, Budget, fits, require_memory, require_sample, require_whole
from sluicegate.sim.compile import WEEKS_PER_YEAR, build_network, cover_normal
from sluicegate.sim.draws import Draws, sample
from sluicegate.sim.gate import Border, Pool
from sluicegate.sim.kept import of_places
from sluicegate.sim.knobs import Knobs
from sluicegate.sim.landed import priced_inputs
from sluicegate.sim.levied import cost_by_area, levied
from sluicegate.sim.network import Floats, Ints, Network, area_of, producer_of
from sluicegate.sim.next_stage import Stages, build_stages, stage_parameters
from sluicegate.sim.practice import border_parameters
from sluicegate.sim.priority import Priorities, build_priorities, priority_parameters
from sluicegate.sim.record import VARIABLES, Rows, Uses
from sluicegate.sim.room import READING, ample, room
from sluicegate.sim.row import members
from sluicegate.sim.run import BLOCK, Compiled
from sluicegate.sim.supply import Supply, build_supply
from sluicegate.sim.tariffed import duty
from sluicegate.sim.timeline import Timeline
from sluicegate.sim.window import in_weeks
from sluicegate.terms import InputError, NotFoundError
from sluicegate.terms.parameter import Kind, Parameter
from sluicegate.world import World

LEAST_ELASTICITY = 0.01
"""Demand that did not answer to price at all would have no price; the tail of a normal distribution reaches there."""
COVER_SPREAD = 0.6
"""Spread (log sd) of days of cover among the firms of one industry; judgement, no survey was found."""


@dataclass(frozen=True)
class Model:
    """A compiled scenario with what its arrays stand for."""

    scenario: Scenario
    world: World
    draws: Draws
    slots: pd.DataFrame
    compiled: Compiled


Needs = Callable[[Model, int], Budget]
"""What is to be done with a model of so many draws needs, told by the same model with fewer."""
PROBE = 2
"""Draws of the model by which that is told, where memory may not suffice."""


def checked(_model: Model, _draws: int) -> Budget:
    """The `Needs` of what is part of something that has been seen to fit."""
    return NOTHING


def recorded(variables: Iterable[str] = VARIABLES, places: Collection[str] | None = None) -> Needs:
    """The `Needs` of a run that records what `simulate` is told to."""
    return lambda model, draws: room_of(
        model, variables, draws=draws, rows=None if places is None else rows_of(model, places)
    )


def prepare(scenario: Scenario, world: World, *, draws: int, seed: int, like: Draws | Model | None = None,
            needs: Needs | None = None) -> Model:  # fmt: skip
    """Compile a scenario on a world.

    Parameters
    ----------
    needs : what the model is compiled for, so that it is refused where the memory for it is not there; a run that
        records everything where None
    like : draws of another run to use again (common random numbers); they must hold all inputs this one needs. Or the
        model of that run, of which everything that does not hang on the scenario is used again where the world is one

    Raises
    ------
    InputError : an event or a parameter change names something the world does not have; the world does not hang
        together; draws, seed or weeks are no such numbers; there is not the memory for the draws.
    """
    beside = like if isinstance(like, Model) and like.world is world else None
    given = like.draws if isinstance(like, Model) else like
    draws = require_whole(draws if given is None else given.size, "draws", least=1)
    seed = require_whole(seed, "seed", least=0)
    require_whole(scenario.weeks, "weeks", least=1, most=LONGEST_WEEKS)
    network, slots = build_network(world) if beside is None else (beside.compiled.net, beside.slots)
    watched = _watched(network, scenario)
    if draws > PROBE and not fits(ample(network, len(watched), weeks=scenario.weeks, draws=draws)):
        few = given.part(slice(PROBE)) if given else drawn(scenario, world, draws=PROBE, seed=seed)
        probe = prepare(scenario, world, draws=PROBE, seed=seed, like=few)
        require_memory((needs or recorded())(probe, draws))
    sampled = given or drawn(scenario, world, draws=draws, seed=seed)
    borders, pools = build_borders(scenario, network, sampled)
    controller = _controller(scenario, network)
    supply = build_supply(scenario, world, network, slots, sampled, controller)
    stages = build_stages(scenario, world, network, slots, sampled)
    priorities = build_priorities(scenario, network, slots, sampled)
    timeline = _timeline(scenario, world, network, slots, borders, sampled)
    first = min(timeline.first_change, int(np.clip(supply.first_change, 0, scenario.weeks)))
    compiled = Compiled(
        net=network,
        knobs=_knobs(world, network, slots, sampled, supply, stages, priorities, borders, pools)
        if beside is None
        else replace(
            beside.compiled.knobs, supply=supply, stages=stages, priorities=priorities, borders=borders, pools=pools
        ),
        timeline=replace(timeline, first_change=first),
        theta=_theta(slots, sampled, network) if beside is None else beside.compiled.theta,
        controller=controller,
        watched=watched,
    )
    return Model(scenario, world, sampled, slots, compiled)


def drawn(scenario: Scenario, world: World, *, draws: int, seed: int) -> Draws:
    """The draws `prepare` takes of a scenario's uncertain inputs.

    Raises
    ------
    InputError : a changed parameter is not known or not sound; `draws` or `seed` is no such number; there is not
        the memory for the sample.
    """
    size, seed = require_whole(draws, "draws", least=1), require_whole(seed, "seed", least=0)
    parameters = _parameters(scenario, world)
    require_sample(len(parameters), size)
    beside = ({*priced_inputs(world), *stage_parameters(scenario)}, {*priority_parameters(scenario)})
    return sample(parameters, size=size, seed=seed, beside=beside)


def room_of(model: Model, variables: Iterable[str] = VARIABLES, *, draws: int | None = None, still: bool = True,
            stock_week: int | None = None, rows: Rows | None = None, block: int = BLOCK, beside: bool = False,
            reading: float = READING) -> Budget:  # fmt: skip
    """What a run of a compiled scenario needs; parameters as `room.room`."""
    return room(model.compiled, variables, inputs=len(model.draws.parameters), draws=draws, still=still,
                stock_week=stock_week, rows=rows, block=block, beside=beside, reading=reading)  # fmt: skip


def rows_of(model: Model, places: Collection[str]) -> Rows:
    """Rows that readers who look at some places need draw by draw, as `kept.of_places`."""
    compiled = model.compiled
    line = Uses.of(compiled.net).line
    return of_places(compiled.net, compiled.watched, line, places, compiled.knobs.supply.reserves)


def _controller(scenario: Scenario, net: Network) -> int | None:
    return net.places.index(scenario.controller) if scenario.controller in net.places else None


def _parameters(scenario: Scenario, world: World) -> list[Parameter]:
    """All uncertain inputs of a run, with the scenario's own changes applied."""
    ours = load_behaviour() | border_parameters(scenario) | stage_parameters(scenario) | priority_parameters(scenario)
    known = {p.name: p for p in world.parameters} | ours
    used = _named(world) | set(ours) | set(scenario.parameters)
    for name, change in scenario.parameters.items():
        if name not in known:
            raise NotFoundError(name, kind="parameter", known=known, where=f"scenario {scenario.name}: parameters")
        known[name] = _changed(known[name], change)
    return [p for name, p in known.items() if name in used]


def require_ruling(scenario: Scenario, world: World) -> None:
    """See that each input a scenario changes rules something in a run of it.

    Raises
    ------
    InputError : one does not; what it says would be lost without a word.
    """
    ours = {
        *load_behaviour(),
        *border_parameters(scenario),
        *stage_parameters(scenario),
        *priority_parameters(scenario),
    }
    idle = sorted({p.name for p in world.parameters} & set(scenario.parameters) - _named(world) - ours)
    if idle:
        raise InputError(f"{', '.join(idle)}: rules nothing in a run", where=f"scenario {scenario.name}: parameters",
                         expected="inputs of the run", do="Leave it out.")  # fmt: skip


def _named(world: World) -> set[str]:
    """Names of the parameters that rows of the world refer to; the others rule nothing in a run."""
    names = {*world.producers["cover_parameter"], *world.lines["value_added_parameter"]}
    for column in ("theta_parameter", "cover_parameter", "thrift_parameter"):
        names |= set(world.uses[column])
    names |= {elasticity_name(world, product) for product in world.products.index}
    names |= set(priced_inputs(world))
    return names | {f"{name}, weeks" for name in world.uses["thrift_parameter"]}


DIVISORS = ("order weeks", "pool weeks", "price weeks", "hoarding fade weeks", "mothball weeks", "expectation weeks",
            "recycling weeks", "swing_memory_weeks", "swing_memory_factor", "overcompliance_fade_weeks",
            "restart weeks")  # fmt: skip
"""Times that something is divided by, and a factor on one; all others may be none at all."""


def _changed(parameter: Parameter, change: ParameterChange) -> Parameter:
    """A parameter with the scenario's own quantiles, which must lie where the parameter's own kind can.

    Raises
    ------
    InputError : they do not.
    """
    low, high = _range(parameter)
    if not low <= change.p05 <= change.p95 <= high or (change.p05 == 0 and _divides(parameter.name)):
        least = f"above {low:g}" if _divides(parameter.name) else f"of {low:g} or more"
        raise InputError(f"{change.p05:g}, {change.p50:g}, {change.p95:g} {parameter.unit}",
                         where=f"parameters.{parameter.name}",
                         expected=f"quantiles {least}" + (f" and at most {high:g}" if np.isfinite(high) else ""),
                         do="Mend the three quantiles.")  # fmt: skip
    try:
        return Parameter(
            name=parameter.name, kind=_kind(parameter, spread=change.p05 < change.p95),
            p05=change.p05, p50=change.p50, p95=change.p95, unit=parameter.unit,
            label=change.label, reason=change.reason, known_on=parameter.known_on,
        )  # fmt: skip
    except ValueError as error:
        raise InputError(str(error), where=f"parameters.{parameter.name}", expected="p05 <= p50 <= p95 in range",
                         do="Mend the three quantiles.") from error  # fmt: skip


def _kind(parameter: Parameter, *, spread: bool) -> Kind:
    """The scale of changed quantiles: the parameter's own, or what its unit allows where it had no spread."""
    if not spread:
        return "fixed"
    if parameter.kind != "fixed":
        return parameter.kind
    return "logitnormal" if parameter.unit == "share" else "lognormal"


def _divides(name: str) -> bool:
    return name.split(": ")[-1].split(" from ")[0] in DIVISORS or name.endswith(", weeks")


def _range(parameter: Parameter) -> tuple[float, float]:
    """Where values of a parameter may lie: a share from 0 to 1, what has a log scale from 0, all else anywhere."""
    share = parameter.kind == "logitnormal" or parameter.unit == "share"
    return (0.0, 1.0) if share else (0.0 if parameter.kind in ("lognormal", "fixed") else -np.inf, np.inf)


def _knobs(world: World, net: Network, slots: pd.DataFrame, drawn: Draws, supply: Supply, stages: Stages,
           priorities: Priorities, borders: tuple[Border, ...], pools: tuple[Pool, ...]) -> Knobs:  # fmt: skip
    spread = np.exp(COVER_SPREAD * cover_normal(slots))[:, None]
    cover = _by_name(slots["cover_parameter"], drawn, 0.0) * spread
    inputs = net.producer_slots
    cover[inputs] = np.maximum(cover[inputs], 1.0)  # a weekly step needs a week of feed in hand
    lines = slots["line"].notna().to_numpy()[:, None]
    elastic = lines * (1 - net.slot_critical[:, None]) * drawn["demand elasticity"]
    capacity = world.producers["capacity_t_per_yr"].astype(float) / WEEKS_PER_YEAR
    restart = world.producers["restart_weeks"].astype(float)
    ones = np.ones(drawn.size)
    return Knobs(
        cover=cover,
        thrift_ceiling=_by_name(slots["thrift_parameter"], drawn, 0.0),
        elasticity=elastic,
        capacity=np.maximum(capacity.to_numpy(), net.activity0)[:, None] * ones,
        restart_weeks=restart.to_numpy()[:, None] * ones,
        thrift_weeks=_by_name(slots["thrift_parameter"] + ", weeks", drawn, 1.0),
        order_weeks=drawn["order weeks"],
        order_limit=drawn["order limit"],
        pool_cover_weeks=drawn["pool cover weeks"],
        pool_weeks=drawn["pool weeks"],
        switch_per_week=drawn["switch per week"],
        price_tilt=drawn["price tilt"],
        reliability_tilt=drawn["reliability tilt"],
        home_preference=drawn["home preference"],
        hoarding=drawn["hoarding"],
        hoarding_fade_weeks=drawn["hoarding fade weeks"],
        price_elasticity=_price_elasticity(world, net, drawn),
        choke_price=np.maximum(drawn["choke price"], 2.0),
        price_weeks=drawn["price weeks"],
        stock_price_weight=drawn["stock price weight"],
        overtime=drawn["overtime"],
        backlog_survival=drawn["backlog survival"],
        supply=supply,
        stages=stages,
        priorities=priorities,
        borders=borders,
        pools=pools,
    )


def elasticity_name(world: World, product: str) -> str:
    """The parameter that holds a product's own elasticity of demand, if there is one."""
    if "stage" not in world.products:
        return ""
    material, stage = world.products.loc[product, ["material", "stage"]]
    own = {"rare earths": "magnets" if stage == "magnet" else "rare earth oxides"}
    return f"elasticity: demand, {own.get(str(material), material)}"


def _price_elasticity(world: World, net: Network, drawn: Draws) -> Floats:
    """(2P, D) how far use falls with price, by product where it is on record, at least `LEAST_ELASTICITY`."""
    names = [elasticity_name(world, product) for product in net.products]
    rows = [-drawn[n] if n in drawn.values else drawn["price elasticity"] for n in names]
    return np.maximum(np.tile(np.array(rows), (2, 1)), LEAST_ELASTICITY)


def _by_name(names: pd.Series, drawn: Draws, absent: float) -> Floats:
    """(S, D) samples of the parameter each slot names; `absent` where it names none."""
    rows = [drawn[name] if isinstance(name, str) and name else np.full(drawn.size, absent) for name in names]
    return np.array(rows).reshape(len(names), drawn.size)


def _theta(slots: pd.DataFrame, drawn: Draws, net: Network) -> Floats:
    """(line slots, D) share of a line's value added in products that contain the slot's product."""
    return _by_name(slots["theta_parameter"].iloc[net.n_producer_slots :], drawn, 0.0)


def _watched(net: Network, scenario: Scenario) -> Ints:
    """Links whose shipments are recorded: all that cross a border; only the controller's on a long horizon."""
    controller = _controller(scenario, net)
    crosses = net.node_place[net.link_origin] != net.node_place[net.link_destination]
    if scenario.weeks > 5 * WEEKS_PER_YEAR and controller is not None:
        crosses &= net.node_place[net.link_origin] == controller
    return np.flatnonzero(crosses)


def _timeline(scenario: Scenario, world: World, net: Network, slots: pd.DataFrame,
              borders: tuple[Border, ...], drawn: Draws) -> Timeline:  # fmt: skip
    weeks = scenario.weeks
    outage = np.zeros((weeks, len(net.producers)))
    extra = np.zeros((weeks, len(net.producers)))
    stock = np.zeros((weeks, len(net.slot_use)))
    supply = np.zeros((weeks, net.n_nodes))
    saving = np.zeros_like(stock)
    for o in scenario.outages:
        on = in_weeks(scenario, o.effective_from, o.until)
        outage[:, producer_of(net, o.process, o.place)] += o.share * on
    for p in scenario.plants:
        ramp = _ramp(scenario.week_of(p.start), p.ramp_weeks, weeks)
        extra[:, producer_of(net, p.process, p.place)] += p.capacity_t_per_yr / WEEKS_PER_YEAR * ramp
    for s in scenario.stocks:
        chosen = slots["product"].isin(s.products) & (slots["place"] == s.place)
        if s.industries:
            chosen &= slots["industry"].isin(s.industries)
        on = in_weeks(scenario, s.effective_from, None)
        stock[:, chosen.to_numpy()] += s.days / 7 * on[:, None]
    base = np.bincount(net.slot_node, net.slot_use, minlength=net.n_nodes)
    for source in scenario.second_sources:
        ramp = _ramp(scenario.week_of(source.start), source.ramp_weeks, weeks)
        for product in source.products:
            node = net.node(product, source.place)
            if node is not None:
                supply[:, node] += source.share_of_use * base[node] * ramp
    for programme in scenario.thrift:
        mine = slots["product"].isin(programme.products) & (slots["place"] == programme.place) & slots["line"].notna()
        rows = np.flatnonzero(mine)
        ramp = programme.share_of_ceiling * _ramp(scenario.week_of(programme.start), programme.ramp_weeks, weeks)
        saving[:, rows] = np.maximum(saving[:, rows], ramp[:, None])
    quota = _production_quotas(scenario, net)
    duties = duty(scenario, net)
    levies = levied(scenario, world, net, drawn)
    cost = cost_by_area(levies, net, area_of(net, _controller(scenario, net)))
    moved = (outage, extra, stock, supply, saving, duties, levies)
    changes = [np.abs(a).sum(axis=1) for a in moved] + [np.isfinite(quota).sum(axis=1)]
    changed = np.flatnonzero(sum(changes))
    starts = [b.effective if np.isnan(b.announced) else b.announced for b in borders]
    first = min([weeks, *(int(np.floor(max(x, 0))) for x in starts), *(int(c) for c in changed[:1])])
    return Timeline(np.minimum(outage, 1), extra, stock, supply, saving, quota, duties, levies, cost,
                    _under_contract(scenario, net), first)  # fmt: skip


def _under_contract(scenario: Scenario, net: Network) -> NDArray[np.bool_]:
    """(E,) whether a link's buyers have long-term contracts with the makers at its origin."""
    found = np.zeros(len(net.link_flow), dtype=bool)
    for contract in scenario.contracts:
        origin, destination = (np.array([net.places[c] for c in net.node_place[ends]])
                               for ends in (net.link_origin, net.link_destination))  # fmt: skip
        product = np.array([net.products[p] for p in net.node_product[net.link_origin]])
        bought = np.isin(product, contract.products) & np.isin(destination, [*members(contract.destinations)])
        found |= bought & (origin == contract.origin)
    return found


def _production_quotas(scenario: Scenario, net: Network) -> Floats:
    """(W, I) t of activity a week left to each producer; a week of which the quota holds a part is capped for all."""
    quota = np.full((scenario.weeks, len(net.producers)), np.inf)
    for q in scenario.production_quotas:
        on = in_weeks(scenario, q.effective_from, q.until) > 0
        which = producer_of(net, q.process, q.place)
        quota[on, which] = np.minimum(quota[on, which], q.t_per_yr / WEEKS_PER_YEAR)
    return quota


def _ramp(start: float, ramp_weeks: int, weeks: int) -> Floats:
    """(W,) 0 before the start, rising evenly to 1 over the ramp."""
    return np.clip((np.arange(weeks) + 1 - start) / max(ramp_weeks, 1), 0, 1)
