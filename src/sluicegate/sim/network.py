"""The compiled network: what does not depend on a draw. Integers, base flows and summing matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sluicegate.terms import NotFoundError

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Network:
    """Nodes, producers, slots, lines and links of the base world, as arrays.

    A *node* is a product in a place. A *slot* is one buyer's inventory of one product: a producer's
    input, or one cover class of an industry line. *Links* carry a product from node to node.

    Shapes: N nodes, P products, I producers, R outputs, S slots, L line classes, E links.
    Slots of producers come first, then those of line classes, ordered by line class.

    Parameters
    ----------
    products, places : names, the codes used by `node_product` and `node_place`
    node_product, node_place : (N,) codes
    node_sold : (N,) share of what is made in the node that finds a buyer in the base year; the rest is dumped
    producers : names `process|place`; activity0 : (I,) base activity, t a week
    output_producer, output_node : (R,) ; output_coef : (R,) t per t of activity ;
        output_value : (R,) base price, USD a kg
    slot_node : (S,) ; slot_use : (S,) base use, t a week ; slot_owner : (S,) producer or line class
    slot_coef : (S,) t per t of activity (producers; NaN for lines)
    slot_critical : (S,) 1 critical, 0.5 important, 0 replaceable
    n_producer_slots : how many of the slots are producers' inputs
    lines : names `industry|place`; class_line : (L,) line of a class ; class_weight : (L,) share of the line
    class_starts : (L,) first slot of each class, counted from the first line slot
    link_product, link_origin, link_destination : (E,) node codes ; link_flow : (E,) t a week ;
    link_transit : (E,) whole weeks
    """

    products: tuple[str, ...]
    places: tuple[str, ...]
    node_product: Ints
    node_place: Ints
    node_sold: Floats
    producers: tuple[str, ...]
    activity0: Floats
    output_producer: Ints
    output_node: Ints
    output_coef: Floats
    output_value: Floats
    slot_node: Ints
    slot_use: Floats
    slot_owner: Ints
    slot_coef: Floats
    slot_critical: Floats
    n_producer_slots: int
    lines: tuple[str, ...]
    class_line: Ints
    class_weight: Floats
    class_starts: Ints
    link_origin: Ints
    link_destination: Ints
    link_flow: Floats
    link_transit: Ints

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_product)

    @property
    def line_slots(self) -> slice:
        """Where the line classes' slots stand among the slots."""
        return slice(self.n_producer_slots, len(self.slot_node))

    @property
    def producer_slots(self) -> slice:
        """Where the producers' slots stand among the slots."""
        return slice(0, self.n_producer_slots)

    def node(self, product: str, place: str) -> int | None:
        """Code of a node, or None when the product is neither made nor used there."""
        if product not in self.products or place not in self.places:
            return None
        p, c = self.products.index(product), self.places.index(place)
        found = np.flatnonzero((self.node_product == p) & (self.node_place == c))
        return int(found[0]) if found.size else None

    def link_product(self) -> Ints:
        """(E,) product of each link."""
        return self.node_product[self.link_origin]


@dataclass(frozen=True)
class Sums:
    """Matrices that add slots, links and outputs up; a sum over draws keeps its order in every block."""

    slots_to_node: csr_array
    links_to_origin: csr_array
    links_to_destination: csr_array
    outputs_to_node: csr_array
    classes_to_line: csr_array
    node_output0: Floats

    @classmethod
    def of(cls, net: Network) -> Sums:
        """The summing matrices of a network."""
        n = net.n_nodes
        made = net.output_coef * net.activity0[net.output_producer]
        return cls(
            slots_to_node=adder(net.slot_node, n),
            links_to_origin=adder(net.link_origin, n),
            links_to_destination=adder(net.link_destination, n),
            outputs_to_node=adder(net.output_node, n),
            classes_to_line=adder(net.class_line, len(net.lines), net.class_weight),
            node_output0=np.bincount(net.output_node, made, minlength=n).astype(float),
        )


def adder(target: Ints, size: int, weight: Floats | None = None) -> csr_array:
    """Matrix (size, len(target)) that adds row j into row `target[j]`, times its weight."""
    values = np.ones(len(target)) if weight is None else weight
    return csr_array((values, (target, np.arange(len(target)))), shape=(size, len(target)))


def area_of(net: Network, controller: int | None) -> Ints:
    """(N,) price area of each node: 0 inside the controller's border, 1 outside."""
    outside = np.ones(net.n_nodes, dtype=np.intp)
    return outside if controller is None else np.where(net.node_place == controller, 0, outside)


def producer_of(net: Network, process: str, place: str, where: str = "scenario") -> int:
    """The producer of a process at a place.

    Raises
    ------
    NotFoundError : the place has no such process; names the nearest.
    """
    name = f"{process}|{place}"
    if name not in net.producers:
        raise NotFoundError(name, kind="producer", known=net.producers, where=where)
    return net.producers.index(name)
