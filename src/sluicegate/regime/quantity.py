"""A measured property with its unit, read exactly as written: thresholds in law are decided at the last digit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sluicegate.terms import InputError, NotFoundError

_UNITS: dict[str, tuple[str, str]] = {
    "": ("number", "1"), "%": ("number", "0.01"), "ppm": ("number", "0.000001"), "percent": ("number", "0.01"),
    "pct": ("number", "0.01"), "wt%": ("number", "0.01"), "wt.%": ("number", "0.01"), "wt %": ("number", "0.01"),
    "% by weight": ("number", "0.01"), "% wt": ("number", "0.01"), "mass%": ("number", "0.01"),
    "% by mass": ("number", "0.01"),
    "g/cm3": ("density", "1"), "g/cc": ("density", "1"), "kg/m3": ("density", "0.001"), "t/m3": ("density", "1"),
    "g/ml": ("density", "1"), "g cm-3": ("density", "1"), "kg m-3": ("density", "0.001"),
    "pa": ("pressure", "0.000001"), "mpa": ("pressure", "1"), "gpa": ("pressure", "1000"), "n/mm2": ("pressure", "1"),
    "bar": ("pressure", "0.1"), "kpa": ("pressure", "0.001"), "psi": ("pressure", "0.006894757293168"),
    "ksi": ("pressure", "6.894757293168"), "kbar": ("pressure", "100"), "kgf/mm2": ("pressure", "9.80665"),
    "nm": ("length", "0.000001"), "um": ("length", "0.001"), "micrometre": ("length", "0.001"),
    "micrometer": ("length", "0.001"), "micron": ("length", "0.001"), "millimetre": ("length", "1"),
    "mm": ("length", "1"), "cm": ("length", "10"), "m": ("length", "1000"), "inch": ("length", "25.4"),
    "in": ("length", "25.4"), "inche": ("length", "25.4"), '"': ("length", "25.4"),
    "kwh/kg": ("specific energy", "1000"), "wh/kg": ("specific energy", "1"),
    "mah/g": ("specific capacity", "1"), "ah/kg": ("specific capacity", "1"),
    "w": ("power", "0.001"), "kw": ("power", "1"), "mw": ("power", "1000"),
    "mhz": ("frequency", "1"), "ghz": ("frequency", "1000"), "khz": ("frequency", "0.001"),
    "hz": ("frequency", "0.000001"),
    "m3": ("volume", "1"), "l": ("volume", "0.001"), "litre": ("volume", "0.001"),
    "m3/day": ("flow", "1"), "m3/d": ("flow", "1"),
    "t": ("field", "1"), "tesla": ("field", "1"),
    "a": ("current", "1"),
    "c": ("temperature", "1"),
    "kg": ("mass", "1"), "g": ("mass", "0.001"),
    "n": ("force", "1"), "kn": ("force", "1000"),
    "m/s": ("speed", "1"),
    "per cm2": ("areal density", "1"), "/cm2": ("areal density", "1"), "cm-2": ("areal density", "1"),
    "hrb": ("hardness HRB", "1"),
    "min": ("time", "1"), "s": ("time", "0.016666666667"),
}  # fmt: skip
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*)")
_NINES = re.compile(r"(\d)\s*N\s*(\d)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPELLING = str.maketrans({"µ": "u", "μ": "u", "°": "", "³": "3", "²": "2", "^": None, "·": " "})


@dataclass(frozen=True)
class Quantity:
    """A number in the base unit of its dimension (share, g/cm3, MPa, mm, kW, MHz ...).

    Parameters
    ----------
    value : exact decimal number, in the base unit
    dimension : what is measured, e.g. `density`; `number` for shares and counts
    """

    value: Decimal
    dimension: str

    @classmethod
    def read(cls, text: str, *, where: str) -> Quantity:
        """Read `1.72 g/cm3`, `99.99 %` or `0.9999`; a comma before three digits parts thousands, else decimals.

        Raises
        ------
        InputError : no number, or a unit that is not known.
        """
        match = _NUMBER.fullmatch(_THOUSANDS.sub("", text.strip()).replace(",", "."))
        if match is None:
            raise InputError(
                f"{text!r} is no measured value", where=where, expected="a number with its unit, as in '1.72 g/cm3'",
                do="Write the value as on the test report.",
            )  # fmt: skip
        number, unit = match.groups()
        dimension, factor = _unit(unit, where=where)
        return cls(Decimal(number) * Decimal(factor), dimension)


def read_share(value: str | float, *, where: str) -> float:
    """A share between 0 and 1 from `0.9999`, `99.99%`, `99,99 %` or the trade's `4N` (99.99 %), `3N5` (99.95 %).

    Raises
    ------
    InputError : not one number, or outside 0 to 1.
    """
    text = str(value).strip()
    nines = _NINES.fullmatch(text)
    if nines:
        return float("0." + "9" * int(nines[1]) + (nines[2] or ""))
    try:
        quantity = Quantity.read(text.replace(",", "."), where=where)
    except InputError:
        quantity = None
    if quantity is None or quantity.dimension != "number" or not 0 <= quantity.value <= 1:
        raise InputError(
            f"{value!r} is no share", where=where, expected="one share between 0 and 1, as 0.9999, 99.99% or 4N",
            do="Give the tested value; percent with the sign %.",
        )  # fmt: skip
    return float(quantity.value)


def with_unit(name: str, value: str) -> tuple[str, str]:
    """A property whose name ends in its unit, as `density_g_cm3=1.78`, told apart; others as they are."""
    *words, last = name.split("_")
    for cut in (2, 1):
        unit = "/".join([*words, last][-cut:])
        if len(words) >= cut and _known(unit) and re.fullmatch(r"[\d.,\s]+", value):
            return "_".join([*words, last][:-cut]), f"{value} {unit}"
    return name, value


def _known(unit: str) -> bool:
    """Whether a text is the name of a unit."""
    return unit.casefold() in _UNITS and unit != ""


def _unit(text: str, *, where: str) -> tuple[str, str]:
    """Dimension and factor to the base unit of a unit's name."""
    key = text.strip().translate(_SPELLING).casefold()
    if key not in _UNITS and key.endswith("s"):
        key = key[:-1]
    if key not in _UNITS:
        raise NotFoundError(text.strip(), kind="unit", known=_UNITS, where=where)
    return _UNITS[key]
