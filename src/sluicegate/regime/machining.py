"""Whether a solid can be machined to one of the sizes that 1C117.c lists (No. 10 of 2025, item 1(2))."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from sluicegate.terms import InputError

_WIDE = Decimal(115)  # a tube of 65 mm bore with walls of 25 mm is 115 mm across; the 120 mm sizes ask for more
_LONG = Decimal(50)
_BORE, _WALL = Decimal(65), Decimal(25)


def yields_listed_size(sizes: Mapping[str, Decimal]) -> bool | None:
    """Whether a solid yields one of the three listed sizes.

    Listed are: a cylinder of at least 120 mm diameter and 50 mm length; a tube of at least 65 mm
    inner diameter, 25 mm wall and 50 mm length; a block of at least 120 x 120 x 50 mm. The tube
    is the narrowest of the three, so a full solid yields a listed size when two of its dimensions
    reach 115 mm and the third 50 mm.

    Parameters
    ----------
    sizes : in mm, of `diameter`, `inner diameter`, `wall thickness`, `length`, `width`, `thickness`

    Returns
    -------
    None when the sizes given do not settle it.
    """
    bore, across = _bore_and_diameter(sizes)
    if across is not None:
        if bore and across / 2 - max(bore, _BORE) / 2 < _WALL:
            return False
        return _fits(across, across, sizes.get("length"))
    return _fits(*(sizes.get(name) for name in ("length", "width", "thickness")))


def read_sizes(text: str) -> dict[str, str]:
    """The sizes of a solid written as one text: `120 x 120 x 50 mm` of a block, `dia 50 x 300 mm` of a rod.

    Raises
    ------
    InputError : neither two nor three lengths.
    """
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    unit = re.search(r"\d\s*(mm|cm|m|inch|in)\b", text)
    rod = re.search(r"dia|ø|⌀|phi", text, re.IGNORECASE)
    named = ("diameter", "length") if rod and len(numbers) == 2 else ("length", "width", "thickness")
    if len(numbers) != len(named):
        raise InputError(f"{text!r}", where="property size", expected="'120 x 120 x 50 mm' or 'dia 50 x 300 mm'",
                         do="Or give diameter, length, width and thickness one by one.")  # fmt: skip
    return {name: f"{number} {unit[1] if unit else 'mm'}" for name, number in zip(named, numbers, strict=True)}


def _bore_and_diameter(sizes: Mapping[str, Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """Inner and outer diameter of a tube or rod, from whichever two were given."""
    bore, across, wall = (sizes.get(name) for name in ("inner diameter", "diameter", "wall thickness"))
    if across is None and bore is not None and wall is not None:
        across = bore + 2 * wall
    if bore is None and across is not None and wall is not None:
        bore = across - 2 * wall
    return bore, across


def _fits(*sides: Decimal | None) -> bool | None:
    """Whether two sides reach 115 mm and the third 50 mm; None while a side that could decide is missing."""
    known = sorted((side for side in sides if side is not None), reverse=True)
    missing = len(sides) - len(known)
    if sum(side >= _WIDE for side in known) + missing < 2 or any(side < _LONG for side in known):
        return False
    return None if missing else True
