"""What the target can do about it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sluicegate.response.action import Action
    from sluicegate.response.plan import Response, compare, load_costs, rank, try_action

__all__ = ["Action", "Response", "compare", "load_costs", "rank", "try_action"]


def __getattr__(name: str) -> Any:
    """Fetch a public name when it is first asked for: the programme itself needs nothing of the simulator."""
    if name not in __all__:
        raise AttributeError(f"module 'sluicegate.response' has no attribute {name!r}")
    return getattr(import_module(f"sluicegate.response.{'action' if name == 'Action' else 'plan'}"), name)
