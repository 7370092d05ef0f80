"""Sluicegate: a desk for critical-minerals supply risk, from the news to the number.

`brief`, `claims`, `run`, `edge`, `exposure`, `series`, `check` and `why` answer the questions of the command line
with the same documents; `load_world`, `load_scenario` and `simulate` give tables and xarray datasets to work on.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "brief": "sluicegate.desk.brief",
    "check": "sluicegate.desk.check",
    "claims": "sluicegate.desk.claims",
    "downstream": "sluicegate.desk.downstream",
    "edge": "sluicegate.desk.run",
    "ensemble": "sluicegate.desk.ensemble",
    "exposure": "sluicegate.desk.exposure",
    "negotiate": "sluicegate.desk.negotiate",
    "plan": "sluicegate.desk.plan",
    "reroute": "sluicegate.desk.reroute",
    "run": "sluicegate.desk.run",
    "read_saved": "sluicegate.sim.saved",
    "sensitivity": "sluicegate.desk.sensitivity",
    "series": "sluicegate.desk.series",
    "why": "sluicegate.desk.why",
    "years": "sluicegate.desk.years",
    "load_register": "sluicegate.regime",
    "load_scenario": "sluicegate.scenario",
    "load_world": "sluicegate.world",
    "simulate": "sluicegate.sim",
}
_NAMES = {"edge": "edge_of"}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Fetch a public name from its room when it is first asked for, so that importing the package is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sluicegate' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), _NAMES.get(name, name))


def __dir__() -> list[str]:
    """The public names, for completion."""
    return sorted(__all__)
