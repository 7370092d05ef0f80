"""How much of what a country uses comes from abroad, as the US Geological Survey reckons it."""

from __future__ import annotations


def apparent_consumption(production: float, imports: float, exports: float, stock_change: float = 0.0) -> float:
    """Production + imports - exports - what stocks grew by, all in one unit (USGS, Mineral Commodity Summaries 2024).

    Examples
    --------
    >>> apparent_consumption(production=10, imports=5, exports=3, stock_change=2)
    10
    """
    return production + imports - exports - stock_change


def net_import_reliance(production: float, imports: float, exports: float, stock_change: float = 0.0) -> float:
    """Net imports and stock drawn down, as a share of apparent consumption; negative for a net exporter.

    USGS, Mineral Commodity Summaries 2024, which prints E for those.

    `(imports - exports - stock_change) / apparent_consumption`. Production is what is made at home from home or old
    scrap material.

    Raises
    ------
    ValueError : no apparent consumption.

    Examples
    --------
    >>> net_import_reliance(production=1, imports=3, exports=0)
    0.75
    """
    used = apparent_consumption(production, imports, exports, stock_change)
    if used <= 0:
        raise ValueError(f"apparent consumption must be above 0, found {used}")
    return (imports - exports - stock_change) / used
