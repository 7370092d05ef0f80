"""What a measure holds up: one meaning for the register, the scenarios, the border and the reader."""

from __future__ import annotations

from dataclasses import dataclass

from sluicegate.regime.measure import Covered, Item, Measure
from sluicegate.regime.register import Register

BITING = ("licence", "refused", "halt")
"""Effects that hold goods up at the border until an office decides, or for good."""
HOLDING = (*BITING, "quota")
"""Effects that hold goods up at the border."""


@dataclass(frozen=True)
class Listing:
    """One item of a measure, and the share of a product that it lists."""

    item: Item
    covered: Covered


def listings(register: Register, measure: Measure) -> tuple[Listing, ...]:
    """What a measure holds up of its place's own civil goods as they leave.

    * Listed goods are those of an item with an effect in `HOLDING`: its own, and those of licence items it refers to.
    * Goods refused are held up like goods that need a licence; what an office lets pass of them is another question.
    * Goods named as free that were held up all the same (over-compliance) are there with the share listed, mostly 0.
    * Rules for goods made abroad, for its own goods sent on from abroad, and for military users hold up nothing here:
      a scenario states them (`abroad`, `end_use`), and `sluicegate check` judges them shipment by shipment.
    """
    here = [i for i in measure.items if not i.made and not i.end_use]
    return tuple(Listing(i, c) for i in here for c in register.covers(i)
                 if i.effect in HOLDING or c.overcomplied)  # fmt: skip


def listed_products(register: Register, measure: Measure) -> set[str]:
    """Names of the products that a measure holds up by its text, not by over-compliance alone."""
    return {x.covered.name for x in listings(register, measure) if x.item.effect in BITING and x.covered.p50 > 0}


def goods_items(register: Register, measure: Measure) -> tuple[Item, ...]:
    """The items of a measure that hold up goods of the chain until an office decides, or for good."""
    return tuple(dict.fromkeys(x.item for x in listings(register, measure) if x.item.effect in BITING))
