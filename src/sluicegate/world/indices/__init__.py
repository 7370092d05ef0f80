"""The indices of a material side by side: what each says, for which year, from what, and where they disagree."""

from sluicegate.world.indices.entry import Entry
from sluicegate.world.indices.method import METHODS, comparable, entries, entry_of
from sluicegate.world.indices.ranking import Disagreement, Rank, disagreement, ranks

__all__ = ["METHODS", "Disagreement", "Entry", "Rank", "comparable", "disagreement", "entries", "entry_of", "ranks"]
