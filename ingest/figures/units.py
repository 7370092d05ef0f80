"""Units as printed, and ours."""

from __future__ import annotations

import re

POUND_PER_KG = 2.20462
W_IN_MTU_KG = 7.93
"""A metric ton unit is 10 kg WO3, of which 79.3 % is tungsten (USGS, Minerals Yearbook 2017)."""

_PLAIN = {
    "kUSD": ("musd", 1e-3),
    "USD": ("musd", 1e-6),
    "million USD": ("musd", 1.0),
    "m USD": ("musd", 1.0),
    "bn USD": ("musd", 1e3),
    "bn USD current": ("musd", 1e3),
    "billion USD": ("musd", 1e3),
    "trillion USD": ("musd", 1e6),
    "thousand USD (current, FOB)": ("musd", 1e-3),
    "EUR": ("m EUR", 1e-6),
    "bn EUR": ("m EUR", 1e3),
    "m EUR": ("m EUR", 1.0),
    "EUR total": ("m EUR", 1e-6),
    "AUD": ("m AUD", 1e-6),
    "million AUD": ("m AUD", 1.0),
    "CNY": ("m CNY", 1e-6),
    "bn CNY": ("m CNY", 1e3),
    "million CNY": ("m CNY", 1.0),
    "INR": ("m INR", 1e-6),
    "trn INR": ("m INR", 1e6),
    "bn JPY": ("m JPY", 1e3),
    "trn JPY": ("m JPY", 1e6),
    "trn KRW": ("m KRW", 1e6),
    "bn GBP": ("m GBP", 1e3),
    "million EUR": ("m EUR", 1.0),
    "million CAD": ("m CAD", 1.0),
    "bn KRW": ("m KRW", 1e3),
    "billion KRW": ("m KRW", 1e3),
    "trillion KRW": ("m KRW", 1e6),
    "USD/t": ("USD/kg", 1e-3),
    "USD/lb": ("USD/kg", POUND_PER_KG),
    "USD/kg W": ("USD/kg", 1.0),
    "CNY/t": ("CNY/kg", 1e-3),
    "USD/mtu": ("USD/kg", 1 / W_IN_MTU_KG),
    "USD/mtu WO3": ("USD/kg", 1 / W_IN_MTU_KG),
    "USD/dmtu": ("USD/kg", 1 / W_IN_MTU_KG),
    "USD/dmtu WO3": ("USD/kg", 1 / W_IN_MTU_KG),
    "USD/kg NdPr": ("USD/kg", 1.0),
    "USD/kg NdPr eq.": ("USD/kg", 1.0),
    "kg": ("t", 1e-3),
    "kilograms": ("t", 1e-3),
    "multiple": ("ratio", 1.0),
    "ratio": ("ratio", 1.0),
    "share": ("share", 1.0),
    "elasticity": ("elasticity", 1.0),
    "d ln Q / d ln P": ("elasticity", 1.0),
    "wt%": ("share", 1e-2),
    "ppm": ("share", 1e-6),
    "months": ("years", 1 / 12),
    "kg over 5 yr": ("t", 1e-3),
    "percent y/y": ("ratio", 1e-2),
    "% m/m": ("ratio", 1e-2),
    "percent points": ("share", 1e-2),
    "units": ("units", 1.0),
    "number": ("units", 1.0),
    "kt Mg": ("t", 1e3),
    "kWh/kg REO": ("kWh/kg", 1.0),
    "kg/kg REO": ("kg/kg", 1.0),
    "percent RE by weight": ("share", 1e-2),
    "wafers": ("units", 1.0),
    "rank": ("rank", 1.0),
    "count": ("units", 1.0),
    "days of domestic consumption": ("days", 1.0),
    "days of consumption": ("days", 1.0),
    "t APT/month": ("t", 1.0),
    "t ore/day": ("t/day", 1.0),
    "mtu WO3/y": ("t/yr", W_IN_MTU_KG / 1e3),
    "million lb": ("t", 1e3 / POUND_PER_KG),
    "lb/unit": ("kg/unit", 1 / POUND_PER_KG),
    "CNY/t 65% concentrate": ("CNY/kg", 1e-3),
    "4-inch wafers/y": ("units/yr", 1.0),
    "of 34 major miners": ("units", 1.0),
}
_KEPT = {
    "USD/kg",
    "CNY/kg",
    "USD/vehicle",
    "kg/MW",
    "GW",
    "GW/yr",
    "days",
    "weeks",
    "years",
    "kg/kg",
    "kWh/kg",
    "kb/d",
    "t/t",
    "year",
}


def unit_of(printed: str) -> tuple[str, float]:
    """Our unit for a printed one, and the factor from the printed value to ours.

    Content words (`t REO`, `t Sb`) go: what a tonne is of stands in the item's column.
    """
    unit = printed.strip()
    if unit in _PLAIN:
        return _PLAIN[unit]
    if unit in _KEPT:
        return unit, 1.0
    if re.match(r"percent|%", unit):
        return "share", 1e-2
    if re.match(r"days of", unit):
        return "days", 1.0
    if re.match(r"kg/MW", unit):
        return "kg/MW", 1.0
    if re.match(r"kg/(unit|vehicle|motor|PMSM|system|part)", unit):
        return "kg/unit", 1.0
    if re.match(r"months", unit):
        return "years", 1 / 12
    if re.match(r"years", unit):
        return "years", 1.0
    if re.match(r"kg [A-Z][a-z]?\b", unit):
        return "t", 1e-3
    if re.match(r"kg/y", unit):
        return "t/yr", 1e-3
    if re.match(r"Mt\b", unit):
        return "t", 1e6
    if re.match(r"kt\b", unit):
        return ("t/yr" if "/y" in unit else "t"), 1e3
    if re.match(r"(metr\. )?t\b", unit):
        return ("t/yr" if re.search(r"/y", unit) else "t"), 1.0
    return unit, 1.0
