"""The heat table: a number in every cell, its class as a shade behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sluicegate.desk.page.charts.svg import add, picture, text_width, to_text, write
from sluicegate.terms.inert import shortened

_SIZE = 12.0


def heat_table(
    ident: str,
    title: str,
    desc: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    shown: Callable[[float], str],
    width: float = 720,
    row_height: float = 28,
    sided: bool = False,
) -> str:
    """Draw a table of numbers with shades.

    Parameters
    ----------
    values : shape (rows, columns); None where there is no number, which stays empty and is no zero
    shown : a value in few characters
    sided : below zero in the target's colour, above it in the controller's; else shades of ink

    Raises
    ------
    ValueError : no rows or columns, or values of another shape.
    """
    if not rows or not columns or len(values) != len(rows) or any(len(r) != len(columns) for r in values):
        raise ValueError("a heat table needs a value, or None, for every row and column")
    label = min(0.38 * width, 12 + max(text_width(r, _SIZE) for r in rows))
    cell = (width - label) / len(columns)
    root = picture(ident, width, 26 + row_height * len(rows), title, desc)
    for j, name in enumerate(columns):
        write(root, shortened(name, max(2, int(cell / (_SIZE * 0.56)))), label + (j + 0.5) * cell, 16, "tick", "middle")
    largest = max((abs(v) for row in values for v in row if v is not None), default=0.0)
    for i, name in enumerate(rows):
        y = 24 + i * row_height
        write(root, shortened(name, max(4, int(label / (_SIZE * 0.56)))), 0, y + row_height / 2 + 4, "tick")
        for j, value in enumerate(values[i]):
            kind = "none" if value is None else f"shade{_shade(value, largest)} {_tone(value) if sided else 'ink'}"
            add(root, "rect", f"tile {kind}", x=label + j * cell + 1, y=y + 1, width=cell - 2, height=row_height - 2,
                data_value="" if value is None else f"{value:.6g}")  # fmt: skip
            if value is not None:
                write(root, shown(value), label + (j + 0.5) * cell, y + row_height / 2 + 4,
                      f"cell-value on-{kind}", "middle")  # fmt: skip
    return to_text(root)


def _shade(value: float, largest: float) -> int:
    """0 to 4 by the share of the largest."""
    return min(4, int(5 * abs(value) / largest)) if largest else 0


def _tone(value: float) -> str:
    return "target" if value < 0 else "controller"
