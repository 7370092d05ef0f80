"""Export controls: the dated register, the licence rule, and the licence regime's parameters."""

from sluicegate.regime.measure import Citation, Clause, Covered, Item, Measure
from sluicegate.regime.register import Cover, Dated, Register, load_register, read_measure

__all__ = [
    "Citation",
    "Clause",
    "Cover",
    "Covered",
    "Dated",
    "Item",
    "Measure",
    "Register",
    "load_register",
    "read_measure",
]
