"""`sluicegate world`: list, show, check, compare."""

from __future__ import annotations

from typing import Annotated

import typer

from sluicegate.cli.comparison import compared
from sluicegate.cli.door import Json, Schema, plainly, print_json
from sluicegate.cli.tables import tree

world = typer.Typer(help="The dataset: what is in it and how well it holds together.", no_args_is_help=True,
                    rich_markup_mode=None)  # fmt: skip


@world.command("list")
def listed(json: Json = False, _schema: Schema = False) -> None:
    """The products, places, industries and processes of the world."""
    with plainly():
        from sluicegate.desk.world import world_list

        document = world_list()
        print_json(document) if json else typer.echo(tree(document))


@world.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `sluicegate world list` gives it.")],
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """A product, place, industry or material: who makes it, who uses it, flows, prices, inputs, sources."""
    with plainly():
        from sluicegate.desk.world import world_show

        document = world_show(name)
        print_json(document) if json else typer.echo(tree(document))


@world.command()
def check(json: Json = False, _schema: Schema = False) -> None:
    """Balances, adjustments, conflicts, ages of figures, and what rests on assumptions."""
    with plainly():
        from sluicegate.desk.world import world_check

        document = world_check()
        print_json(document) if json else typer.echo(tree(document))


@world.command()
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
