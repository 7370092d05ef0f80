"""From a number in our tables to the figures behind it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sluicegate.terms import NotFoundError
from sluicegate.world.expression import names_in
from sluicegate.world.figures import load_figures
from sluicegate.world.overlay import Stamp, stamp


class NamedNumbers(dict[str, float]):
    """Numbers by name, each with the ids of the figures behind it.

    Parameters
    ----------
    refs : figure ids by name, separated by semicolons
    """

    def __init__(self, values: dict[str, float], refs: dict[str, str]) -> None:
        super().__init__(values)
        self.refs = refs


def figure_value(figure_id: str, *, where: str) -> float:
    """The value of a figure, in the figure's unit.

    Raises
    ------
    NotFoundError : no such figure, or one without a central value.
    """
    values = _values(stamp())
    if figure_id not in values:
        raise NotFoundError(figure_id, kind="figure with a value", known=values, where=where)
    return values[figure_id]


@lru_cache(maxsize=4)
def _values(_own: Stamp) -> dict[str, float]:
    return {str(name): float(value) for name, value in load_figures().table["value"].dropna().items()}


def figure_ids(refs: str) -> list[str]:
    """The ids in a `refs` cell."""
    return [ref for ref in refs.split(";") if ref]


def cite(refs: str, expressions: Iterable[str], names: NamedNumbers) -> str:
    """The row's own figures and those behind the names its expressions use, each once, own first."""
    found = figure_ids(refs)
    for expression in expressions:
        for name in names_in(expression) if expression else []:
            found += figure_ids(names.refs.get(name, ""))
    return ";".join(dict.fromkeys(found))
