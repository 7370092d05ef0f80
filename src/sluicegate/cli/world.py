"""`sluicegate world`: what is in the dataset, how well it holds together, and how to lay your own over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from sluicegate.cli.door import Json, Schema, alone, colours, plainly, print_json
from sluicegate.cli.intake import import_
from sluicegate.cli.measures import compare, pinch, value_added

world = typer.Typer(help="The dataset: what is in it and how well it holds together.", no_args_is_help=True,
                    rich_markup_mode=None)  # fmt: skip


@world.command("list")
def listed(json: Json = False, _schema: Schema = False) -> None:
    """The products, places, industries and processes of the world."""
    with plainly():
        from sluicegate.desk.page.dataset import names_text
        from sluicegate.desk.world import world_list

        document = world_list()
        _shown(document, names_text, json=json)


@world.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `sluicegate world list` gives it.")],
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """A product, material, element, place or industry: who makes and uses it, flows, prices, every sourced figure."""
    with plainly():
        from sluicegate.desk.page.dataset import show_text
        from sluicegate.desk.world import world_show

        document = world_show(name)
        _shown(document, show_text, json=json)


@world.command()
def facility(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Slug or name, such as mountain-pass; without it, the list.")
    ] = None,
    material: Annotated[str | None, typer.Option("--material", help="List those of this material or element.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="PLACE", help="List those at this place.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """A plant or project: milestones, capacity, cost, finance, status, each with its source; or the list of them."""
    with plainly():
        from sluicegate.desk.facility import facilities
        from sluicegate.desk.facility import facility as ask
        from sluicegate.desk.page.dataset import facilities_text, facility_text

        alone(name, {"--material": material, "--place": place})
        document = ask(name) if name is not None else facilities(material, place)
        _shown(document, facility_text if name is not None else facilities_text, json=json)


@world.command()
def sources(
    source_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="One source: its card and figures; without it, the list.")
    ] = None,
    material: Annotated[str | None, typer.Option("--material", help="List those with figures of this.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many figures of one, or sources.")] = 1_000,
    offset: Annotated[int, typer.Option("--offset", min=0, help="From which on.")] = 0,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Who published the figures: one card per source, how many figures hang on it, corrections, who says otherwise."""
    with plainly():
        from sluicegate.desk.page.dataset import source_text, sources_text
        from sluicegate.desk.sources import source
        from sluicegate.desk.sources import sources as ask

        alone(source_id, {"--material": material})
        one = source_id is not None
        document = source(str(source_id), limit=limit, offset=offset) if one else ask(material, limit=limit,
                                                                                      offset=offset)  # fmt: skip
        _shown(document, source_text if one else sources_text, json=json)


@world.command()
def check(json: Json = False, _schema: Schema = False) -> None:
    """Balances, adjustments, gaps, ages of figures, assumptions, contradictions, corrections."""
    with plainly():
        from sluicegate.desk.page.dataset import check_text
        from sluicegate.desk.world import world_check

        document = world_check()
        _shown(document, check_text, json=json)


for _name, _command in (("compare", compare), ("value-added", value_added), ("pinch", pinch), ("import", import_)):
    world.command(_name)(_command)


def _shown(document: Any, as_text: Callable[..., str], *, json: bool) -> None:
    """A document as text that ends its own lines, or as JSON where that was asked for."""
    print_json(document) if json else typer.echo(as_text(document, colour=colours()), nl=False)
