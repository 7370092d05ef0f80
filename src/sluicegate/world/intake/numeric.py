"""Countries by the numeric codes of UN M49, as customs statistics write them."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

from sluicegate.terms import InputError, Place, parse_place

CUSTOMS = {"251": "FRA", "490": "TWN", "579": "NOR", "699": "IND", "757": "CHE", "842": "USA"}
"""Codes of UN Comtrade and BACI that differ from M49, as `country_codes_V*.csv` has them: customs territories larger
than the country (France with Monaco, Switzerland with Liechtenstein, the United States with Puerto Rico, and others).
490 is Other Asia, not elsewhere specified, read as Taiwan: the dataset's own trade figures do so."""

AREAS = {
    "58": "Belgium-Luxembourg, to 1998", "200": "Czechoslovakia, to 1992", "278": "German Democratic Republic, to 1990",
    "280": "Federal Republic of Germany, to 1990",
    "530": "Netherlands Antilles, to 2010", "697": "Europe EFTA, not elsewhere specified",
    "711": "Southern African Customs Union, to 1999", "736": "Sudan, to 2011", "810": "USSR, to 1990",
    "849": "US Miscellaneous Pacific Islands", "891": "Serbia and Montenegro, to 2005",
}  # fmt: skip
"""Areas of `country_codes_V202401b.csv` that are no country of today: their flows count in totals and make no row of
their own."""

_PRIVATE = "900"
"""From here on codes are for private use."""


@cache
def numeric_codes() -> dict[str, Place]:
    """Our place code by numeric code without leading zeros, from the Unicode CLDR tables that babel ships."""
    aliases = get_global("territory_aliases")
    found = dict(CUSTOMS)
    for code, two in aliases.items():
        if code.isdigit() and code < _PRIVATE and len(two) == 1 and code.lstrip("0") not in AREAS:
            try:
                found[code.lstrip("0")] = parse_place(two[0])
            except InputError:
                continue
    return found
