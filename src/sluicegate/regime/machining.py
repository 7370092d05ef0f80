"""Whether a solid can be machined to one of the sizes that 1C117.c lists (No. 10 of 2025, item 1(2))."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

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
