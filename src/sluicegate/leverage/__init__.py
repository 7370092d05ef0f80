"""Who has the edge, and for how long."""

from sluicegate.leverage.edge import MATERIAL, Edge, bounded, edge, expiry, log_edge, losses

__all__ = [
    "MATERIAL",
    "Edge",
    "bounded",
    "edge",
    "expiry",
    "log_edge",
    "losses",
]
