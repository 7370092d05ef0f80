"""Amounts of goods as a company counts them, brought to tonnes."""

from __future__ import annotations

from typing import Literal

from sluicegate.terms import InputError

Unit = Literal["t", "kg", "g", "lb", "pieces"]
TONNES = {"t": 1.0, "kg": 1e-3, "g": 1e-6, "lb": 0.45359237e-3}
"""Tonnes in one unit; the pound is the international one of 1959, exactly 0.45359237 kg."""


def tonnes(amount: float, unit: Unit, *, piece_kg: float | None, where: str) -> float:
    """An amount in tonnes.

    Parameters
    ----------
    piece_kg : mass of the goods in one piece, kg; needed for pieces only

    Raises
    ------
    InputError : pieces of no stated mass.
    """
    if unit != "pieces":
        return amount * TONNES[unit]
    if piece_kg is None:
        raise InputError("an amount in pieces", where=where, expected="pieces with their mass, or t, kg, g or lb",
                         do="State `piece_kg`, the kilograms of the product in one piece.")  # fmt: skip
    return amount * piece_kg * TONNES["kg"]
