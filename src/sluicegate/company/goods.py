"""A company's goods among the world's products."""

from __future__ import annotations

from sluicegate.company.file import Input
from sluicegate.terms import InputError, NotFoundError
from sluicegate.world import World
from sluicegate.world.product import products_with_code


def product_of(asked: Input, world: World) -> str:
    """The world's product an input is.

    Raises
    ------
    NotFoundError : the world lacks it; the message names the nearest.
    InputError : a customs code that no product of the world has, or several.
    """
    where = f"inputs, {asked.name}"
    if asked.product is not None:
        if asked.product in world.products.index:
            return asked.product
        named = [p for p in world.products.index if asked.product.casefold() in p.casefold()]
        if named:
            raise InputError(f"product {asked.product!r}", where=where, expected="one product of the world",
                             do=f"Name one of {'; '.join(named)}.")  # fmt: skip
        raise NotFoundError(asked.product, kind="product", known=list(world.products.index), where=f"{where}: product")
    found = products_with_code(str(asked.hs), world.products)
    if len(found) == 1:
        return found[0]
    several = f"Name one of them as `product`: {'; '.join(found)}."
    raise InputError(f"customs code {asked.hs} {'stands for several products' if found else 'is of no product'}",
                     where=f"{where}: hs", expected="a code that one product of the world has",
                     do=several if found else "See `sluicegate world list products`.")  # fmt: skip
