"""A material as one place sees it: what several indices look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sluicegate.world.chain import World
from sluicegate.world.dependence import dependence
from sluicegate.world.output import Output, world_output
from sluicegate.world.published import load_published
from sluicegate.world.purchases import Purchases, purchases

MINE, REFINING = ("mine",), ("refining", "smelting", "separation", "metal")
EU_NAMES = {"graphite": ("Natural graphite",), "rare earths": ("LREE", "HREE")}
"""The Commission's names where they are not ours; of several the riskier counts."""


@dataclass(frozen=True)
class Subject:
    """A material as one importing place sees it in one year, with what several methods share."""

    world: World
    material: str
    place: str
    year: int

    @cached_property
    def mined(self) -> Output | None:
        """World output at the mine."""
        return world_output(self.material, MINE, self.year)

    @cached_property
    def refined(self) -> Output | None:
        """World output at the refinery or smelter."""
        return world_output(self.material, REFINING, self.year)

    @cached_property
    def bought(self) -> Purchases | None:
        """Imports of the place."""
        return purchases(self.material, self.place, self.year)

    @cached_property
    def chain(self) -> dict[str, dict[str, Any]]:
        """Dependence by product of the chain past the mine, where ores of one mine would each stand alone."""
        products = self.world.products[self.world.products["stage"] != "mine"]
        own = products.index[(products["material"] == self.material) | (products["element"] == self.material)]
        return {product: dependence(self.world, product) for product in own}

    def printed_by_eu(self, column: str) -> dict[str, Any] | None:
        """The row of the Commission's study with a number in the column; of several the one with the greatest."""
        table = load_published("eu_2023")
        names = EU_NAMES.get(self.material, (self.material.capitalize(),))
        rows = table[table["material"].isin(names) & table[column].notna()].sort_values(column)
        return None if rows.empty else {str(k): v for k, v in rows.iloc[-1].to_dict().items()}
