"""A measured property with its unit, read exactly as written: thresholds in law are decided at the last digit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sluicegate.terms import InputError, NotFoundError

_UNITS: dict[str, tuple[str, str]] = {
    "": ("number", "1"),
    "%": ("number", "0.01"), "ppm": ("number", "0.000001"),
    "g/cm3": ("density", "1"), "g/cc": ("density", "1"), "kg/m3": ("density", "0.001"), "t/m3": ("density", "1"),
    "pa": ("pressure", "0.000001"), "mpa": ("pressure", "1"), "gpa": ("pressure", "1000"), "n/mm2": ("pressure", "1"),
    "bar": ("pressure", "0.1"),
    "nm": ("length", "0.000001"), "um": ("length", "0.001"), "micrometre": ("length", "0.001"),
    "micrometer": ("length", "0.001"), "micron": ("length", "0.001"), "mm": ("length", "1"), "cm": ("length", "10"),
    "m": ("length", "1000"), "inch": ("length", "25.4"), "in": ("length", "25.4"),
    "wh/kg": ("specific energy", "1"), "mah/g": ("specific capacity", "1"), "ah/kg": ("specific capacity", "1"),
    "w": ("power", "0.001"), "kw": ("power", "1"), "mw": ("power", "1000"),
    "mhz": ("frequency", "1"), "ghz": ("frequency", "1000"), "khz": ("frequency", "0.001"),
    "m3": ("volume", "1"), "l": ("volume", "0.001"), "m3/day": ("flow", "1"),
    "t": ("field", "1"), "tesla": ("field", "1"), "a": ("current", "1"), "c": ("temperature", "1"),
    "kg": ("mass", "1"), "g": ("mass", "0.001"), "n": ("force", "1"), "m/s": ("speed", "1"),
    "per cm2": ("areal density", "1"), "/cm2": ("areal density", "1"), "hrb": ("hardness HRB", "1"),
    "min": ("time", "1"), "s": ("time", "0.016666666667"),
}  # fmt: skip
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*)")
_SPELLING = str.maketrans({"µ": "u", "μ": "u", "°": "", "³": "3", "²": "2", "^": None})


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
        """Read `1.72 g/cm3`, `99.99 %` or `0.9999`.

        Raises
        ------
        InputError : no number, or a unit that is not known.
        """
        match = _NUMBER.fullmatch(text.strip().replace(",", ""))
        if match is None:
            raise InputError(
                f"{text!r} is no measured value", where=where, expected="a number with its unit, as in '1.72 g/cm3'",
                do="Write the value as on the test report.",
            )  # fmt: skip
        number, unit = match.groups()
        dimension, factor = _unit(unit, where=where)
        return cls(Decimal(number) * Decimal(factor), dimension)


def read_share(value: str | float, *, where: str) -> float:
    """A share between 0 and 1 from `0.9999`, `"0.9999"` or `"99.99%"`.

    Raises
    ------
    InputError : not a number, or outside 0 to 1.
    """
    quantity = Quantity.read(str(value), where=where)
    if quantity.dimension != "number" or not 0 <= quantity.value <= 1:
        raise InputError(
            f"{value!r} is no share", where=where, expected="a share between 0 and 1, as 0.9999 or 99.99%",
            do="Give percent with the sign %.",
        )  # fmt: skip
    return float(quantity.value)


def _unit(text: str, *, where: str) -> tuple[str, str]:
    """Dimension and factor to the base unit of a unit's name."""
    key = text.strip().translate(_SPELLING).casefold()
    if key not in _UNITS:
        raise NotFoundError(text.strip(), kind="unit", known=_UNITS, where=where)
    return _UNITS[key]
