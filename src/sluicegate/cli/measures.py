"""`sluicegate world compare`, `value-added` and `pinch`: what is measured on the dataset."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sluicegate.cli.comparison import compared
from sluicegate.cli.door import Json, Schema, plainly, print_json, tell
from sluicegate.cli.tables import table


def compare(
    material: Annotated[
        str | None, typer.Argument(metavar="[MATERIAL]", help="A material or element; without it, all of them.")
    ] = None,
    place: Annotated[
        str, typer.Option("--place", metavar="PLACE", help="Whose imports the indices of imports look at.")
    ] = "USA",
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help="Year of output, trade and governance.")] = 2024,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """The indices side by side: values, ranks among the materials, and where two methods disagree most."""
    with plainly():
        from sluicegate.desk.world import world_compare

        document = world_compare(material, place=place, year=year)
        print_json(document) if json else typer.echo(compared(document, single=material is not None))


def value_added(
    industry: Annotated[str | None, typer.Option(metavar="NAME", help="One industry.")] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="One place, code or name.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Value added by industry and place, and the share of it in goods that hold each material."""
    with plainly():
        from sluicegate.desk.world import world_value_added

        document = world_value_added(industry, place)
        tell(document, _worth, json=json)


def pinch(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A product, material or industry.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Which single producer or plant a chain hangs on, by the value added a year without it costs."""
    with plainly():
        from sluicegate.desk.world import world_pinch

        document = world_pinch(name)
        tell(document, _stops, json=json)


def _worth(document: dict[str, Any]) -> str:
    """The lines as a table, shares in percent."""
    head = ["line", "bn USD", "band", "label", "shares that hold each product"]
    cells = [
        [
            row["line"].replace("|", ", "),
            f"{row['value_added_musd_per_yr'] / 1000:.3g}",
            f"{row['low'] / 1000:.3g} to {row['high'] / 1000:.3g}",
            row["label"],
            "; ".join(f"{t['product']} {100 * t['p50']:.2g} %" for t in row["theta"]),
        ]
        for row in document["lines"]
    ]
    shares = ", ".join(f"{100 * share:.0f} % {label}" for label, share in document["labels"].items())
    return f"{table(head, cells)}\n\nOf the value added: {shares}."


def _stops(document: dict[str, Any]) -> str:
    """The largest stops as a table, shares in percent."""
    head = ["bn USD a year", "of output", "use lost", "what stops"]
    shown = document["stops"][:30]
    cells = [
        [
            f"{row['value_added_lost_musd'] / 1000:.3g}",
            f"{100 * row['share_of_output']:.0f} %",
            f"{100 * row['share_lost']:.0f} %",
            f"{row['stop'].replace('|', ', ')}: {row['product']}",
        ]
        for row in shown
    ]
    more = len(document["stops"]) - len(shown)
    return table(head, cells) + (f"\nand {more} more, in the JSON document" if more else "")
