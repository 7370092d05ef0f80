"""From the world's tables to the network's arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sluicegate.sim.network import Floats, Ints, Network
from sluicegate.sim.soundness import require_sound
from sluicegate.terms import SluicegateError
from sluicegate.world import World
from sluicegate.world.industry import CRITICAL

WEEKS_PER_YEAR = 365.25 / 7
COVER_CLASSES = (1 / 6, 1 / 2, 5 / 6)
"""Quantiles of days of cover by which each line is split, so that the least stocked stop first."""


_BUILT: Final[WeakKeyDictionary[World, tuple[Network, pd.DataFrame]]] = WeakKeyDictionary()
"""Networks of worlds that are still in use: a scenario changes neither."""


@dataclass(frozen=True)
class SlotTable:
    """Slots as a table: owner, product, place, use and the names of the parameters that rule it."""

    frame: pd.DataFrame
    n_producer_slots: int


def build_network(world: World) -> tuple[Network, pd.DataFrame]:
    """The network of a world and its slots as a table (one row a slot, in slot order); built once a world.

    Raises
    ------
    InputError : the world cannot be run, see `soundness.require_sound`.
    SluicegateError : supply and use of some product do not balance to 1e-6 of its flow.
    """
    if world not in _BUILT:
        _BUILT[world] = _built(world)
    return _BUILT[world]


def _built(world: World) -> tuple[Network, pd.DataFrame]:
    require_sound(world)
    slots = pd.concat([_producer_slots(world), _line_slots(world)], ignore_index=True)
    flows = _weekly(world.flows, "flow_t_per_yr", "flow").query("flow > 0")
    outputs = _outputs(world)
    places = tuple(sorted({*slots["place"], *flows["origin"], *outputs["place"]}))
    products = tuple(
        p for p in world.products.index if p in {*slots["product"], *flows["product"], *outputs["product"]}
    )
    nodes = _Nodes.of(products, places, slots, flows, outputs)
    lines = tuple(dict.fromkeys(slots.loc[slots["line"].notna(), "line"]))
    n_producer_slots = int(slots["producer"].notna().sum())
    flows = _balanced(nodes, flows, slots, products, places)
    sold = _sold(nodes, outputs, flows)
    classes = slots.iloc[n_producer_slots:].drop_duplicates("class_key")
    network = Network(
        products=products,
        places=places,
        node_product=nodes.product,
        node_place=nodes.place,
        node_sold=sold,
        producers=tuple(world.producers.index),
        activity0=_weekly(world.producers, "activity_t_per_yr", "activity")["activity"].to_numpy(float),
        output_producer=outputs["producer_code"].to_numpy(np.intp),
        output_node=nodes.codes(outputs["product"], outputs["place"]),
        output_coef=outputs["t_per_t"].to_numpy(float),
        output_value=world.products.loc[outputs["product"], "price_outside_usd_per_kg"].to_numpy(float),
        slot_node=nodes.codes(slots["product"], slots["place"]),
        slot_use=slots["use"].to_numpy(float),
        slot_owner=slots["owner"].to_numpy(np.intp),
        slot_coef=slots["coef"].to_numpy(float),
        slot_critical=slots["critical"].to_numpy(float),
        n_producer_slots=n_producer_slots,
        lines=lines,
        class_line=np.array([lines.index(name) for name in classes["line"]], dtype=np.intp),
        class_weight=np.full(len(classes), 1 / len(COVER_CLASSES)),
        class_starts=np.array(classes.index - n_producer_slots, dtype=np.intp),
        link_origin=nodes.codes(flows["product"], flows["origin"]),
        link_destination=nodes.codes(flows["product"], flows["destination"]),
        link_flow=flows["flow"].to_numpy(float),
        link_transit=flows["transit_weeks"].to_numpy(np.intp),
    )
    return network, slots


def cover_normal(slots: pd.DataFrame) -> Floats:
    """(S,) standard normal quantile of each slot's cover class; 0 for producers."""
    quantile = slots["cover_class"].map(lambda c: 0.5 if pd.isna(c) else COVER_CLASSES[int(c)])
    return np.asarray(ndtri(quantile.to_numpy(float)))


def _weekly(frame: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    return frame.assign(**{name: frame[column].astype(float) / WEEKS_PER_YEAR})


def _outputs(world: World) -> pd.DataFrame:
    """Outputs of every producer: producer, product, place, t per t of activity and t a week."""
    producers = _weekly(world.producers, "activity_t_per_yr", "activity").reset_index(names="producer")
    producers["producer_code"] = np.arange(len(producers))
    made = producers.merge(world.recipes.query("role == 'output'"), on="process")
    made["made"] = made["activity"] * made["t_per_t"]
    return made.sort_values(["producer_code", "product"], ignore_index=True)


def _producer_slots(world: World) -> pd.DataFrame:
    producers = _weekly(world.producers, "activity_t_per_yr", "activity").reset_index(names="producer")
    producers["owner"] = np.arange(len(producers))
    fed = producers.merge(world.recipes.query("role == 'input' and t_per_t > 0"), on="process")
    fed = fed.sort_values(["owner", "product"], ignore_index=True)
    fed["coef"] = fed["t_per_t"].astype(float)
    fed["use"] = fed["coef"] * fed["activity"]
    fed["critical"] = 1.0
    return fed[["producer", "owner", "product", "place", "coef", "use", "critical", "cover_parameter"]]


def _line_slots(world: World) -> pd.DataFrame:
    """One slot for each use of each cover class, the classes of a line one after another."""
    uses = _weekly(world.uses.query("use_t_per_yr > 0"), "use_t_per_yr", "line_use")
    classes = pd.DataFrame({"cover_class": np.arange(len(COVER_CLASSES))})
    slots = uses.merge(classes, how="cross").sort_values(["line", "cover_class", "product"], ignore_index=True)
    slots["use"] = slots["line_use"] / len(COVER_CLASSES)
    slots["critical"] = slots["criticality"].map(CRITICAL)
    slots["coef"] = np.nan
    slots["class_key"] = slots["line"] + "#" + slots["cover_class"].astype(str)
    slots["owner"] = pd.factorize(slots["class_key"])[0]
    return slots


@dataclass(frozen=True)
class _Nodes:
    """Node codes of products in places."""

    index: pd.MultiIndex
    product: Ints
    place: Ints

    @classmethod
    def of(cls, products: tuple[str, ...], places: tuple[str, ...], slots: pd.DataFrame, flows: pd.DataFrame,
           outputs: pd.DataFrame) -> _Nodes:  # fmt: skip
        pairs = {*zip(slots["product"], slots["place"], strict=True)}
        for end in ("origin", "destination"):
            pairs |= {*zip(flows["product"], flows[end], strict=True)}
        pairs |= {*zip(outputs["product"], outputs["place"], strict=True)}
        ordered = sorted(pairs, key=lambda pair: (products.index(pair[0]), pair[1]))
        index = pd.MultiIndex.from_tuples(ordered)
        return cls(
            index,
            np.array([products.index(p) for p, _ in ordered], dtype=np.intp),
            np.array([places.index(c) for _, c in ordered], dtype=np.intp),
        )

    def codes(self, product: pd.Series, place: pd.Series) -> Ints:
        """Codes of pairs of product and place."""
        return np.asarray(self.index.get_indexer(pd.MultiIndex.from_arrays([product, place])), dtype=np.intp)


def _sold(nodes: _Nodes, outputs: pd.DataFrame, flows: pd.DataFrame) -> Floats:
    """(N,) share of a node's output that flows carry away in the base year; little of a co-product few want."""
    size = len(nodes.index)
    made = np.bincount(nodes.codes(outputs["product"], outputs["place"]), outputs["made"], minlength=size)
    sold = np.bincount(nodes.codes(flows["product"], flows["origin"]), flows["flow"], minlength=size)
    short = np.asarray(sold - made, dtype=float)
    if (bad := np.flatnonzero(short > 1e-6 * np.maximum(made, 1e-9))).size:
        raise SluicegateError(_unbalanced("ships more than it makes", nodes, bad, short))
    return np.asarray(np.divide(sold, made, out=np.ones(size), where=made > 0))


def _balanced(nodes: _Nodes, flows: pd.DataFrame, slots: pd.DataFrame, products: tuple[str, ...],
              places: tuple[str, ...]) -> pd.DataFrame:  # fmt: skip
    """Flows in a fixed order, with the rounding of the tables taken out so that the base year stands still.

    What arrives at a node and what is used there must agree to 1e-6; the rest is scaled away.
    """
    size = len(nodes.index)
    used = np.bincount(nodes.codes(slots["product"], slots["place"]), slots["use"], minlength=size)
    got = np.bincount(nodes.codes(flows["product"], flows["destination"]), flows["flow"], minlength=size)
    gap = np.abs(got - used)
    if (bad := np.flatnonzero(gap > 1e-6 * np.maximum(used, 1e-9))).size:
        raise SluicegateError(_unbalanced("does not receive what it uses", nodes, bad, gap))
    order = [flows["product"].map(products.index), flows["origin"].map(places.index),
             flows["destination"].map(places.index)]  # fmt: skip
    scale = np.divide(used, got, out=np.ones(size), where=got > 0)
    exact = flows.assign(flow=flows["flow"] * scale[nodes.codes(flows["product"], flows["destination"])])
    return exact.iloc[np.lexsort(order[::-1])]


def _unbalanced(what: str, nodes: _Nodes, bad: Ints, gap: Floats) -> str:
    worst = sorted(bad, key=lambda n: -gap[n])[:5]
    named = "; ".join(f"{nodes.index[n][0]} in {nodes.index[n][1]} by {gap[n]:.3g} t a week" for n in worst)
    return (
        f"the world is out of balance: {len(bad)} nodes where a place {what} ({named}). Run `sluicegate world check`."
    )
