"""Goods made abroad out of a controller's goods: whose value holds how much of them, and which links a rule reaches."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, identity

from sluicegate.scenario import Abroad
from sluicegate.sim.network import Floats, Ints, Network, Sums, adder


def reached(net: Network, controller: str, rule: Abroad) -> Ints:
    """Links between two other places whose goods hold the controller's content at or above the threshold."""
    origin, destination = net.node_place[net.link_origin], net.node_place[net.link_destination]
    if controller not in net.places:
        return np.zeros(0, dtype=np.intp)
    theirs = net.places.index(controller)
    abroad = (origin != theirs) & (destination != theirs) & (origin != destination)
    content = content_share(net, controller, rule.content)
    return np.flatnonzero(
        abroad & (content[net.link_origin] >= rule.threshold - 1e-12) & (content[net.link_origin] > 0)
    )


def content_share(net: Network, controller: str, content: tuple[str, ...] = ()) -> Floats:
    """(N,) share of the value of what a node makes that is the controller's content, in the base year.

    What a node uses is mixed as it arrived, by origin; what it makes holds of its inputs' content their part of the
    output's value at base prices, at most all of it (Leontief's chain of inputs, by value: v = m + A v).

    Parameters
    ----------
    content : products that count as content when they come from the controller; none named, all its goods
    """
    from scipy.sparse.linalg import spsolve  # it loads all of linear algebra, and few scenarios have such a rule

    theirs = net.node_place == net.places.index(controller)
    counted = theirs & np.isin([net.products[p] for p in net.node_product], content or net.products)
    arriving = adder(net.link_destination, net.n_nodes) @ net.link_flow
    share = net.link_flow / arriving[net.link_destination]
    mix = csr_array((share, (net.link_destination, net.link_origin)), shape=(net.n_nodes, net.n_nodes))
    needs = _value_of_inputs(net)
    known = np.where(counted, 1.0, 0.0)
    # v = content of what a node sends out; goods that count are content whole, whatever they were made of
    chain = csr_array(needs @ mix).multiply((~counted)[:, None])
    made = spsolve(csr_array(identity(net.n_nodes) - chain).tocsc(), known)
    return np.asarray(np.clip(made, 0, 1))


def _value_of_inputs(net: Network) -> csr_array:
    """(N, N) value of each input node's goods in a unit of value of each output node's goods."""
    price = np.zeros(len(net.products))
    price[net.node_product[net.output_node]] = net.output_value
    worth = np.bincount(net.output_producer, net.output_coef * net.output_value, minlength=len(net.producers))
    made = Sums.of(net).node_output0
    rows, columns, values = [], [], []
    for r, (producer, node) in enumerate(zip(net.output_producer, net.output_node, strict=True)):
        of_node = net.output_coef[r] * net.activity0[producer] / made[node] if made[node] > 0 else 0.0
        for s in np.flatnonzero(net.slot_owner[net.producer_slots] == producer):
            rows.append(node)
            columns.append(net.slot_node[s])
            values.append(of_node * net.slot_coef[s] * price[net.node_product[net.slot_node[s]]] / worth[producer])
    return csr_array((values, (rows, columns)), shape=(net.n_nodes, net.n_nodes))
