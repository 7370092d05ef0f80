"""How roots are named that are no measure: fixed names, and names with places to fill. Each is said in every language.

What happens on a day (`sim.happening`) bears the same name as the root that it is.
"""

from __future__ import annotations

from typing import Final

OUTAGE: Final = "outage"
QUOTA: Final = "production quota"
DEPLETED: Final = "ore runs down"
SERVED: Final = "makers serve others first"
UNTRACED: Final = "not traced further"
UNASKED: Final = "buyers ask for less"
FEAR: Final = "hoarding after a stock-out"
SMALLER: Final = "smaller causes"
FIXED: Final = (OUTAGE, QUOTA, DEPLETED, SERVED, UNTRACED, UNASKED, FEAR, SMALLER)

DUTY: Final = "duty of {number} % of {place} on goods of {origin}"
LEVIES: Final = "export levies of {place}"
AHEAD: Final = "buying ahead of {measure}"
ORDERS: Final = "orders for stock in {place}"
OFFTAKE: Final = "offtake of {product} in {place}"
SECOND_SOURCE: Final = "second source of {products} in {place}"
THRIFT: Final = "programme to save {products} in {place}"
FIRST: Final = "{users} served first in {place}"
PLANT: Final = "plant: {process} in {place}"
PROJECT: Final = "project {name}"
FILLED: Final = (DUTY, LEVIES, AHEAD, ORDERS, OFFTAKE, SECOND_SOURCE, THRIFT, FIRST, PLANT, PROJECT)
