"""What the target can do about it."""

from sluicegate.response.action import Action
from sluicegate.response.plan import Response, compare, load_costs, rank, try_action

__all__ = ["Action", "Response", "compare", "load_costs", "rank", "try_action"]
